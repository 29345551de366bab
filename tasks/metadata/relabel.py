"""relabel: lines that carry metadata for certain get the label that says so."""

from collections.abc import Sequence

from tasks.document import Fields
from tasks.lines import Label, Page
from tasks.metadata.titles import Title

_BY_FIELD: dict[str, Label] = {
    "published_at": "metadata",
    "source_name": "metadata",
    "breadcrumb": "breadcrumb",
    "authors": "byline",
    "photographers": "byline",
    "editors": "byline",
}


def relabel(
    page: Page, texts: Sequence[str], labels: Sequence[str], title: Title, fields: Fields
) -> dict[int, tuple[Label, str]]:
    """Return index -> (label, rule) for lines that hold title, date, outlet, people or breadcrumb.

    A line labelled body stays body.
    """
    found: dict[int, tuple[Label, str]] = {}
    index_of = {line.number: index for index, line in enumerate(page.lines)}
    for name, label in _BY_FIELD.items():
        number = fields.evidence.get(name, 0)
        index = index_of.get(number, -1)
        if index >= 0 and labels[index] != "body":
            found.setdefault(index, (label, f"{name}@1"))
    for index in title.lines:
        found[index] = ("title", "title@1")
    for index in title.subtitle_lines:
        found[index] = ("subtitle", "subtitle@1")
    return found
