"""Evidence for a charset: how much a text looks like Chinese when it is read in it.

Reads    a decoded text
Adds     a score: 1 is ordinary Chinese, 0 no evidence, below 0 it was read in the wrong charset
Source   common_characters.txt, and the order of GB 2312 (level 1 holds the 3,755 common characters)
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tasks.code_table import codes_of, line_ends
from tasks.decode.cells import read_cells

_COMMON, _KNOWN, _MARK, _LATIN, _ALIEN, _BROKEN = 1.0, 0.4, 0.6, 0.0, -0.3, -3.0
"""Weight of a frequent hanzi, of a hanzi of a school list, of a Chinese mark, of other letters, of a rare
hanzi or another script, of U+FFFD, a private-use or a control character."""

_ROUNDING = 0.01
"""More than the errors of adding the weights of a line in single precision."""

_MARKS = "，。、；：？！“”‘’（）《》【】「」『』—…·～〈〉〔〕％￥　０１２３４５６７８９"


@cache
def common_characters() -> frozenset[str]:
    """Return about 2,000 frequent characters in both scripts."""
    lines = (Path(__file__).parent / "common_characters.txt").read_text("utf-8").splitlines()
    return frozenset("".join(line for line in lines if not line.startswith("#")))


def _school_characters(rows: range, charset: str) -> npt.NDArray[np.int64]:
    """Return the code points of a block of rows that a national standard fills with its common characters."""
    _, characters = read_cells(rows, range(0x40, 0xFF), charset)
    return characters[characters > 0x3400]


@cache
def code_weights() -> npt.NDArray[np.float32]:
    """Return the weight of each code point up to U+FFFF; the last entry stands for all above."""
    weights = np.full(0x10001, _ALIEN, np.float32)
    weights[0x80:0x250] = _LATIN
    weights[0x80:0xA0] = _BROKEN
    weights[0x00:0x20] = _BROKEN
    weights[[0x09, 0x0A, 0x0C, 0x0D]] = 0
    weights[0xD800:0xF900] = _BROKEN
    weights[[0xFFFD, 0xFFFE, 0xFFFF]] = _BROKEN
    weights[_school_characters(range(0xB0, 0xD8), "gb2312")] = _KNOWN
    weights[_school_characters(range(0xA4, 0xC7), "big5")] = _KNOWN
    weights[[ord(c) for c in _MARKS]] = _MARK
    weights[0x20:0x7F] = 0
    weights[[ord(c) for c in common_characters()]] = _COMMON
    return weights


@cache
def _is_counted() -> npt.NDArray[np.bool_]:
    """Mark the code points that a score rests on: all but printable ASCII and line ends."""
    counted = np.ones(0x10001, bool)
    counted[0x20:0x7F] = False
    counted[[0x09, 0x0A, 0x0D]] = False
    return counted


def text_codes(text: str) -> npt.NDArray[np.uint32]:
    """Return the code points of a text; those above U+FFFF as 0x10000."""
    return np.asarray(np.minimum(codes_of(text), np.uint32(0x10000)))


def chinese_score(text: str) -> float:
    """Return the mean weight of the characters outside printable ASCII; 0 when there are none.

    Modern text of any kind scores 0.6 to 0.95, Chinese read in a wrong charset below 0.3.
    """
    codes = text_codes(text)
    codes = codes[_is_counted()[codes]]
    return float(code_weights()[codes].mean()) if codes.size else 0.0


@dataclass(frozen=True, slots=True)
class LineCodes:
    """The code points of some lines in one array, each line followed by a line feed.

    text: the same as one string; ends: for each line the index after its line feed.
    """

    text: str
    codes: npt.NDArray[np.uint32]
    ends: npt.NDArray[np.int64]


def line_codes(lines: Sequence[str]) -> LineCodes:
    """Return the code points of lines (at least one), above U+FFFF as 0x10000."""
    text = "\n".join([*lines, ""])
    codes = text_codes(text)
    ends = line_ends(codes) + 1
    if ends.size != len(lines):  # a line holds a line feed
        ends = np.cumsum(np.fromiter(map(len, lines), np.int64, len(lines)) + 1)
    return LineCodes(text, codes, ends)


def weights_at(codes: LineCodes, places: npt.NDArray[np.int64]) -> dict[int, list[float]]:
    """Return the lines that hold the characters at some places, in order, and what each of these weighs."""
    found: dict[int, list[float]] = {}
    if places.size:
        weights = code_weights().take(codes.codes.take(places)).tolist()
        lines = codes.ends.searchsorted(places, "right").tolist()
        for line, weight in zip(lines, weights, strict=True):
            found.setdefault(line, []).append(weight)
    return found


def may_score_less(text: str, few: Sequence[float], least: float, counted: int) -> bool:
    """Say whether the score of a line may be below ``least``, and rest on ``counted`` characters or more.

    few: what those of its characters weigh that weigh less. All others that count weigh ``_KNOWN`` at least;
    those beyond ASCII are some of them, and counted fast.
    """
    wide = len(text) - len(text.encode("ascii", "ignore"))
    if wide + len(few) < counted:
        return False
    others, lacking = wide - len(few), len(few) * least - sum(few) + _ROUNDING
    if others * (_KNOWN - least) > lacking:
        return False
    common = sum(map(common_characters().__contains__, text))
    return (others - common) * (_KNOWN - least) + common * (_COMMON - least) <= lacking


@cache
def weighs_less(least: float) -> npt.NDArray[np.bool_]:
    """Mark the code points that weigh less; the score of a line without one of them is not below ``least``."""
    less: npt.NDArray[np.bool_] = (code_weights() < least) & _is_counted()
    return less


def line_scores(lines: Sequence[str]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Return for each line its score and how many of its characters it rests on; one look at all lines."""
    if not lines:
        return np.zeros(0), np.zeros(0, np.int64)
    found = line_codes(lines)
    starts = np.concatenate(([0], found.ends[:-1]))
    counts = np.add.reduceat(_is_counted().take(found.codes).astype(np.int64), starts)
    weights = np.add.reduceat(code_weights().take(found.codes).astype(np.float64), starts)
    return weights / np.maximum(counts, 1), counts
