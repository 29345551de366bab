"""mojibake: text that was once decoded in the wrong charset, decoded again in the right one.

Reads    the lines of a page as received
Adds     edits of rule ``mojibake``; lines that nothing can bring back
Source   scores of ``tasks.decode.evidence``: a line is looked at when it does not read as Chinese, and
         changed when the reading of ``tasks.clean.misreading`` does. Runs like 锟斤拷 hold no trace of
         the text they stand for and are only reported.
"""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np

from tasks.clean.misreading import MIN_GAIN, Chain, undo, undo_misreading
from tasks.decode.evidence import LineCodes, chinese_score, line_scores
from tasks.edit import Change, PageEdits

RULE = "mojibake@1"

SUSPECT_SCORE = 0.35
"""Highest score of a line that is looked at; ordinary Chinese scores 0.6 to 0.95."""
MIN_CHARS = 8
"""Fewest non-ASCII characters that decide by themselves; shorter lines follow their page."""
DESTROYED_SCORE = -0.5
"""Below, a line is mostly U+FFFD, private-use and control characters."""

_DESTROYED = ("锟斤拷锟", "烫烫烫烫", "屯屯屯屯屯屯", "ï¿½ï¿½", "\ufffd\ufffd\ufffd")
"""What a charset makes of U+FFFD read in another (UTF-8 as GBK, as Latin-1), and what debuggers leave."""

_NON_ASCII = re.compile("[^\x00-\x7f]")


@dataclass(slots=True)
class MojibakeFacts:
    """lines: number of lines read again; unrecoverable: indexes of lines with destroyed text."""

    lines: int = 0
    unrecoverable: list[int] = field(default_factory=list)


def _replace(edits: PageEdits, index: int, after: str) -> None:
    edits.apply(index, [Change(0, len(edits.texts[index]), after)], RULE)


def repair_mojibake(edits: PageEdits, codes: LineCodes | None = None) -> MojibakeFacts:
    """Undo wrong decodings on a page, line by line; short lines follow what the page's other lines need."""
    facts = MojibakeFacts()
    scores, counts = line_scores(edits.texts, codes)
    suspects: list[int] = np.flatnonzero((counts > 0) & (scores < SUSPECT_SCORE)).tolist()
    chains: Counter[Chain] = Counter()
    for index in suspects:
        found = undo_misreading(edits.texts[index]) if counts[index] >= MIN_CHARS else None
        if found:
            _replace(edits, index, found[0])
            chains[found[1]] += 1
    facts.lines = chains.total()
    if chains:
        facts.lines += _follow_page(edits, suspects, chains.most_common(1)[0][0])
    facts.unrecoverable = _destroyed(edits.texts, suspects)
    return facts


def _follow_page(edits: PageEdits, suspects: Sequence[int], chain: Chain) -> int:
    """Read the page's short lines as its long lines had to be read; return their number."""
    followed = 0
    for index in suspects:
        text = edits.texts[index]
        before = chinese_score(text)
        after = undo(text, chain) if before < SUSPECT_SCORE else None
        if after and "\ufffd" not in after and chinese_score(after) - before >= MIN_GAIN:
            _replace(edits, index, after)
            followed += 1
    return followed


def _destroyed(texts: Sequence[str], suspects: Sequence[int]) -> list[int]:
    """Return the lines that are past repair: destroyed runs, or hardly a character left."""
    found: set[int] = set()
    joined = "\n".join(texts)
    for mark in _DESTROYED:
        if mark in joined:
            found |= {index for index, text in enumerate(texts) if mark in text}
    for index in suspects:
        if len(_NON_ASCII.findall(texts[index])) >= MIN_CHARS:
            found |= {index} if chinese_score(texts[index]) < DESTROYED_SCORE else set()
    return sorted(found)
