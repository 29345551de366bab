"""Evidence for a charset: how much a text looks like Chinese when it is read in it.

Reads    a decoded text
Adds     a score: 1 is ordinary Chinese, 0 no evidence, below 0 it was read in the wrong charset
Source   common_characters.txt, and the order of GB 2312 (level 1 holds the 3,755 common characters)
"""

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

_COMMON, _KNOWN, _MARK, _LATIN, _ALIEN, _BROKEN = 1.0, 0.4, 0.6, 0.0, -0.3, -3.0
"""Weight of a frequent hanzi, of a hanzi of a school list, of a Chinese mark, of other letters, of a rare
hanzi or another script, of U+FFFD, a private-use or a control character."""

_MARKS = "，。、；：？！“”‘’（）《》【】「」『』—…·～〈〉〔〕％￥　０１２３４５６７８９"


@cache
def common_characters() -> frozenset[str]:
    """Return about 2,000 frequent characters in both scripts."""
    lines = (Path(__file__).parent / "common_characters.txt").read_text("utf-8").splitlines()
    return frozenset("".join(line for line in lines if not line.startswith("#")))


def _school_characters(rows: range, charset: str) -> list[str]:
    """Characters of a block of rows that a national standard fills with its common characters."""
    codes = (bytes((row, cell)) for row in rows for cell in range(0x40, 0xFF))
    return [text for code in codes if len(text := code.decode(charset, "ignore")) == 1 and text > "\u3400"]


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
    weights[[ord(c) for c in _school_characters(range(0xB0, 0xD8), "gb2312")]] = _KNOWN
    weights[[ord(c) for c in _school_characters(range(0xA4, 0xC7), "big5")]] = _KNOWN
    weights[[ord(c) for c in _MARKS]] = _MARK
    weights[0x20:0x7F] = 0
    weights[[ord(c) for c in common_characters()]] = _COMMON
    return weights


def chinese_score(text: str) -> float:
    """Return the mean weight of the characters outside printable ASCII; 0 when there are none.

    Modern text of any kind scores 0.6 to 0.95, Chinese read in a wrong charset below 0.3.
    """
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    codes = codes[(codes >= 0x7F) | (codes < 0x20)]
    codes = codes[(codes != 0x0A) & (codes != 0x0D) & (codes != 0x09)]
    if not codes.size:
        return 0.0
    return float(code_weights()[np.minimum(codes, 0x10000)].mean())


def line_scores(lines: Sequence[str]) -> tuple[npt.NDArray[np.float64], npt.NDArray[np.int64]]:
    """Return for each line its score and how many of its characters it rests on; one look at all lines."""
    if not lines:
        return np.zeros(0), np.zeros(0, np.int64)
    codes = np.frombuffer("".join(f"{line}\n" for line in lines).encode("utf-32-le", "surrogatepass"), "<u4")
    starts = np.cumsum([0] + [len(line) + 1 for line in lines[:-1]])
    counted = (codes >= 0x7F) | (codes < 0x20)
    counted &= (codes != 0x0A) & (codes != 0x0D) & (codes != 0x09)
    weights = np.where(counted, code_weights()[np.minimum(codes, 0x10000)], 0)
    counts = np.add.reduceat(counted, starts, dtype=np.int64)
    return np.add.reduceat(weights, starts, dtype=np.float64) / np.maximum(counts, 1), counts
