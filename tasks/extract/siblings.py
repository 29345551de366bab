"""siblings: headings and salutations that markup sets beside the paragraphs of an article, in the same element.

In plain lines nothing tells a first heading, a salutation or a short last section from what the page prints
around the article. Markup does: they are elements of the same name in the element that holds the paragraphs.
"""

import re
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
    """Widen the article to a heading or salutation above, and to a last section below, that stand beside its paragraphs."""
    first, last = span[0], _past_rolls(scored, lines, _past_last_section(scored, lines, titles, span))
    above = first - 1
    if above >= 0 and above not in titles and scored[above].kind is None and not lines[above].link_share:
        if lines[above].tag in _HEADINGS:
            opens = _is_like_those_inside(lines, above, span)
        else:
            opens = _is_salutation(scored[above]) and _are_siblings(lines[above], lines[first])
        first -= opens
    return first, last


def _past_last_section(
    scored: Sequence[Scored], lines: Sequence[PageLine], titles: Collection[int], span: tuple[int, int]
) -> int:
    """Return the last sentence under the headings that follow the article and are like those inside it."""
    last = span[1]
    while (
        last + 2 < len(scored)
        and lines[last + 1].tag in _HEADINGS
        and _is_plain(scored, lines, titles, last + 1)
        and _is_like_those_inside(lines, last + 1, span)
    ):
        end = index = last + 1
        while index + 1 < len(scored) and _is_plain(scored, lines, titles, index + 1):
            index += 1
            if lines[index].group != lines[last + 1].group or lines[index].tag in _HEADINGS:
                break
            end = index if scored[index].ends else end
        if end == last + 1:
            break
        last = end
    return last


def _past_rolls(scored: Sequence[Scored], lines: Sequence[PageLine], last: int) -> int:
    """Return the end of two or more lists of names, each behind its label, right below the article."""
    end = last
    while (
        end + 1 < len(scored)
        and scored[end + 1].kind is None
        and _ROLL.match(scored[end + 1].folded)
        and _are_siblings(lines[end + 1], lines[last])
    ):
        end += 1
    return end if end >= last + FEWEST_ROLLS else last


_ROLL = re.compile(r"[^\s:、。]{2,10}\s?:\s?[^\s:、。]{1,12}(?:、[^\s:、。]{1,12}){2,}$")
"""某队首发：甲、乙、丙."""
FEWEST_ROLLS = 2


def _is_plain(
    scored: Sequence[Scored], lines: Sequence[PageLine], titles: Collection[int], index: int
) -> bool:
    return scored[index].kind is None and not lines[index].link_share and index not in titles


def _is_like_those_inside(lines: Sequence[PageLine], index: int, span: tuple[int, int]) -> bool:
    """Is a heading one of several beside the paragraphs of the article?"""
    inside = lines[span[0] : span[1] + 1]
    return sum(_are_siblings(lines[index], line) for line in inside) >= FEWEST_HEADINGS


def _is_salutation(line: Scored) -> bool:
    return line.size <= LONGEST_SALUTATION and line.folded.endswith(":")


def _are_siblings(one: PageLine, other: PageLine) -> bool:
    return one.group == other.group and one.tag == other.tag
