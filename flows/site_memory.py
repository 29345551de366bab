"""site_memory: what is known of the hosts of a batch, for the clean step.

The memory is brought up to date when a run begins and stays as it is while the run lasts, so
that labels do not depend on which batch happened to be read first.
"""

from collections.abc import Iterable

import duckdb

from tasks.document import Document
from tasks.document_steps import host_of
from tasks.extract.site_lines import FEWEST_DOCUMENTS, MOST_PAGES, SiteLines, line_hash
from warehouse.catalog import Warehouse
from warehouse.site_memory import SiteMemory, articles_at_whose_ends, repeating_lines


class SiteKnowledge:
    """The site memory of one warehouse, as of the beginning of a run."""

    def __init__(self, warehouse: Warehouse) -> None:
        self._memory = SiteMemory(warehouse.paths.index / "site_lines.sqlite")
        self._known: dict[str, SiteLines | None] = {}
        with warehouse.lock(), warehouse.connect() as con:
            self._memory.catch_up(con, line_hash)

    def learned(self, con: duckdb.DuckDBPyConnection, rules_version: str) -> list[str]:
        """Return the ids of articles of these rules whose text begins or ends with what is known as their site's by now."""
        lines = repeating_lines(con, round(FEWEST_DOCUMENTS * MOST_PAGES))
        found = self._memory.of_hosts({host for host, _ in lines})
        sites = {host: SiteLines(host, *known) for host, known in found.items()}
        ours = [
            (host, text) for host, text in lines if host in sites and sites[host].share(text) >= MOST_PAGES
        ]
        return articles_at_whose_ends(con, ours, rules_version)

    def of(self, documents: Iterable[Document]) -> dict[str, SiteLines]:
        """Return host -> lines, for the hosts of these documents of which enough is known."""
        hosts = {host for document in documents if (host := host_of(document.url or document.uri))}
        missing = hosts - self._known.keys()
        found = self._memory.of_hosts(missing)
        for host in missing:
            documents_seen, counts = found.get(host, (0, {}))
            enough = documents_seen >= FEWEST_DOCUMENTS
            self._known[host] = SiteLines(host, documents_seen, counts) if enough else None
        return {host: lines for host in hosts if (lines := self._known[host]) is not None}
