"""mojibake: text that was once decoded in the wrong charset, decoded again in the right one.

Reads    the lines of a page as received
Adds     edits of rule ``mojibake``; numbers of lines that nothing can bring back
Source   the ways Chinese is misread: UTF-8, GBK or Big5 as Latin-1 or Windows-1252, UTF-8 or Big5 as
         GBK, GBK as Big5, and UTF-8 twice over. A chain is undone when the text then scores as Chinese and
         did not before (``tasks.decode.evidence``). Bytes that the misreading destroyed come out as
         U+FFFD; runs like 锟斤拷 hold no trace of the text and are only reported.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from tasks.clean.western import to_western_bytes
from tasks.decode.evidence import chinese_score, line_scores
from tasks.edit import Change, PageEdits

RULE = "mojibake@1"

SUSPECT_SCORE = 0.35
"""Highest score of a line that is looked at; ordinary Chinese scores 0.6 to 0.95."""
MIN_GAIN = 0.30
"""How much the score has to rise."""
MIN_RESULT = 0.50
"""Lowest score of the result: not merely better, but Chinese."""
MIN_CHARS = 8
"""Fewest non-ASCII characters that decide by themselves; shorter lines follow their page."""
MIN_HANZI_SHARE = 0.6
"""Bytes read as GBK or Big5 show mostly hanzi; Greek, Cyrillic and pinyin letters are what they look."""

MAX_LOST_SHARE = 0.20
"""Largest share of U+FFFD among the non-ASCII characters of the result."""

DESTROYED_SCORE = -0.5
"""Below, a line is mostly U+FFFD, private-use and control characters."""

_DESTROYED = ("锟斤拷锟", "烫烫烫烫", "屯屯屯屯屯屯", "ï¿½ï¿½", "\ufffd\ufffd\ufffd")
"""What a charset makes of U+FFFD read in another (UTF-8 as GBK, as Latin-1), and what debuggers leave."""


@dataclass(frozen=True, slots=True)
class Chain:
    """One misreading: text was written in ``right`` and read as ``wrong``."""

    wrong: str
    right: str

    def undo(self, text: str) -> str | None:
        """Return the text read rightly, U+FFFD for lost bytes; ``None`` when it cannot have been this."""
        raw = _encode(text, self.wrong)
        if raw is None:
            return None
        lost = _LOST if "\ufffd" in text or self.wrong == "western" else _LOST_AS_QUESTION
        return lost.sub("\ufffd", raw.decode(self.right, "replace"))


_LOST = re.compile("\ufffd+")
"""One lost character leaves one to three marks, depending on which of its bytes are gone."""

_LOST_AS_QUESTION = re.compile("\ufffd+\\??")
"""The same where the misreading wrote a question mark for the byte it could not read."""

_HANZI = re.compile("[\u3400-\u9fff\ue000-\uf8ff\ufffd\U00020000-\U000323af]")
_NON_ASCII = re.compile("[^\x00-\x7f]")
_BROKEN = re.compile("[\ufffd\ue000-\uf8ff]")

_CHAINS = (
    Chain("western", "utf-8"),
    Chain("gb18030", "utf-8"),
    Chain("western", "gb18030"),
    Chain("western", "big5hkscs"),
    Chain("gb18030", "big5hkscs"),
    Chain("big5hkscs", "gb18030"),
    Chain("big5hkscs", "utf-8"),
)


@dataclass(slots=True)
class MojibakeFacts:
    """lines: number of lines read again; unrecoverable: indexes of lines with destroyed text."""

    lines: int = 0
    unrecoverable: list[int] = field(default_factory=list)


def _encode(text: str, charset: str) -> bytes | None:
    """Return the bytes that were misread; a byte 0xFF stands for each U+FFFD, ``None`` if impossible."""
    if charset == "western":
        return to_western_bytes(text)
    if len(_HANZI.findall(text)) < MIN_HANZI_SHARE * len(_NON_ASCII.findall(text)):
        return None
    try:
        return b"\xff".join(part.encode(charset) for part in text.split("\ufffd"))
    except UnicodeEncodeError:
        return None


def _lost_share(text: str) -> float:
    """Return the share of U+FFFD and private-use characters among those outside ASCII."""
    marks = len(_NON_ASCII.findall(text))
    return len(_BROKEN.findall(text)) / marks if marks else 0.0


def _is_better(before: float, after: str) -> bool:
    score = chinese_score(after.replace("\ufffd", ""))
    return score >= MIN_RESULT and score - before >= MIN_GAIN and _lost_share(after) <= MAX_LOST_SHARE


def undo_misreading(text: str, before: float | None = None) -> tuple[str, tuple[Chain, ...]] | None:
    """Return the text read rightly and the chain that does it, ``None`` when no reading is clearly better."""
    before = chinese_score(text) if before is None else before
    best: tuple[float, str, tuple[Chain, ...]] | None = None
    for first in _CHAINS:
        once = first.undo(text)
        if once is None:
            continue
        options: list[tuple[str, tuple[Chain, ...]]] = [(once, (first,))]
        if first.wrong == "western" and first.right == "utf-8" and _lost_share(once) <= MAX_LOST_SHARE:
            options += [(twice, (first, second)) for second in _CHAINS if (twice := second.undo(once))]
        for after, chain in options:
            if _is_better(before, after):
                quality = chinese_score(after) - 0.05 * len(chain)
                if best is None or quality > best[0]:
                    best = (quality, after, chain)
    return (best[1], best[2]) if best else None


def _undo(text: str, chain: tuple[Chain, ...]) -> str | None:
    for step in chain:
        undone = step.undo(text)
        if undone is None:
            return None
        text = undone
    return text


def _replace(edits: PageEdits, index: int, after: str) -> None:
    edits.apply(index, [Change(0, len(edits.texts[index]), after)], RULE)


def repair_mojibake(edits: PageEdits) -> MojibakeFacts:
    """Undo wrong decodings on a page, line by line; short lines follow what the page's other lines need."""
    facts = MojibakeFacts()
    scores, counts = line_scores(edits.texts)
    suspects = np.flatnonzero((counts > 0) & (scores < SUSPECT_SCORE)).tolist()
    chains: dict[tuple[Chain, ...], int] = {}
    for index in suspects:
        if counts[index] < MIN_CHARS:
            continue
        found = undo_misreading(edits.texts[index], float(scores[index]))
        if found:
            _replace(edits, index, found[0])
            chains[found[1]] = chains.get(found[1], 0) + 1
            facts.lines += 1
    if chains:
        _follow_page(edits, suspects, max(chains, key=chains.__getitem__), facts)
    facts.unrecoverable = _destroyed(edits.texts, suspects)
    return facts


def _follow_page(
    edits: PageEdits, suspects: Sequence[int], chain: tuple[Chain, ...], facts: MojibakeFacts
) -> None:
    """Read the page's short lines as its long lines had to be read."""
    for index in suspects:
        text = edits.texts[index]
        after = _undo(text, chain) if chinese_score(text) < SUSPECT_SCORE else None
        if after and "\ufffd" not in after and chinese_score(after) - chinese_score(text) >= MIN_GAIN:
            _replace(edits, index, after)
            facts.lines += 1


def _destroyed(texts: Sequence[str], suspects: Sequence[int]) -> list[int]:
    """Return the lines that are past repair: destroyed runs, or hardly a character left."""
    found = set()
    joined = "\n".join(texts)
    for mark in _DESTROYED:
        if mark in joined:
            found |= {index for index, text in enumerate(texts) if mark in text}
    for index in suspects:
        if len(_NON_ASCII.findall(texts[index])) >= MIN_CHARS:
            found |= {index} if chinese_score(texts[index]) < DESTROYED_SCORE else set()
    return sorted(found)
