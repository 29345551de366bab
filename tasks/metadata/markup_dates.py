"""markup_dates: the dates in the markup and the address of a page, which only confirm printed ones."""

import re
from typing import Final

from tasks.lines import Page
from tasks.metadata.dates import PrintedDate, read_date
from tasks.metadata.folding import fold

Day = tuple[int, int, int]

_META_DATES: Final = (
    "article:published_time", "og:release_date", "og:published_time", "pubdate", "publishdate", "datepublished",
    "dcterms.created", "dc.date", "dc.date.issued", "publish-date", "publication_date", "weibo: article:create_at",
    "og:time", "apub:time", "date", "dateupdate", "article:create_at", "firstpublishedtime", "publishtime",
)  # fmt: skip
_JSON_DATES: Final = ("datePublished", "pubDate", "dateCreated", "uploadDate")
_URL_DATE: Final = re.compile(
    r"(?<!\d)((?:19|20)\d\d)[-/_]?(0[1-9]|1[0-2])[-/_]?(0[1-9]|[12]\d|3[01])(?!\d(?!\d))|"
    r"(?<!\d)((?:19|20)\d\d)[-/_](\d\d?)[-/_](\d\d?)(?!\d)"
)


def day_of(date: PrintedDate | None) -> Day | None:
    """Return year, month and day of a date that has all three."""
    return (
        None if date is None or date.year is None or date.day is None else (date.year, date.month, date.day)
    )


def markup_days(page: Page, url: str | None) -> list[Day]:
    """Return the days that markup and address name, without repeats."""
    meta = page.meta or {}
    values: list[object] = [meta[name] for name in _META_DATES if name in meta]
    for entry in page.json_ld or ():
        values += [entry.get(name) for name in _JSON_DATES]
    values += page.times
    texts = dict.fromkeys(value for value in values if isinstance(value, str) and len(value) < 80)
    days = [day_of(read_date(fold(text))) for text in texts]
    for address in (url, page.canonical_url, meta.get("og:url")):
        if address is None or not address.startswith(("http:", "https:")):
            continue  # the path of a file tells when it was saved
        matches = _URL_DATE.finditer(address)
        days += [day_of(read_date("-".join(part for part in match.groups() if part))) for match in matches]
    return list(dict.fromkeys(day for day in days if day is not None))
