"""dates: every way in which a Chinese page prints a day and a time, read from one line.

Reads    a folded line (``folding.fold``)
Gives    ``PrintedDate``: what is printed, with its span; nothing is completed or guessed
Source   forms collected from news, government, portal and weblog pages, 2004 to 2024
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final

from tasks.china_time import CHINA
from tasks.han_numbers import han_number

MINGUO_OFFSET: Final = 1911
"""民國元年 is 1912."""

UNSET: Final = (1970, 1, 1)
"""The day that programs print when none was entered: second 0 of Unix time."""


@dataclass(frozen=True, slots=True)
class PrintedDate:
    """A day as printed; absent parts are ``None``.

    start, end: span in the folded line, time and zone included.
    """

    start: int
    end: int
    year: int | None
    month: int
    day: int | None
    hour: int | None = None
    minute: int | None = None
    second: int | None = None
    zone: tzinfo | None = None

    @property
    def precision(self) -> str:
        """Return ``second``, ``minute``, ``day`` or ``month``."""
        if self.minute is not None:
            return "minute" if self.second is None else "second"
        return "month" if self.day is None else "day"

    def moment(self) -> datetime | None:
        """Return the moment with its zone; ``None`` without a printed year."""
        if self.year is None:
            return None
        clock = (self.hour or 0, self.minute or 0, self.second or 0) if self.minute is not None else (0, 0, 0)
        return datetime(self.year, self.month, self.day or 1, *clock, tzinfo=self.zone or CHINA)

    def printed(self) -> str:
        """Return the day as ``YYYY-MM-DD``, ``YYYY-MM`` or, without a year, ``MM-DD``."""
        year = [] if self.year is None else [f"{self.year:04d}"]
        day = [] if self.day is None else [f"{self.day:02d}"]
        return "-".join([*year, f"{self.month:02d}", *day])


_MONTHS: Final = {
    name: number
    for number, name in enumerate("jan feb mar apr may jun jul aug sep oct nov dec".split(), start=1)
}
_MONTH_NAME: Final = (
    r"(?P<{0}>jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?"
    r"|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY_NAME: Final = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s*)"
_HAN: Final = r"[〇○零一二三四五六七八九十]"

_DAY: Final = re.compile(
    r"(?=[\d中民一二三四五六七八九十jfmasondtw])(?:"  # no form begins otherwise: most places are passed by at once
    r"(?:(?<![\d./=])|(?<=:[0-5]\d))(?:"
    r"(?P<y1>(?:19|20)\d\d)\s{0,2}(?:年|[-/.·]|(?=\s?\d\d?\s?/))\s{0,2}(?P<m1>\d\d?)\s{0,2}(?:月|[-/.·])\s{0,2}"
    r"(?P<d1>[0-3]?\d)(?:\s?[日号]|(?!\s?月|[\d年日号])|(?=(?:19|20)\d\d[-/.年])|(?<=\d\d)(?=[0-2]\d:[0-5]\d))"
    r"|(?P<y2>(?:19|20)\d\d)\s?年\s?(?P<m2>\d\d?)\s?月(?:份)?(?!\s?\d)"
    r"|(?<![A-Za-z])(?P<y3>(?:19|20)\d\d)(?P<m3>[01]\d)(?P<d3>[0-3]\d)(?=\D|$|\d{4}(?:\d\d)?(?!\d)|\d\d:\d\d)"
    r"|(?:中\s?华\s?)?民\s?国\s?(?P<y4>\d{1,3})\s?[年./-]\s?(?P<m4>\d\d?)\s?[月./-]\s?(?P<d4>\d\d?)\s?日?(?!\d)"
    rf"|(?:中华)?民国(?P<y5>元|一百{_HAN}{{0,3}}|{_HAN}{{1,4}})年(?P<m5>元|{_HAN}{{1,3}})月(?P<d5>{_HAN}{{1,3}})日"
    r"|(?P<y6>[一二][〇○零一二三四五六七八九]{3})年"
    rf"(?P<m6>元|{_HAN}{{1,3}})月(?:(?P<d6>{_HAN}{{1,3}})日)?"
    r"|(?P<y7>1[01]\d)(?:[-/.]|年)(?P<m7>[01]?\d)(?:[-/.]|月)(?P<d7>[0-3]?\d)(?![\d.])日?"
    r"|(?P<d0>[0-3]?\d)(?P<s0>[-/.])(?P<m0>[0-3]?\d)(?P=s0)(?P<y0>(?:19|20)\d\d)(?!\d|:[0-5]\d)"
    r"|(?P<me>1[0-2]|0?[1-9]|[一二三四五六七八九十]{1,2})月\s?(?P<de>[0-3]?\d)(?:st|nd|rd|th)?,\s?(?P<ye>(?:19|20)\d\d)(?!\d)"
    r"|(?P<dh>[0-3]?\d)\s(?P<mh>1[0-2]|0?[1-9]|[一二三四五六七八九十]{1,2})\s?月,?\s(?P<yh>(?:19|20)\d\d)(?![\d年])"
    r"|(?<=[间期]:)\s?(?P<yf>0[4-9]|[12]\d)-(?P<mf>[01]\d)-(?P<df>[0-3]\d)(?=\s|$|[|,]|[0-2]\d:[0-5]\d)"
    r"|(?P<yg>[12]\d)-(?P<mg>[01]\d)-(?P<dg>[0-3]\d)(?=[0-2]\d:[0-5]\d(?!\d)|\s[0-2]\d:[0-5]\d(?::[0-5]\d)?\s{1,4}[来稿]源)"
    r"|(?P<m8>[01]?\d)\s?月\s?(?P<d8>[0-3]?\d)\s?日"
    r"|(?<!-)(?P<m9>[01]\d)[-/](?P<d9>[0-3]\d)(?:(?![-/\d.%])|(?=[0-2]\d:[0-5]\d(?!\d)))"
    r")"
    rf"|(?:\b|(?<=read)){_MONTH_NAME.format('ma')}[.\s]{{1,3}}(?P<da>\d\d?)(?:st|nd|rd|th)?[.,\s]{{1,3}}{_WEEKDAY_NAME}?"
    r"(?P<ya>(?:19|20)\d\d)\b"
    rf"|\b(?P<db>\d\d?)(?:st|nd|rd|th)?[\s-]{_MONTH_NAME.format('mb')}\.?,?[\s-](?P<yb>(?:19|20)\d\d)\b"
    rf"|\b(?P<yc>(?:19|20)\d\d)[\s/.-]{{1,2}}{_MONTH_NAME.format('mc')}[\s/.-]{{1,2}}(?P<dc>\d\d?)(?!\d)"
    rf"|(?<![A-Za-z])(?:mon|tue|wed|thu|fri|sat|sun) {_MONTH_NAME.format('md')} {{1,2}}(?P<dd>\d\d?) {{1,2}}"
    r"(?P<td>[0-2]?\d:[0-5]\d(?::[0-5]\d)?) (?:[A-Z]{3,4} )?(?P<yd>(?:19|20)\d\d)\b)",
    re.IGNORECASE,
)
_PARTS: Final = {
    form: tuple(part + form if part + form in _DAY.groupindex else None for part in "ymd")
    for form in "0123456789abcdefgh"
}
"""Form -> the groups of its year, month and day."""
_AMPM: Final = r"(?P<half>凌晨|清晨|早上|早晨|上午|中午|下午|傍晚|晚上|晚间|深夜|夜间|[ap]\.?m\.?)"
_CLOCK: Final = re.compile(
    r"(?:\s|,|T|于|@|\(|at|(?:\(|星期|周|礼拜)[一二三四五六日天]\)?|格林尼治标准时间|gmt|hkt|cst|北京时间|&nbsp;"
    rf"|{_WEEKDAY_NAME}|"
    r"[-|](?=\s?\d\d?:)){0,6}"
    rf"{_AMPM}?\s?(?P<h>[0-2]?\d)\s?(?:[:时点]|时:)\s?(?P<m>[0-5]\d)(?:(?:[:分]\s?(?P<s>[0-5]\d)(?:\.\d+)?秒?)|分)?"
    r"(?!\d)(?:\s?(?P<half2>[ap]\.?m\.?)\b)?\s?(?P<zone>Z\b|[+-]\d\d:?\d\d\b|\(?(?:utc|gmt)(?:[+]0?8)?\b)?",
    re.IGNORECASE,
)
_OFFSET: Final = re.compile(r"([+-])(\d\d?):?(\d\d)?")
_COMPACT_CLOCK: Final = re.compile(r"(?P<h>[0-2]\d)(?P<m>[0-5]\d)(?P<s>[0-5]\d)?(?!\d)")
_CLOCK_BEFORE: Final = re.compile(r"(?<![\d:])(?P<h>[0-2]?\d):(?P<m>[0-5]\d)(?::(?P<s>[0-5]\d))?[\s,]{0,3}$")
_GATE: Final = re.compile(
    r"[\d民一二](?:(?<=1)9\d\d|(?<=2)0\d\d|(?<=\d)\s?[月/-]\s?\d|(?<=民)\s?国|"
    r"(?<=[一二])[〇○零一二三四五六七八九]{3}年|(?<=1)[01]\d[-/.]\d)"
)
"""What every form has; most lines have none of it. One set of characters begins it, which is looked for fast."""


def _number(text: str) -> int:
    return int(text) if text.isdecimal() else han_number(text)


def _day_parts(match: re.Match[str]) -> tuple[int | None, int, int | None]:
    """Return year, month, day of a match of ``_DAY``; each alternative ends in its own letter."""
    form = (match.lastgroup or "y1")[-1]
    year, month, day = (None if name is None else match[name] for name in _PARTS[form])
    if form in "abcd":
        return int(year or 0), _MONTHS[(month or "")[:3].lower()], int(day or 0)
    if form == "0" and month is not None and day is not None and int(month) > 12:
        month, day = day, month
    number = None if year is None else _number(year)
    if number is not None and form in "457":
        number += MINGUO_OFFSET
    elif number is not None and form in "fg":
        number += 2000
    return number, _number(month or "0"), None if day is None else _number(day)


def _exists(year: int | None, month: int, day: int | None) -> bool:
    try:
        datetime(year or 2000, month, day or 1, tzinfo=UTC)
    except ValueError:
        return False
    return year is None or (1900 <= year <= 2100 and (year, month, day) != UNSET)


def _hour(hour: int, half: str | None) -> int:
    """Return the hour of 24 for an hour printed with 下午 or pm."""
    if half is None:
        return hour
    if half[0] in "下傍晚pP" and hour < 12:
        return hour + 12
    if half[0] in "深夜" and 6 <= hour < 12:
        return hour + 12
    if half[0] == "中" and hour < 5:
        return hour + 12
    return 0 if hour == 12 and half[0] in "aA凌上" else hour


def _zone(printed: str | None, between: str) -> tzinfo | None:
    """Return the zone printed with the time, ``None`` without one."""
    if "格林尼治" in between or "gmt" in between.lower():
        return UTC
    if not printed:
        return None
    sign = _OFFSET.search(printed)
    if sign is None:
        return UTC
    offset = timedelta(hours=int(sign[2]), minutes=int(sign[3] or 0))
    return timezone(offset if sign[1] == "+" else -offset) if offset < timedelta(hours=15) else None


_Clock = tuple[int, int | None, int | None, int | None, tzinfo | None]


def _clock_of(match: re.Match[str], folded: str) -> _Clock | None:
    """Return (end, hour, minute, second, zone) of a clock match; ``None`` when no such time exists."""
    found = match.groupdict()
    hour = _hour(int(match["h"]), found.get("half") or found.get("half2"))
    if hour > 23:
        return None
    second = found.get("s")
    between = folded[match.start() : match.start("h")]
    zone = _zone(found.get("zone"), between)
    return match.end(), hour, int(match["m"]), None if second is None else int(second), zone


def may_hold_date(folded: str) -> bool:
    """Say whether a folded line has what every date has."""
    return _GATE.search(folded) is not None


def find_dates(folded: str) -> Iterator[PrintedDate]:
    """Yield the dates of a folded line, left to right; those of short lines are remembered.

    >>> [d.printed() for d in find_dates("河东晚报2019/11/08 07:35")]
    ['2019-11-08']
    """
    if not may_hold_date(folded):
        return iter(())
    return iter(_dates(folded)) if len(folded) <= REMEMBERED else _read_dates(folded)


REMEMBERED: Final = 200
"""Characters of the longest line whose dates are remembered: title and fields ask for the same ones."""


@lru_cache(maxsize=512)
def _dates(folded: str) -> tuple[PrintedDate, ...]:
    return tuple(_read_dates(folded))


def _read_dates(folded: str) -> Iterator[PrintedDate]:
    for match in _DAY.finditer(folded):
        year, month, day = _day_parts(match)
        if not _exists(year, month, day):
            continue
        start, end = match.span()
        clock: _Clock = (end, None, None, None, None)
        if day is not None:
            after = (_COMPACT_CLOCK if match["y3"] else _CLOCK).match(folded, end) or _CLOCK.match(
                folded, end if match["td"] is None else match.start("td")
            )
            found = _clock_of(after, folded) if after else None
            before = _CLOCK_BEFORE.search(folded, 0, start) if found is None else None
            if before is not None:
                found = _clock_of(before, folded)
                if found is not None:
                    start, found = before.start(), (end, *found[1:])
            clock = found or clock
            if match["td"]:  # bulletin boards print the year last: Sat Mar 31 12:05:00 2007
                clock = (end, *clock[1:])
        yield PrintedDate(start, clock[0], year, month, day, *clock[1:])


def read_date(text: str) -> PrintedDate | None:
    """Return the first date of a folded text that stands for a date alone, such as a markup value."""
    return next(find_dates(text.strip()), None)
