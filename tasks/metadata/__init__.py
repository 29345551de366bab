"""metadata: title, date, outlet, people, breadcrumb and site of a page.

Reads    page, repaired line texts, labels
Adds     ``Fields`` with the received line each value came from
Rejects  nothing: an absent field is ``None`` or empty
"""

from tasks.metadata.fields import find_fields
from tasks.metadata.relabel import relabel
from tasks.metadata.titles import Title, find_title

RULES: dict[str, int] = {
    "title": 1,
    "subtitle": 1,
    "published_at": 1,
    "source_name": 1,
    "authors": 1,
    "photographers": 1,
    "editors": 1,
    "breadcrumb": 1,
}
"""Rule -> version; a rule labels the lines that hold its field."""

__all__ = ["RULES", "Title", "find_fields", "find_title", "relabel"]
