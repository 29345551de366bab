"""retry: what earlier rules rejected, read again in a reclean; what passes now is loaded like anything new.

Each batch is a unit of its own: an interrupted retry goes on where it was, and what was loaded stays.
"""

from collections import Counter, deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import duckdb
from prefect.futures import PrefectFuture

from flows import steps
from flows.dedup import Deduplicator
from flows.progress import Progress
from flows.site_memory import SiteKnowledge
from flows.stored import document_of
from tasks.batch import Batch, BatchRef, batch_id_of, read_staged
from tasks.prepare import rows_of
from warehouse.catalog import Warehouse
from warehouse.retry import count_stopped, sightings_of, stopped_documents
from warehouse.runs import RunRef

LEFT_OUT = ("documents", "inputs", "http_state", "robots", "pauses")
"""Tables that a retry does not write: the documents are there, and nothing was fetched."""


@dataclass(slots=True)
class Retried:
    """What came of it. cured: documents that are articles now, by the reason that had stopped them."""

    tried: int = 0
    cured: int = 0
    reasons: Counter[str] = field(default_factory=Counter)
    snapshot_id: int | None = None


class Retry:
    """Reads stopped documents again, batch by batch, and loads what passes unless it is a dry run."""

    def __init__(self, warehouse: Warehouse, run: RunRef, size: int, *, dry_run: bool) -> None:
        self.warehouse = warehouse
        self.run = run
        self.size = size
        self.dry_run = dry_run
        self.found = Retried()
        self._dedup = Deduplicator(warehouse)
        self._folder = warehouse.paths.staging / run.run_id

    def __call__(self, progress: Progress) -> Retried:
        """Do it; call with open workers."""
        version = self.run.rules_version or ""
        try:
            with self.warehouse.connect() as con:
                expected = count_stopped(con, version)
                waiting: deque[tuple[str, PrefectFuture[BatchRef]]] = deque()
                for name, batch in self._batches(con, version) if expected else ():
                    waiting.append((name, steps.read_stored(batch, name, self._folder)))
                    if len(waiting) > steps.STORED_IN_FLIGHT:
                        self._finish(*waiting.popleft())
                        progress.show(f"wencang: {self.found.tried:,} of {expected:,} rejects tried again")
                while waiting:
                    self._finish(*waiting.popleft())
        finally:
            self._dedup.close()
        return self.found

    def _batches(self, con: duckdb.DuckDBPyConnection, version: str) -> Iterator[tuple[str, Batch]]:
        knowledge = SiteKnowledge(self.warehouse)
        for number, part in enumerate(stopped_documents(con, version, self.size), 1):
            batch = Batch(number, documents=[document_of(row) for row in part.to_pylist()])
            batch.sites = knowledge.of(batch.documents)
            yield batch_id_of(batch, version), batch

    def _finish(self, name: str, future: PrefectFuture[BatchRef]) -> None:
        path = Path(future.result().path)
        batch = read_staged(path)
        path.unlink(missing_ok=True)
        cured = [document.article_id for document in batch.documents]
        self.found.tried += len(cured) + len(batch.rejects)
        self.found.cured += len(cured)
        with self.warehouse.connect() as con:
            self.found.reasons.update(_reasons_of(con, cured))
        if not self.dry_run:
            self._load(name, batch, cured)

    def _load(self, name: str, batch: Batch, cured: list[str]) -> None:
        version = self.run.rules_version or ""
        rows = rows_of(batch, self.run.run_id, version)
        tables = {table: each for table, each in rows.tables.items() if table not in LEFT_OUT}
        with self.warehouse.connect() as con:
            tables["sightings"] = sightings_of(con, cured)
        result = self.warehouse.load_batch(
            tables,
            unit=f"retry {version} {name}",
            run=self.run,
            decide=lambda context: self._dedup.decide(rows.fingerprints, context),
        )
        self.found.snapshot_id = result.snapshot_id or self.found.snapshot_id


def _reasons_of(con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> list[str]:
    rows = con.execute(
        "select max_by(reason, rejected_at) from core.rejects where list_contains(?, article_id) "
        "group by article_id",
        [article_ids],
    ).fetchall()
    return [str(row[0]) for row in rows]
