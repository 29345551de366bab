"""run: one ingest run, from its sources to its summary.

Holds the reader, the warehouse and the counters; the flow (``flows/ingest.py``) decides what runs when.
"""

import json
import shutil
import time
from pathlib import Path
from types import TracebackType
from typing import Any

import pyarrow as pa
import pyarrow.compute as pc

from flows.counted import counted
from flows.counts import Counts, RunPlan
from flows.dedup import Deduplicator
from flows.indexing import SearchIndexer
from flows.places import note_places
from flows.progress import Progress, bar
from flows.reading import InputReader
from flows.seen_again import note_seen_again
from flows.traffic import in_numbers
from tasks.batch import BatchRef
from tasks.discover import is_url
from tasks.prepare import read_rows
from warehouse.catalog import Warehouse
from warehouse.errors import WarehouseError
from warehouse.load import LoadResult
from warehouse.runs import RunRecord, RunRef, RunState


class IngestRun:
    """State of one run. Not thread-safe: fetch and load are called from the flow's thread."""

    def __init__(self, plan: RunPlan, warehouse: Warehouse, run: RunRef, progress: Progress) -> None:
        self.plan = plan
        self.warehouse = warehouse
        self.run = run
        self.progress = progress
        self.counts = Counts()
        self.reader = InputReader(plan, warehouse, warehouse.paths.staging / run.run_id)
        self.dedup = Deduplicator(warehouse)
        self.indexer = SearchIndexer(warehouse)
        self.notes: dict[str, Any] = {}
        """Added to the summary by the flow."""
        self.failures: list[str] = []
        """What could not be done, a sentence each."""
        self.state: RunState = "running"
        self._started = time.monotonic()

    def fetch(self, number: int) -> BatchRef | None:
        """Read until the batch is full; stage it; ``None`` when there is nothing more."""
        started = time.process_time()
        ref = self.reader.next_batch(number)
        if ref is not None:
            self.counts.size_bytes += ref.size_bytes
            self.counts.batches += 1
        self.counts.add_seconds("fetch", time.process_time() - started)
        return ref

    def load(self, ref: BatchRef) -> dict[str, int]:
        """Commit one batch with its duplicates decided; returns what was stored."""
        started = time.monotonic()
        rows = read_rows(Path(ref.path))
        tables = self._without_unfinished(rows.tables) if self.failures else rows.tables
        result = self.warehouse.load_batch(
            tables,
            unit=f"batch {ref.batch_id}",
            run=self.run,
            decide=lambda context: self.dedup.decide(rows.fingerprints, context),
        )
        forgotten = result.forgotten
        seen_again = forgotten.get("sightings", 0) - forgotten.get("documents", 0)
        meanwhile = _loaded_meanwhile(tables["articles"], result)
        stored = {
            "new": ref.documents - forgotten.get("articles", 0) - meanwhile,
            "unchanged": tables["sightings"].num_rows - tables["documents"].num_rows - seen_again + meanwhile,
            "forgotten": forgotten.get("articles", 0) + seen_again,
            "articles": result.counts.get("articles", 0),
            "duplicates": _copies(result),
            "rejects": ref.rejects,
            "edits": result.counts.get("edits", 0),
        }
        self.counts.add(stored)
        self.counts.rules.update(tables["edits"].column("rule").to_pylist())
        self.counts.snapshot_id = result.snapshot_id
        for step, seconds in ref.spent:
            self.counts.add_seconds(step, seconds)
        self.counts.add_seconds("load", time.monotonic() - started)
        self.reader.arrived(ref)
        self.indexer.nudge()
        shutil.rmtree(ref.path, ignore_errors=True)
        return stored

    def _without_unfinished(self, tables: dict[str, pa.Table]) -> dict[str, pa.Table]:
        """Leave out what would keep the documents of a failed batch from being read again.

        An input whose last document is in this batch may have had others in the failed one: it is not
        recorded as read, and no web answer is either. Sightings of documents that never arrived go too.
        """
        sightings = tables["sightings"]
        seen = sightings.column("article_id")
        known = self.warehouse.known_articles(seen.to_pylist())
        known |= set(tables["documents"].column("article_id").to_pylist())
        kept = pc.is_in(seen, pa.array(sorted(known), pa.string()))
        return {
            **tables,
            "sightings": sightings.filter(kept),
            "inputs": tables["inputs"].slice(0, 0),
            "http_state": tables["http_state"].slice(0, 0),
        }

    def failed(self, ref: BatchRef, error: Exception) -> None:
        """Note a batch that could not be done; its documents come again with the next run."""
        sample = ", ".join(ref.sample) or "no documents"
        self.failures.append(f"batch {ref.number} ({sample} …): {type(error).__name__}: {error}")
        self.reader.arrived(ref)
        self.progress.say(f"wencang: {self.failures[-1]}")

    def report(self) -> dict[str, Any]:
        """Bring the derived data along and finish counting; returns the summary."""
        self.note_places()
        self.note_unchanged_inputs()
        note_seen_again(self.warehouse, self.reader.unchanged, self.run)
        self.index_search()
        if self.counts.articles:
            self.counts.duplicates = copies_of_run(self.warehouse, self.run.run_id)
        return self.summary()

    def __enter__(self) -> "IngestRun":
        self.warehouse.begin_run(self.run)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Record how the run ended, whatever the reason; staged batches are dropped, the input has them."""
        self.progress.clear()
        shutil.rmtree(self.reader.staging, ignore_errors=True)
        self.dedup.close()
        self.indexer.close()
        interrupted = kind is not None and not issubclass(kind, Exception)
        self.state = "cancelled" if interrupted else "failed" if kind or self.failures else "completed"
        if isinstance(error, WarehouseError):
            return  # the place where it would be recorded is what failed
        counts = self.counts
        self.warehouse.finish_run(
            RunRecord(
                run=self.run,
                state=self.state,
                documents=counts.documents,
                articles=counts.articles,
                duplicates=counts.duplicates,
                rejects=counts.rejects,
                edits=counts.edits,
                snapshot_id=counts.snapshot_id,
                summary=json.dumps(self.summary(), ensure_ascii=False),
            )
        )

    def note_unchanged_inputs(self) -> None:
        """Count the documents of inputs that needed no reading."""
        held = self.warehouse.known_inputs(self.reader.unchanged)
        pages = sum(is_url(uri) and uri not in held for uri in self.reader.unchanged)
        self.counts.unchanged += sum(state.documents for state in held.values()) + pages

    def note_places(self) -> None:
        """Write down what is gone from local sources, and what is still rejected there."""
        rejects, snapshot_id = note_places(self.warehouse, self.reader.places, self.run)
        self.counts.rejects += rejects
        self.counts.gone += len(self.reader.places.gone)
        self.counts.snapshot_id = snapshot_id or self.counts.snapshot_id

    def index_search(self) -> None:
        """Bring the search index along; it is derived, and a run that ends before this loses nothing."""
        started = time.monotonic()
        self.indexer.finish()
        self.counts.add_seconds("search index", time.monotonic() - started)

    def show(self) -> None:
        """Show on stderr where the run is."""
        counts = self.counts
        seconds = max(self.progress.elapsed(), 0.001)
        share = self.reader.share_read()
        done = f"{bar(share)} of {self.reader.bytes_to_read() / 1e6:,.1f} MB" if share is not None else ""
        if not counts.documents:
            if done:  # nothing is committed yet: zeros beside a full bar read like an empty result
                self.progress.show(f"wencang: {done} read")
            return
        self.progress.show(
            f"wencang: {done or f'{counts.size_bytes / 1e6:,.1f} MB'} · "
            f"{counted(counts.documents, 'document')}, {counted(counts.articles, 'article')}, "
            f"{counted(counts.duplicates, 'copy', 'copies')}, {counted(counts.rejects, 'reject')} · "
            f"{counts.documents / seconds:,.0f}/s"
        )

    def summary(self) -> dict[str, Any]:
        """Return the run in numbers: the object that ``wencang ingest --json`` prints."""
        counts = self.counts
        names = ("documents", "new", "unchanged", "articles", "duplicates", "rejects", "edits")
        return {
            **{name: getattr(counts, name) for name in names},
            "seconds": round(time.monotonic() - self._started, 3),
            "snapshot_id": counts.snapshot_id,
            "run_id": self.run.run_id,
            "flow_run_id": self.run.flow_run_id,
            "forgotten": counts.forgotten,
            "gone": counts.gone,
            "hidden": self.reader.hidden,
            "sources_files": self.reader.sources_files,
            "warehouses": self.reader.warehouses,
            "batches": counts.batches,
            "size_bytes": counts.size_bytes,
            "step_seconds": {step: round(s, 3) for step, s in counts.step_seconds.items()},
            **in_numbers(self.reader.traffic),
            "failures": self.failures,
            **self.notes,
        }


def _loaded_meanwhile(articles: pa.Table, result: LoadResult) -> int:
    """Return how many articles of a batch another ingest loaded between our reading and our commit."""
    held = set(articles.column("article_id").to_pylist()).difference(result.new_articles, result.restored)
    return max(len(held) - result.forgotten.get("articles", 0), 0)


def copies_of_run(warehouse: Warehouse, run_id: str) -> int:
    """Count the articles of a run that are copies as it stands now, in whatever batches they came.

    What a batch decided may not hold any more: a later one may have brought the fuller text.
    """
    with warehouse.connect() as con:
        found = con.execute(
            "select count(*) from all_articles where run_id = $run and not is_canonical", {"run": run_id}
        ).fetchone()
    return int(found[0]) if found else 0


def _copies(result: LoadResult) -> int:
    """Count the new articles of a batch that are copies of another one."""
    memberships = result.tables.get("memberships")
    if memberships is None:
        return 0
    new = set(result.new_articles)
    pairs = zip(
        *(memberships.column(name).to_pylist() for name in ("article_id", "is_canonical")), strict=True
    )
    return len({article_id for article_id, canonical in pairs if not canonical and article_id in new})
