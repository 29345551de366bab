"""brackets: which brackets and quotation marks of a line are open.

Reads    characters as the model knows them
Adds     costs, and the open marks as a string
"""

import re

CLOSING = dict(zip("“‘《（【「『〈", "”’》）】」』〉", strict=True))
OPENING = {close: opening for opening, close in CLOSING.items()}
BRACKETS = frozenset(CLOSING) | frozenset(OPENING)

_WIDE = {"(": "（", ")": "）"}
_IN_TEXT = re.compile(f"[{''.join(sorted(BRACKETS))}()]")

MATCH = 0.5
"""What closing the bracket opened last costs less."""
MISMATCH = 2.5
"""Cost of closing another bracket than the one opened last."""
UNOPENED = 0.5
"""Cost of closing what was not opened in this line; quotations run over several."""
OPEN_TWICE = 1.0
"""Cost of opening a bracket that is open."""


def turn(opened: str, char: str) -> tuple[float, str]:
    """Return the cost of a bracket after those that are open, and what is open then.

    >>> turn("《", "》"), turn("“《", "”")
    ((-0.5, ''), (2.5, ''))
    """
    if char in CLOSING:
        return (OPEN_TWICE if char in opened else 0.0), (opened + char)[-4:]
    opening = OPENING[char]
    if opened[-1:] == opening:
        return -MATCH, opened[:-1]
    if opening in opened:
        return MISMATCH, opened[: opened.rindex(opening)]
    return (MISMATCH if opened else UNOPENED), opened


def open_after(text: str, opened: str = "") -> str:
    """Return what is open after a text, marks wide or narrow."""
    for char in _IN_TEXT.findall(text):
        opened = turn(opened, _WIDE.get(char, char))[1]
    return opened
