"""misreading: which wrong decoding a text went through, and the text before it.

Reads    a text that does not read as Chinese
Adds     the text read rightly, and the chain of misreadings that was undone
Source   the ways Chinese is misread: UTF-8, GBK or Big5 as Latin-1 or Windows-1252, UTF-8 or Big5 as
         GBK, GBK as Big5, and UTF-8 twice over. Bytes that a misreading destroyed become U+FFFD.
"""

import re
from dataclasses import dataclass

from tasks.clean.western import to_western_bytes
from tasks.decode.evidence import chinese_score
from tasks.decode.pairs import PAIR_CHARSETS, pair_score
from tasks.decode.resync import decode_pairs

MIN_GAIN = 0.30
"""How much the score has to rise."""
MIN_RESULT = 0.50
"""Lowest score of the result: not merely better, but Chinese."""
CLEARLY = 0.6
"""Score from which a text is ordinary Chinese."""
MIN_HANZI_SHARE = 0.6
"""Bytes read as GBK or Big5 show mostly hanzi; Greek, Cyrillic and pinyin letters are what they look."""
MAX_LOST_SHARE, MAX_LOST_SHARE_UTF8 = 0.20, 0.40
"""Largest share of U+FFFD among the non-ASCII characters of the result. What is valid UTF-8 is not so by
chance, so more of it may be lost: each second or third character, when the bytes were read as GBK."""

_LOST = re.compile("\ufffd+")
"""One lost character leaves one to three marks, depending on which of its bytes are gone."""
_LOST_AS_QUESTION = re.compile("\ufffd+\\??")
"""The same where the misreading wrote a question mark for the byte it could not read."""

_HANZI = re.compile("[\u3400-\u9fff\ue000-\uf8ff\ufffd\U00020000-\U000323af]")
_NON_ASCII = re.compile("[^\x00-\x7f]")
_BROKEN = re.compile("[\ufffd\ue000-\uf8ff]")


@dataclass(frozen=True, slots=True)
class Misreading:
    """Text written in the charset ``right`` was read as ``wrong`` ("western": Latin-1 or Windows-1252)."""

    right: str
    wrong: str


Chain = tuple[Misreading, ...]
"""Misreadings to undo, the last one first."""

_ONCE = (
    Misreading("utf-8", "western"),
    Misreading("utf-8", "gb18030"),
    Misreading("gb18030", "western"),
    Misreading("big5hkscs", "western"),
    Misreading("big5hkscs", "gb18030"),
    Misreading("gb18030", "big5hkscs"),
    Misreading("utf-8", "big5hkscs"),
)


def _misread_bytes(text: str, charset: str) -> bytes | None:
    """Return the bytes that were misread, 0xFF for each U+FFFD; ``None`` when it cannot have been so."""
    if charset == "western":
        return to_western_bytes(text)
    if len(_HANZI.findall(text)) < MIN_HANZI_SHARE * len(_NON_ASCII.findall(text)):
        return None
    try:
        return b"\xff".join(part.encode(charset) for part in text.split("\ufffd"))
    except UnicodeEncodeError:
        return None


def _undo_one(text: str, misreading: Misreading) -> str | None:
    raw = _misread_bytes(text, misreading.wrong)
    if raw is None:
        return None
    if misreading.right in PAIR_CHARSETS:
        return _LOST.sub("\ufffd", decode_pairs(raw, misreading.right))
    lost = _LOST if "\ufffd" in text or misreading.wrong == "western" else _LOST_AS_QUESTION
    return lost.sub("\ufffd", raw.decode(misreading.right, "replace"))


def undo(text: str, chain: Chain) -> str | None:
    """Return the text with a chain of misreadings undone, ``None`` when that is not possible."""
    for misreading in chain:
        undone = _undo_one(text, misreading)
        if undone is None:
            return None
        text = undone
    return text


def _promise(text: str, misreading: Misreading) -> float:
    """Return the score a reading may reach; cheap, and too high rather than too low."""
    raw = _misread_bytes(text, misreading.wrong)
    if raw is None:
        return -1.0
    if misreading.right in PAIR_CHARSETS:
        return pair_score(raw, misreading.right)
    return chinese_score(raw.decode(misreading.right, "ignore"))


def _chains(text: str, low: float) -> list[tuple[float, Chain]]:
    """Return the chains that promise at least ``low``, best first."""
    found: list[tuple[float, Chain]] = [(_promise(text, one), (one,)) for one in _ONCE]
    once = _undo_one(text, _ONCE[0])
    if once is not None and lost_share(once) <= MAX_LOST_SHARE:
        found += [(_promise(once, second) - 0.05, (_ONCE[0], second)) for second in _ONCE]
    return sorted((pair for pair in found if pair[0] >= low), key=lambda pair: pair[0], reverse=True)


def lost_share(text: str) -> float:
    """Return the share of U+FFFD and private-use characters among those outside ASCII."""
    marks = len(_NON_ASCII.findall(text))
    return len(_BROKEN.findall(text)) / marks if marks else 0.0


def max_lost(chain: Chain) -> float:
    """Return the largest share of lost characters that a chain may leave."""
    return MAX_LOST_SHARE_UTF8 if chain[-1].right == "utf-8" else MAX_LOST_SHARE


def undo_misreading(text: str, likely: Chain | None = None) -> tuple[str, Chain] | None:
    """Return the text read rightly and the chain undone, ``None`` when no reading is clearly better.

    likely: what other lines of the page went through; when it leaves nothing lost, no other is tried.

    >>> undo_misreading("æˆ‘ä»¬ä»Šå¤©åŽ»å…¬å›\xadçœ‹èŠ±")
    ('我们今天去公园看花', (Misreading(right='utf-8', wrong='western'),))
    """
    low = max(MIN_RESULT, chinese_score(text) + MIN_GAIN)
    after = undo(text, likely) if likely else None
    if likely and after and lost_share(after) == 0 and chinese_score(after) >= max(low, CLEARLY):
        return after, likely
    for _, chain in _chains(text, low)[:3]:
        after = undo(text, chain)
        if after is None or lost_share(after) > max_lost(chain):
            continue
        if chinese_score(after.replace("\ufffd", "")) >= low:
            return after, chain
    return None
