"""fields: date, outlet, people, breadcrumb and site of a page whose lines are labelled.

Reads    page, repaired texts, labels, title; what the source said of the record
Gives    ``Fields``: values as printed, each with the received line it came from
"""

import re
from collections.abc import Sequence
from typing import Final

from tasks.document import Fields, Given
from tasks.lines import Page
from tasks.metadata.dates import PrintedDate, find_dates, read_date
from tasks.metadata.folding import fold
from tasks.metadata.outlets import dateline_agency, is_outlet, labelled_outlet, outlet_beside_date
from tasks.metadata.people import Credits, read_credits
from tasks.metadata.sites import find_breadcrumb, find_site
from tasks.metadata.titles import Title

_ABOVE: Final = 10
"""Lines above the title that may hold a date or an outlet."""
_BELOW: Final = 12
"""Lines below the body that may."""
_UPDATED: Final = re.compile(r"更新|修改")
_NO_DATE: Final = re.compile(r"copyright|©|版权所有|备案|icp|since|旧版|查看|截止|有效期|现在时间|今天是|回复|楼|引用")
_LABEL: Final = re.compile(r"(?:发[布表]|发稿|时间|日期|稿件|建立|公布|上传|创建|刊登|出版)[\s:|]*$")
_BRACKET: Final = re.compile(r"[(\[【]([^()\[\]【】]{2,40})[)\]】]")


def _span(labels: Sequence[str], title: Title) -> tuple[int, int, int]:
    """Return (title, first body line, last body line) as indexes."""
    at = title.lines[-1] if title.lines else -1
    body = [i for i, label in enumerate(labels) if label == "body" and i > at]
    if not body:
        return at, min(at + 12, len(labels)), len(labels) - 1
    return at, body[0], body[-1]


def _date_score(date: PrintedDate, folded: str, index: int, at: int, first: int, last: int) -> float:
    """Return how likely a printed date is the day of publication; not above 0 when it is not."""
    rest = len(folded) - (date.end - date.start)
    if rest > 60 or _NO_DATE.search(folded.lower()):
        return 0.0
    has_label = _LABEL.search(folded[: date.start]) is not None
    if at < index <= first:
        score = 10.0 - 0.3 * (index - at)
    elif index < at:
        score = 6.0 - 0.4 * (at - index)
    elif index > last:
        score = 4.0 - 0.2 * (index - last) if has_label else 0.0
    else:
        score = 0.0
    if score <= 0 or (date.year is None and date.minute is None):
        return 0.0
    score += 1.5 * has_label + (0.5 if date.minute is not None else 0.0) - 0.03 * rest
    if _UPDATED.search(folded[max(date.start - 6, 0) : date.start]):
        score -= 4.0
    return score


def _find_date(texts: Sequence[str], folded: Sequence[str], span: tuple[int, int, int]) -> tuple[PrintedDate | None, int]:
    """Return the date of publication and the index of its line."""
    at, first, last = span
    best: PrintedDate | None = None
    best_score, where = 0.0, -1
    for index in _near(span, len(texts)):
        text = folded[index]
        if len(text) <= 6 and re.fullmatch(r"(?:19|20)\d\d年?", text) and index + 2 < len(folded):
            text = " ".join(folded[index : index + 3])
        if len(text) > 160:
            continue
        for date in find_dates(text):
            score = _date_score(date, text, index, at, first, last)
            if score > best_score:
                best, best_score, where = date, score, index
    return best, where


def _near(span: tuple[int, int, int], count: int) -> list[int]:
    """Return the indexes around title and body, the likely ones first."""
    at, first, last = span
    start = max(at, 0)
    head = range(start, min(first + 1, count))
    above = range(max(start - _ABOVE, 0), start)
    tail = range(max(last, first), min(last + 1 + _BELOW, count))
    return list(dict.fromkeys([*head, *above, *tail]))


def _find_outlet(texts: Sequence[str], folded: Sequence[str], span: tuple[int, int, int], date_at: int) -> tuple[str | None, int]:
    """Return the outlet and the index of its line."""
    near = _near(span, len(texts))
    for index in near:
        if len(texts[index]) <= 160:
            found = labelled_outlet(texts[index], texts[index + 1] if index + 1 < len(texts) else "")
            if found is not None:
                return found[0], index + found[1]
    if date_at >= 0:
        name = outlet_beside_date(texts[date_at])
        if name is not None:
            return name, date_at
        for index in range(max(date_at - 2, 0), min(date_at + 4, len(texts))):
            if index not in (date_at, span[0]) and is_outlet(folded[index]):
                return texts[index].strip(), index
    first = span[1]
    if first < len(texts):
        agency = dateline_agency(texts[first])
        if agency is not None:
            return agency, first
    return None, -1


def _find_people(texts: Sequence[str], labels: Sequence[str], span: tuple[int, int, int]) -> tuple[Credits, dict[str, int]]:
    """Return the people and, by role, the index of the first line that names one."""
    at, first, last = span
    found = Credits()
    where: dict[str, int] = {}

    def take(credits: Credits, index: int) -> None:
        for role, field_name in (("author", "authors"), ("photographer", "photographers"), ("editor", "editors")):
            names = getattr(credits, field_name)
            if names:
                where.setdefault(field_name, index)
                found.add(role, names)  # type: ignore[arg-type]

    for index in _near(span, len(texts)):
        text = texts[index]
        if labels[index] != "body" and len(text) <= 80 and index != at:
            take(read_credits(text), index)
    for index in range(first, last + 1):
        if labels[index] in ("byline", "metadata") or (len(texts[index]) <= 30 and re.match(r"(?:采写|摄影|文|图|记者|本报记者|撰文)[:/ ]?", fold(texts[index]))):
            take(read_credits(texts[index]), index)
    ends = [(first, texts[first][:60] if first < len(texts) else ""), (last, texts[last][-60:] if last < len(texts) else "")]
    for index, text in ends:
        for match in _BRACKET.finditer(fold(text)):
            take(read_credits(text[match.start() + 1 : match.end() - 1]), index)
    return found, where


def find_fields(
    page: Page,
    texts: Sequence[str],
    labels: Sequence[str],
    title: Title,
    given: Given | None = None,
    url: str | None = None,
) -> Fields:
    """Return the metadata of a page; what the source gave wins over what is found."""
    folded = [fold(text) for text in texts]
    span = _span(labels, title)
    fields = Fields(title=title.title, subtitle=title.subtitle)

    def note(name: str, index: int) -> None:
        fields.evidence[name] = page.lines[index].number if 0 <= index < len(page.lines) else 0

    if title.title:
        note("title", title.lines[0] if title.lines else -1)
    if title.subtitle and title.subtitle_lines:
        note("subtitle", title.subtitle_lines[0])
    fields.breadcrumb, crumb_at = find_breadcrumb(page, texts, max(span[0], 0))
    if fields.breadcrumb:
        note("breadcrumb", crumb_at)
    fields.site = find_site(page, title.title, fields.breadcrumb)
    date, date_at = _find_date(texts, folded, span)
    if date is not None and date.moment() is not None:
        fields.published_at, fields.date_precision = date.moment(), date.precision
        note("published_at", date_at)
    fields.source_name, outlet_at = _find_outlet(texts, folded, span, date_at)
    if fields.source_name:
        note("source_name", outlet_at)
    people, where = _find_people(texts, labels, span)
    fields.authors, fields.photographers, fields.editors = people.authors, people.photographers, people.editors
    for name, index in where.items():
        note(name, index)
    return with_given(fields, given)


def with_given(fields: Fields, given: Given | None) -> Fields:
    """Set what the source gave; evidence 0 means the record itself."""
    if given is None:
        return fields
    if given.title:
        fields.title, fields.evidence["title"] = given.title, 0
    if given.source_name:
        fields.source_name, fields.evidence["source_name"] = given.source_name, 0
    if given.authors:
        fields.authors, fields.evidence["authors"] = list(given.authors), 0
    date = read_date(fold(given.date)) if given.date else None
    moment = date.moment() if date else None
    if date is not None and moment is not None:
        fields.published_at, fields.date_precision = moment, date.precision
        fields.evidence["published_at"] = 0
    return fields
