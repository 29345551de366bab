"""Runs: one row when a run begins, one when it ends; the newest holds.

A run holds a lock file while it lives. One that is free again belongs to a run that was killed:
whoever begins next on this machine writes the row that says so.
"""

import fcntl
import os
import shutil
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Literal

import pyarrow as pa

from warehouse.commit import commit_noted
from warehouse.paths import WarehousePaths
from warehouse.schema_accounts import RUNS

if TYPE_CHECKING:
    from warehouse.catalog import Warehouse

BEGINNING_S = 60
"""A lock file that is younger and free, of a run without a row, may be about to be locked."""

RunState = Literal["running", "completed", "failed", "cancelled", "crashed"]


@dataclass(frozen=True, slots=True)
class RunRef:
    """Names a run wherever it writes.

    run_id: ours; flow_run_id, task_run_id: Prefect's; rules_version: of the cleaning rules.
    """

    run_id: str
    flow: str = "ingest"
    flow_run_id: str | None = None
    task_run_id: str | None = None
    rules_version: str | None = None
    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))


@dataclass(frozen=True, slots=True)
class RunRecord:
    """State and counts of a run; counts are ``None`` while it runs."""

    run: RunRef
    state: RunState
    ended_at: datetime | None = None
    documents: int | None = None
    articles: int | None = None
    duplicates: int | None = None
    rejects: int | None = None
    edits: int | None = None
    snapshot_id: int | None = None
    summary: str | None = None


class RunLocks:
    """Lock files of the runs that this process has under way."""

    def __init__(self, paths: WarehousePaths) -> None:
        self._paths = paths
        self._held: dict[str, int] = {}

    def hold(self, run_id: str) -> None:
        """Show that the run lives; ends with the process."""
        path = self._paths.locks / f"run-{run_id}.lock"
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        self._held[run_id] = descriptor

    def release(self, run_id: str) -> None:
        """The run has ended."""
        descriptor = self._held.pop(run_id, None)
        if descriptor is not None:
            (self._paths.locks / f"run-{run_id}.lock").unlink(missing_ok=True)
            os.close(descriptor)

    def close(self) -> None:
        """Let go of every lock; runs that have not ended count as crashed."""
        for descriptor in self._held.values():
            os.close(descriptor)
        self._held.clear()

    def abandoned(self) -> list[str]:
        """Runs of this machine whose process is gone."""
        return [
            path.name.removeprefix("run-").removesuffix(".lock")
            for path in sorted(self._paths.locks.glob("run-*.lock"))
            if _is_free(path)
        ]


def _is_free(path: Path) -> bool:
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    else:
        return True
    finally:
        os.close(descriptor)


def record_crashed(warehouse: "Warehouse") -> list[str]:
    """Write the last row of runs that were killed, and drop what they had staged; return their ids."""
    crashed = []
    for run_id in warehouse.run_locks.abandoned():
        with warehouse.connect() as con:
            row = con.execute(
                "select flow, flow_run_id, started_at, state from runs where run_id = ?", [run_id]
            ).fetchone()
        lock = warehouse.paths.locks / f"run-{run_id}.lock"
        if row is None and _age_s(lock) < BEGINNING_S:
            continue
        if row is not None and row[3] == "running":
            run = RunRef(run_id, str(row[0]), row[1], started_at=row[2])
            record_run(warehouse, RunRecord(run=run, state="crashed"))
            crashed.append(run_id)
        shutil.rmtree(warehouse.paths.staging / run_id, ignore_errors=True)
        lock.unlink(missing_ok=True)
    return crashed


def _age_s(path: Path) -> float:
    try:
        return time.time() - path.stat().st_mtime
    except FileNotFoundError:
        return 0


def record_run(warehouse: "Warehouse", record: RunRecord) -> int:
    """Append a row to ``core.runs``; return the snapshot."""
    run = record.run
    row = {
        "run_id": run.run_id,
        "event_no": 1 if record.state == "running" else 2,
        "flow_run_id": run.flow_run_id,
        "flow": run.flow,
        "state": record.state,
        "started_at": run.started_at,
        "ended_at": record.ended_at or (None if record.state == "running" else datetime.now(UTC)),
        "documents": record.documents,
        "articles": record.articles,
        "duplicates": record.duplicates,
        "rejects": record.rejects,
        "edits": record.edits,
        "snapshot_id": record.snapshot_id,
        "summary": record.summary,
    }
    table = pa.Table.from_pylist([row], schema=RUNS.arrow_schema)
    with warehouse.lock():
        return commit_noted(warehouse, {"runs": table}, message=f"run {run.run_id} {record.state}", run=run)
