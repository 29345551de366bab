"""seen_again: that unchanged inputs were seen again is written down, within bounds.

A folder that is looked at every five minutes must not write a row per file each time: beyond
``AT_ONCE`` inputs, and between two looks within ``PAUSE_S``, the sighting of before stands. Rows of dumps
keep theirs; the file they are in is what is seen.
"""

import time
from collections.abc import Sequence
from datetime import UTC, datetime

from tasks.rows import table_of
from warehouse.catalog import Warehouse
from warehouse.key_rows import uri_key
from warehouse.runs import RunRef

AT_ONCE = 1000
"""Inputs of a run that are written down."""
PAUSE_S = 3600.0
"""Between two runs that write."""
MARK = "seen-again"
"""File in the folder of indexes whose time of change says when it was done last."""


def note_seen_again(warehouse: Warehouse, uris: Sequence[str], run: RunRef, *, always: bool = False) -> int:
    """Write sightings of the articles that unchanged single-document inputs show; returns their number.

    always: also when it was done less than ``PAUSE_S`` ago (a run somebody asked for).
    """
    mark = warehouse.paths.index / MARK
    if not always and mark.exists() and time.time() - mark.stat().st_mtime < PAUSE_S:
        return 0
    held = warehouse.known_inputs(list(uris)[:AT_ONCE])
    keys = {uri_key(uri, ""): uri for uri, state in held.items() if state.documents == 1}
    now = datetime.now(UTC)
    rows = [
        (shown.article_id, keys[key], now, run.run_id) for key, shown in warehouse.keys.shown(keys).items()
    ]
    if rows:
        table = table_of("sightings", rows, ("article_id", "uri", "seen_at", "run_id"))
        warehouse.load_batch({"sightings": table}, unit=f"seen again {run.run_id}", run=run)
        mark.touch()
    return len(rows)
