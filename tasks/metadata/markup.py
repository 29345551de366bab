"""markup: entries of JSON-LD as one flat list."""

from collections.abc import Iterator

from tasks.lines import Page


def json_ld_entries(page: Page) -> Iterator[dict[str, object]]:
    """Yield the objects of a page's JSON-LD, those inside ``@graph`` too."""
    for entry in page.json_ld or []:
        if not isinstance(entry, dict):
            continue
        yield entry
        graph = entry.get("@graph")
        if isinstance(graph, list):
            yield from (member for member in graph if isinstance(member, dict))
