"""tables: rows, cells and list entries that are text though they hold no sentence."""

import re
from collections.abc import Sequence

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

RULED = 2.0
"""Cost of a row of a table that is ruled."""

_RULE = re.compile(r"\|?(?:\s?:?-{2,}:?\s?\|)+(?:\s?:?-{2,}:?\s?)?")
_FIGURE = re.compile(r"\| ?[+-]?\d[\d.,]*")


def allow_tables(scored: Sequence[Scored]) -> None:
    """Rows set with bars are a table when a neighbour with as many bars holds figures; else a menu."""
    bars = [line.folded.count("|") if line.size < 80 else 0 for line in scored]
    if not any(bars):
        return
    _allow_ruled(scored, bars)
    figures = [
        count >= 2 and len(_FIGURE.findall(line.folded)) >= 2
        for count, line in zip(bars, scored, strict=True)
    ]
    for index, line in enumerate(scored):
        if bars[index] < 2:
            continue
        near = range(max(0, index - 1), min(len(scored), index + 2))
        if any(figures[i] and bars[i] == bars[index] for i in near) and (
            line.kind is None or line.kind.label == "navigation"
        ):
            line.kind, line.weight = None, -6.0


def _allow_ruled(scored: Sequence[Scored], bars: Sequence[int]) -> None:
    """Rows around a rule (``---|---|``) with as many bars are a table, as dumps of pages print it."""
    for rule, line in enumerate(scored):
        if not bars[rule] or _RULE.fullmatch(line.folded) is None:
            continue
        for step in (-1, 1):
            index = rule
            while 0 <= index < len(scored) and bars[index] == bars[rule]:
                row = scored[index]
                if row.kind is None or row.kind.label == "navigation":
                    row.kind, row.weight = None, -RULED
                index += step


def allow_lists(scored: Sequence[Scored]) -> None:
    """After a line that ends in a colon a list or table is expected: its short lines cost less."""
    listed = 0
    for line in scored:
        if line.kind is not None or line.weight > 0:
            listed = 0
        elif listed:
            line.weight *= LISTED
            listed -= 1
        if line.kind is None and line.size >= 3 and line.folded.endswith(":"):
            listed = LONGEST_LIST


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
