"""reclean: stored documents read again by today's rules, shown as a difference, published at once.

plan → (decode → extract → clean → metadata → script → prepare) per batch → publish → rejects (flows/retry.py)

Read again is what other rules cleaned, and by today's rules what has lines at the ends of its text that are
known as its site's by now (flows/site_memory.py); of the latter, what comes out the same is left as it is.

Batches that are prepared wait in the staging folder under the rules version: an interrupted
reclean goes on where it was. Readers see the old rows until the one commit of ``publish``.
"""

import shutil
from collections import deque
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import duckdb
import pyarrow as pa
from prefect import flow, task
from prefect.cache_policies import NO_CACHE
from prefect.futures import PrefectFuture
from prefect.runtime import flow_run
from pydantic import BaseModel, Field

from flows import steps
from flows.beginning import begin_run
from flows.counts import new_run_id
from flows.dedup import Deduplicator
from flows.progress import Progress
from flows.reclean_outcome import Outcome, as_summary, compare, run_record
from flows.reclean_report import show_reclean
from flows.retry import Retry
from flows.runners import task_runner
from flows.settings import load_settings
from flows.site_memory import SiteKnowledge
from flows.stored import document_of
from flows.workers import close_pool, open_pool
from tasks.batch import Batch, BatchRef, batch_id_of, read_staged
from tasks.dedupe import pack
from tasks.prepare import fingerprints_of
from tasks.rows import article_tables, reject_table
from tasks.rules import rules_version
from warehouse.catalog import Warehouse
from warehouse.reclean import RevisionStage, count_outdated, outdated_documents
from warehouse.runs import RunRef, RunState
from warehouse.search import SearchIndex


class RecleanParams(BaseModel):
    """What to redo."""

    warehouse: Path | None = Field(None, description="warehouse folder; WENCANG_HOME when empty")
    dry_run: bool = Field(True, description="only show what would change")
    batch_docs: int | None = Field(None, ge=1, le=100_000, description="documents in a batch, at most")
    workers: int | None = Field(None, ge=1, le=256, description="processes that clean and convert")
    quiet: bool = Field(True, description="no progress on stderr")


@flow(
    name="reclean",
    flow_run_name="reclean",
    task_runner=task_runner(load_settings()),
    description="Read stored documents again by today's rules; a dry run shows what would change.",
)
def reclean(params: RecleanParams) -> dict[str, Any]:
    """Redo what was cleaned by other rules, or before its site was known; returns the difference in numbers."""
    begin_run()
    settings = load_settings()
    version = rules_version()
    ref = RunRef(new_run_id(), "reclean", str(flow_run.id) if flow_run.id else None, rules_version=version)
    progress = Progress(quiet=params.quiet)
    size = params.batch_docs or settings.batch_docs
    outcome = Outcome()
    with Warehouse.open(params.warehouse or settings.home, create=False) as warehouse:
        knowledge = SiteKnowledge(warehouse)
        with warehouse.connect() as con:
            outcome.learned = frozenset(knowledge.learned(con, version))
            outcome.outdated = count_outdated(con, version, outcome.learned)
        stage = RevisionStage(warehouse, f"{version}-dry" if params.dry_run else version)
        with _recorded(warehouse, ref, stage, outcome, dry_run=params.dry_run):
            try:
                if settings.runner == "thread":
                    open_pool(params.workers or settings.workers, steps.TIMEOUT_S)
                _prepare_all(warehouse, ref, stage, outcome, progress, size, knowledge)
                if not params.dry_run and outcome.outdated:
                    outcome.snapshot_id = publish(warehouse, stage, ref)
                outcome.retried = Retry(warehouse, ref, size, dry_run=params.dry_run)(progress)
                outcome.snapshot_id = outcome.retried.snapshot_id or outcome.snapshot_id
                if not params.dry_run:
                    index_search(warehouse)
            finally:
                close_pool()
                progress.clear()
        found = {**as_summary(outcome), "rules_version": version, "run_id": ref.run_id}
        show_reclean(found, dry_run=params.dry_run)
        return found


@contextmanager
def _recorded(
    warehouse: Warehouse, ref: RunRef, stage: RevisionStage, outcome: Outcome, *, dry_run: bool
) -> Iterator[None]:
    """Record the run while the block lasts, and how it ends; a dry run only holds its lock and leaves nothing."""
    if dry_run:
        stage.drop()  # its difference would lack what another had prepared
        warehouse.run_locks.hold(ref.run_id)
    else:
        warehouse.begin_run(ref)
    state: RunState = "failed"
    try:
        yield
        state = "completed"
    finally:
        shutil.rmtree(warehouse.paths.staging / ref.run_id, ignore_errors=True)
        if dry_run:
            stage.drop()
            warehouse.run_locks.release(ref.run_id)
        else:
            warehouse.finish_run(run_record(outcome, ref, state))


@task(name="publish", cache_policy=NO_CACHE, tags=["write"], retries=2, retry_delay_seconds=[2, 10],
      retry_condition_fn=steps.is_transient)  # fmt: skip
def publish(warehouse: Warehouse, stage: RevisionStage, ref: RunRef) -> int | None:
    """Commit everything prepared in one transaction, with the duplicates of changed texts decided anew."""
    dedup = Deduplicator(warehouse)
    try:
        return stage.publish(ref, dedup.revise).snapshot_id
    finally:
        dedup.close()


def index_search(warehouse: Warehouse) -> None:
    """Bring the search index along."""
    with warehouse.connect() as con:
        SearchIndex(warehouse.paths).catch_up(con)


def _prepare_all(
    warehouse: Warehouse,
    ref: RunRef,
    stage: RevisionStage,
    outcome: Outcome,
    progress: Progress,
    size: int,
    knowledge: SiteKnowledge,
) -> None:
    done = stage.prepared()
    folder = warehouse.paths.staging / ref.run_id
    waiting: deque[tuple[str, dict[str, int], PrefectFuture[BatchRef]]] = deque()
    with warehouse.connect() as con, warehouse.connect() as looking:
        for number, (batch, revisions) in enumerate(_batches(con, size, outcome.learned), 1):
            batch.number = number
            name = batch_id_of(batch, ref.rules_version or "")
            if name in done:
                outcome.read += len(batch.documents)
                continue
            batch.sites = knowledge.of(batch.documents)
            waiting.append((name, revisions, steps.read_stored(batch, name, folder)))
            if len(waiting) > steps.STORED_IN_FLIGHT:
                _finish(looking, stage, ref, outcome, *waiting.popleft())
                progress.show(
                    f"wencang: {outcome.read:,} of {outcome.outdated:,} articles, {outcome.changed:,} change"
                )
        while waiting:
            _finish(looking, stage, ref, outcome, *waiting.popleft())


def _batches(
    con: duckdb.DuckDBPyConnection, size: int, learned: frozenset[str]
) -> Iterator[tuple[Batch, dict[str, int]]]:
    for part in outdated_documents(con, rules_version(), size, learned):
        rows = part.to_pylist()
        revisions = {row["article_id"]: int(row.pop("revision")) for row in rows}
        yield Batch(0, documents=[document_of(row) for row in rows]), revisions


def _finish(
    con: duckdb.DuckDBPyConnection,
    stage: RevisionStage,
    ref: RunRef,
    outcome: Outcome,
    name: str,
    revisions: dict[str, int],
    future: PrefectFuture[BatchRef],
) -> None:
    path = Path(future.result().path)
    batch = read_staged(path)
    path.unlink(missing_ok=True)
    same = compare(con, batch.documents, outcome) & outcome.learned
    outcome.read += len(revisions)
    outcome.stopped += len(batch.rejects)
    batch.documents = [each for each in batch.documents if each.article_id not in same]  # no second row of it
    if not batch.documents and not batch.rejects:
        return
    following = {article_id: revision + 1 for article_id, revision in revisions.items()}
    tables: dict[str, pa.Table] = article_tables(
        batch.documents, ref.run_id, ref.rules_version or "", following
    )
    signatures = pack(fingerprints_of(batch.documents))
    order = [following[each] for each in signatures.column("article_id").to_pylist()]
    tables["signatures"] = signatures.append_column("revision", pa.array(order, pa.int64()))
    tables["rejects"] = reject_table(batch.rejects, ref.run_id, datetime.now(UTC))
    stage.prepare(name, tables)
