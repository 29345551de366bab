"""selection: which sources and inputs a run reads, of all that are configured."""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime

from tasks.china_time import CHINA
from tasks.discover import Input, SourceNotFound, is_url, roots_of
from tasks.sources import Source

_DATE = re.compile(
    r"(?<!\d)(?P<y>19[89]\d|20\d\d)(?P<sep>[-/_.]?)(?P<m>0[1-9]|1[0-2])(?P=sep)(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
)
MOST_MONTHS = 240
"""Months of a range that become globs; a longer one limits the web sources to its first twenty years."""


class UnknownSource(SourceNotFound):
    """A name that no configured source has."""


def choose(sources: Sequence[Source], only: Sequence[str]) -> list[Source]:
    """Return the sources with these names or locations, all without any. Raises ``UnknownSource``."""
    if not only:
        return list(sources)
    chosen = [each for each in sources if each.name in only or each.location in only]
    found = {each.name for each in chosen} | {each.location for each in chosen}
    unknown = [name for name in only if name not in found]
    if unknown:
        known = ", ".join(each.title for each in sources) or "none"
        raise UnknownSource(f"no source is called {unknown[0]!r}; there are: {known}. Nothing was done")
    return chosen


def split_missing(sources: Sequence[Source]) -> tuple[list[Source], list[str]]:
    """Return the sources that are there, and the locations of those that are not.

    A glob may match nothing today, and a share that is not mounted must not stop the other
    sources; it is shown and raises an event.
    """
    there, missing = [], []
    for each in sources:
        try:
            roots_of(each)
            there.append(each)
        except SourceNotFound:
            missing.append(each.location)
    return there, missing


def day_of(found: Input) -> date | None:
    """Return the day of an input: the one in its address, else the day its file was last changed.

    >>> day_of(Input("x", "file", "/in/2024-05-01/a.txt", Source(location="/in")))
    datetime.date(2024, 5, 1)
    """
    matches = list(_DATE.finditer(found.location))
    for match in reversed(matches):
        try:
            return date(int(match["y"]), int(match["m"]), int(match["d"]))
        except ValueError:
            continue
    if found.mtime_ns is None:
        return None
    return datetime.fromtimestamp(found.mtime_ns / 1e9, CHINA).date()


def in_days(first: date | None, last: date | None) -> Callable[[Input], bool] | None:
    """Return a test of the day of an input; an input without a day passes. ``None`` when all pass."""
    if first is None and last is None:
        return None

    def takes(found: Input) -> bool:
        day = day_of(found)
        return day is None or ((first is None or day >= first) and (last is None or day <= last))

    return takes


def limit_web(sources: Sequence[Source], first: date | None, last: date | None) -> list[Source]:
    """Limit web sources to pages whose address names a month of the range.

    Only when both ends are given and the source has no ``include`` of its own.
    """
    if first is None or last is None:
        return list(sources)
    globs = tuple(_globs(first, last))
    return [
        each.model_copy(update={"include": globs}) if is_url(each.location) and not each.include else each
        for each in sources
    ]


def _globs(first: date, last: date) -> list[str]:
    globs: list[str] = []
    year, month = first.year, first.month
    while (year, month) <= (last.year, last.month) and len(globs) < 3 * MOST_MONTHS:
        globs += [f"*{year}-{month:02}*", f"*{year}{month:02}*", f"*{year}/{month:02}*"]
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
    return globs
