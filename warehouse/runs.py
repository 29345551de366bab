"""Runs: one row when a run begins, one when it ends; the newest holds."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

import pyarrow as pa

from warehouse.commit import commit_noted
from warehouse.schema_accounts import RUNS

if TYPE_CHECKING:
    from warehouse.catalog import Warehouse

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
