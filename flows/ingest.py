"""ingest: sources → articles, batch by batch, one commit per batch.

discover → fetch → decode → extract → clean → metadata → script → dedupe → load → report

Batches are in flight in parallel, bounded by ``IN_FLIGHT_PER_WORKER``, and are committed in the
order in which they were read, so that the same input in the same batches gives the same tables.
"""

from collections import deque
from datetime import date
from pathlib import Path
from threading import Event
from typing import Any

from prefect import flow
from prefect.futures import PrefectFuture
from prefect.runtime import flow_run
from pydantic import BaseModel, Field, model_validator

from flows import interrupt, steps
from flows.beginning import begin_run
from flows.counts import RunPlan, new_run_id
from flows.dashboard import Dashboard, names_of
from flows.dead_runs import end_killed_runs, settle_dead_runs
from flows.progress import Progress
from flows.run import IngestRun
from flows.runners import task_runner
from flows.selection import choose, in_days, limit_web, split_missing
from flows.settings import Settings, load_settings
from flows.sources import configured_sources
from flows.workers import close_pool, open_pool
from tasks.batch import BatchRef
from tasks.fetch import FetchOptions
from tasks.rules import rules_version
from tasks.sources import Source
from warehouse.catalog import Warehouse
from warehouse.errors import WarehouseError
from warehouse.runs import RunRef


class IngestParams(BaseModel):
    """What to read, and where to load it. Everything may be left as it is."""

    only: list[str] = Field(
        default_factory=list, description="read only these sources, by name or location; all when empty"
    )
    first_day: date | None = Field(
        None, description="backfill: only inputs of this day or later (day in the address, else of the file)"
    )
    last_day: date | None = Field(None, description="backfill: only inputs of this day or earlier")
    sources: list[Source] = Field(
        default_factory=list,
        description="files, folders, globs or http(s) URLs; those of wencang.toml when empty",
    )
    without_scheduled: bool = Field(
        False, description="leave out sources that have a schedule of their own in wencang.toml"
    )
    ask_now: bool = Field(
        False,
        description="ask also web hosts that asked earlier runs to be left alone, and for robots.txt anew",
    )
    warehouse: Path | None = Field(None, description="warehouse folder; WENCANG_HOME when empty")
    batch_docs: int | None = Field(None, ge=1, le=100_000, description="documents in a batch, at most")
    workers: int | None = Field(None, ge=1, le=256, description="processes that clean and convert")
    quiet: bool = Field(True, description="no progress on stderr")

    @model_validator(mode="after")
    def _days_in_order(self) -> "IngestParams":
        if self.first_day and self.last_day and self.first_day > self.last_day:
            raise ValueError(f"first_day {self.first_day} is after last_day {self.last_day}")
        return self


def _flow_run_name() -> str:
    given = flow_run.parameters.get("params") or {}
    params = given if isinstance(given, IngestParams) else IngestParams.model_validate(given)
    named = ", ".join(params.only[:2]) or names_of(params.sources)
    days = f" {params.first_day or ''}…{params.last_day or ''}" if params.first_day or params.last_day else ""
    return f"ingest {named or 'all sources'}{days}"


def sources_to_read(params: IngestParams, settings: Settings) -> list[Source]:
    """Return the sources a run is asked to read; raises ``SourceNotFound`` for a name nobody has."""
    sources = params.sources or configured_sources(settings)
    if params.without_scheduled and not params.only:
        sources = [each for each in sources if each.schedule is None]
    chosen = choose(sources, params.only)
    return limit_web(chosen, params.first_day, params.last_day)


@flow(
    name="ingest",
    flow_run_name=_flow_run_name,
    task_runner=task_runner(load_settings()),
    description="Read sources, clean their articles and load them; safe to repeat.",
)
def ingest(params: IngestParams = IngestParams()) -> dict[str, Any]:  # noqa: B008 - never changed
    """Run one ingest; returns its summary."""
    begin_run()
    settings = load_settings()
    sources = sources_to_read(params, settings)
    there, missing = split_missing(sources)
    flow_run_id = str(flow_run.id) if flow_run.id else None
    plan = RunPlan(
        sources=tuple(there),
        warehouse=params.warehouse or settings.home,
        batch_docs=params.batch_docs or settings.batch_docs,
        batch_bytes=settings.batch_bytes,
        options=FetchOptions(max_document_bytes=settings.max_document_bytes, ask_now=params.ask_now),
    )
    ref = RunRef(new_run_id(), "ingest", flow_run_id, rules_version=rules_version())
    with Warehouse.open(plan.warehouse) as warehouse:
        end_killed_runs(warehouse)
        settle_dead_runs(warehouse)
        run = IngestRun(plan, warehouse, ref, Progress(quiet=params.quiet))
        dashboard = Dashboard(run, sources, missing)
        workers = params.workers or settings.workers
        try:
            if settings.runner == "thread":
                open_pool(workers, steps.TIMEOUT_S)
            with run:
                steps.discover(run)
                if takes := in_days(params.first_day, params.last_day):
                    run.reader.select(takes)
                dashboard.begin()
                _stream(run, dashboard, workers * steps.IN_FLIGHT_PER_WORKER)
                return dashboard.end(steps.report(run))
        finally:
            close_pool()


def _stream(run: IngestRun, dashboard: Dashboard, in_flight: int) -> None:
    """Fetch, read and load until the input is used up; a batch that fails does not stop the others.

    What is ready is committed before more is fetched: a slow crawl that is killed has kept its pages.
    """
    waiting: deque[tuple[BatchRef, PrefectFuture[BatchRef], Event]] = deque()
    number = 0
    more = True
    while more or waiting:
        if interrupt.asked():  # where the signal came, a library may have passed it over
            raise KeyboardInterrupt
        while more and len(waiting) < in_flight and not (waiting and waiting[0][2].is_set()):
            number += 1
            ref = steps.fetch(run, number)
            more = ref is not None
            if ref is not None:
                waiting.append((ref, *_read(run, ref)))
                run.show()
        if waiting:
            ref, future, _ = waiting.popleft()
            _load(run, dashboard, ref, future)
            run.show()


def _read(run: IngestRun, ref: BatchRef) -> tuple[PrefectFuture[BatchRef], Event]:
    """Send a batch through the reading steps; returns the future of the last one, and what tells its end."""
    read: Any = steps.read(ref)
    last = steps.dedupe.submit(rules_version(), run.run.run_id, read)
    done = Event()
    last.add_done_callback(lambda _: done.set())
    return last, done


def _load(run: IngestRun, dashboard: Dashboard, ref: BatchRef, future: PrefectFuture[BatchRef]) -> None:
    try:
        dashboard.batch_done(ref, steps.load(run, future.result()))
    except Exception as error:
        if interrupt.asked(error):
            raise KeyboardInterrupt from error
        if isinstance(error, WarehouseError):
            raise  # no later batch would fare better: the warehouse or its disk is at fault
        run.failed(ref, error)
        dashboard.batch_failed(run.failures[-1])
