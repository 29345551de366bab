"""imprint: the paper, date and page number that sites of papers print below an article; the date that opens a report.

Reads    zones of the page
Gives    the day of issue and the paper, for pages that name neither above the article
"""

import re
from typing import Final

from tasks.metadata.dates import PrintedDate, find_dates
from tasks.metadata.zones import Zones

_IMPRINT: Final = re.compile(
    r"\W{0,3}(?:来源\s?:\s?)?《\s?(?P<paper>[^《》]{2,16}?)\s?》\s?[(,]?\s?"
    r"(?P<day>\d{4}\s?年\s?\d{1,2}\s?月\s?\d{1,2}\s?日)\s?[,|]?\s?第?\s?[a-z]?(?:\d{1,3}|[一二三四五六七八九十]{1,3})\s?版\s?\)?\W{0,3}",
    re.IGNORECASE,
)
_JOURNAL: Final = re.compile(r"(?P<paper>[\u3400-\u9fff]{2,20})\s?(?:19|20)\d\d\s?年\s?第?\s?\d{1,2}\s?期")
_OPENING: Final = re.compile(r"[\[(][^\[\]()]{2,12}?(?=(?:19|20)\d\d年)[^\[\]()]{8,12}日[讯电][\])]")
_IN_MARKS: Final = re.compile(r"《(?P<paper>[\u3400-\u9fff]{2,10}(?:报|周刊|月刊|杂志))》")
_EDITION: Final = re.compile(r"电子[版报]|数字(?:版|报)")
LONGEST: Final = 60
MASTHEAD: Final = 6
"""First lines of a page in which a paper names itself."""


def find_imprint(zones: Zones) -> tuple[PrintedDate, tuple[int, int], int] | None:
    """Return the day, where the paper stands in the printed line, and the index of the line."""
    for index in zones.tail:
        if len(zones.texts[index]) > LONGEST or "版" not in zones.texts[index]:
            continue
        match = _IMPRINT.fullmatch(zones.folded(index))
        date = next(find_dates(match["day"]), None) if match is not None else None
        if match is not None and date is not None:
            return date, match.span("paper"), index
    for index in zones.head:
        if len(zones.texts[index]) > LONGEST or "版" not in zones.texts[index]:
            continue
        match = _IMPRINT.search(zones.folded(index))
        date = next(find_dates(match["day"]), None) if match is not None else None
        if match is not None and date is not None:
            return date, match.span("paper"), index
    return None


def find_paper_below(zones: Zones) -> tuple[str, int] | None:
    """Return the paper that stands in its marks right below the article, and nothing beside it: 《河东早报》."""
    for index in zones.tail[:2]:
        match = _IN_MARKS.fullmatch(zones.folded(index).strip())
        if match is not None:
            return zones.texts[index].strip()[slice(*match.span("paper"))], index
    return None


def find_journal(zones: Zones) -> tuple[str, int] | None:
    """Return the journal that a line of its own names with the issue, 河东学刊 2019年5期, and the line."""
    for index in zones.head:
        if zones.texts[index].rstrip().endswith("期"):
            match = _JOURNAL.fullmatch(zones.folded(index).strip())
            if match is not None:
                return zones.texts[index].strip()[: match.end("paper")], index
    return None


def find_opening_day(zones: Zones) -> PrintedDate | None:
    """Return the day, with its year, in the brackets that open the first paragraph: （某报2019年11月08日讯）."""
    found = _OPENING.match(zones.folded(zones.first)) if zones.first < len(zones.texts) else None
    return next(find_dates(found.group()), None) if found is not None else None


def find_masthead(zones: Zones) -> tuple[PrintedDate, int] | None:
    """Return the day beside the name of a paper's electronic edition, at the top of the page, and the line."""
    for index in range(min(MASTHEAD, zones.title)):
        if len(zones.texts[index]) <= LONGEST and _EDITION.search(zones.folded(index)):
            for date in find_dates(zones.folded(index)):
                if date.year is not None and date.day is not None:
                    return date, index
    return None
