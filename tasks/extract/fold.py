"""fold: one line -> the form that the line rules match against.

The rules are written once, in simplified characters and half-width marks, and lines are normalised
to that form first: traditional -> simplified (OpenCC t2s, one character at a time, so that nothing
moves), full width -> half width, lower case, readings such as ``(guān)`` removed, white space
collapsed. Only the two ends of a long line are folded, because the rules ask how a line begins and ends.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from tasks.code_table import CodeTable, code_table, codes_of, line_bounds, replace_codes
from tasks.script.simple import simple_characters

EDGE = 120
"""Characters kept of each end of a line longer than twice that."""
_WHOLE = 2 * EDGE
CUT = "\ufffc"
"""Stands for the middle of a long line; no rule looks for it."""

_FIRST_BEYOND_ASCII = np.uint32(0x80)
_IS_MARK = bytes(code in b"!(),:;?" for code in range(256))
_NARROWED = re.compile(r"[!(),:;?](?:(?<=[^\x00-\x7f].)|(?=[^\x00-\x7f]))")
"""A mark that Chinese prints in full width, which many a corpus narrows."""

_READING = re.compile(r"\((?<=[\u3400-\u9fff]\()[a-zà-ɡ]{1,7} ?\)")
"""Begins with its bracket, which is looked for fast; what stands before it is asked for only there."""
_SPACE = re.compile(r"\s+")
_SPACES = "\t\x0b\x0c\r\x1c\x1d\x1e\x1f\x85\u1680\u2028\u2029\u202f\u205f" + "".join(
    map(chr, range(0x2000, 0x200B))
)
"""White space but for the space and the line feed, and what ``_MARKS`` has."""
_MARKS = {
    0x3000: " ", 0xA0: " ", 0x200B: None, 0xFEFF: None, 0xAD: None, 0x2236: ":", 0xFE30: ":", 0x4E28: "|",
    0x2502: "|", 0xFE31: "|", 0xFF5C: "|", 0x201C: '"', 0x201D: '"', 0x300C: '"', 0x300D: '"', 0x2022: "·",
    0x30FB: "·", 0x2027: "·", 0xFF0E: ".", 0xFE52: ".", 0x3014: "[", 0x3015: "]", 0x3010: "[", 0x3011: "]",
    0xFF3B: "[", 0xFF3D: "]", 0x2014: "-", 0x2015: "-", 0x2013: "-", 0x2500: "-", 0xFE63: "-",
}  # fmt: skip
_CASED = (range(0x3000), range(0xA640, 0xABC0))
"""Blocks with capital letters, but for those of full width."""


@cache
def fold_table() -> dict[int, int | str | None]:
    """Return the table for ``str.translate``: each character alone, never longer than it was."""
    small = {code: chr(code).lower()[0] for block in _CASED for code in block}
    capitals = {code: each for code, each in small.items() if each != chr(code)}
    width = {code: chr(code - 0xFEE0).lower() for code in range(0xFF01, 0xFF5F)}
    return {**capitals, **width, **simple_characters(), **dict.fromkeys(map(ord, _SPACES), " "), **_MARKS}


@cache
def _codes() -> CodeTable:
    return code_table(fold_table())


def _ends_of(line: str) -> str:
    """Return a line, or of a long one its two ends with ``CUT`` between."""
    return line if len(line) <= _WHOLE else f"{line[:EDGE].lstrip()}{CUT}{line[-EDGE:].rstrip()}"


def fold(line: str) -> str:
    """Return the folded line; of a line over ``2 * EDGE`` characters its two ends with ``CUT`` between.

    >>> fold("　責任編輯：王 某（實習）")
    '责任编辑:王 某(实习)'
    """
    line = _ends_of(line)
    line = line.lower() if line.isascii() else line.translate(fold_table())
    if "(" in line and not line.isascii():
        line = _READING.sub("", line)
    return _SPACE.sub(" ", line).strip()


@dataclass(frozen=True, slots=True)
class FoldedLines:
    """Lines folded together.

    text: ``fold`` of each line and a line feed behind each; sizes: ``size_of`` each line as it was.
    """

    text: str
    sizes: list[int]


def fold_lines(lines: Sequence[str]) -> FoldedLines:
    """Fold lines (at least one), all of them as one text."""
    text = "\n".join([*[line if len(line) <= _WHOLE else _ends_of(line) for line in lines], ""])
    codes = codes_of(text)
    starts, ends = line_bounds(codes)
    if ends.size != len(lines):  # one holds a line feed
        return FoldedLines("\n".join([*map(fold, lines), ""]), list(map(size_of, lines)))
    sizes = _sizes(codes, starts, ends - starts)
    for index, line in enumerate(lines):
        if len(line) > _WHOLE:
            sizes[index] = size_of(line)
    text = replace_codes(codes, _codes())
    if "(" in text:
        text = _READING.sub("", text)
    while "  " in text:
        text = text.replace("  ", " ")
    return FoldedLines(text.replace("\n ", "\n").replace(" \n", "\n").lstrip(" "), sizes)


def size_of(line: str) -> int:
    """Return the number of characters of a line beyond ASCII, plus a quarter of the ASCII ones.

    A mark beside a character beyond ASCII counts as one, whether it was narrowed or not.

    >>> size_of("今天，晴"), size_of("今天,晴"), size_of("3:15")
    (4, 4, 1)
    """
    plain = len(line.encode("ascii", "ignore")) - len(_NARROWED.findall(line))
    return len(line) - plain + plain // 4


def _sizes(
    codes: npt.NDArray[np.uint32], starts: npt.NDArray[np.intp], lengths: npt.NDArray[np.intp]
) -> list[int]:
    """Return ``size_of`` each line, a line feed behind each."""
    wide = codes >= _FIRST_BEYOND_ASCII
    low = codes.astype(np.uint8)  # of those beyond ASCII only a part, and they count anyway
    marks = np.frombuffer(low.tobytes().translate(_IS_MARK), np.bool_)
    beside = marks[1:] & wide[:-1]
    wide[:-1] |= marks[:-1] & wide[1:]
    wide[1:] |= beside
    plain = lengths - np.add.reduceat(wide, starts, dtype=np.int64)
    sizes: list[int] = (lengths - plain + plain // 4).tolist()
    return sizes
