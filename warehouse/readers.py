"""Read-only access for people: ``wencang sql`` and anything like it."""

from pathlib import Path

import duckdb

from warehouse.attach import attach_lake
from warehouse.catalog import check_exists
from warehouse.paths import WarehousePaths

READ_MEMORY = "60%"
"""Share of the machine's memory a query may use before it goes to disk."""


def read_only_connection(
    path: str | Path, *, at_snapshot: int | None = None, at_time: str | None = None
) -> duckdb.DuckDBPyConnection:
    """Return a connection on which ``select … from articles`` works and nothing can be changed.

    at_snapshot, at_time: read the warehouse as it was (snapshot number, or a timestamp).
    Raises ``NotAWarehouse``, ``VersionMismatch``, ``WarehouseBusy``.
    """
    paths = WarehousePaths.of(path)
    check_exists(paths)
    con = duckdb.connect(config={"memory_limit": READ_MEMORY})
    try:
        attach_lake(con, paths, read_only=True, at_snapshot=at_snapshot, at_time=at_time)
        con.execute("set timezone = 'Asia/Shanghai'")
    except BaseException:
        con.close()
        raise
    return con
