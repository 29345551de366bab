"""minguo: dates with a two-digit year of the Republic, as pages of Taiwan printed them up to 2010: 98/07/15.

Reads    zones of the page
Gives    the date, if the page is in traditional script; elsewhere 98/07/15 may be a date of 1998
Source   民國 85 to 99 (1996 to 2010): the years of the web in which the year had two digits
"""

import re
from dataclasses import replace
from typing import Final

from tasks.metadata.dates import MINGUO_OFFSET, PrintedDate, read_date
from tasks.metadata.zones import Zones

_SHORT: Final = re.compile(
    r"(?<![\d./:-])(?P<y>8[5-9]|9\d)(?P<mark>[./-])(?P<m>0?[1-9]|1[0-2])(?P=mark)(?P<d>0?[1-9]|[12]\d|3[01])(?![\d./-])"
)
_BEFORE: Final = re.compile(r"(?:^|[(\[\s:])$")
_TRADITIONAL: Final = 4
"""Characters of the title and first lines of the body that only traditional script has, at least."""
LONGEST: Final = 60


def find_short_year(zones: Zones) -> tuple[PrintedDate, int] | None:
    """Return the day printed so beside the title, and its line; ``None`` where none is or the page is simplified."""
    for index in zones.head:
        text = zones.folded(index)
        found = _SHORT.search(text) if len(text) <= LONGEST else None
        if found is None or not _BEFORE.search(text[: found.start()]) or not _is_traditional(zones):
            continue
        year, month, day = int(found["y"]) + MINGUO_OFFSET, int(found["m"]), int(found["d"])
        date = read_date(f"{year}-{month}-{day}{text[found.end() :]}")
        if date is not None and date.year == year:
            added = len(f"{year}-{month}-{day}") - len(found.group())
            return replace(date, start=found.start(), end=found.start() + date.end - added), index
    return None


def _is_traditional(zones: Zones) -> bool:
    near = [i for i in (zones.title, zones.first, zones.first + 1) if 0 <= i < len(zones.texts)]
    pairs = ((zones.texts[i][:200], zones.folded(i)[:200]) for i in near)
    changed = sum(
        a != b and "\u3400" <= b <= "\u9fff"
        for text, folded in pairs
        for a, b in zip(text, folded, strict=False)
    )
    return changed >= _TRADITIONAL
