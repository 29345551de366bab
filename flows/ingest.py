"""ingest: sources → articles, batch by batch, one commit per batch.

discover → fetch → decode → extract → clean → metadata → script → dedupe → load → report

Batches are in flight in parallel, bounded by ``IN_FLIGHT_PER_WORKER``, and are committed in the
order in which they were read, so that the same input in the same batches gives the same tables.
"""

from collections import deque
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.futures import PrefectFuture
from prefect.runtime import flow_run
from prefect.task_runners import ThreadPoolTaskRunner
from pydantic import BaseModel, Field

from flows import interrupt, steps
from flows.backlog import end_with_server, take_along_waiting
from flows.progress import Progress
from flows.run import IngestRun, RunPlan, new_run_id
from flows.settings import load_settings
from flows.workers import close_pool, open_pool
from tasks.batch import BatchRef
from tasks.fetch import FetchOptions
from tasks.rules import rules_version
from tasks.sources import Source
from warehouse.catalog import Warehouse
from warehouse.errors import WarehouseError
from warehouse.runs import RunRef


class IngestParams(BaseModel):
    """What to read, and where to load it."""

    sources: list[Source] = Field(default_factory=list, description="files, folders, globs or http(s) URLs")
    warehouse: Path | None = Field(None, description="warehouse folder; WENCANG_HOME when empty")
    batch_docs: int | None = Field(None, ge=1, le=100_000, description="documents in a batch, at most")
    workers: int | None = Field(None, ge=1, le=256, description="processes that clean and convert")
    quiet: bool = Field(True, description="no progress on stderr")


def _flow_run_name() -> str:
    params = flow_run.parameters.get("params") or {}
    sources = params.get("sources", []) if isinstance(params, dict) else params.sources
    names = [str(s["location"] if isinstance(s, dict) else s.location).rstrip("/") for s in sources]
    shown = ", ".join(Path(name).name or name for name in names[:2])
    return f"ingest {shown}{' …' if len(names) > 2 else ''}"


@flow(
    name="ingest",
    flow_run_name=_flow_run_name,
    task_runner=ThreadPoolTaskRunner(max_workers=64),  # type: ignore[arg-type]
    description="Read sources, clean their articles and load them; safe to repeat.",
)
def ingest(params: IngestParams) -> dict[str, Any]:
    """Run one ingest; returns its summary."""
    end_with_server()
    take_along_waiting()
    settings = load_settings()
    flow_run_id = str(flow_run.id) if flow_run.id else None
    plan = RunPlan(
        sources=tuple(params.sources),
        warehouse=params.warehouse or settings.home,
        batch_docs=params.batch_docs or settings.batch_docs,
        batch_bytes=settings.batch_bytes,
        options=FetchOptions(max_document_bytes=settings.max_document_bytes),
    )
    ref = RunRef(new_run_id(), "ingest", flow_run_id, rules_version=rules_version())
    with Warehouse.open(plan.warehouse) as warehouse:
        run = IngestRun(plan, warehouse, ref, Progress(quiet=params.quiet))
        workers = params.workers or settings.workers
        open_pool(workers)
        try:
            with run:
                steps.discover(run)
                _stream(run, workers * steps.IN_FLIGHT_PER_WORKER)
                return steps.report(run)
        finally:
            close_pool()


def _stream(run: IngestRun, in_flight: int) -> None:
    """Fetch, read and load until the input is used up; a batch that fails does not stop the others."""
    waiting: deque[tuple[BatchRef, PrefectFuture[BatchRef]]] = deque()
    number = 0
    more = True
    while more or waiting:
        while more and len(waiting) < in_flight:
            number += 1
            ref = steps.fetch(run, number)
            more = ref is not None
            if ref is not None:
                waiting.append((ref, _read(run, ref)))
                run.show()
        if waiting:
            ref, future = waiting.popleft()
            _load(run, ref, future)
            run.show()


def _read(run: IngestRun, ref: BatchRef) -> PrefectFuture[BatchRef]:
    """Send a batch through the reading steps; returns the future of the last one."""
    future: Any = ref
    for step in steps.READING_STEPS:
        future = step.submit(future)
    return steps.dedupe.submit(rules_version(), run.run.run_id, future)


def _load(run: IngestRun, ref: BatchRef, future: PrefectFuture[BatchRef]) -> None:
    try:
        steps.load(run, future.result())
    except Exception as error:
        if interrupt.asked():
            raise KeyboardInterrupt from error
        if isinstance(error, WarehouseError):
            raise  # no later batch would fare better: the warehouse or its disk is at fault
        run.failed(ref, error)
