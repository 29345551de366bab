"""joined: labelled lines -> the paragraphs of the body, with hard-wrapped lines joined again."""

import string
from collections.abc import Sequence

from tasks.extract.label import Labelled

_WORD_ENDS = frozenset(string.ascii_letters + string.digits + ",.;:")
"""What ends a word of a script with spaces."""


def paragraphs(texts_after_cuts: Sequence[str], labelled: Labelled) -> list[str]:
    """Return the body paragraphs in order, stripped, hard-wrapped lines joined back.

    Between words of a script with spaces goes one. A paragraph may be a whole book: its lines are joined at once.
    """
    found: list[str] = []
    lines: list[str] = []  # of the last paragraph, when it is made of several
    goes_on = False
    body = [index for index, (label, _) in enumerate(labelled.labels) if label == "body"]
    for index in body:
        text = texts_after_cuts[index].strip()
        if not text:
            continue
        if goes_on and found:
            lines = lines or [found[-1]]
            is_word = lines[-1][-1] in _WORD_ENDS and text[0].isascii()
            lines.append(f" {text}" if is_word else text)
        else:
            if lines:
                found[-1], lines = "".join(lines), []
            found.append(text)
        goes_on = index in labelled.joins
    if lines:
        found[-1] = "".join(lines)
    return found
