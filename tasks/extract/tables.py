"""tables: rows, cells and list entries that are text although they contain no sentence."""

import re
from collections.abc import Mapping, Sequence

from tasks.extract.scored import Scored

LISTED = 0.35
"""What a short line costs, of its cost elsewhere, in a list a colon has announced."""
LONGEST_LIST = 60
"""Lines of such a list."""
FIGURES = 0.25
"""Share of lines with a figure from which short lines are a table; menus have next to none."""
CELLS = 0.75
"""Share of lines in cells of a table, within the element of the article, from which they are one."""

FEW = 8
SHORT = 9
"""Lines of a list of short lines, and characters that they have at most on average."""

CELL = -20.0
"""Weight of a cell before a list makes it cost less."""
_HOUR = re.compile(r"\d{1,2}:\d\d")
"""A time of day alone on its line, as in a timetable."""
RULED = 2.0
"""Cost of a row of a table that is ruled."""

_RULE = re.compile(r"\|?(?:\s?:?-{2,}:?\s?\|)+(?:\s?:?-{2,}:?\s?)?")
_FIGURE = re.compile(r"\| ?[+-]?\d[\d.,]*")


def allow_tables(scored: Sequence[Scored]) -> None:
    """Rows set with bars are a table when a neighbour with as many bars holds figures; else a menu."""
    rows = [index for index, line in enumerate(scored) if "|" in line.folded]
    bars = {index: scored[index].folded.count("|") for index in rows if scored[index].size < 80}
    _allow_ruled(scored, bars)
    figures = {
        index: count
        for index, count in bars.items()
        if count >= 2 and len(_FIGURE.findall(scored[index].folded)) >= 2
    }
    for index in bars if figures else ():
        line = scored[index]
        if any(figures.get(i) == bars[index] for i in (index - 1, index, index + 1)) and (
            line.kind is None or line.kind.label == "navigation"
        ):
            line.kind, line.weight = None, -6.0


def _allow_ruled(scored: Sequence[Scored], bars: Mapping[int, int]) -> None:
    """Rows around a rule (``---|---|``) with as many bars are a table, as dumps of pages print it.

    bars: index of a row -> number of its bars.
    """
    for rule, count in bars.items():
        if _RULE.fullmatch(scored[rule].folded) is None:
            continue
        for step in (-1, 1):
            index = rule
            while bars.get(index) == count:
                row = scored[index]
                if row.kind is None or row.kind.label == "navigation":
                    row.kind, row.weight = None, -RULED
                index += step


def allow_lists(scored: Sequence[Scored], colons: Sequence[int]) -> None:
    """After a line that ends in a colon a list or table is expected: its short lines cost less.

    colons: indexes of the lines with a colon.
    """
    listed: set[int] = set()
    for index in colons:
        line = scored[index]
        if line.kind is not None or line.size < 3 or not line.folded.endswith(":"):
            continue
        for below in range(index + 1, min(index + 1 + LONGEST_LIST, len(scored))):
            if scored[below].kind is not None and below > index + 1 and _HOUR.fullmatch(scored[below].folded):
                scored[below].kind, scored[below].weight = None, CELL
            if scored[below].kind is not None or scored[below].weight > 0:
                break
            listed.add(below)
    for index in listed:
        scored[index].weight *= LISTED


def is_table(lines: Sequence[Scored]) -> bool:
    """Are these short lines a table or list? A colon announces it, they are cells, or a quarter hold figures."""
    if not lines or any(line.folded.endswith(":") for line in lines):
        return True
    if sum(line.cell for line in lines) >= CELLS * len(lines):
        return True
    with_figures = sum(any(character.isdigit() for character in line.folded) for line in lines)
    return with_figures >= FIGURES * len(lines)


def is_short_list(lines: Sequence[Scored]) -> bool:
    """Are these few lines too short for headlines, and none of them known: subheadings, ingredients, tools?"""
    size = sum(line.size for line in lines)
    return 0 < len(lines) <= FEW and size < SHORT * len(lines) and all(line.kind is None for line in lines)
