"""siblings: headings and salutations that markup sets beside the paragraphs of an article, in the same element.

In plain lines nothing tells a first heading, a salutation or a short last section from what the page prints
around the article. Markup does: they are elements of the same name in the element that holds the paragraphs.
"""

import re
from collections.abc import Collection, Sequence

from tasks.extract.scored import Scored
from tasks.lines import PageLine

LONGEST_SALUTATION = 8
_FORM = re.compile(r"\S{0,4}(?:内容|详情|正文|描述|标题|主题|信息)\W*$")
"""The heading of a field, as forms print it above what was written into them."""
FEWEST_HEADINGS = 2
"""Headings inside the article that make the one above it the first of them."""
_HEADINGS = frozenset(("h2", "h3", "h4", "h5", "h6"))


def extend_siblings(
    scored: Sequence[Scored], lines: Sequence[PageLine], titles: Collection[int], span: tuple[int, int]
) -> tuple[int, int]:
    """Widen the article to a heading or salutation above, and to a last section below, that stand beside its paragraphs."""
    last = _past_rolls(scored, lines, _past_last_section(scored, lines, titles, span))
    first, last = span[0], _past_announced(scored, lines, last)
    above = first - 1
    if above >= 0 and above not in titles and scored[above].kind is None and not lines[above].link_share:
        if lines[above].tag in _HEADINGS:
            opens = not _FORM.match(scored[above].folded) and _is_like_those_inside(
                lines, above, span, fewest=1
            )
        else:
            opens = _are_siblings(lines[above], lines[first]) and (
                _is_salutation(scored[above]) or _is_translated(scored, lines, above, last)
            )
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


def _past_announced(scored: Sequence[Scored], lines: Sequence[PageLine], last: int) -> int:
    """Return the last of the lines that a colon or the name of a list announces right below the article, beside it."""
    end = last
    while (
        end + 1 < len(scored)
        and scored[end + 1].kind is None
        and not lines[end + 1].link_share
        and _are_siblings(lines[end + 1], lines[last])
    ):
        end += 1
    head = next((index for index in (last, last + 1) if index < end and _announces(scored, index, last)), end)
    fewest = 1 if scored[head].folded.endswith("如下:") else FEWEST_ANNOUNCED
    return end if end - head >= fewest else last


def _announces(scored: Sequence[Scored], index: int, last: int) -> bool:
    folded = scored[index].folded
    return folded.endswith(":") or (index > last and _LIST.fullmatch(folded) is not None)


_ROLL = re.compile(r"[^\s:、。]{2,10}\s?:\s?[^\s:、。]{1,12}(?:、[^\s:、。]{1,12}){2,}$")
"""某队首发：甲、乙、丙."""
_LIST = re.compile(
    r"(?!.*(?:推荐|热门|相关|友情|链接))[^\s,。:]{0,14}(?:名单|名次|获奖情况|日程表?|[时课]间表|课程表|安排表)"
)
"""The heading of a list: 获奖名单."""
FEWEST_ROLLS = 2
FEWEST_ANNOUNCED = 2
"""Lines that follow a colon; one is enough below 如下:."""


def _is_plain(
    scored: Sequence[Scored], lines: Sequence[PageLine], titles: Collection[int], index: int
) -> bool:
    return scored[index].kind is None and not lines[index].link_share and index not in titles


def _is_like_those_inside(
    lines: Sequence[PageLine], index: int, span: tuple[int, int], fewest: int = FEWEST_HEADINGS
) -> bool:
    """Is a heading one of those beside the paragraphs of the article, of which there are ``fewest`` or more?"""
    inside = lines[span[0] : span[1] + 1]
    return sum(_are_siblings(lines[index], line) for line in inside) >= fewest


def _is_salutation(line: Scored) -> bool:
    return line.size <= LONGEST_SALUTATION and line.folded.endswith(":")


def _is_translated(scored: Sequence[Scored], lines: Sequence[PageLine], index: int, last: int) -> bool:
    """Is a line the first of several foreign paragraphs beside the Chinese ones: a page in two languages?"""
    foreign = [
        i
        for i in range(index, last + 1)
        if scored[i].folded.isascii() and scored[i].ends and _are_siblings(lines[i], lines[index])
    ]
    return foreign[:1] == [index] and len(foreign) > 1 and scored[index].size >= FOREIGN


FOREIGN = 8
"""Size of a foreign sentence: some thirty letters."""


def _are_siblings(one: PageLine, other: PageLine) -> bool:
    return one.group == other.group and one.tag == other.tag
