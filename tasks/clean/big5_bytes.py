"""big5_bytes: text back to the bytes that one of the tables of Big5 had read.

Reads    text that was read as Big5
Adds     its bytes in each table
Source   WHATWG Encoding Standard, index big5 (Hong Kong's set), and the table of Unicode with the
         extensions of ETEN, which Python calls big5: marks, kana and Cyrillic letters have other cells.
"""

import re
from functools import cache

from tasks.decode.cells import read_cells

_WEB = str.maketrans("‧﹑¯～⊕⊙￥￠￡", "•､‾∼♁☉¥¢£")
"""What the web reads in cells of Big5 -> what Python's big5hkscs has there."""


@cache
def _eten_cells() -> dict[str, bytes]:
    """Return the characters whose bytes in Python's big5 are not those in big5hkscs."""
    cells: dict[str, bytes] = {}
    codes, points = read_cells(range(0xA1, 0xC8), range(0x40, 0xFF), "big5")
    for code, point in zip(codes.tolist(), points.tolist(), strict=True):
        cell, char = code.to_bytes(2, "big"), chr(point)
        if point and char.translate(_WEB).encode("big5hkscs", "ignore") != cell:
            cells.setdefault(char, cell)
    return cells


@cache
def eten_pattern() -> re.Pattern[str]:
    """Return the pattern of one such character, as a group."""
    return re.compile(f"([{''.join(map(re.escape, _eten_cells()))}])")


def to_big5_bytes(text: str) -> tuple[bytes, ...]:
    """Return the bytes whose reading is ``text``; two where the tables differ, and then what both lack.

    The third has 0xFF for both bytes of a character that the tables place differently. Raises
    ``UnicodeEncodeError`` when no table has one of the characters.
    """
    pieces = eten_pattern().split(text.translate(_WEB))
    read = [piece.encode("big5hkscs") for piece in pieces]
    if len(read) == 1:
        return (read[0],)
    cells = _eten_cells()
    eten = [cells[piece] if at % 2 else read[at] for at, piece in enumerate(pieces)]
    neither = [b"\xff\xff" if at % 2 else piece for at, piece in enumerate(read)]
    return b"".join(read), b"".join(eten), b"".join(neither)
