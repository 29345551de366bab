"""joined: labelled lines -> the paragraphs of the body, lines broken to fit a width joined back."""

import re
from collections.abc import Sequence

from tasks.extract.label import Labelled


def paragraphs(texts_after_cuts: Sequence[str], labelled: Labelled) -> list[str]:
    """Return the body paragraphs in order, stripped, hard-wrapped lines joined back."""
    found: list[str] = []
    goes_on = False
    body = [index for index, (label, _) in enumerate(labelled.labels) if label == "body"]
    for index in body:
        text = texts_after_cuts[index].strip()
        if not text:
            continue
        if goes_on and found:
            found[-1] = _join(found[-1], text)
        else:
            found.append(text)
        goes_on = index in labelled.joins
    return found


_WORD_END = re.compile(r"[A-Za-z0-9,.;:]$")


def _join(left: str, right: str) -> str:
    """Join the halves of a wrapped paragraph; between words of a script with spaces goes one."""
    return f"{left} {right}" if _WORD_END.search(left) and right[:1].isascii() else left + right
