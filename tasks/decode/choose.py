"""choose: the charset of bytes that are not plain UTF-8, by evidence, with declarations as hints.

Reads    content, declared charsets
Adds     a Python codec name and what decided it
Source   scores of ``tasks.decode.evidence`` and ``tasks.decode.pairs`` on up to 4 kB, taken where the
         bytes outside ASCII are. Measured with tests/bench/bench_text.py.
"""

import re

import numpy as np

from tasks.decode.declared import CharsetSource
from tasks.decode.evidence import chinese_score
from tasks.decode.pairs import PAIR_CHARSETS, pair_score
from tasks.decode.resync import decode_pairs

_SAMPLE_BYTES = 4096
_WINDOWS = 4

CANDIDATES = ("utf-8", *PAIR_CHARSETS)

DECLARED_MARGIN = 0.15
"""How much lower the declared charset may score before another one is chosen."""

MIN_SCORE = 0.2
"""Lowest score of Chinese text; below, the declared or a Western charset is taken."""

CERTAIN_SCORE = 0.6
"""Below, charsets of other languages are tried too: Korean bytes read as GB18030 score 0.3."""

WIDE_SCORE = 0.65
"""From here on it is UTF-16, whatever else scores: other bytes read as UTF-16 score below 0.3, while in
UTF-16 a few pairs may look like perfect GBK between control characters."""

MIN_SCORE_SHORT = -0.2
"""The same for content of a few characters, where one rare name decides."""

_SHORT_BYTES = 200
_CLEAR_MARGIN = 0.3

_FOREIGN = {
    "euc_jp": re.compile("[\u3040-\u30ff]"),
    "shift_jis": re.compile("[\u3040-\u30ff]"),
    "euc_kr": re.compile("[\uac00-\ud7a3]"),
    "koi8-r": re.compile("[а-яё]"),
    "cp1251": re.compile("[а-яё]"),
    "utf-16-le": re.compile("[\u0400-\u04ff\u3040-\u30ff\uac00-\ud7a3]"),
    "utf-16-be": re.compile("[\u0400-\u04ff\u3040-\u30ff\uac00-\ud7a3]"),
}
"""Charset -> letters that only its languages use."""

_MIN_FOREIGN = {"euc_kr": 0.9}
"""Smallest share of such letters outside ASCII; half of common GBK characters look like hangul."""

_GUESSES: tuple[tuple[str, CharsetSource], ...] = (
    ("euc_jp", "evidence"),
    ("shift_jis", "evidence"),
    ("euc_kr", "evidence"),
)

_ACCENTED = re.compile(rb"[A-Za-z][\xc0-\xff]{1,2}(?=[a-z ,.])|\b[\xc0-\xff](?=[a-z])")
_HIGH = re.compile(rb"[\x80-\xff]")
_NON_ASCII = re.compile("[^\x00-\x7f]")
_HIGH_AFTER_ASCII = re.compile(rb"[\x00-\x7f][\x80-\xff]")
_LOST = re.compile("\ufffd+")


def _windows(content: bytes) -> list[bytes]:
    """Return stretches spread over the content, each beginning with a high byte after ASCII."""
    if len(content) <= _SAMPLE_BYTES:
        return [content]
    size = _SAMPLE_BYTES // _WINDOWS
    stretches = []
    for k in range(_WINDOWS):
        start = len(content) * k // _WINDOWS & ~1
        match = _HIGH_AFTER_ASCII.search(content, start)
        begin = match.start() + 1 if match else start
        stretches.append(content[begin : begin + size])
    return stretches


def _utf8_score(stretches: list[bytes]) -> float:
    """Return the score as UTF-8, cut characters at the ends aside; a damaged character counts once."""
    texts = [piece.decode("utf-8", "replace").strip("\ufffd") for piece in stretches]
    return chinese_score(_LOST.sub("\ufffd", "".join(texts)))


def charset_score(content: bytes, charset: str) -> float:
    """Return how Chinese the content is in UTF-8 or a two-byte charset, about -3 to 1."""
    if charset.startswith("utf-16"):
        return pair_score(content[:_SAMPLE_BYTES], charset)
    stretches = _windows(content)
    return _utf8_score(stretches) if charset == "utf-8" else pair_score(b"".join(stretches), charset)


MIN_NUL_SHARE = 0.05
MIN_ONE_SIDE = 0.9
"""In UTF-16 every ASCII character brings a NUL, always on the same side; other text has none."""
_BLOCK_PAIRS = 8
"""Pairs of bytes after which the side may change, where a byte was lost."""
_FIRST_NULS = 3
"""NUL bytes on one side that tell it by themselves at the beginning, whatever follows where a byte is lost."""
MIN_WIDE_SCORE = -0.3
"""Lowest score of such content in UTF-16: samples of sound and pictures have NUL bytes too."""


def _wide_by_nuls(content: bytes) -> str | None:
    """Return which UTF-16 the NUL bytes of a content speak for, ``None`` when they speak for none."""
    if b"\0" not in content:  # looking is faster than counting
        return None
    nuls = content.count(0)
    if nuls < MIN_NUL_SHARE * len(content):
        return None
    is_nul = np.frombuffer(content[: len(content) & ~1], np.uint8).reshape(-1, 2) == 0
    sides = np.add.reduceat(is_nul, np.arange(0, len(is_nul), _BLOCK_PAIRS), dtype=np.int64)
    if sides.max(1).sum() < MIN_ONE_SIDE * sides.sum():
        return None
    first, second = sides.sum(0)
    wide = "utf-16-be" if first > second else "utf-16-le"
    at_first = _wide_at_first(content)
    if at_first:
        wide = at_first
    elif min(first, second) > (1 - MIN_ONE_SIDE) * nuls:  # a byte is lost, after which the sides change
        sample = content[:_SAMPLE_BYTES]
        wide = max(("utf-16-le", "utf-16-be"), key=lambda name: chinese_score(decode_pairs(sample, name)))
    other = "utf-16-le" if wide == "utf-16-be" else "utf-16-be"
    score, other_score = charset_score(content, wide), charset_score(content, other)
    if other_score >= CERTAIN_SCORE and other_score > score:  # 一 has a NUL too, on the other side
        return other
    return wide if score >= MIN_WIDE_SCORE else None


def _wide_at_first(content: bytes) -> str | None:
    """Return which UTF-16 the first NUL bytes speak for: content begins with a whole character."""
    places = np.flatnonzero(np.frombuffer(content[:_SAMPLE_BYTES], np.uint8) == 0)[:_FIRST_NULS] & 1
    if places.size < _FIRST_NULS or places.min() != places.max():
        return None
    return "utf-16-le" if places[0] else "utf-16-be"


def choose_charset(content: bytes, declared: list[tuple[str, CharsetSource]]) -> tuple[str, CharsetSource]:
    """Return the charset and what decided it."""
    wide_by_nuls = _wide_by_nuls(content)
    if wide_by_nuls:
        return wide_by_nuls, "evidence"
    for name, source in declared[:1]:
        if name in CANDIDATES and charset_score(content, name) >= CERTAIN_SCORE:
            return name, source
    if _is_western(content):
        return _other_charset(content, declared)
    scores = {name: charset_score(content, name) for name in CANDIDATES}
    wide = max(("utf-16-le", "utf-16-be"), key=scores.__getitem__)
    if scores[wide] >= WIDE_SCORE:
        return wide, "evidence"
    ranked = sorted(scores, key=scores.__getitem__, reverse=True)
    best, second = ranked[:2]
    for name, source in declared:
        if scores.get(name, -1) >= max(scores[best] - DECLARED_MARGIN, MIN_SCORE):
            return name, source
    if scores[best] < CERTAIN_SCORE:
        foreign = _foreign_charset(content, declared)
        if foreign:
            return foreign
    is_clear = scores[best] - scores[second] >= _CLEAR_MARGIN
    low = MIN_SCORE_SHORT if len(content) <= _SHORT_BYTES and is_clear else MIN_SCORE
    if scores[best] >= low:
        return best, "evidence"
    return _other_charset(content, declared)


def _is_western(content: bytes) -> bool:
    """Say whether most bytes outside ASCII are single letters inside words, as in French or German."""
    sample = b"".join(_windows(content))
    return 2 * len(_ACCENTED.findall(sample)) > len(_HIGH.findall(sample))


def _foreign_charset(
    content: bytes, declared: list[tuple[str, CharsetSource]]
) -> tuple[str, CharsetSource] | None:
    """Return the charset of another language whose own letters the content is made of."""
    named = [pair for pair in declared if pair[0] in _FOREIGN]
    for name, source in (*named, *_GUESSES):
        sample = content[:_SAMPLE_BYTES].decode(name, "replace")
        letters = len(_FOREIGN[name].findall(sample))
        share = letters / max(len(_NON_ASCII.findall(sample)), 1)
        if share >= _MIN_FOREIGN.get(name, 0.4) and sample.count("\ufffd") <= 1 + letters // 50:
            return name, source
    return None


def _other_charset(content: bytes, declared: list[tuple[str, CharsetSource]]) -> tuple[str, CharsetSource]:
    """Return the charset of text that is not Chinese: as declared when it can be, else by its NUL bytes."""
    for name, source in declared:
        text = content.decode(name, "replace")
        if text.count("\ufffd") <= 0.02 * len(text):
            return name, source
    nuls = content.count(0)
    if nuls > len(content) // 4:
        even = content[::2].count(0)
        return ("utf-16-be" if even > nuls // 2 else "utf-16-le"), "evidence"
    text = content.decode("utf-8", "replace")
    lost = len(_LOST.findall(text))
    high = len(text) - len(text.encode("ascii", "ignore")) - text.count("\ufffd")
    return ("utf-8" if lost <= high else "cp1252"), "evidence"
