"""published: which of the printed dates is the day of publication.

Reads    zones of the page, its markup, its address
Gives    a printed date and its line. A date is taken only where the page prints it: markup and
         address confirm a printed one and supply its year, they never stand alone
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from tasks.lines import Page
from tasks.metadata.dates import PrintedDate, find_dates, may_hold_date
from tasks.metadata.day_context import LABELLED, NEVER, UPDATED, context_of, with_label
from tasks.metadata.folding import fold
from tasks.metadata.imprint import find_imprint, find_masthead, find_opening_day
from tasks.metadata.markup_dates import Day, day_of, markup_days
from tasks.metadata.minguo import find_short_year
from tasks.metadata.signed import signed_on
from tasks.metadata.zones import Zones

_OTHER_LINE: Final = re.compile(
    r"\d\s?分\s?\d{1,2}\s?秒$|copyright|版权所有|all rights|备案|icp|许可证|开奖|赛程|比分"
)
_TODAY: Final = re.compile(r"登[录陆]|注册|天气|农历|欢迎")
"""Words beside the day of the visit, at the top of a page."""
_REPLY: Final = re.compile(r"引用\s?投诉|回复|阅读全文|\d楼|支持\s?[(\[]|网友")
"""Words of a comment."""
_YEAR_LINE: Final = re.compile(r"(?:19|20)\d\d年?")
_CLOCK_LINE: Final = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")
_DAY_ALONE: Final = re.compile(
    r"\W*(?:(?:19|20)\d\d[-/.年])?\d\d?[-/.月]\d\d?日?(?:\s+\d\d?[:点时]\d\d(?::\d\d|分)?)?\W*"
)
_WEEKDAY: Final = re.compile(r"星期|周[一二三四五六日]")
_SENTENCE: Final = re.compile(r"[。!?;]")
_TOPIC: Final = re.compile(r"[\u3400-\u9fff]{2}")
"""What follows a day that a title speaks of: 2019年11月8日渡口停航公告."""

_COUNTED: Final = re.compile(r"\W*(?:评论|热度|阅读|浏览|喜欢|推荐)\s?[(:]?\s?\d")
"""What platforms print behind the day below an article."""
_FLOOR: Final = re.compile(r"\d+\s?[楼#]")
"""The mark of a post, above its day."""


@dataclass(frozen=True, slots=True)
class Published:
    """The date chosen and the index of the line that prints it."""

    date: PrintedDate
    index: int


def _complete(date: PrintedDate, days: Sequence[Day]) -> PrintedDate:
    """Return the date with the year that markup or address give for the same month and day."""
    if date.year is None:
        years = {year for year, month, day in days if (month, day) == (date.month, date.day)}
        if len(years) == 1:
            return replace(date, year=years.pop())
    return date


def _candidates(zones: Zones, index: int) -> Iterator[tuple[PrintedDate, str]]:
    """Yield the dates of a line with the text they stand in; a date cut over lines is joined."""
    text = zones.folded(index)
    if len(text) <= 5 and _YEAR_LINE.fullmatch(text) and index + 1 < len(zones.texts):
        after = zones.folded(index + 1)
        clock = zones.folded(index + 2) if index + 2 < len(zones.texts) else ""
        text = f"{text} {after}" + (f" {clock}" if _CLOCK_LINE.fullmatch(clock) else "")
        if len(text) > 40:
            return
    for date in find_dates(text):
        if index and not date.start:
            date, text = with_label(date, text, zones.texts[index - 1])
        if date.minute is None and date.day is not None and index + 1 < len(zones.texts):
            after = zones.folded(index + 1)
            if date.end >= len(text) - 1 and _CLOCK_LINE.fullmatch(after):
                joined = next(find_dates(f"{text[: date.end]} {after}"), date)
                yield joined, text
                continue
        yield date, text


def _shape(date: PrintedDate, text: str) -> float:
    """Return what the rest of the line says: a date line is a date and little else."""
    rest = len(text) - (date.end - date.start)
    if _OTHER_LINE.search(text.lower()) or rest > 110:
        return NEVER
    is_sentence = rest > 20 and _SENTENCE.search(text) and not text.startswith("本条目发布于")
    sentence = 4.0 if is_sentence else 0.0
    return (0.6 if date.minute is not None else 0.0) - 0.03 * min(rest, 60) - sentence


def _place(zones: Zones, index: int, date: PrintedDate, context: float) -> float:
    """Return what the place of the line says."""
    if zones.title < 0 and index < zones.first:
        return 8.0 - 0.3 * (zones.first - index)
    if index == zones.title:
        return 7.0
    if zones.title < index < zones.first:
        return 10.0 - 0.2 * min(index - zones.title, 20)
    if index < zones.title:
        clock = date.minute is not None or context > 0
        return (6.0 if clock else 4.5) - 0.4 * (zones.title - index)
    if index == zones.first:
        return 5.0
    return 5.0 - 0.3 * (index - zones.last) if context > 0 else 1.0


def find_published(zones: Zones, page: Page, url: str | None) -> Published | None:
    """Return the day of publication; its year is ``None`` when neither page nor address has it."""
    days = markup_days(page, url)
    best: Published | None = None
    best_score = 0.0
    near = [*zones.head, *([zones.title] if zones.title >= 0 else []), *zones.above, *zones.tail]
    opening = zones.texts[zones.first] if zones.first < len(zones.texts) else ""
    if 0 < len(opening) <= 40 and not opening.endswith(("。", "！", "？")):
        near.append(zones.first)
    for index in [index for index in near if may_hold_date(zones.folded(index))]:
        for found, text in _candidates(zones, index):
            date = _complete(found, days)
            context = context_of(date, text)
            if zones.is_foot(index) and UPDATED.search(text[: date.start]):
                context = 0.5
            score = context + _shape(date, text) + _place(zones, index, date, context)
            score += _agreement(date, days) - _doubt(date, index, zones, page, text)
            if score > best_score:
                best, best_score = Published(date, index), score
    return (
        best
        or _confirmed(zones, days)
        or _of_issue(zones)
        or _signed(zones)
        or _of_masthead(zones)
        or _of_short_year(zones)
    )


def _of_issue(zones: Zones) -> Published | None:
    if (found := find_imprint(zones)) is not None:
        return Published(found[0], found[2])
    opening = find_opening_day(zones)
    return None if opening is None else Published(opening, zones.first)


def _of_masthead(zones: Zones) -> Published | None:
    found = find_masthead(zones)
    return None if found is None else Published(*found)


def _of_short_year(zones: Zones) -> Published | None:
    found = find_short_year(zones)
    return None if found is None else Published(*found)


def _agreement(date: PrintedDate, days: Sequence[Day]) -> float:
    return 3.0 if day_of(date) in days else 0.0


def _doubt(date: PrintedDate, index: int, zones: Zones, page: Page, text: str) -> float:
    """Return what speaks against a date: no year, a date of teasers, the clock of the day."""
    doubt = 0.0
    if date.year is None:
        doubt += 5.0 if date.minute is not None or date.start == 0 else 9.0
    if date.day is None:
        doubt += 9.0 if index > zones.last and UPDATED.search(text[: date.start]) else 3.0
    if zones.is_foot(index) and _is_posted(date, index, zones, text):
        return doubt
    if page.lines[index].tag == "option":
        doubt += 9.0  # days to choose from
    if index == zones.title and date.minute is None and _TOPIC.match(text, date.end):
        doubt += 9.0
    rest = len(text) - (date.end - date.start)
    if page.lines[index].link_share > 0.75 and rest > 10:
        doubt += 5.0
    elif page.lines[index].link_share > 0.3 and rest > 6 and _is_listed(index, page):
        doubt += 9.0
    if (
        index > zones.last
        and not LABELLED.search(text[: date.start])
        and not (zones.is_foot(index) and UPDATED.search(text[: date.start]))
        and not (rest <= (5 if _WEEKDAY.search(text) else 2) and _signs(index, zones))
    ):
        doubt += 9.0
    if index > zones.last and _REPLY.search(text):
        doubt += 9.0
    if index < zones.title and date.minute is None and _WEEKDAY.search(text):
        doubt += 9.0 if _TODAY.search(text) else 1.0
    return doubt


def _is_posted(date: PrintedDate, index: int, zones: Zones, text: str) -> bool:
    """Tell whether counters stand behind the day that opens a line, or the mark of the first post above it."""
    is_counted = date.start == 0 and _COUNTED.match(text, date.end) is not None
    return is_counted or zones.folded(index - 1) in ("1楼", "1#")


def _is_listed(index: int, page: Page) -> bool:
    """Tell whether a line of a link and a day stands among such lines: teasers print the days of their own."""
    near = (page.lines[i] for i in (index - 1, index + 1) if 0 <= i < len(page.lines))
    return any(line.link_share > 0.3 and next(find_dates(fold(line.text)), None) for line in near)


def _signs(index: int, zones: Zones) -> bool:
    """Tell whether a day alone below the body signs it, and is not one of the days of a list."""
    if index > zones.last + 2 or zones.labels[index] in ("related", "comment", "navigation"):
        return False
    if _FLOOR.fullmatch(zones.folded(index - 1)):
        return False
    return not any(_DAY_ALONE.fullmatch(zones.folded(i)) for i in zones.tail if i != index)


def _signed(zones: Zones) -> Published | None:
    found = signed_on(zones)
    return None if found is None else Published(*found)


def _confirmed(zones: Zones, days: Sequence[Day]) -> Published | None:
    """Return a date printed anywhere outside the body that markup or address confirm."""
    if not days:
        return None
    for index, text in enumerate(zones.texts):
        if len(text) <= 60 and zones.labels[index] not in ("body", "related", "comment", "legal"):
            for found, line in _candidates(zones, index):
                date = _complete(found, days)
                rest = len(line) - (date.end - date.start)
                if (
                    day_of(date) in days
                    and rest <= 24
                    and context_of(date, line) > -5
                    and _shape(date, line) > -5
                ):
                    return Published(date, index)
    return None
