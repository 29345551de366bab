"""sections: sections that go on below the last one of an article: 三、 after 二、, 1.3 after 1.2.

Lines of numbered ones may be entries and the lines that announce them, without a sentence among them.
A line between two sections may say where the matter of the first comes from.
Wrong for a list of other articles that is numbered on from the sections above it.
"""

import re
from collections.abc import Sequence

from tasks.extract.kinds import Kind
from tasks.extract.scored import Scored
from tasks.han_numbers import han_number
from tasks.lines import PageLine

SECTION = 12
"""Lines of a numbered section."""

_SECTION = re.compile(r"(十?[一二三四五六七八九]|十)、")


def next_sections(article: Sequence[Scored], below: Sequence[Scored]) -> int:
    """Return the length of the numbered sections that go on after the last one of the article.

    Of the last of them only its heading and the line below it are known to belong to it.
    """
    numbers = (_SECTION.match(line.folded) for line in article if 0 < line.folded.find("、") < 3)
    last = next((number[1] for number in reversed([n for n in numbers if n])), "")
    number, length = han_number(last) if last else -2, 0
    for index, line in enumerate(below):
        if index - length > SECTION:
            break
        found = _SECTION.match(line.folded)
        if found is not None and han_number(found[1]) == number + 1:
            number, length = number + 1, index + 1
    is_heading = 0 < length < len(below) and not below[length - 1].is_sentence
    return length + 1 if is_heading and (length > 1 or below[length].ends) else length


_NUMBER = re.compile(
    r"(?:(?P<upper>\d{1,2})\.)?(?P<digits>\d{1,2})[.、\s]\s?(?=\D)|(?P<han>十?[一二三四五六七八九]|十)、"
)
_ENTRY = re.compile(r"(?:[·●■◆○▪*-]|\d{1,2}[.、)]|\(\d{1,2}\)|[①-⑳])\s?\S")
LONGEST_HEADING = 40
"""Characters of the heading of a section."""
LEAST_WORTH = -8.0
"""Weight of a line that is neither entry nor heading and may stand among them."""

_Place = tuple[str, int]
"""The way sections are counted (with the number of the one around them) and the number of one."""


def with_sections(scored: Sequence[Scored], span: tuple[int, int]) -> tuple[int, int]:
    """Move the end past sections that are numbered on from those of the article."""
    first, last = span
    if last + 1 >= len(scored) or (place := _place_of(scored[last + 1])) is None:
        return span
    seen = {found for index in range(first, last + 1) if (found := _place_of(scored[index])) is not None}
    if not _goes_on(place, seen):
        return span
    end = last + 1
    while end < len(scored) and scored[end].kind is None:
        found = _place_of(scored[end])
        if found is not None and _goes_on(found, seen):
            seen.add(found)
        elif not _may_stand(scored[end]):
            break
        end += 1
    if _place_of(scored[end - 1]) in seen and not scored[end - 1].ends and end < len(scored):
        end -= 1  # a heading with nothing below it
    return first, max(end - 1, last)


def _place_of(line: Scored) -> _Place | None:
    """Return the place of the section that a line heads, ``None`` for any other."""
    if line.kind is not None or not 4 <= line.size <= LONGEST_HEADING:
        return None
    found = _NUMBER.match(line.folded)
    if found is None:
        return None
    if found["han"]:
        return "、", han_number(found["han"])
    return f"{found['upper'] or ''}.", int(found["digits"])


def _goes_on(place: _Place, seen: set[_Place]) -> bool:
    """Is the section before this one there, or, for the first of another, the one that holds it?"""
    way, number = place
    if number > 1:
        return (way, number - 1) in seen and place not in seen
    upper = way.rstrip(".")
    return upper.isdigit() and not {("、", int(upper)), (".", int(upper))}.isdisjoint(seen)


def _may_stand(line: Scored) -> bool:
    return line.ends or line.weight >= LEAST_WORTH or _ENTRY.match(line.folded) is not None


SECTION_SOURCE = Kind("editor", "byline", 10)
_SOURCE = re.compile(r"\(?(?:资料|内容)(?:来源|出处)\s?:")
PARAGRAPH = 40.0
"""Weight of the text of a section."""
REACH = 4
"""Lines below the source of one section among which the text of the next stands."""


def allow_sources(scored: Sequence[Scored], lines: Sequence[PageLine], named: Sequence[int]) -> None:
    """Let the source of one section end no article when the heading and the text of another follow.

    The heading is like one above, or the section ends with its source as well.
    named: indexes of the lines that have a kind.
    """
    after = None
    for index in reversed(named):
        kind = scored[index].kind
        if kind is None or kind.rule != "editor" or not _SOURCE.match(scored[index].folded):
            continue
        below = scored[index + 1 : index + 1 + REACH]
        text = next((at for at, line in enumerate(below) if line.weight >= PARAGRAPH), 0)
        heads = [line for line in below[:text] if line.kind is None]
        if 0 < text == len(heads) and (after is not None or _has_heading_like(scored, lines, index + 1)):
            scored[index].kind, scored[index].weight = SECTION_SOURCE, -SECTION_SOURCE.cost
        after = index


def _has_heading_like(scored: Sequence[Scored], lines: Sequence[PageLine], index: int) -> bool:
    """Does a heading with the brackets or the tag of the line at ``index`` stand close above it?"""
    tag, bracket = lines[index].tag, scored[index].folded[:1]
    if bracket != "[" and not lines[index].is_heading:
        return False
    return any(
        scored[above].kind is None
        and (scored[above].folded[:1] == "[" if bracket == "[" else lines[above].tag == tag)
        and scored[above + 1].weight >= PARAGRAPH
        for above in range(max(index - SECTION, 0), index - 1)
    )
