"""Script of a text: simplified, traditional, both or none, judged by share.

Reads    text
Adds     hans | hant | mixed | unknown per line and per text; region of traditional text
Source   one_script.txt (OpenCC's dictionaries); the limits were measured on news, prose and speech
         of 10 to 300 characters. A test for presence gets worse with length, a share does not: one
         stray character of the other script is normal in real text.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from tasks.code_table import codes_of

Script = Literal["hans", "hant", "mixed", "unknown"]
Region = Literal["tw", "hk", "machine"]

HANS, HANT, HANZI, KANA, HANGUL, LETTER = ALL_BITS = 1, 2, 4, 8, 16, 32
"""Bits of one character's class; LETTER covers every alphabetic character, hanzi included."""

MIXED_FROM, MIXED_TO = 0.2, 0.8
"""Share of simplified-only among one-script characters: below hant, above hans, between mixed."""


@cache
def one_script() -> tuple[str, str]:
    """Return the simplified-only and the traditional-only characters."""
    lines = (Path(__file__).parent / "one_script.txt").read_text("utf-8").splitlines()
    found = dict(line.split(" ", 1) for line in lines if not line.startswith("#"))
    return found["hans"], found["hant"]


@cache
def _bits() -> npt.NDArray[np.uint8]:
    """Class bits of every code point, indexed by code point."""
    bits = np.zeros(0x110000, np.uint8)
    bits[:0x10000][np.char.isalpha(np.arange(0x10000, dtype=np.uint32).view("U1"))] = LETTER
    for start, end, bit in (
        (0x3400, 0x4DC0, HANZI | LETTER),
        (0x4E00, 0xA000, HANZI | LETTER),
        (0xF900, 0xFB00, HANZI | LETTER),
        (0x20000, 0x33480, HANZI | LETTER),
        (0x3040, 0x3100, KANA | LETTER),
        (0x31F0, 0x3200, KANA | LETTER),
        (0xFF66, 0xFFA0, KANA | LETTER),
        (0x1100, 0x1200, HANGUL | LETTER),
        (0x3130, 0x3190, HANGUL | LETTER),
        (0xAC00, 0xD7B0, HANGUL | LETTER),
    ):
        bits[start:end] |= np.uint8(bit)
    bits[[0x30FB, 0x30FC, 0xFF70]] = 0  # the middle dot and the long mark also stand in Chinese
    hans, hant = one_script()
    bits[[ord(c) for c in hans]] |= np.uint8(HANS)
    bits[[ord(c) for c in hant]] |= np.uint8(HANT)
    return bits


@lru_cache(maxsize=1)
def char_bits(text: str) -> npt.NDArray[np.uint8]:
    """Return the class bits of each character; kept for the next question about the same text."""
    bits: npt.NDArray[np.uint8] = _bits().take(codes_of(text), mode="wrap")
    bits.flags.writeable = False
    return bits


_HAVE_BIT = np.array([[bits & bit != 0 for bits in range(2 * LETTER)] for bit in ALL_BITS], np.int64)
"""For each bit, which of the combinations have it."""


@lru_cache(maxsize=1)
def _counts(text: str) -> tuple[int, ...]:
    """Return how many characters of a text have each of the six bits, lowest bit first."""
    counts: list[int] = (_HAVE_BIT @ np.bincount(char_bits(text), minlength=2 * LETTER)).tolist()
    return tuple(counts)


def _by_count(hans: int, hant: int) -> Script:
    if not hans + hant:
        return "unknown"
    share = hans / (hans + hant)
    return "hans" if share >= MIXED_TO else "hant" if share <= MIXED_FROM else "mixed"


def detect_script(text: str) -> Script:
    """Return the script of a text by the share of its one-script characters.

    >>> detect_script("这里写的是简体字"), detect_script("這裡寫的是繁體字"), detect_script("人山人海")
    ('hans', 'hant', 'unknown')
    """
    return _by_count(*_counts(text)[:2])


def holds_traditional(text: str) -> bool:
    """Say whether a text has a traditional-only character."""
    return _counts(text)[1] > 0


def detect_line_scripts(lines: Sequence[str]) -> list[Script]:
    """Return the script of each line; one look at all of them together."""
    if not lines:
        return []
    bits = char_bits("\n".join(lines) + "\n")
    starts = np.cumsum([0] + [len(line) + 1 for line in lines[:-1]])
    hans = np.add.reduceat((bits & HANS) != 0, starts, dtype=np.int64)
    hant = np.add.reduceat((bits & HANT) != 0, starts, dtype=np.int64)
    return [_by_count(int(s), int(t)) for s, t in zip(hans, hant, strict=True)]


MIN_HANZI_SHARE = 0.30
"""Smallest share of hanzi among the letters of a Chinese text."""

MAX_KANA_SHARE = 0.05
"""Largest share of kana among hanzi and kana: above, the text is Japanese."""

_SHORT_LETTERS = 20


def is_chinese(text: str) -> bool:
    """Say whether a text is Chinese: enough hanzi, hardly any kana, hardly any hangul.

    Text of fewer than 20 letters passes with a single hanzi. Text without any letter is not Chinese.
    """
    _, _, hanzi, kana, hangul, letters = _counts(text)
    if not hanzi:
        return False
    if kana > MAX_KANA_SHARE * (hanzi + kana) or hangul > MAX_KANA_SHARE * (hanzi + hangul):
        return False
    return letters < _SHORT_LETTERS or hanzi >= MIN_HANZI_SHARE * letters
