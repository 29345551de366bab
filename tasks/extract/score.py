"""score: where the article stands among the lines.

Every line gets a weight in characters of running text: sentences weigh what they hold, other
lines cost. The article is the contiguous run of lines with the largest sum (Kadane's maximum
sum subarray), so short lines between paragraphs come along and menus do not.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from tasks.extract.vocabulary import Kind, kind_of
from tasks.lines import PageLine

_SENTENCE = re.compile(r"[。！？；!?;…]|[.]$")
_CLOSED = ("。", "！", "？", "!", "?", "；", ";", "…", "”", "」", "』", "）", ")", "】", ".”", "：", ":")
GAP = 20.0
"""Cost of a line that is no sentence; 15 to 25 give the same runs."""
ENOUGH = 150.0
"""A run of this weight can be a whole article: what closes an article counts fully after it."""


@dataclass(slots=True)
class Scored:
    """A line as the scorer sees it.

    size: characters beyond ASCII (ideographs and their marks); is_sentence: holds an end mark.
    """

    folded: str
    size: int
    is_sentence: bool
    kind: Kind | None
    weight: float


def size_of(text: str) -> int:
    """Return the number of characters beyond ASCII, plus a quarter of the ASCII ones."""
    other = len(text.encode("ascii", "ignore"))
    return len(text) - other + other // 4


def score_line(text: str, folded: str, line: PageLine) -> Scored:
    """Weigh one line; ``line`` gives what markup said."""
    size = size_of(text)
    kind = kind_of(folded)
    sentence = _SENTENCE.search(text) is not None
    if kind is not None:
        return Scored(folded, size, sentence, kind, -kind.cost)
    if sentence or text.rstrip().endswith(_CLOSED):
        weight = min(size, 200) - (0.0 if size >= 12 else 8.0)
    elif size >= 40 and ("，" in text or "," in text):
        weight = size * 0.6
    else:
        gaps = folded.count(" ")
        weight = -GAP * (1.5 if gaps >= 4 and size < 9 * gaps else 1.0)
    if line.link_share > 0.5 and weight > 0:
        weight = -GAP
    if line.hints:
        weight = _hinted(weight, line.hints)
    return Scored(folded, size, sentence, None, weight)


_AGAINST = frozenset(("comment", "related", "navigation", "share", "legal", "promotion"))


def _hinted(weight: float, hints: tuple[str, ...]) -> float:
    """Class names are weak witnesses: they take from a weight, they do not make one."""
    if not _AGAINST.isdisjoint(hints) and weight > 0:
        return weight * (0.6 if "body" in hints else 0.3)
    return weight


def best_run(lines: Sequence[Scored], barred: Sequence[bool]) -> tuple[int, int] | None:
    """Return the first and last index of the article, or None when nothing reads as text.

    barred: lines no run may hold (the title).
    """
    best, best_span = 0.0, None
    current, start = 0.0, 0
    for index, line in enumerate(lines):
        if current <= 0:
            current, start = 0.0, index
        weight = line.weight
        if line.kind is not None and line.kind.closes:
            weight = -120.0 if current >= ENOUGH else weight
        if barred[index]:
            weight = min(weight, -60.0)
        current += weight
        if current > best:
            best, best_span = current, (start, index)
    return best_span
