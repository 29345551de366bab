"""standfirst: an abstract or a first picture that a page prints between its title and its date line.

Reads    scored lines, the run found for the article
Gives    the run below the date line; the paragraph above it is an abstract
Wrong for a page whose first paragraph is followed by the only date line, and by the rest of its text
"""

from collections.abc import Collection, Sequence
from dataclasses import replace

from tasks.extract.lead import PARAGRAPH, SUMMARY
from tasks.extract.scored import Scored
from tasks.extract.stamps import DATE
from tasks.extract.tail import OFFICE, is_signed_date

NEAR = 4
"""Lines between title and first line of the run, at most: captions, a column."""
MOST = 6
"""Lines of the run above the date line."""
FEWEST = 2
"""Paragraphs below the date line."""
_DATED = frozenset(("metadata_line", "date_line"))


def below_standfirst(scored: list[Scored], titles: Collection[int], span: tuple[int, int]) -> tuple[int, int]:
    """Move the start of the article below the only date line of a page, where one paragraph stands above it.

    That paragraph is named an abstract in ``scored``.
    """
    first, last = span
    title = max((index for index in titles if index < first), default=-1)
    if title < 0 or first - title > NEAR or any(map(_is_dated, scored[title:first])):
        return span
    at = next((i for i in range(first, min(first + MOST, last)) if _is_dated(scored[i])), -1)
    if at < 0 or _is_signed(scored, at, first) or any(map(_is_dated, scored[at + 1 : last + 1])):
        return span
    above = [i for i in range(first, at) if scored[i].kind is None and scored[i].weight >= PARAGRAPH]
    start = next((i for i in range(at + 1, last + 1) if scored[i].kind is None and scored[i].weight > 0), -1)
    below = sum(line.weight >= PARAGRAPH for line in scored[max(start, 0) : last + 1])
    if start < 0 or len(above) > 1 or below < FEWEST:
        return span
    for index in above:
        scored[index] = replace(scored[index], kind=SUMMARY)
    return start, last


def _is_signed(scored: Sequence[Scored], at: int, first: int) -> bool:
    """Does an office sign with that day what it makes known, above the text itself?"""
    return is_signed_date(scored, at, first) and OFFICE.search(scored[at - 1].folded) is not None


def _is_dated(line: Scored) -> bool:
    """Is a line that of the day, and not only of counters and sizes of letters?"""
    return line.kind is not None and line.kind.rule in _DATED and DATE.search(line.folded) is not None
