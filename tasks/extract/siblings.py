"""siblings: what markup sets beside the first paragraph of an article, in the same element, and is no sentence.

In plain lines nothing tells a first heading or a salutation from what the page prints above the
article. Markup does: they are elements of the same name in the element that holds the paragraphs.
"""

from collections.abc import Collection, Sequence

from tasks.extract.scored import Scored
from tasks.lines import PageLine

LONGEST_SALUTATION = 8
FEWEST_HEADINGS = 2
"""Headings inside the article that make the one above it the first of them."""
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))


def extend_siblings(
    scored: Sequence[Scored], lines: Sequence[PageLine], titles: Collection[int], span: tuple[int, int]
) -> tuple[int, int]:
    """Move the start of the article past a heading or salutation that stands beside its paragraphs."""
    first, last = span
    above = first - 1
    if above >= 0 and above not in titles and scored[above].kind is None and not lines[above].link_share:
        if lines[above].tag in _HEADINGS:
            opens = _is_like_one_inside(lines, span)
        else:
            opens = _is_salutation(scored[above]) and _are_siblings(lines[above], lines[first])
        first -= opens
    return first, last


def _is_like_one_inside(lines: Sequence[PageLine], span: tuple[int, int]) -> bool:
    """Is the heading above the article one of several beside its paragraphs?"""
    first, last = span
    return sum(_are_siblings(lines[first - 1], line) for line in lines[first : last + 1]) >= FEWEST_HEADINGS


def _is_salutation(line: Scored) -> bool:
    return line.size <= LONGEST_SALUTATION and line.folded.endswith(":")


def _are_siblings(one: PageLine, other: PageLine) -> bool:
    return one.group == other.group and one.tag == other.tag
