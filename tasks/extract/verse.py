"""verse: the lines of a poem, which hold no marks and few characters, weigh as text.

Lines without links follow each other in one element, or in a plain text, and a good part of their
characters are function characters: two fifths in verse, a sixth in menus and headlines (180 pages).
Wrong for classical verse without punctuation, which has hardly any function characters.
"""

from collections.abc import Sequence

from tasks.extract.scored import Scored
from tasks.lines import PageLine

FEWEST = 6
LONGEST = 24
"""Lines of a poem, and the size of the longest."""
SHARE = 0.2
SHARE_IN_TEXT = 0.38
"""Share of function characters from which lines are verse, in an element and among plain lines."""
BREAK = 4.0
"""What the end of a verse is worth, in characters."""
_TAGS = frozenset(("p", "div", "td", ""))
_AGAINST = frozenset(("comment", "related", "navigation", "share", "legal", "promotion"))


def allow_verse(scored: Sequence[Scored], lines: Sequence[PageLine], share: float) -> None:
    """Weigh runs of verse as text; ``share`` is the least share of function characters."""
    start, count = 0, len(scored)
    while start < count:
        end, group = start, lines[start].group
        while end < count and _may_be_verse(scored[end], lines[end]) and lines[end].group == group:
            end += 1
        if end - start >= FEWEST:
            verse = scored[start:end]
            if sum(line.function for line in verse) >= share * sum(line.size for line in verse):
                for line in verse:
                    line.weight = max(line.weight, line.size + BREAK)
        start = max(end, start + 1)


def _may_be_verse(line: Scored, source: PageLine) -> bool:
    return (
        source.link_share == 0
        and line.size <= LONGEST
        and line.kind is None
        and line.size > 1
        and source.tag in _TAGS
        and (not source.hints or _AGAINST.isdisjoint(source.hints))
    )
