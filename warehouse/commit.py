"""One transaction: insert rows, name the commit, sync the files, commit. Hold the commit lock.

DuckDB does not fsync Parquet files, the catalog is fsynced: without ``syncfs`` before COMMIT a
power cut could leave a committed snapshot that names empty files.
"""

import ctypes
import json
import os
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from warehouse.attach import in_our_words
from warehouse.errors import WarehouseError
from warehouse.insertions import Watermark
from warehouse.paths import WarehousePaths
from warehouse.place import Place
from warehouse.staged import Rows

if TYPE_CHECKING:
    from warehouse.catalog import Warehouse
    from warehouse.runs import RunRef

ATTEMPTS = 5
"""Tries of one transaction; rare faults at commit (conflicts, an internal error) pass on a repeat."""


def sync_file_system(folder: Path) -> None:
    """Write everything of the file system below ``folder`` to disk: 2-3 ms when little is pending."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        syncfs = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
        if syncfs is None:
            os.sync()
        elif syncfs(descriptor) != 0:
            code = ctypes.get_errno()
            raise OSError(code, os.strerror(code), str(folder))
    finally:
        os.close(descriptor)


def sync_data(paths: WarehousePaths) -> None:
    """Write the data files to disk; an object store has done so when it answers."""
    place = Place.of(paths)
    if place.has_local_data:
        sync_file_system(Path(place.data))  # on another machine not the folder's own


def commit(
    warehouse: "Warehouse",
    tables: Mapping[str, Rows],
    *,
    message: str,
    run: "RunRef | None" = None,
    unit: str | None = None,
    before_commit: Callable[[], None] | None = None,
) -> int:
    """Append the tables' rows in one transaction and return its snapshot; all or nothing."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _commit_once(warehouse, tables, message, _extra_info(run, unit), before_commit)
        except (duckdb.Error, OSError) as error:
            ours = in_our_words(error, warehouse.paths)
            passing = ours.transient or isinstance(
                error, duckdb.InternalException | duckdb.TransactionException
            )
            if not passing or attempt == ATTEMPTS:
                raise ours from error
            time.sleep(0.05 * 2**attempt)
    raise WarehouseError("unreachable")


def commit_noted(
    warehouse: "Warehouse",
    tables: Mapping[str, Rows],
    *,
    message: str,
    run: "RunRef | None" = None,
    unit: str | None = None,
    before_commit: Callable[[], None] | None = None,
) -> int:
    """``commit``, and the key index comes along; were that to fail, it catches up next time."""
    with warehouse.connect() as con:
        warehouse.keys.catch_up(con)
    snapshot = commit(warehouse, tables, message=message, run=run, unit=unit, before_commit=before_commit)
    with warehouse.connect() as con:
        watermark = Watermark.of(con, snapshot)
    if watermark is not None:
        warehouse.keys.apply(tables, watermark)
    return snapshot


def _commit_once(
    warehouse: "Warehouse",
    tables: Mapping[str, Rows],
    message: str,
    extra_info: str,
    before_commit: Callable[[], None] | None,
) -> int:
    with warehouse.connect() as con:
        con.execute("begin")
        try:
            for name, rows in tables.items():
                if rows.num_rows:
                    con.register("batch", rows if isinstance(rows, pa.Table) else rows.reader())
                    con.execute(f"insert into core.{name} by name select * from batch")
                    con.unregister("batch")
            con.execute("call lake.set_commit_message('wencang', ?, extra_info => ?)", [message, extra_info])
            if before_commit is not None:
                before_commit()
            sync_data(warehouse.paths)
            con.execute("commit")
        except BaseException:
            roll_back(con)
            raise
        row = con.execute("select id from lake.last_committed_snapshot()").fetchone()
        return int(row[0]) if row else 0


def rewrite_files(con: duckdb.DuckDBPyConnection, paths: WarehousePaths, table: str) -> None:
    """Write the data files of a table anew without the rows removed from it, as a commit of its own.

    Hold the commit lock, with no transaction open. The caller rolls back on an error.
    """
    con.execute("begin")
    con.execute("call lake.set_commit_message('wencang', ?)", [f"rewrite {table}"])
    con.execute(
        "call ducklake_rewrite_data_files('lake', ?, schema => 'core', delete_threshold => 0)", [table]
    )
    sync_data(paths)
    con.execute("commit")


def roll_back(con: duckdb.DuckDBPyConnection) -> None:
    """Roll back what is open; a failed COMMIT has done so already."""
    try:
        con.execute("rollback")
    except duckdb.Error:
        return


def _extra_info(run: "RunRef | None", unit: str | None) -> str:
    found = {
        "unit": unit,
        "run_id": run.run_id if run else None,
        "flow_run_id": run.flow_run_id if run else None,
        "task_run_id": run.task_run_id if run else None,
    }
    return json.dumps({name: value for name, value in found.items() if value is not None})
