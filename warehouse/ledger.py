"""ledger: the row by which a unit of work is known to be done, written in its transaction."""

import json
from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

import pyarrow as pa

from warehouse.batch import fit

if TYPE_CHECKING:
    from warehouse.runs import RunRef


def ledger_row(unit: str, counts: Mapping[str, int], run: "RunRef", now: datetime) -> pa.Table:
    """Return the row that names a unit of work. counts: rows written with it, by table."""
    row = {
        "unit": unit,
        "rows": json.dumps(counts, sort_keys=True),
        "flow_run_id": run.flow_run_id,
        "task_run_id": run.task_run_id,
        "rules_version": run.rules_version,
        "committed_at": now,
    }
    return fit("ledger", pa.Table.from_pylist([row]), {"run_id": run.run_id})
