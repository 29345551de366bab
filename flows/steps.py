"""steps: the policy sheet. Every step becomes a Prefect task here, and nowhere else.

What a step does is in ``tasks/``; here stands how it runs: its name on the dashboard, retries,
and where. One task run per step and batch, never per article: an empty task run costs milliseconds
here and in the server (tests/bench/bench_orchestration.py).

fetch and load run in the flow's own thread (they own the input stream and the warehouse);
the reading steps run in parallel, in worker processes. Results are references
to staging files, so a task result is never large, and nothing is cached: what is done
is known by the warehouse's ledger, not by Prefect.
"""

import os
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from prefect import Task, task
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State
from prefect.futures import PrefectFuture
from prefect.tasks import exponential_backoff

from flows.workers import WorkerDied, run_in_worker
from tasks.batch import DOCUMENT_STEPS, Batch, BatchRef, isolate_step, run_step, write_staged
from tasks.errors import TransientError
from warehouse.errors import WarehouseError

if TYPE_CHECKING:
    from flows.run import IngestRun

RETRIES = 2
"""A batch is tried again twice when the fault may pass; then it is taken apart document by document."""

TIMEOUT_S = 1800.0
"""Longest time for one step over one batch, some hundred times what it takes; a worker that takes longer
hangs. It is ended, and the batch taken apart document by document like one that killed its worker."""

IN_FLIGHT_PER_WORKER = 2
"""Batches between fetch and load for each worker: one being read, one waiting."""
STORED_IN_FLIGHT = 4
"""Batches of stored documents that are read, or wait for it, in a reclean."""


def is_transient(_task: Any, _run: Any, state: State[Any]) -> bool:
    """Retry only what may pass: a lock, a time-out, a worker that died."""
    try:
        state.result()
    except TransientError:
        return True
    except WarehouseError as error:
        return error.transient
    except Exception:  # noqa: BLE001 - anything else is for the flow to report
        return False
    return False


def _read_in_worker(step: str, ref: BatchRef) -> BatchRef:
    """Run a reading step; when its worker dies twice, find the document that kills it."""
    try:
        done = run_in_worker(run_step, step, ref)
    except WorkerDied:
        try:
            done = run_in_worker(run_step, step, ref)
        except WorkerDied:
            run_in_worker(os.getpid)  # workers that cannot even do this die of something else: say so
            done = isolate_step(step, ref, run_in_worker, WorkerDied)
    Path(ref.path).unlink(missing_ok=True)
    return replace(done, spent=(*ref.spent, (step, done.seconds)))


def _reading_task(step: str) -> Task[[BatchRef], BatchRef]:
    def read(ref: BatchRef) -> BatchRef:
        return _read_in_worker(step, ref)

    read.__name__ = step
    read.__doc__ = DOCUMENT_STEPS[step].__doc__
    made: Task[[BatchRef], BatchRef] = Task(
        read,
        name=step,
        task_run_name=f"{step} · batch {{ref.number}} · {{ref.documents}} documents",
        tags=["read"],
        cache_policy=NO_CACHE,
        retries=RETRIES,
        retry_delay_seconds=[1, 5],
        retry_condition_fn=is_transient,
    )
    return made


READING_STEPS: tuple[Task[[BatchRef], BatchRef], ...] = tuple(_reading_task(step) for step in DOCUMENT_STEPS)
"""decode → extract → clean → metadata → script. Adding a step is adding it to ``DOCUMENT_STEPS``."""


def read(ref: BatchRef) -> PrefectFuture[BatchRef]:
    """Send a staged batch through the reading steps; returns the future of the last one."""
    future: Any = ref
    for step in READING_STEPS:
        future = step.submit(future)
    last: PrefectFuture[BatchRef] = future
    return last


def read_stored(batch: Batch, name: str, folder: Path) -> PrefectFuture[BatchRef]:
    """Stage a batch of stored documents in a folder, and read it. name: id of the batch."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{batch.number:06d}.stored"
    write_staged(path, batch)
    size = sum(len(document.content) for document in batch.documents)
    return read(BatchRef(batch.number, name, str(path), len(batch.documents), 0, size))


@task(name="discover", task_run_name="discover", cache_policy=NO_CACHE, tags=["plan"])
def discover(run: "IngestRun") -> int:
    """Find what is new; returns how many inputs are to be read."""
    return run.reader.discover()


@task(
    name="fetch",
    task_run_name="fetch · batch {number}",
    cache_policy=NO_CACHE,
    tags=["read"],
    retries=RETRIES,
    retry_delay_seconds=exponential_backoff(5),
    retry_jitter_factor=0.5,
    retry_condition_fn=is_transient,
)
def fetch(run: "IngestRun", number: int) -> BatchRef | None:
    """Read the next documents until the batch is full; ``None`` when nothing is left."""
    return run.fetch(number)


@task(
    name="dedupe",
    task_run_name="dedupe · batch {ref.number} · {ref.documents} documents",
    cache_policy=NO_CACHE,
    tags=["write"],
    retries=RETRIES,
    retry_delay_seconds=[1, 5],
    retry_condition_fn=is_transient,
)
def dedupe(rules_version: str, run_id: str, ref: BatchRef) -> BatchRef:
    """Fold and fingerprint the articles, and lay out the rows of the batch."""
    from tasks.prepare import prepare_rows

    done = run_in_worker(prepare_rows, ref, run_id, rules_version)
    Path(ref.path).unlink(missing_ok=True)
    return replace(done, spent=(*ref.spent, ("dedupe", done.seconds)))


@task(
    name="load",
    task_run_name="load · batch {ref.number} · {ref.documents} documents",
    cache_policy=NO_CACHE,
    tags=["write"],
    retries=RETRIES,
    retry_delay_seconds=[2, 10],
    retry_condition_fn=is_transient,
)
def load(run: "IngestRun", ref: BatchRef) -> dict[str, int]:
    """Decide the duplicates and commit the batch in one transaction; returns what was stored."""
    return run.load(ref)


@task(name="report", task_run_name="report", cache_policy=NO_CACHE, tags=["report"])
def report(run: "IngestRun") -> dict[str, Any]:
    """Bring the search index along and finish counting."""
    return run.report()
