"""Scores of two-byte charsets that do not depend on where characters begin.

Reads    bytes
Adds     how Chinese they are in GB18030, Big5 or UTF-16
Source   A lost or strayed byte shifts every pair up to the next ASCII byte, so a decoder reads rubbish
         there. Here each block of bytes is read from its even and from its odd bytes, and the better
         reading counts: damage costs one block at most.
"""

from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from tasks.decode.cells import read_cells
from tasks.decode.evidence import code_weights

PAIR_CHARSETS = ("gb18030", "big5hkscs", "utf-16-le", "utf-16-be")

_Bytes = npt.NDArray[np.uint8]

_BLOCK_BYTES = 32
_FEW_CHARS = 6
_CLEARLY = 0.2
_BROKEN = -3.0
_INVALID = -4.5
"""Weight of two bytes that are no character: worse than two lost bytes (``tasks.decode.resync``)."""


@cache
def pair_weights(charset: str) -> npt.NDArray[np.float32]:
    """Return the weight of each byte pair in a charset, indexed by ``first << 8 | second``.

    Pairs that begin with ASCII are 0 in the multi-byte charsets: there they are not pairs.
    """
    weights = code_weights()
    if charset == "utf-16-be":
        return weights[:0x10000].copy()
    if charset == "utf-16-le":
        return weights[:0x10000].reshape(256, 256).T.reshape(-1).copy()
    table = np.zeros(0x10000, np.float32)
    table[0x8000:] = _INVALID
    places, characters = read_cells(range(0x81, 0xFF), range(0x40, 0xFF), charset)
    table[places] = np.where(characters > 0x7F, weights[np.minimum(characters, 0x10000)], _INVALID)
    if charset == "gb18030":
        for first in range(0x81, 0xFF):
            table[first << 8 | 0x30 : first << 8 | 0x3A] = -0.3  # first half of a four-byte code
    return table


@cache
def pair_weight_list(charset: str) -> list[float]:
    """Return ``pair_weights`` as a list, which is faster to ask one by one; making it takes 2 ms."""
    weights: list[float] = pair_weights(charset).tolist()
    return weights


def _places(data: _Bytes, charset: str) -> npt.NDArray[np.intp]:
    """Return where bytes stand that begin or end characters outside ASCII, the last byte aside."""
    first, second = data[:-1], data[1:]
    if charset == "utf-16-be":
        return np.flatnonzero((first != 0) | (second >= 0x80))
    if charset == "utf-16-le":
        return np.flatnonzero((second != 0) | (first >= 0x80))
    return np.flatnonzero(first >= 0x80)


def _phases(places: npt.NDArray[np.intp], *, wide: bool) -> npt.NDArray[np.intp]:
    """Return 0 where a character begins and 1 where it goes on, if nothing is damaged.

    A character begins behind every byte of ASCII: that byte stands alone, or ends the character before.
    """
    if wide:
        return places & 1
    begins = np.ones(places.size, bool)
    begins[1:] = places[1:] != places[:-1] + 1
    return np.asarray((places - np.maximum.accumulate(np.where(begins, places, 0))) & 1)


def _block_sums(content: bytes, charset: str) -> tuple[npt.NDArray[Any], npt.NDArray[Any]]:
    """Return for each block the weight and the number of its characters, in step and out of step."""
    data = np.frombuffer(content, np.uint8)
    at = _places(data, charset)
    pairs = data.take(at).astype(np.uint16) << 8 | data.take(at + 1)
    weights = np.maximum(pair_weights(charset).take(pairs), _BROKEN)
    cells = at // _BLOCK_BYTES * 2 + _phases(at, wide=charset.startswith("utf-16"))
    size = ((data.size - 2) // _BLOCK_BYTES + 1) * 2
    return np.bincount(cells, weights, size).reshape(-1, 2), np.bincount(cells, minlength=size).reshape(-1, 2)


def pair_score(content: bytes, charset: str) -> float:
    """Return the mean weight of the characters outside ASCII, as ``chinese_score`` does for text."""
    if len(content) < 2:
        return 0.0
    sums, chars = _block_sums(content, charset)
    best = (sums / np.maximum(chars, 1)).argmax(1)
    rows = np.arange(best.size)
    total = float(chars[rows, best].sum())
    return float(sums[rows, best].sum()) / total if total else 0.0


def blocks_out_of_step(content: bytes, charset: str) -> list[int]:
    """Return where blocks begin that read clearly better with their bytes paired the other way."""
    if len(content) < 2:
        return []
    sums, chars = _block_sums(content, charset)
    means = sums / np.maximum(chars, 1)
    shifted = (means[:, 1] - means[:, 0] >= _CLEARLY) & (chars[:, 1] >= _FEW_CHARS)
    return [int(row) * _BLOCK_BYTES for row in np.flatnonzero(shifted)]
