"""run: one ingest run, from its sources to its summary. Holds the input stream, the warehouse
and the counters; the flow (``flows/ingest.py``) decides what runs when.
"""

import json
import secrets
import shutil
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any

from flows.dedup import Deduplicator
from flows.progress import Progress
from flows.site_memory import SiteKnowledge
from tasks.batch import Batch, BatchRef, Sighting, batch_id_of, write_staged
from tasks.discover import Input, InputUnchanged, KnownInput, list_inputs
from tasks.document import Document
from tasks.fetch import FetchOptions, HttpState, InputDone, read_documents
from tasks.prepare import read_rows
from tasks.reasons import Reject
from tasks.rules import rules_version
from tasks.sources import Source
from warehouse.catalog import Warehouse
from warehouse.errors import WarehouseError
from warehouse.load import LoadResult
from warehouse.runs import RunRecord, RunRef, RunState
from warehouse.search import SearchIndex

Stream = Iterator[Document | Reject | InputDone | InputUnchanged | HttpState]


def new_run_id() -> str:
    """Return an id that sorts by time: ``20180822T074700-3f9c``."""
    return f"{datetime.now(UTC):%Y%m%dT%H%M%S}-{secrets.token_hex(2)}"


@dataclass(slots=True)
class Counts:
    """What a run did, in documents unless named otherwise. documents = new + unchanged + rejected."""

    new: int = 0
    unchanged: int = 0
    articles: int = 0
    duplicates: int = 0
    rejects: int = 0
    edits: int = 0
    batches: int = 0
    size_bytes: int = 0
    snapshot_id: int | None = None
    step_seconds: dict[str, float] = field(default_factory=dict)
    rules: Counter[str] = field(default_factory=Counter)

    def add_seconds(self, step: str, seconds: float) -> None:
        """Count CPU or waiting seconds of a step."""
        self.step_seconds[step] = self.step_seconds.get(step, 0.0) + seconds


@dataclass(frozen=True, slots=True)
class RunPlan:
    """What a run is asked to do. sources: in order; limits of a batch in documents and bytes."""

    sources: tuple[Source, ...]
    warehouse: Path
    batch_docs: int
    batch_bytes: int
    options: FetchOptions


class IngestRun:
    """State of one run. Not thread-safe: fetch and load are called from the flow's thread."""

    def __init__(self, plan: RunPlan, warehouse: Warehouse, run: RunRef, progress: Progress) -> None:
        self.plan = plan
        self.warehouse = warehouse
        self.run = run
        self.progress = progress
        self.counts = Counts()
        self.dedup = Deduplicator(warehouse)
        self.staging = warehouse.paths.staging / run.run_id
        self._inputs: list[Input | Reject | InputUnchanged] = []
        self._stream: Stream | None = None
        self._sites: SiteKnowledge | None = None
        self._on_the_way: set[str] = set()
        self._unchanged: list[str] = []
        self.bytes_loaded = 0
        self.notes: dict[str, Any] = {}
        """Added to the summary by the flow."""
        self._failed: list[str] = []
        self.state: RunState = "running"
        self._started = time.monotonic()

    # discover

    def discover(self) -> int:
        """List the inputs; returns how many have to be read."""
        listed = list(list_inputs(self.plan.sources, {}))
        known = _known_inputs(self.warehouse, [each.uri for each in listed])
        self._inputs = list(list_inputs(self.plan.sources, known)) if known else listed
        self._unchanged = [each.uri for each in self._inputs if isinstance(each, InputUnchanged)]
        return self.inputs_to_read

    @property
    def inputs_to_read(self) -> int:
        """Inputs that are new or may have changed, and inputs that cannot be listed."""
        return sum(not isinstance(each, InputUnchanged) for each in self._inputs)

    def bytes_to_read(self) -> int:
        """Bytes of the files to be read, as stored; web pages count nothing."""
        return sum(each.size_bytes or 0 for each in self._inputs if isinstance(each, Input))

    @property
    def unchanged_inputs(self) -> list[str]:
        """Addresses of the inputs that needed no reading."""
        return self._unchanged

    def select(self, takes: Callable[[Input], bool]) -> None:
        """Leave out inputs; they are as if they had not been listed."""
        self._inputs = [each for each in self._inputs if not isinstance(each, Input) or takes(each)]

    # fetch

    def fetch(self, number: int) -> BatchRef | None:
        """Read until the batch is full; stage it; ``None`` when there is nothing more."""
        if self._stream is None:
            self.staging.mkdir(parents=True, exist_ok=True)
            options = replace(self.plan.options, http_state=self._known_answer)
            self._stream = read_documents(
                (each for each in self._inputs if not isinstance(each, InputUnchanged)), options
            )
        started = time.process_time()
        batch = self._next_batch(self._stream, number)
        if batch is None:
            return None
        ids = [document.article_id for document in batch.documents]
        path = self.staging / f"{number:06d}.fetch"
        write_staged(path, batch)
        self._on_the_way.update(ids)
        size = sum(len(document.content) for document in batch.documents)
        self.counts.size_bytes += size
        self.counts.batches += 1
        self.counts.add_seconds("fetch", time.process_time() - started)
        return BatchRef(
            number=number,
            batch_id=batch_id_of(batch, rules_version()),
            path=str(path),
            documents=len(ids),
            rejects=len(batch.rejects),
            size_bytes=size,
            sample=tuple(document.uri for document in batch.documents[:3]),
        )

    def _known_answer(self, url: str) -> HttpState | None:
        """Return what a web server answered last time."""
        known = self.warehouse.known_http([url]).get(url)
        if known is None:
            return None
        return HttpState(
            url, known.etag, known.last_modified, known.status, known.content_sha256, known.fetched_at
        )

    def _next_batch(self, stream: Stream, number: int) -> Batch | None:
        batch = Batch(number)
        size = 0
        seen = 0
        for each in stream:
            seen += 1
            if isinstance(each, Document):
                batch.documents.append(each)
                size += len(each.content)
            elif isinstance(each, Reject):
                batch.rejects.append(each)
            elif isinstance(each, InputDone):
                batch.finished.append(each)
            elif isinstance(each, HttpState):
                batch.answers.append(each)
            else:
                self._unchanged.append(each.uri)
                if each.checked is not None:
                    batch.finished.append(self._done_again(each.uri, each.checked))
            if len(batch.documents) >= self.plan.batch_docs or size >= self.plan.batch_bytes:
                break
            if len(batch.finished) + len(batch.rejects) + len(batch.answers) >= 20 * self.plan.batch_docs:
                break
        if not seen:
            return None
        self._set_aside_known(batch)
        if self._sites is None:
            self._sites = SiteKnowledge(self.warehouse)
        batch.sites = self._sites.of(batch.documents)
        return batch

    def _set_aside_known(self, batch: Batch) -> None:
        """Turn documents that are loaded already, or on their way, into sightings."""
        known = self.warehouse.known_articles(d.article_id for d in batch.documents)
        known |= self._on_the_way
        fresh: dict[str, Document] = {}
        for document in batch.documents:
            if document.article_id in known or document.article_id in fresh:
                batch.sightings.append(Sighting(document.article_id, document.uri, document.fetched_at))
            else:
                fresh[document.article_id] = document
        batch.documents = list(fresh.values())

    def _done_again(self, uri: str, seen: KnownInput) -> InputDone:
        """An input read and found to hold what it held: recorded, so that the next run need not read it."""
        held = self.warehouse.known_inputs([uri]).get(uri)
        documents = held.documents if held else 0
        return InputDone(uri, seen.size_bytes, seen.mtime_ns, seen.digest, seen.seen_at, documents, 0)

    # load

    def load(self, ref: BatchRef) -> dict[str, int]:
        """Commit one batch with its duplicates decided; returns what was stored."""
        started = time.monotonic()
        rows = read_rows(Path(ref.path))
        result = self.warehouse.load_batch(
            rows.tables,
            unit=f"batch {ref.batch_id}",
            run=self.run,
            decide=lambda context: self.dedup.decide(rows.fingerprints, context),
        )
        stored = {
            "new": ref.documents,
            "unchanged": rows.tables["sightings"].num_rows - rows.tables["documents"].num_rows,
            "articles": result.counts.get("articles", 0),
            "duplicates": _copies(result),
            "rejects": ref.rejects,
            "edits": result.counts.get("edits", 0),
        }
        counts = self.counts
        counts.new += stored["new"]
        counts.unchanged += stored["unchanged"]
        counts.articles += stored["articles"]
        counts.duplicates += stored["duplicates"]
        counts.rejects += stored["rejects"]
        counts.edits += stored["edits"]
        counts.rules.update(rows.tables["edits"].column("rule").to_pylist())
        counts.snapshot_id = result.snapshot_id
        self.bytes_loaded += ref.size_bytes
        for step, seconds in ref.spent:
            counts.add_seconds(step, seconds)
        counts.add_seconds("load", time.monotonic() - started)
        self._on_the_way.difference_update(rows.tables["documents"].column("article_id").to_pylist())
        shutil.rmtree(ref.path, ignore_errors=True)
        return stored

    # the run as a whole

    def report(self) -> dict[str, Any]:
        """Bring the derived data along and finish counting; returns the summary."""
        self.note_unchanged_inputs()
        self.index_search()
        return self.summary()

    def __enter__(self) -> "IngestRun":
        self.warehouse.begin_run(self.run)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Record how the run ended, whatever the reason; staged batches are dropped, the input has them."""
        shutil.rmtree(self.staging, ignore_errors=True)
        interrupted = kind is not None and not issubclass(kind, Exception)
        self.state = "cancelled" if interrupted else "failed" if kind or self._failed else "completed"
        if isinstance(error, WarehouseError):
            return  # the place where it would be recorded is what failed
        counts = self.counts
        self.warehouse.finish_run(
            RunRecord(
                run=self.run,
                state=self.state,
                documents=counts.new + counts.unchanged + counts.rejects,
                articles=counts.articles,
                duplicates=counts.duplicates,
                rejects=counts.rejects,
                edits=counts.edits,
                snapshot_id=counts.snapshot_id,
                summary=json.dumps(self.summary(), ensure_ascii=False),
            )
        )

    def failed(self, ref: BatchRef, error: Exception) -> None:
        """Note a batch that could not be done; its documents come again with the next run."""
        sample = ", ".join(ref.sample) or "no documents"
        self._failed.append(f"batch {ref.number} ({sample} …): {type(error).__name__}: {error}")
        self.progress.say(f"wencang: {self._failed[-1]}")

    @property
    def failures(self) -> list[str]:
        """What could not be done, a sentence each."""
        return self._failed

    def note_unchanged_inputs(self) -> None:
        """Count the documents of inputs that needed no reading."""
        held = self.warehouse.known_inputs(self._unchanged)
        self.counts.unchanged += sum(state.documents for state in held.values())

    def index_search(self) -> None:
        """Bring the search index along; it is derived, and a run that ends before this loses nothing."""
        started = time.monotonic()
        with self.warehouse.connect() as con:
            SearchIndex(self.warehouse.paths).catch_up(con)
        self.counts.add_seconds("search index", time.monotonic() - started)

    def show(self) -> None:
        """Show on stderr where the run is."""
        counts = self.counts
        seconds = max(self.progress.elapsed(), 0.001)
        done = counts.new + counts.unchanged + counts.rejects
        self.progress.show(
            f"wencang: {done:,} documents, {counts.articles:,} articles, {counts.duplicates:,} copies, "
            f"{counts.rejects:,} rejects · {counts.size_bytes / 1e6:,.1f} MB · {done / seconds:,.0f}/s"
        )

    def summary(self) -> dict[str, Any]:
        """Return the run in numbers: the object that ``wencang ingest --json`` prints."""
        counts = self.counts
        return {
            "documents": counts.new + counts.unchanged + counts.rejects,
            "new": counts.new,
            "unchanged": counts.unchanged,
            "articles": counts.articles,
            "duplicates": counts.duplicates,
            "rejects": counts.rejects,
            "edits": counts.edits,
            "seconds": round(time.monotonic() - self._started, 3),
            "snapshot_id": counts.snapshot_id,
            "run_id": self.run.run_id,
            "flow_run_id": self.run.flow_run_id,
            "batches": counts.batches,
            "size_bytes": counts.size_bytes,
            "step_seconds": {step: round(s, 3) for step, s in counts.step_seconds.items()},
            "failures": self._failed,
            **self.notes,
        }


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


def _known_inputs(warehouse: Warehouse, uris: Sequence[str]) -> dict[str, KnownInput]:
    return {
        uri: KnownInput(state.size_bytes, state.mtime_ns, state.content_sha256 or "", state.seen_at)
        for uri, state in warehouse.known_inputs(uris).items()
    }
