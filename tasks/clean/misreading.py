"""misreading: which wrong decoding a text went through, and the text before it.

Reads    a text that does not read as Chinese
Adds     the text read rightly, and the chain of misreadings that was undone
Source   the ways Chinese is misread: UTF-8, GBK or Big5 as Latin-1 or Windows-1252, UTF-8 or Big5 as
         GBK, GBK as Big5, and UTF-8 twice over. Bytes that a misreading destroyed become U+FFFD.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tasks.clean.big5_bytes import to_big5_bytes
from tasks.clean.western import to_western_bytes
from tasks.decode.certain import MARGIN_INTACT, MARGIN_SILENT, decode_certain
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

MAX_LOST_SHARE_SILENT = 0.08
"""The same where bytes vanish without a mark and the rest still makes characters, if not the right ones."""
MIN_TABLE_GAIN = 1.5
"""How much the sum of a text's weights has to speak for one table of Big5."""

_LOST = re.compile("\ufffd+")
"""One lost character leaves one to three marks, depending on which of its bytes are gone."""
_LOST_AS_QUESTION = re.compile("\\??\ufffd+(?:\\?\ufffd+)*\\??")
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

_SILENT = tuple(one for one in _ONCE if "big5hkscs" in (one.right, one.wrong) and one.wrong != "western")


def _misread_bytes(text: str, misreading: Misreading, *, is_known: bool = False) -> bytes | None:
    """Return the bytes that were misread, 0xFF for each U+FFFD; ``None`` when it cannot have been so.

    is_known: the rest of the page was misread so; then a line may show Greek or signs for its marks.
    """
    if misreading.wrong == "western":
        return to_western_bytes(text)
    if not is_known and len(_HANZI.findall(text)) < MIN_HANZI_SHARE * len(_NON_ASCII.findall(text)):
        return None
    try:
        if misreading.wrong == "big5hkscs":
            return _big5_bytes(text, misreading.right)
        return b"\xff".join(part.encode(misreading.wrong) for part in text.split("\ufffd"))
    except UnicodeEncodeError:
        return None


def _big5_bytes(text: str, right: str) -> bytes:
    """Return the bytes by the table of Big5 that reads clearly better, else without what the tables dispute."""
    parts = [to_big5_bytes(part) for part in text.split("\ufffd")]
    tables = [b"\xff".join(part[min(at, len(part) - 1)] for part in parts) for at in range(3)]
    if tables[0] == tables[1]:
        return tables[0]
    scores = [_score(raw, right) for raw in tables[:2]]
    if abs(scores[0] - scores[1]) * len(text) < MIN_TABLE_GAIN:
        return tables[2]
    return tables[scores.index(max(scores))]


def _undo_one(
    text: str, misreading: Misreading, least_margin: float = MARGIN_INTACT, *, is_known: bool = False
) -> str | None:
    raw = _misread_bytes(text, misreading, is_known=is_known)
    if raw is None:
        return None
    lost = _LOST if "\ufffd" in text else _LOST_AS_QUESTION
    if misreading.right not in PAIR_CHARSETS:
        return lost.sub("\ufffd", raw.decode(misreading.right, "replace"))
    if misreading.wrong == "western" and "\ufffd" not in text:
        return _LOST.sub("\ufffd", decode_pairs(raw, misreading.right))
    return lost.sub("\ufffd", decode_certain(raw, misreading.right, least_margin))


def undo(
    text: str, chain: Chain, least_margin: float = MARGIN_INTACT, *, is_known: bool = False
) -> str | None:
    """Return the text with a chain of misreadings undone, ``None`` when that is not possible.

    is_known: the chain is that of the page, not one of several to try.
    """
    for misreading in chain:
        undone = _undo_one(text, misreading, least_margin, is_known=is_known)
        if undone is None:
            return None
        text = undone
    return text


def _score(raw: bytes, right: str) -> float:
    """Return the score of bytes in a charset; cheap, and too high rather than too low."""
    if right in PAIR_CHARSETS:
        return pair_score(raw, right)
    return chinese_score(raw.decode(right, "ignore"))


def _promise(text: str, misreading: Misreading) -> float:
    """Return the score a reading may reach."""
    raw = _misread_bytes(text, misreading)
    return -1.0 if raw is None else _score(raw, misreading.right)


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


def max_lost(text: str, chain: Chain) -> float:
    """Return the largest share of lost characters that undoing a chain may leave of a text."""
    if chain[-1] in _SILENT and not ("\ufffd" in text and chain[-1].right in PAIR_CHARSETS):
        return MAX_LOST_SHARE_SILENT
    return MAX_LOST_SHARE_UTF8 if chain[-1].right == "utf-8" else MAX_LOST_SHARE


@dataclass(frozen=True, slots=True)
class Reading:
    """A text read again; ``None`` twice when no reading is clearly better.

    is_lost: a reading promised Chinese, and too much of it is lost.
    """

    text: str | None = None
    chain: Chain | None = None
    is_lost: bool = False


def undo_misreading(text: str, likely: Chain | None = None) -> Reading:
    """Return the text read rightly and the chain undone, if a reading is clearly better.

    likely: what other lines of the page went through; when that gives ordinary Chinese, no other is tried.

    >>> undo_misreading("æˆ‘ä»¬ä»Šå¤©åŽ»å…¬å›\xadçœ‹èŠ±").text
    '我们今天去公园看花'
    """
    low = max(MIN_RESULT, chinese_score(text) + MIN_GAIN)
    after = undo(text, likely) if likely else None
    if likely and after and _is_clear(text, after, likely, low):
        return Reading(after, likely)
    is_lost = False
    for _, chain in _chains(text, low)[:3]:
        after = undo(text, chain)
        if after is None or chinese_score(after.replace("\ufffd", "")) < low:
            continue
        if lost_share(after) <= max_lost(text, chain):
            return Reading(after, chain)
        is_lost = True
    return Reading(is_lost=is_lost)


def _is_clear(text: str, after: str, chain: Chain, low: float) -> bool:
    """Return whether what a chain makes of a text is ordinary Chinese, of which not too much is lost."""
    if chinese_score(after.replace("\ufffd", "")) < max(low, CLEARLY):
        return False
    return lost_share(after) <= max_lost(text, chain)


def read_strictly(texts: Mapping[int, str], readings: Mapping[int, Reading]) -> dict[int, str | None]:
    """Return the lines to read again because others of their page lost bytes without a mark.

    Where bytes are over in one line, another that shows no loss may lack the same number of them in two
    places. ``None`` is a line of which too little is certain.
    """
    lossy = {
        found.chain
        for index, found in readings.items()
        if found.text and "\ufffd" in found.text and "\ufffd" not in texts[index]
    }
    again: dict[int, str | None] = {}
    for index, found in readings.items():
        if found.chain is None or found.chain not in lossy or found.chain[-1] not in _SILENT:
            continue
        if found.text and "\ufffd" not in found.text and "\ufffd" not in texts[index]:
            after = undo(texts[index], found.chain, MARGIN_SILENT)
            is_left = after is not None and lost_share(after) <= max_lost(texts[index], found.chain)
            again[index] = after if is_left else None
    return again
