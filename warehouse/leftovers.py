"""leftovers: what killed runs, recleans and merges left in the staging folder.

Staged batches of a run whose process is gone go at once, prepared ones that hold what was forgotten too;
everything else, and what DuckDB wrote to disk for want of memory, when nobody has touched it for a time.
"""

import shutil
import time
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from warehouse.prepared import drop_forgotten
from warehouse.runs import record_crashed

if TYPE_CHECKING:
    from warehouse.catalog import Warehouse


def tidy_staging(warehouse: "Warehouse", older_than_s: float) -> int:
    """Remove them; returns how many folders and spilled files went. Harmless beside runs."""
    record_crashed(warehouse)
    with warehouse.lock(), warehouse.connect() as con:
        warehouse.keys.catch_up(con)
        forgotten = drop_forgotten(warehouse.paths, warehouse.keys)
    spill = warehouse.paths.spill
    staged = [path for path in warehouse.paths.staging.iterdir() if path != spill]
    spilled = list(spill.iterdir()) if spill.is_dir() else []
    limit = time.time() - older_than_s
    old = [path for path in (*staged, *spilled) if _touched(path) < limit]
    for path in old:
        if path.is_dir():
            shutil.rmtree(path, ignore_errors=True)
        else:
            path.unlink(missing_ok=True)
    return len(old) + forgotten


def _touched(path: Path) -> float:
    """When something in a folder, or a file, was written last."""
    newest = 0.0
    for each in (path, *path.rglob("*")):
        with suppress(FileNotFoundError):  # a run at work takes its files away
            newest = max(newest, each.stat().st_mtime)
    return newest or time.time()
