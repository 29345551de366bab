"""scope: the element that holds title and article, and where it ends.

Reads    weighed lines, markup groups, indexes of the title
Gives    the index of the first line below that element; no edge when the title stands apart from the text
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from tasks.extract.container import OUTSIDE
from tasks.extract.scored import Scored
from tasks.lines import Page

ENOUGH = 40.0
"""Weight of the text that must stand with the title in its element."""
ENOUGH_DATED = 22.0
"""The same when a date line stands between title and text."""
MOST_BEYOND = 4.0
"""Multiple of the text inside that may stand below the element; if more does, that is the article and the head is apart."""
MOST_BEYOND_DATED = 8.0
"""The same below a date line: a short notice beside letters, comments, teasers."""
_DATES = frozenset(("metadata_line", "date_line", "source_line"))


def find_edge(scored: Sequence[Scored], page: Page, titles: Collection[int]) -> int | None:
    """Return the index of the first line below the innermost element that holds title and text, or None."""
    if not titles:
        return None
    top = max(titles)
    levels = _levels(page, page.lines[top].group)
    level, held, group, reached, dated = 0, 0.0, -1, 0, False
    for index in range(top + 1, len(scored)):
        line, own = scored[index], page.lines[index].group
        if own != group:
            group, reached = own, _level_of(own, page.parents, levels)
            if reached > level:
                if held >= (ENOUGH_DATED if dated else ENOUGH) and not _goes_on(line):
                    most = MOST_BEYOND_DATED if dated else MOST_BEYOND
                    return index if _beyond(scored[index:]) <= most * held else None
                level = reached
        if line.weight > 0:
            held += line.weight / OUTSIDE if line.outside else line.weight
        elif not held and line.kind is not None and line.kind.rule in _DATES:
            dated = True
    return None


def weigh_scope(scored: list[Scored], titles: Collection[int], edge: int) -> None:
    """Give back to the text between title and edge what it lost for standing beside more text."""
    for index in range(max(titles) + 1, edge):
        if scored[index].outside:
            scored[index] = replace(scored[index], weight=scored[index].weight / OUTSIDE, outside=False)


def _beyond(below: Sequence[Scored]) -> float:
    return sum(line.weight for line in below if line.weight > 0)


def _goes_on(line: Scored) -> bool:
    """Is the first line below an element text? Then the head held an abstract, and the text stands beside it."""
    return line.kind is None and line.weight > 0 and line.is_sentence


def _levels(page: Page, group: int) -> dict[int, int]:
    """Return the elements around a line, innermost first, with their places."""
    levels = {group: 0}
    while group:
        group = page.parents[group]
        levels[group] = len(levels)
    return levels


def _level_of(group: int, parents: Sequence[int], levels: dict[int, int]) -> int:
    """Return the place of the innermost element around the title that holds a line, too; it is noted."""
    path: list[int] = []
    while group not in levels:
        path.append(group)
        group = parents[group]
    found = levels[group]
    for passed in path:
        levels[passed] = found
    return found
