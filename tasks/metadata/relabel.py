"""relabel: lines from which a field was read get the label of that field."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Final

from tasks.document import Fields
from tasks.lines import Label, Page
from tasks.metadata.folding import fold
from tasks.metadata.rules import stamp
from tasks.metadata.signatures import is_credit_line
from tasks.metadata.title_lines import Title
from tasks.metadata.title_shape import is_metadata

_BY_FIELD: Final[dict[str, Label]] = {
    "published_at": "metadata",
    "breadcrumb": "breadcrumb",
    "authors": "byline",
    "photographers": "byline",
    "editors": "byline",
    "source_name": "metadata",
}


def relabel(
    page: Page, texts: Sequence[str], labels: Sequence[str], title: Title, fields: Fields
) -> dict[int, tuple[Label, str]]:
    """Return index -> (label, rule) for lines that hold title, date, outlet, people or breadcrumb.

    A line of the body stays body unless it is nothing but a byline, or the date line itself.
    """
    found: dict[int, tuple[Label, str]] = {}
    body = [index for index, label in enumerate(labels) if label == "body"]
    last = body[-1] if body else -1
    for name, label in _BY_FIELD.items():
        index = _index_of(fields.evidence.get(name, 0), page)
        if name == "published_at" and index == last > 1:
            continue  # the day under the signature of a notice
        if name == "photographers" and index >= 0 and labels[index] == "caption":
            continue
        if index >= 0 and (labels[index] != "body" or _stands_alone(texts[index], label)):
            found.setdefault(index, (label, stamp(name)))
    for index in body:
        if index not in found and is_credit_line(texts[index]):
            found[index] = ("byline", stamp("authors"))
    for index in title.lines:
        found[index] = ("title", stamp("title"))
    for index in title.subtitle_lines:
        found[index] = ("subtitle", stamp("subtitle"))
    return found


def _index_of(number: int, page: Page) -> int:
    """Return the index of the line with a number, -1 without one: markup has the number 0."""
    if not number:
        return -1
    index = bisect_left(page.lines, number, key=attrgetter("number"))
    return index if index < len(page.lines) and page.lines[index].number == number else -1


def _stands_alone(text: str, label: Label) -> bool:
    """Tell whether a line that was taken for body is nothing but a byline, or a date and its labels."""
    if label == "byline":
        return is_credit_line(text)
    return label == "metadata" and len(text) <= 60 and is_metadata(fold(text).strip())
