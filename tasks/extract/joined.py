"""joined: labelled lines -> the paragraphs of the body, lines broken to fit a width joined back."""

import string
from collections.abc import Sequence

from tasks.extract.label import Labelled

_WORD_ENDS = frozenset(string.ascii_letters + string.digits + ",.;:")
"""What ends a word of a script with spaces."""


def paragraphs(texts_after_cuts: Sequence[str], labelled: Labelled) -> list[str]:
    """Return the body paragraphs in order, stripped, hard-wrapped lines joined back.

    Between words of a script with spaces goes one. A paragraph may be a whole book: its lines are joined at once.
    """
    found: list[list[str]] = []
    goes_on = False
    body = [index for index, (label, _) in enumerate(labelled.labels) if label == "body"]
    for index in body:
        text = texts_after_cuts[index].strip()
        if not text:
            continue
        if goes_on and found:
            is_word = found[-1][-1][-1] in _WORD_ENDS and text[0].isascii()
            found[-1].append(f" {text}" if is_word else text)
        else:
            found.append([text])
        goes_on = index in labelled.joins
    return ["".join(lines) for lines in found]
