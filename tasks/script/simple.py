"""simple: each traditional character in its simplified form, whatever stands around it.

Reads    nothing
Adds     the table that folding is made of
Source   OpenCC's t2s, asked for every character of the two blocks of common ideographs by itself
"""

from functools import cache

import opencc

LAST = "\uffff"
"""Last character of the plane that print uses."""


@cache
def simple_characters() -> dict[int, int]:
    """Return code point -> code point for each character that t2s changes to one in the same plane.

    Some eight hundred rare ones, many of them in names (暐), have a simplified form that only the supplementary
    planes hold and nobody prints; patterns for names and words end before those planes.
    """
    characters = list(map(chr, range(0x3400, 0xA000)))
    simple = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    pairs = zip(characters, simple, strict=True)
    return {ord(old): ord(new) for old, new in pairs if old != new and len(new) == 1 and new <= LAST}
