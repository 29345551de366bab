"""teasers: teasers of other articles and boxes of the article itself, which only markup tells apart.

The beginnings of other articles, each under a heading that links to it, read like text and are none. A box of the
article under 相关链接 or 延伸阅读 reads like a list of others; if its sentences are no links, it is text.
"""

from collections.abc import Sequence
from itertools import pairwise

from tasks.extract.kinds import Kind
from tasks.extract.scored import Scored
from tasks.lines import PageLine

TEASER = Kind("teaser", "related", 40, closing=60)
HEADING = Kind("teaser_heading", "related", 40, closing=60)
NEAR = 4
"""Lines from the heading of one teaser to that of the next."""
FEWEST = 2
"""Teasers of a list, and sentences of a box."""
FEWEST_ALONE = 3
"""Teasers of a list without a heading."""
LINKED = 0.8
"""Share of a headline that is a link."""
HEADLINE = 8
"""Size of the shortest headline."""
BOX_HEADING = -4.0
"""Weight of the heading of such a box: that of any short line between paragraphs."""
_HEADINGS = frozenset(("related_heading", "related_list", "list_heading"))


def tell_teasers(scored: Sequence[Scored], lines: Sequence[PageLine]) -> None:
    """Name the teasers of other articles, and free the headings of boxes that belong to the article."""
    linked = [index for index, line in enumerate(lines[:-1]) if line.link_share > LINKED]
    heads = [index for index in linked if lines[index].is_heading and lines[index].tag != "h1"]
    if len(heads) >= FEWEST:
        _mark_teasers(scored, lines, [index for index in heads if _has_one_paragraph(scored, lines, index)])
    named = [i for i, line in enumerate(scored) if line.kind is not None and line.kind.rule in _HEADINGS]
    for index in named:
        pairs = _pairs(scored, lines, index + 1)
        if len(pairs) >= FEWEST:
            _mark_pairs(scored, pairs)
    apart = [index for index, below in pairwise([*linked, len(lines)]) if below > index + 1]
    if len(apart) >= FEWEST_ALONE and sum(_is_pair(scored, lines, i) for i in apart) >= FEWEST_ALONE:
        _tell_lists(scored, lines)
    for index in named:
        if 0 < index < len(lines) - FEWEST and _heads_a_box(scored, lines, index):
            scored[index].kind, scored[index].weight = None, BOX_HEADING


def _tell_lists(scored: Sequence[Scored], lines: Sequence[PageLine]) -> None:
    """Name the teasers of a list without a heading: in an element of its own, below more text than it holds.

    A survey of other articles is such a list, too, but stands in the element of its opening, or is most of the text.
    """
    text, above, known = 0.0, -1, 0
    for index in range(len(lines)):
        if index >= known and above >= 0 and lines[index].group != lines[above].group:
            pairs = _pairs(scored, lines, index)
            known = pairs[-1] + 2 if pairs else index + 1
            if len(pairs) >= FEWEST_ALONE and sum(scored[i + 1].weight for i in pairs) < text:
                _mark_pairs(scored, pairs)
        if scored[index].weight > 0:
            text, above = text + scored[index].weight, index


def _pairs(scored: Sequence[Scored], lines: Sequence[PageLine], start: int) -> list[int]:
    """Return the indexes of the headlines of teasers from ``start`` on, with at most a short line between two of them."""
    found: list[int] = []
    while start < len(lines) - 1 and _is_pair(scored, lines, start):
        found.append(start)
        start += 2
        if start < len(lines) and lines[start].link_share <= LINKED and scored[start].weight <= 0:
            start += 1
    return found


def _is_pair(scored: Sequence[Scored], lines: Sequence[PageLine], index: int) -> bool:
    """Does a linked headline stand above a paragraph without a link?"""
    head, below = scored[index], lines[index + 1]
    if lines[index].link_share <= LINKED or head.size < HEADLINE or head.folded[-1:] == "。":
        return False
    return not below.link_share and scored[index + 1].weight > 0 and not below.is_heading


def _mark_pairs(scored: Sequence[Scored], pairs: Sequence[int]) -> None:
    for index in pairs:
        scored[index].kind, scored[index].weight = HEADING, -HEADING.cost
        scored[index + 1].kind, scored[index + 1].weight = TEASER, -TEASER.cost


def _has_one_paragraph(scored: Sequence[Scored], lines: Sequence[PageLine], index: int) -> bool:
    """Is there one paragraph below a heading, and then no other?"""
    below = index + 1
    if scored[below].weight <= 0 or lines[below].link_share > 0.5 or lines[below].is_heading:
        return False
    return below + 1 == len(lines) or scored[below + 1].weight <= 0 or lines[below + 1].is_heading


def _mark_teasers(scored: Sequence[Scored], lines: Sequence[PageLine], heads: Sequence[int]) -> None:
    """Mark the headings that have another one of their tag near, with what stands below them."""
    last: dict[str, int] = {}
    near: set[int] = set()
    for index in heads:
        before = last.get(lines[index].tag)
        if before is not None and index - before <= NEAR:
            near |= {before, index}
        last[lines[index].tag] = index
    _mark_pairs(scored, sorted(near))


def _heads_a_box(scored: Sequence[Scored], lines: Sequence[PageLine], index: int) -> bool:
    """Do text above and sentences below a heading stand beside it in one element, all without links?"""
    own, above = lines[index], lines[index - 1]
    if own.link_share or above.group != own.group or scored[index - 1].weight <= 0:
        return False
    for below in range(index + 1, index + 1 + FEWEST):
        line, source = scored[below], lines[below]
        if source.group != own.group or source.link_share or line.kind is not None or not line.ends:
            return False
    return True
