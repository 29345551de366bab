"""fields: date, outlet, people, breadcrumb and site of a page whose lines are labelled.

Reads    page, repaired texts, labels, title; what the source said of the record
Gives    ``Fields``: values as printed, each with the received line it came from
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from tasks.china_time import CHINA
from tasks.clean import repair_lines
from tasks.document import Fields, Given
from tasks.lines import Page
from tasks.metadata.attribution import find_outlet
from tasks.metadata.bylines import find_people
from tasks.metadata.dates import read_date
from tasks.metadata.folding import fold
from tasks.metadata.names import split_names
from tasks.metadata.people import read_credits
from tasks.metadata.published import Published, find_published
from tasks.metadata.signatures import People
from tasks.metadata.sites import find_breadcrumb, find_site
from tasks.metadata.title_lines import Title
from tasks.metadata.zones import Zones, find_zones

BETWEEN_NAMES = re.compile(r"[、;；，/|]|(?<=[\u4e00-\u9fff])\s*,\s*(?=[\u4e00-\u9fff])")
"""What stands between names of one field; a comma between Latin letters may be inside of a name."""


def find_fields(
    page: Page,
    texts: Sequence[str],
    labels: Sequence[str],
    title: Title,
    given: Given | None = None,
    url: str | None = None,
) -> Fields:
    """Return the metadata of a page; what the source gave wins over what is found.

    texts[i], labels[i]: repaired text and label of ``page.lines[i]``. url: address of the page.
    """
    at = title.lines[-1] if title.lines else -1
    zones = find_zones(texts, labels, at, [*title.lines, *title.subtitle_lines])
    fields = Fields(title=title.title, subtitle=title.subtitle)
    noted = _Noted(fields, page)
    if title.title:
        noted.at("title", title.lines[0] if title.lines else -1)
    if title.subtitle:
        noted.at("subtitle", title.subtitle_lines[0] if title.subtitle_lines else -1)
    published = find_published(zones, page, url)
    if published is not None:
        _set_day(noted, published)
    date_at = published.index if published is not None else -1
    people = find_people(zones, page, date_at)
    _set_people(noted, people)
    _set_breadcrumb(noted, zones)
    site = find_site(zones, page, title.title, fields.breadcrumb, people.credits.outlets)
    if site is not None:
        fields.site = site[0]
        noted.at("site", site[1])
    outlet = find_outlet(zones, date_at, people, fields.site, page)
    if outlet is not None:
        fields.source_name = outlet[0]
        noted.at("source_name", outlet[1])
    return with_given(fields, given)


@dataclass(frozen=True, slots=True)
class _Noted:
    """The fields of a page while they are found, each with its line."""

    fields: Fields
    page: Page

    def at(self, name: str, index: int) -> None:
        """Note the line of a field; an index without a line means markup."""
        lines = self.page.lines
        self.fields.evidence[name] = lines[index].number if 0 <= index < len(lines) else 0


def _set_day(noted: _Noted, published: Published) -> None:
    """Set the day of publication; a day whose year is not printed gives no moment."""
    fields = noted.fields
    fields.date_printed = published.date.printed()
    noted.at("date_printed", published.index)
    moment = published.date.moment()
    if moment is not None:
        fields.published_at, fields.date_precision = moment, published.date.precision
        noted.at("published_at", published.index)


def _set_people(noted: _Noted, people: People) -> None:
    fields = noted.fields
    fields.authors = people.credits.authors
    fields.photographers = people.credits.photographers
    fields.editors = people.credits.editors
    for name in ("authors", "photographers", "editors"):
        if name in people.where:
            noted.at(name, people.where[name])


def _set_breadcrumb(noted: _Noted, zones: Zones) -> None:
    """Set the way to the page; some sites print the column where the writer belongs."""
    fields = noted.fields
    fields.breadcrumb, index = find_breadcrumb(zones)
    if not fields.breadcrumb:
        return
    noted.at("breadcrumb", index)
    fields.authors = [name for name in fields.authors if name not in fields.breadcrumb]
    if not fields.authors:
        fields.evidence.pop("authors", None)


_PLAIN = re.compile(r"(?:[!-%'-~、-】《》！（），：；？“”‘’—…·\u3400-\u9fff]+(?: (?=\S)|$))*")
"""Values that no rule changes: most of them."""


def with_given(fields: Fields, given: Given | None) -> Fields:
    """Set what the source gave, its characters repaired; evidence 0 means the record itself."""
    if given is None:
        return fields
    if title := repaired_value(given.title):
        fields.title, fields.evidence["title"] = title, 0
    if source_name := repaired_value(given.source_name):
        fields.source_name, fields.evidence["source_name"] = source_name, 0
    if authors := list(filter(None, map(repaired_value, given.authors))):
        names = (name for text in authors for name in given_names(text))
        fields.authors, fields.evidence["authors"] = list(dict.fromkeys(names)), 0
    moment, precision = given_moment(given.date)
    if moment is not None:
        fields.published_at, fields.date_precision = moment, precision
        fields.evidence["published_at"] = 0
    return fields


def repaired_value(text: str | None) -> str:
    """Return a given value on one line, mended as a line of a page is: no markup, no unseen characters.

    >>> repaired_value("\\u202e雨后&nbsp;的\\x00 集市\\u200b\\r\\n")
    '雨后 的 集市'
    """
    if not text or _PLAIN.fullmatch(text):
        return text or ""
    return " ".join(filter(None, repair_lines(text.splitlines()).texts))


def given_names(text: str) -> list[str]:
    """Return the names of a given author: a list in one string is taken apart, a role is no name.

    >>> given_names("林晚 / 秦朗"), given_names("本报记者林晚"), given_names("Smith, John")
    (['林晚', '秦朗'], ['林晚'], ['Smith, John'])
    """
    found = read_credits(text)
    if found.is_whole and found.authors and not (found.photographers or found.editors):
        return found.authors
    names = [name for name in (part.strip() for part in BETWEEN_NAMES.split(text)) if name]
    return split_names(names[0]) if len(names) == 1 else names


_GIVEN_MONTH = re.compile(r"(?P<y>(?:19|20)\d\d)(?:[-/.](?P<m>1[0-2]|0?[1-9])|(?P<mm>1[0-2]|0[1-9]))")


def given_moment(text: str | None) -> tuple[datetime | None, str | None]:
    """Return moment and precision of a given date: any printed form, or Unix time in seconds or milliseconds.

    A field that holds nothing but a year and a month names a month: its first day, precision ``month``.

    >>> given_moment("1566345600")[0].isoformat()
    '2019-08-21T08:00:00+08:00'
    """
    text = (text or "").strip()
    if month := _GIVEN_MONTH.fullmatch(text):
        return datetime(int(month["y"]), int(month["m"] or month["mm"]), 1, tzinfo=CHINA), "month"
    if text.isascii() and text.isdigit() and len(text) in (10, 13):
        return datetime.fromtimestamp(int(text[:10]), CHINA), "second"
    date = read_date(fold(text))
    moment = date.moment() if date is not None else None
    return (None, None) if date is None or moment is None else (moment, date.precision)
