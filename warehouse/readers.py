"""Read-only access for people: ``wencang sql`` and anything like it."""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

import duckdb

from warehouse.attach import attach_lake, in_our_words
from warehouse.catalog import check_exists
from warehouse.extensions import connect_duckdb
from warehouse.migrate import sql_file
from warehouse.paths import WarehousePaths
from warehouse.place import Place
from warehouse.schema_types import quoted
from warehouse.search import HITS, SearchIndex
from warehouse.search_text import HAN_SQL, fold_table

READ_MEMORY_SHARE = 0.5
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
    con = connect_duckdb(memory_limit=_memory_limit(), temp_directory=tempfile.gettempdir())
    try:
        copy = _copy_to_read(paths)
        attach_lake(con, paths, read_only=True, at_snapshot=at_snapshot, at_time=at_time, catalog=copy)
        if at_snapshot is None and at_time is None:
            attach_search(con, paths)
    except BaseException:
        con.close()
        raise
    return con


def close_reader(con: duckdb.DuckDBPyConnection) -> None:
    """Close a connection; one whose query was broken off as well, which would go on to its end before it closes."""
    con.interrupt()
    con.close()


def _copy_to_read(paths: WarehousePaths) -> Path | None:
    """Return a copy of the catalog for who may not write beside it; None when the catalog itself can be opened.

    SQLite has to make the files of its WAL where no process has them open. Then the catalog is whole without
    them, and stays as it is while it is copied. The copy goes when the process ends.
    """
    beside = [paths.catalog.with_name(f"{paths.catalog.name}-{name}") for name in ("wal", "shm")]
    if not Place.of(paths).is_sqlite or os.access(paths.root, os.W_OK) or any(map(Path.exists, beside)):
        return None
    folder = Path(tempfile.mkdtemp(prefix="wencang-catalog-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    try:
        copy = Path(shutil.copy(paths.catalog, folder))
    except OSError as error:
        raise in_our_words(error, paths) from error
    return (
        None if any(map(Path.exists, beside)) else copy
    )  # a writer came: the copy may be torn, its WAL is there


def _memory_limit() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    return f"{int(memory * READ_MEMORY_SHARE) // 1_000_000}MB"


def attach_search(con: duckdb.DuckDBPyConnection, paths: WarehousePaths) -> bool:
    """Put the indexed ``search`` in place of the slow one; False when there is none that can be read."""
    index = SearchIndex(paths)
    if not index.can_be_read():
        return False
    file = index.path
    con.execute(f"attach {quoted(str(file))} as fts (type sqlite, read_only)")
    table = {chr(code): folded for code, folded in fold_table().items() if chr(code) != "'" and folded != "'"}
    match = sql_file("session", "search_match").format(
        folded="".join(table), folding="".join(table.values()), han=HAN_SQL
    )
    con.execute(match)
    hits = " ".join(HITS.format(match="{match}", limit="{limit}").split())
    con.execute(sql_file("session", "search").format(hits=hits))
    return True
