"""scope: the element that holds title and article, and where it ends.

Reads    weighed lines, markup groups, indexes of the title
Gives    the index of the first line below that element; no edge when the title stands apart from the text
"""

from collections.abc import Collection, Sequence

from tasks.extract.scored import Scored
from tasks.lines import Page

ENOUGH = 40.0
"""Weight of the text that must stand with the title in its element."""
MOST_BEYOND = 4.0
"""Times that text which may stand below the element; more is the article of a page whose head is apart."""


def find_edge(scored: Sequence[Scored], page: Page, titles: Collection[int]) -> int | None:
    """Return the index of the first line below the innermost element that holds title and text, or None."""
    if not titles:
        return None
    top = max(titles)
    levels = _levels(page, page.lines[top].group)
    known: dict[int, int] = {}
    level, held, beyond, edge = 0, 0.0, 0.0, None
    for index in range(top + 1, len(scored)):
        reached = _level_of(page.lines[index].group, page.parents, levels, known)
        if edge is None and reached > level and held >= ENOUGH and not _goes_on(scored[index]):
            edge = index
        level = max(level, reached)
        weight = scored[index].weight
        if weight > 0:
            held, beyond = (held + weight, beyond) if edge is None else (held, beyond + weight)
    return edge if beyond <= MOST_BEYOND * held else None


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


def _level_of(group: int, parents: Sequence[int], levels: dict[int, int], known: dict[int, int]) -> int:
    """Return the place of the innermost element around the title that holds a line, too."""
    path: list[int] = []
    while group not in levels and group not in known:
        path.append(group)
        group = parents[group]
    found = known[group] if group in known else levels[group]
    for passed in path:
        known[passed] = found
    return found
