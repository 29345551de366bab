"""fold: the key by which texts are compared; never shown to readers.

Reads    any text, as it stands in the article
Returns  a sequence of codes: Han characters in one script and digits in one width; everything else
         (blanks, punctuation, notes in Latin letters, marks, signs outside the BMP) is left out
Source   Unicode NFKC; OpenCC t2s, tw2s and hk2s, character by character, so that the key of a text
         does not depend on what stands beside a character. Dropping Latin letters takes the pinyin
         of mirror pages with it (F1 of the mirror copies .000 without folding, .997 with it).
"""

import functools
import hashlib
import unicodedata
from collections.abc import Sequence

import numpy as np
import opencc
from numpy.typing import NDArray

from tasks.code_table import codes_of
from tasks.script.classify import one_script

Codes = NDArray[np.uint16]

_REFUSED = {0: " "} | dict.fromkeys(range(0xD800, 0xE000), " ")
"""OpenCC stops at these."""

SHORT_KEY = 24
"""Codes. A shorter key says too little alone: the digest then reads title and letters as well."""

_CONVERSIONS = ("t2s", "tw2s", "hk2s", "s2t", "t2s", "tw2s", "hk2s")
"""The way there and back brings rare simplified forms (锺, 馀) to the common ones (钟, 余)."""


def _is_kept(char: str) -> bool:
    return "0" <= char <= "9" or "\u3400" <= char <= "\u9fff" or char == "〇"


@functools.cache
def fold_table() -> Codes:
    """Return the folded code of each BMP code point, 0 for those left out; 65,536 entries."""
    table = np.zeros(65536, np.uint16)
    points: list[int] = []
    chars: list[str] = []
    for point in range(65536):
        if 0xD800 <= point < 0xE000:
            continue
        char = unicodedata.normalize("NFKC", chr(point))
        if len(char) == 1 and _is_kept(char):
            points.append(point)
            chars.append(char)
    for name in _CONVERSIONS:
        converter = opencc.OpenCC(name)
        converted = converter.convert("\n".join(chars)).split("\n")
        chars = [
            new if len(new) == 1 and ord(new) < 65536 else old
            for old, new in zip(chars, converted, strict=True)
        ]
    table[points] = [ord(char) for char in chars]
    table.flags.writeable = False
    return table


def fold_codes(texts: Sequence[str]) -> tuple[Codes, NDArray[np.int64]]:
    """Return the codes of all texts in a row, and the n + 1 offsets that divide them."""
    joined = "\n".join(texts) + "\n" if texts else ""
    units = np.frombuffer(joined.encode("utf-16-le", "surrogatepass"), np.uint16)
    codes = fold_table().take(units)
    kept = codes != 0
    # The separators are found by where each text must end; counting them would trip over line ends.
    sizes = _unit_counts(texts, len(units)) + 1
    ends = np.cumsum(sizes)
    before = (
        np.concatenate(([0], np.cumsum(np.add.reduceat(kept, ends - sizes, dtype=np.int64))))
        if texts
        else np.zeros(1)
    )
    return codes[kept], before.astype(np.int64)


def _unit_counts(texts: Sequence[str], total: int) -> NDArray[np.int64]:
    """Return the UTF-16 units of each text; total: of all of them with one separator each."""
    sizes = np.fromiter(map(len, texts), np.int64, len(texts))
    if int(sizes.sum()) + len(texts) == total:
        return sizes
    return np.fromiter(
        (len(text.encode("utf-16-le", "surrogatepass")) // 2 for text in texts), np.int64, len(texts)
    )


def fold_key(text: str) -> str:
    """Return the folded key as text.

    >>> fold_key("歡迎關(guān)注　１２ 期!")
    '欢迎关注12期'
    """
    codes, _ = fold_codes([text])
    return codes.tobytes().decode("utf-16-le")


@functools.cache
def _traditional() -> frozenset[str]:
    return frozenset(one_script()[1])


@functools.cache
def _to_mainland() -> opencc.OpenCC:
    return opencc.OpenCC("tw2sp")


def mainland_words(title: str) -> str:
    """Return a traditional title in the words of the mainland: one word may be half of what a title says.

    Texts have words enough that are the same everywhere, and their key is of characters alone.

    >>> mainland_words("網路上的資訊")
    '网络上的信息'
    """
    if _traditional().isdisjoint(title):
        return title
    return str(_to_mainland().convert(title.translate(_REFUSED)))


def fold_places(text: str) -> NDArray[np.int64]:
    """Return for each code of ``fold_key`` the place of its character in the text."""
    chars = codes_of(text)
    codes = np.where(chars < 65536, fold_table()[np.minimum(chars, 65535)], 0)
    return np.flatnonzero(codes)


def wide_key(title: str | None, text: str) -> str:
    """Return the key of a text with hardly any Han characters: title and text, letters kept."""
    return "".join(unicodedata.normalize("NFKC", f"{title or ''}\n{text}").casefold().split())


def folded_digest(codes: Codes, title: str | None, text: str) -> bytes:
    """Return 16 bytes that are equal when the folded texts are equal (SHA-256, cut).

    With fewer than ``SHORT_KEY`` codes the digest is taken of ``wide_key``.
    """
    if len(codes) >= SHORT_KEY:
        return hashlib.sha256(codes.tobytes()).digest()[:16]
    return hashlib.sha256(b"wide" + wide_key(title, text).encode("utf-8", "surrogatepass")).digest()[:16]
