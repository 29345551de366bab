"""mojibake: text that was once decoded in the wrong charset, decoded again in the right one.

Reads    the lines of a page as received
Adds     edits of rule ``mojibake``; lines that nothing can bring back
Source   scores of ``tasks.decode.evidence``: a line is looked at when it does not read as Chinese, and
         changed when the reading of ``tasks.clean.misreading`` does. Runs like 锟斤拷 hold no trace of
         the text they stand for and are only reported; so are lines of which too much is lost.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from tasks.clean.misreading import (
    MIN_GAIN,
    Chain,
    Reading,
    lost_share,
    max_lost,
    read_strictly,
    undo,
    undo_misreading,
)
from tasks.decode.evidence import (
    LineCodes,
    chinese_score,
    line_codes,
    line_scores,
    may_score_less,
    weighs_less,
    weights_at,
)
from tasks.edit import Change, PageEdits

RULE = "mojibake@4"
GATE = "\xc0-\xff"
"""Accented letters, of which Chinese misread as Western is full; short stretches are looked for only here."""

SUSPECT_SCORE = 0.35
"""Highest score of a line that is looked at; ordinary Chinese scores 0.6 to 0.95."""
MIN_CHARS = 8
"""Fewest non-ASCII characters that decide by themselves; shorter lines follow their page."""
DESTROYED_SCORE = -0.5
"""Below, a line is mostly U+FFFD, private-use and control characters."""

_DESTROYED = ("锟斤拷锟", "烫烫烫烫", "屯屯屯屯屯屯", "ï¿½ï¿½", "\ufffd\ufffd\ufffd")
"""What a charset makes of U+FFFD read in another (UTF-8 as GBK, as Latin-1), and what debuggers leave."""

MIN_WESTERN = 4
"""Fewest accented letters of a misread stretch inside a line; MIN_CHARS_NOT_UTF8 characters when it was
not UTF-8, whose bytes prove themselves."""
MIN_CHARS_NOT_UTF8 = 10

_WESTERN_RUN = re.compile(
    "(?:[\xa0-\xff\x80-\x9fŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™][ -~]{0,2}){5,}[\xa0-\xff\x80-\x9fŒœŠšŸŽžƒˆ˜–—‘’‚“”„†‡•…‰‹›€™]"
)
_NON_ASCII = re.compile("[^\x00-\x7f]")
_PHONETIC = re.compile("[\u3105-\u312f˙ˊˇˋ]+")
"""Zhuyin, which children's books and dictionaries put beside characters."""


@dataclass(slots=True)
class MojibakeFacts:
    """lines: number of lines read again; unrecoverable: indexes of lines with destroyed text."""

    lines: int = 0
    unrecoverable: list[int] = field(default_factory=list)


def _replace(edits: PageEdits, index: int, after: str) -> None:
    edits.apply(index, [Change(0, len(edits.texts[index]), after)], RULE)


def repair_mojibake(
    edits: PageEdits,
    codes: LineCodes | None = None,
    doubtful: npt.NDArray[np.int64] | None = None,
    *,
    has_western: bool = True,
) -> MojibakeFacts:
    """Undo wrong decodings on a page, line by line; short lines follow what the page's other lines need.

    codes: of its lines; doubtful: where ``doubtful_characters`` stand in them. has_western: whether the page has a
    letter of ``GATE``.
    """
    facts = MojibakeFacts()
    if not edits.texts:
        return facts
    codes = codes or line_codes(edits.texts)
    if doubtful is None:
        doubtful = doubtful_characters().take(codes.codes, mode="wrap").nonzero()[0]
    sizes = _low_lines(edits.texts, codes, doubtful) if doubtful.size else {}
    western = _lines_with_western(codes) if has_western else []
    if not sizes and not western:
        facts.unrecoverable = sorted(_destroyed(edits.texts, codes.text, (), False))
        return facts
    suspects = [index for index in sizes if not _has_phonetic_notes(edits.texts[index])]
    readings, lost = _read_long_lines(edits.texts, [i for i in suspects if sizes[i] >= MIN_CHARS])
    for index, (text, _) in readings.items():
        _replace(edits, index, text)
    chains = Counter(chain for _, chain in readings.values())
    facts.lines = chains.total()
    if chains:
        facts.lines += _follow_page(edits, suspects, chains.most_common(1)[0][0])
    facts.lines += sum(_repair_spans(edits, index) for index in western)
    text = "\n".join(edits.texts)
    facts.unrecoverable = sorted(lost.union(_destroyed(edits.texts, text, suspects, chains.total() > 0)))
    return facts


def doubtful_characters() -> npt.NDArray[np.bool_]:
    """Mark the characters by which lines score low."""
    return weighs_less(SUSPECT_SCORE)


def _low_lines(texts: Sequence[str], codes: LineCodes, places: npt.NDArray[np.int64]) -> dict[int, int]:
    """Return the lines that do not read as Chinese, and how many characters tell.

    None where all of them are short: nothing tells then what these would have to follow.
    """
    doubtful = weights_at(codes, places)
    if not any(may_score_less(texts[i], few, SUSPECT_SCORE, MIN_CHARS) for i, few in doubtful.items()):
        return {}
    indexes = list(doubtful)
    scores, counts = line_scores([texts[index] for index in indexes])
    low = ((counts > 0) & (scores < SUSPECT_SCORE)).nonzero()[0].tolist()
    sizes = {indexes[place]: int(counts[place]) for place in low}
    return sizes if any(size >= MIN_CHARS for size in sizes.values()) else {}


def _has_phonetic_notes(text: str) -> bool:
    """Return whether a line reads as Chinese but for the zhuyin in it."""
    rest = _PHONETIC.sub("", text)
    return rest != text and chinese_score(rest) >= SUSPECT_SCORE


def _read_long_lines(
    texts: Sequence[str], indexes: Sequence[int]
) -> tuple[dict[int, tuple[str, Chain]], set[int]]:
    """Return the lines read again with their chains, and the lines that lost too much for it."""
    if not indexes:
        return {}, set()
    readings: dict[int, Reading] = {}
    last: Chain | None = None
    for index in indexes:
        readings[index] = undo_misreading(texts[index], last)
        last = readings[index].chain or last
    strictly = read_strictly({index: texts[index] for index in indexes}, readings)
    found: dict[int, tuple[str, Chain]] = {}
    for index, reading in readings.items():
        text = strictly.get(index, reading.text)
        if text is not None and reading.chain is not None:
            found[index] = text, reading.chain
    lost = {index for index, reading in readings.items() if reading.is_lost}
    return found, lost.union(index for index, text in strictly.items() if text is None)


def _follow_page(edits: PageEdits, suspects: Sequence[int], chain: Chain) -> int:
    """Read the page's short lines as its long lines had to be read; return their number."""
    followed = 0
    for index in suspects:
        text = edits.texts[index]
        before = chinese_score(text)
        after = undo(text, chain, is_known=True) if before < SUSPECT_SCORE else None
        if after is None or lost_share(after) > max_lost(text, chain):
            continue
        if chinese_score(after.replace("\ufffd", "")) - before >= MIN_GAIN:
            _replace(edits, index, after)
            followed += 1
    return followed


def _lines_with_western(codes: LineCodes) -> list[int]:
    """Return the lines with enough accented letters to be misread bytes in part."""
    places = np.flatnonzero((codes.codes >= 0xC0) & (codes.codes <= 0xFF))
    if places.size < MIN_WESTERN:
        return []
    lines, numbers = np.unique(np.searchsorted(codes.ends, places, "right"), return_counts=True)
    found: list[int] = lines[numbers >= MIN_WESTERN].tolist()
    return found


def _repair_spans(edits: PageEdits, index: int) -> int:
    """Read again the misread stretches of a line that is good otherwise; return 1 when there were any."""
    changes = []
    for match in _WESTERN_RUN.finditer(edits.texts[index]):
        found = undo_misreading(match[0])
        if found.text is None or found.chain is None:
            continue
        if found.chain[-1].right == "utf-8" or len(match[0]) >= MIN_CHARS_NOT_UTF8:
            changes.append(Change(match.start(), match.end(), found.text))
    edits.apply(index, changes, RULE)
    return int(bool(changes))


def _destroyed(texts: Sequence[str], joined: str, suspects: Sequence[int], was_read_again: bool) -> set[int]:
    """Return the lines that cannot be repaired: destroyed runs, lost characters, hardly a character left."""
    found: set[int] = set()
    for mark in _DESTROYED:
        if mark in joined:
            found |= {index for index, text in enumerate(texts) if mark in text}
    for index in suspects:
        if was_read_again and "\ufffd" in texts[index]:
            found.add(index)
        if len(_NON_ASCII.findall(texts[index])) >= MIN_CHARS:
            found |= {index} if chinese_score(texts[index]) < DESTROYED_SCORE else set()
    return found
