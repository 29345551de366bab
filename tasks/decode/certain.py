"""certain: two-byte text with lost bytes, of which only what is certain is read.

Reads    bytes and their charset; 0xFF, and a question mark beside half a character, stand for lost bytes
Adds     text; U+FFFD stands for every character that a nearly as good segmentation would read otherwise
Source   As in ``tasks.decode.resync`` the best segmentation is found by dynamic programming, here from
         both ends: so the best segmentation without a given character is known as well, and how much
         worse it is says how certain that character is.
"""

import re
from collections.abc import Iterator
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tasks.decode.pairs import pair_weights
from tasks.decode.web import decode_web

LOST_BYTE = -1.5
"""Price of a byte that belongs to no character, and of a character with a mark for one of its halves."""
MARGIN_INTACT, MARGIN_MARKED, MARGIN_SILENT = 1.0, 2.0, 3.0
"""How much worse the best segmentation without a character has to be: if no byte is missing, if marks say which
are missing, and if they are missing without a trace. The lowest margins, from 1 to 3, with hardly a wrong
character."""

_FEW = re.compile("(?<=\ufffd)[^\x00-\x7f\ufffd]{1,2}(?=\ufffd)")
"""A character or two between lost ones, which no neighbour supports."""
_HALVES = re.compile("(?<![\x00-\x7f])[@-~]{1,2}(?![\x00-\x7f])|(?<=\ufffd)[@-~](?![ -~])")
"""Letters that may be the second halves of characters whose first halves are lost."""
MIN_STRANDED = 3
"""Fewest single letters between characters that speak for lost first halves."""
_LOST_AS_QUESTION = re.compile(rb"[\x80-\xff]\?|\?[\x80-\xff]")
ASKED_UNITS, ASKED_WEIGHT = 4, 0.5
"""A question mark is what was written when as many characters on each side are common ones, by the mean of their
weights: behind a lost half they are shifted."""

_MARKS = (0xFF, 0x3F)
_IMPOSSIBLE = float("-inf")
_FOUR = -0.3

_Sums = npt.NDArray[np.float64]
_Path = list[tuple[int, int]]
"""Units of a segmentation: begin, length in bytes."""


def _weights(content: bytes, charset: str) -> tuple[_Sums, _Sums, _Sums]:
    """Return for each place the weights of the units of one, two and four bytes that begin there.

    One byte is ASCII or lost, two are a character or one with a mark for a half.
    """
    data = np.frombuffer(content, np.uint8)
    first, second = data[:-1], data[1:]
    single = np.where(data < 0x80, 0.0, LOST_BYTE)
    pair, four = (np.full(data.size, _IMPOSSIBLE) for _ in range(2))
    is_char = (first >= 0x81) & (second >= 0x40)
    pair[:-1][is_char] = pair_weights(charset)[first[is_char].astype(np.uint16) << 8 | second[is_char]]
    pair[:-1][_is_mark(second) & (first >= 0x80) | _is_mark(first) & (second >= 0x80)] = LOST_BYTE
    if charset == "gb18030":
        for place in ((first >= 0x81) & (second >= 0x30) & (second <= 0x39)).nonzero()[0].tolist():
            code = content[place : place + 4]
            four[place] = (
                _FOUR if len(code) == 4 and len(code.decode(charset, "ignore")) == 1 else _IMPOSSIBLE
            )
    return single, pair, four


def _is_mark(data: npt.NDArray[np.uint8]) -> npt.NDArray[np.bool_]:
    return np.asarray((data == _MARKS[0]) | (data == _MARKS[1]))


def _best_sums(weights: tuple[_Sums, _Sums, _Sums]) -> tuple[_Sums, _Sums]:
    """Return the best sum of a segmentation up to each place, and from each place on."""
    single, pair, four = (weight.tolist() for weight in weights)
    size = len(single)
    if max(four, default=_IMPOSSIBLE) == _IMPOSSIBLE:
        return _best_sums_of_pairs(single, pair)
    before = [_IMPOSSIBLE] * 3 + [0.0]  # three places before the first, so that none is asked for
    for place in range(size):
        best = before[-1] + single[place]
        if place and (two := before[-2] + pair[place - 1]) > best:
            best = two
        if place > 2 and (long := before[-4] + four[place - 3]) > best:
            best = long
        before.append(best)
    after = [_IMPOSSIBLE] * 3 + [0.0]
    for place in range(size - 1, -1, -1):
        best = single[place] + after[-1]
        if (two := pair[place] + after[-2]) > best:
            best = two
        if (long := four[place] + after[-4]) > best:
            best = long
        after.append(best)
    return np.array(before[3:]), np.array(after[:2:-1])


def _best_sums_of_pairs(single: list[float], pair: list[float]) -> tuple[_Sums, _Sums]:
    """Return the same where no character has four bytes."""
    before, last, older, two = [0.0], 0.0, _IMPOSSIBLE, _IMPOSSIBLE
    for one, following in zip(single, pair, strict=True):
        short, long = last + one, older + two
        older, two = last, following
        last = short if short >= long else long
        before.append(last)
    after, last, older = [0.0], 0.0, _IMPOSSIBLE
    for one, two in zip(reversed(single), reversed(pair), strict=True):
        short, long = one + last, two + older
        older = last
        last = short if short >= long else long
        after.append(last)
    return np.array(before), np.array(after[::-1])


def decode_certain(content: bytes, charset: str, least_margin: float = MARGIN_INTACT) -> str:
    """Return the text of bytes in "gb18030" or "big5hkscs", U+FFFD for what is not certain.

    least_margin: MARGIN_SILENT where other lines of the page lost bytes without a trace.

    >>> decode_certain("茶馆里坐满了听书的老人".encode("gbk").replace(b"\\xd7\\xf8", b"\\xff\\xf8"), "gb18030")
    '茶馆里\ufffd满了听书的老人'
    """
    path, leads = _segmentation(content, charset)
    margin = max(least_margin, _margin(content, charset, path))
    text = "".join(_read_runs(content, charset, path, np.array(leads) >= margin)) if path else ""
    return text if margin == MARGIN_INTACT else _FEW.sub("\ufffd", _HALVES.sub("\ufffd", text))


@lru_cache(maxsize=256)
def _segmentation(content: bytes, charset: str) -> tuple[_Path, list[float]]:
    """Return the best segmentation, and for each unit how much better it is than the best one without it.

    The lines of a page are asked for twice when one of them shows that bytes are gone.
    """
    if not content:
        return [], []
    weights = _weights(content, charset)
    before, after = _best_sums(weights)
    ends = np.concatenate((after, np.full(4, _IMPOSSIBLE)))
    through = [
        before[:-1] + weight + ends[size : size + len(content)]
        for size, weight in zip((1, 2, 4), weights, strict=True)
    ]
    path = _path(through)
    return path, _lead(through, path).tolist()


def _path(through: list[_Sums]) -> _Path:
    """Return the units of the best segmentation."""
    one, two, four = through
    sizes = np.where(four > np.maximum(one, two), 4, np.where(two > one, 2, 1)).tolist()
    path: _Path = []
    place = 0
    while place < len(sizes):
        path.append((place, sizes[place]))
        place += sizes[place]
    return path


def _lead(through: list[_Sums], path: _Path) -> _Sums:
    """Return for each unit the lead of the best segmentation over the best one that reads its first byte otherwise."""
    one, two, four = (np.concatenate((np.full(3, _IMPOSSIBLE), sums)) for sums in through)
    begins, sizes = (np.array(column) for column in zip(*path, strict=True))
    at = begins + 3
    own = np.stack([one[at], two[at], four[at]])
    chosen = np.select([sizes == 1, sizes == 2], [own[0], own[1]], own[2])
    own[np.select([sizes == 1, sizes == 2], [0, 1], 2), np.arange(sizes.size)] = _IMPOSSIBLE
    others = np.stack([two[at - 1], four[at - 1], four[at - 2], four[at - 3]])
    return np.asarray(chosen - np.maximum(own.max(0), others.max(0)))


def _is_lost(content: bytes, begin: int, length: int) -> bool:
    """Say whether a unit is a byte over, or has a mark for one of its halves."""
    if length == 1:
        return content[begin] >= 0x80
    return content[begin] in _MARKS or content[begin + length - 1] in _MARKS


def _margin(content: bytes, charset: str, path: _Path) -> float:
    if b"\xff" in content:
        return MARGIN_MARKED
    if any(_is_lost(content, begin, size) for begin, size in path):
        return MARGIN_SILENT
    if _stranded(content, path) >= MIN_STRANDED:
        return MARGIN_SILENT
    if _LOST_AS_QUESTION.search(content) and not _are_asked(content, charset, path):
        return MARGIN_SILENT
    return MARGIN_INTACT


def _are_asked(content: bytes, charset: str, path: _Path) -> bool:
    """Say whether what stands around each question mark reads as if nothing were lost."""
    weights = [
        pair_weights(charset)[content[begin] << 8 | content[begin + 1]] if size == 2 else None
        for begin, size in path
    ]
    for place, (begin, _) in enumerate(path):
        if content[begin] != _MARKS[1]:
            continue
        for side in (
            weights[max(place - ASKED_UNITS, 0) : place],
            weights[place + 1 : place + 1 + ASKED_UNITS],
        ):
            found = [weight for weight in side if weight is not None]
            if found and sum(found) < ASKED_WEIGHT * len(found):
                return False
    return True


def _stranded(content: bytes, path: _Path) -> int:
    """Return the number of single letters between characters of two bytes."""
    sizes = [size for _, size in path]
    return sum(
        before == after == 2 and size == 1 and 0x40 <= content[unit[0]] <= 0x7E
        for before, size, after, unit in zip(sizes, sizes[1:], sizes[2:], path[1:], strict=False)
    )


def _read_runs(content: bytes, charset: str, path: _Path, is_certain: npt.NDArray[np.bool_]) -> Iterator[str]:
    """Yield the text of each run of certain units, and U+FFFD for each other one."""
    units = np.array(path)
    first, last = (np.frombuffer(content, np.uint8)[at] for at in (units[:, 0], units.sum(1) - 1))
    is_single = units[:, 1] == 1
    is_read = np.where(is_single, first < 0x80, is_certain & ~_is_mark(first) & ~_is_mark(last))
    begin = 0
    for place in (~is_read).nonzero()[0].tolist():
        yield _read(content, charset, path[begin:place])
        yield "\ufffd"
        begin = place + 1
    yield _read(content, charset, path[begin:])


def _read(content: bytes, charset: str, units: list[tuple[int, int]]) -> str:
    """Return the characters of adjacent units, each decoded by itself."""
    if not units:
        return ""
    begin, (last, size) = units[0][0], units[-1]
    text = decode_web(content[begin : last + size], charset)
    if len(text) == len(units) and "\ufffd" not in text:
        return text
    return "".join(decode_web(content[at : at + length], charset) for at, length in units)
