"""article: where the article stands among the scored lines.

The article is the contiguous run of lines with the largest sum of weights (Kadane's maximum
sum subarray, linear), so that short lines between paragraphs come along and menus do not.
What pages do is added to it: a run does not cross the title, an article comes after its title
and date line and before the first heading of comments or related articles.
"""

from collections.abc import Collection, Sequence

from tasks.extract.score import FUNCTION, Scored

ENOUGH = 120.0
"""A run of this weight can be a whole article: what closes an article counts fully after it."""
SMALLEST = 30.0
"""Weight a run needs to be an article: one full sentence."""
ANCHOR_REACH = 8
"""Lines after title or date line within which an article usually begins."""
ENDING = 50.0
"""Worth of an end just above a line that names the editor or the source."""
LONG_GAP = 3
"""Lines without text that count fully; the further ones of a block inside an article count half."""
FADING = {"comment": 0.3, "legal": 0.4, "related": 0.7}
"""What text weighs after a heading of that label, once an article may have ended."""


def find_article(scored: Sequence[Scored], titles: Collection[int]) -> tuple[int, int] | None:
    """Return the first and last index of the article, or None when nothing reads as one.

    titles: indexes of lines that hold the title; no run holds them.
    """
    best, best_span = 0.0, None
    current, start, anchor = 0.0, 0, -ANCHOR_REACH - 1
    fade, gap = 1.0, 0
    first_title = min(titles, default=0)
    for index, line in enumerate(scored):
        if index in titles:
            current, start, anchor = 0.0, index + 1, index
            continue
        weight = line.weight
        kind = line.kind
        if weight > 0:
            weight *= fade * (0.5 if index < first_title else 1.0)
        elif kind is not None and not line.inset:
            if kind.rule in ("metadata_line", "source_line") and current < ENOUGH:
                current, start, anchor = 0.0, index + 1, index
                continue
            if kind.closing and (current >= ENOUGH or (best > ENOUGH and index > first_title)):
                weight = -kind.closing
                if kind.opens:
                    fade = min(fade, FADING.get(kind.label, 1.0))
        gap = 0 if weight > 0 else gap + 1
        if gap > LONG_GAP and kind is None:
            weight *= 0.5
        if current <= 0:
            current, start = 0.0, index
            if weight > 0 and index - anchor <= ANCHOR_REACH:
                current = 25.0
        current += weight
        if weight > 0 and current > SMALLEST and current + ENDING > best:
            total = current + (ENDING if _ends_before(scored, index + 1) else 0.0)
            if total > best:
                best, best_span = total, (start, index)
    return best_span or _find_verse(scored, anchor)


def _ends_before(scored: Sequence[Scored], index: int) -> bool:
    """Does the line at ``index`` say that an article ended above it?"""
    kind = scored[index].kind if index < len(scored) else None
    return kind is not None and kind.rule in _ENDINGS


_ENDINGS = frozenset(("editor", "source_line", "end_mark"))
VERSE_LINES = 4
VERSE_SHARE = 0.1
"""Share of function characters in lines without marks; headlines hold half of it."""


def _find_verse(scored: Sequence[Scored], anchor: int) -> tuple[int, int] | None:
    """Return the lines below the title or date line when they read as text without any mark: verse, notes."""
    if anchor < 0:
        return None
    first = next((i for i in range(anchor + 1, len(scored)) if scored[i].kind is None), len(scored))
    last = first
    while last < len(scored) and (scored[last].kind is None or scored[last].kind.rule == "glyphs"):
        last += 1
    lines = scored[first:last]
    text = "".join(line.folded for line in lines)
    function = sum(character in FUNCTION for character in text)
    if len(lines) < VERSE_LINES or function < VERSE_SHARE * len(text):
        return None
    return first, last - 1
