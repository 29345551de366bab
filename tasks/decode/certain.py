"""certain: two-byte text with lost bytes, of which only what is certain is read.

Reads    bytes and their charset; 0xFF, and a question mark beside half a character, stand for lost bytes
Adds     text; U+FFFD stands for every character that another cutting would read otherwise
Source   As in ``tasks.decode.resync`` the best cutting is found by dynamic programming, here from both
         ends: the best cutting without a character is known too, and how much worse it is says how
         certain that character is.
"""

import re

from tasks.decode.pairs import pair_weight_list
from tasks.decode.web import decode_web

LOST_BYTE = -1.5
"""Price of a byte that belongs to no character, and of a character with a mark for one of its halves."""
MARGIN_INTACT, MARGIN_MARKED, MARGIN_SILENT = 1.0, 2.0, 3.0
"""How much worse the best cutting without a character has to be: where no byte is missing, where marks say
which are missing, and where they went without a trace. Of margins from 1 to 3 the lowest at which hardly a
wrong character is left."""

_FEW = re.compile("(?<=\ufffd)[^\x00-\x7f\ufffd]{1,2}(?=\ufffd)")
"""A character or two between lost ones, which no neighbour supports."""
_HALVES = re.compile("(?<![\x00-\x7f])[@-~]{1,2}(?![\x00-\x7f])|(?<=\ufffd)[@-~](?![ -~])")
"""Letters that may be the second halves of characters whose first halves are lost."""
MIN_STRANDED = 3
"""Fewest single letters between characters that speak for lost first halves."""
_LOST_AS_QUESTION = re.compile(rb"[\x80-\xff]\?|\?[\x80-\xff]")

_MARKS = (0xFF, 0x3F)
_IMPOSSIBLE = float("-inf")
_FOUR = -0.3

_Units = list[tuple[int, int, float]]
"""Units of a cutting: begin, length in bytes, weight (or the sum of the best cutting with it)."""


def _units(content: bytes, charset: str) -> list[_Units]:
    """Return for each place the units that begin there: ASCII, a lost byte, a pair, four bytes."""
    weights = pair_weight_list(charset)
    size = len(content)
    units: list[_Units] = []
    for i, first in enumerate(content):
        here: _Units = [(i, 1, 0.0 if first < 0x80 else LOST_BYTE)]
        if i + 1 < size:
            second = content[i + 1]
            if (first >= 0x80 and second in _MARKS) or (first in _MARKS and second >= 0x80):
                here.append((i, 2, LOST_BYTE))
            elif first >= 0x81 and second >= 0x40:
                here.append((i, 2, weights[first << 8 | second]))
            elif first >= 0x81 and 0x30 <= second <= 0x39 and _is_four(content[i : i + 4], charset):
                here.append((i, 4, _FOUR))
        units.append(here)
    return units


def _is_four(code: bytes, charset: str) -> bool:
    return charset == "gb18030" and len(code) == 4 and len(code.decode(charset, "ignore")) == 1


def _best_sums(units: list[_Units]) -> tuple[list[float], list[float]]:
    """Return the best sum of a cutting up to each place, and from each place on."""
    size = len(units)
    before = [0.0] + [_IMPOSSIBLE] * size
    for place, here in enumerate(units):
        for _, length, weight in here:
            before[place + length] = max(before[place + length], before[place] + weight)
    after = [_IMPOSSIBLE] * size + [0.0]
    for place in range(size - 1, -1, -1):
        after[place] = max(weight + after[place + length] for _, length, weight in units[place])
    return before, after


def decode_certain(content: bytes, charset: str, least_margin: float = MARGIN_INTACT) -> str:
    """Return the text of bytes in "gb18030" or "big5hkscs", U+FFFD for what is not certain.

    least_margin: MARGIN_SILENT where other lines of the page lost bytes without a trace.

    >>> decode_certain("茶馆里坐满了听书的老人".encode("gbk").replace(b"\\xd7\\xf8", b"\\xff\\xf8"), "gb18030")
    '茶馆里\ufffd满了听书的老人'
    """
    units = _units(content, charset)
    before, after = _best_sums(units)
    through = [
        [(begin, length, before[begin] + weight + after[begin + length]) for begin, length, weight in here]
        for here in units
    ]
    path = _path(through)
    margin = max(least_margin, _margin(content, path))
    parts = [_read(content, charset, unit, through, margin) for unit in path]
    text = "".join(parts)
    return text if margin == MARGIN_INTACT else _FEW.sub("\ufffd", _HALVES.sub("\ufffd", text))


def _path(through: list[_Units]) -> _Units:
    """Return the units of the best cutting, each with the sum of the whole."""
    path: _Units = []
    place = 0
    while place < len(through):
        path.append(max(through[place], key=lambda unit: unit[2]))
        place += path[-1][1]
    return path


def _is_lost(content: bytes, begin: int, length: int) -> bool:
    """Say whether a unit is a byte over, or has a mark for one of its halves."""
    if length == 1:
        return content[begin] >= 0x80
    return content[begin] in _MARKS or content[begin + length - 1] in _MARKS


def _margin(content: bytes, path: _Units) -> float:
    if b"\xff" in content:
        return MARGIN_MARKED
    if any(_is_lost(content, begin, size) for begin, size, _ in path):
        return MARGIN_SILENT
    if _LOST_AS_QUESTION.search(content) or _stranded(content, path) >= MIN_STRANDED:
        return MARGIN_SILENT
    return MARGIN_INTACT


def _stranded(content: bytes, path: _Units) -> int:
    """Return the number of single letters between characters of two bytes."""
    sizes = [size for _, size, _ in path]
    return sum(
        before == after == 2 and size == 1 and 0x40 <= content[unit[0]] <= 0x7E
        for before, size, after, unit in zip(sizes, sizes[1:], sizes[2:], path[1:], strict=False)
    )


def _read(
    content: bytes, charset: str, unit: tuple[int, int, float], through: list[_Units], margin: float
) -> str:
    """Return the character of a unit, U+FFFD when another cutting comes near."""
    begin, length, best = unit
    if _is_lost(content, begin, length):
        return "\ufffd"
    if length == 1:
        return chr(content[begin])
    others = [
        total
        for start in range(max(0, begin - 3), begin + 1)
        for at, size, total in through[start]
        if at + size > begin and (at, size) != (begin, length)
    ]
    if best - max(others) < margin:
        return "\ufffd"
    return decode_web(content[begin : begin + length], charset)
