"""Opening the lake in DuckDB: settings, creation, and DuckDB's errors in our words."""

import re
from pathlib import Path

import duckdb

from warehouse.errors import (
    DataDamaged,
    NotAWarehouse,
    NotWritable,
    VersionMismatch,
    WarehouseBusy,
    WarehouseError,
)
from warehouse.extensions import load_extensions
from warehouse.paths import WarehousePaths
from warehouse.place import Place, use_object_store, without_password
from warehouse.schema_types import quoted

LAKE = "lake"
"""Name under which our own connections attach the warehouse."""

OPTIONS = {
    "data_inlining_row_limit": "0",
    "parquet_compression": "zstd",
    "parquet_compression_level": "3",
    "parquet_version": "2",
    "parquet_row_group_size": "8192",
    "target_file_size": "256MB",
    "require_commit_message": "1",
}
"""Set once, at creation. Small row groups keep selective reads of long texts cheap; no inlining,
because inlined rows and file deletes of one row do not conflict in DuckLake 1.0."""

ROW_GROUPS = {"documents": 128, "articles": 2048}
"""Rows in a row group where rows are large: a whole group is held in memory while it is written.
Merging 800 documents of 1.2 MB in groups of 8,192 ran out of 1 GB; in groups of 128 it does not."""

BUSY_TIMEOUT_MS = 10_000
"""How long SQLite waits for a lock on the catalog that another process holds."""

ONE_VIEW_OF_THE_CATALOG = "set global sqlite_disable_multithreaded_scans = true"
"""With several threads DuckDB reads the catalog through connections of their own, outside the
transaction; a reader that meets a merge then finds tables empty, without an error (seen in 14 of
56 merges beside a reader; never with this setting). Parquet files are still read in parallel."""

_NOT_WHOLE = re.compile(r"No such file|\b404\b|footer|magic bytes|[Dd]ecompress|[Cc]orrupt|too small")
"""What DuckDB says of a Parquet file that was deleted, cut short or written over."""

LOST_FILE = "wencang doctor lists such files and says what brings them back."


def attach_lake(
    con: duckdb.DuckDBPyConnection,
    paths: WarehousePaths,
    *,
    read_only: bool = False,
    at_snapshot: int | None = None,
    at_time: str | None = None,
    catalog: Path | None = None,
) -> None:
    """Attach the warehouse as ``lake`` and make it the default; raises ``WarehouseError``.

    catalog: a copy of the SQLite catalog to read instead of it.
    DATA_PATH is given absolute and overrides the stored one, so the folder may be moved.
    """
    place = Place.of(paths)
    source = quoted(f"ducklake:sqlite:{catalog}" if catalog else f"ducklake:{place.source}")
    settings = [f"data_path {quoted(place.data)}", "override_data_path true"]
    if place.is_sqlite:
        settings += [f"meta_busy_timeout {BUSY_TIMEOUT_MS}"]
        # a reader may not set the mode, and a catalog that was just restored is not in it yet
        settings += [] if read_only else ["meta_journal_mode 'WAL'"]
    settings += ["read_only"] if read_only else []
    settings += [f"snapshot_version {int(at_snapshot)}"] if at_snapshot is not None else []
    settings += [f"snapshot_time {quoted(at_time)}"] if at_time is not None else []
    try:
        load_extensions(con, place.extensions)
        if not place.has_local_data:
            use_object_store(con)
        con.execute("set global timezone = 'Asia/Shanghai'")
        con.execute(ONE_VIEW_OF_THE_CATALOG)
        con.execute(f"attach {source} as {LAKE} ({', '.join(settings)})")
        con.execute(f"use {LAKE}.main")
    except duckdb.Error as error:
        raise in_our_words(error, paths) from error


def set_options(con: duckdb.DuckDBPyConnection) -> None:
    """Set the options of a new lake; leaves those that hold already."""
    held = dict(con.execute(f"select option_name, value from {LAKE}.options()").fetchall())
    for name, value in OPTIONS.items():
        if name not in held:
            con.execute(f"call {LAKE}.set_option('{name}', '{value}')")


def set_table_options(con: duckdb.DuckDBPyConnection) -> None:
    """Set the options of tables that differ; the tables must be there."""
    for table, rows in ROW_GROUPS.items():
        con.execute(
            f"call {LAKE}.set_option('parquet_row_group_size', '{rows}', schema => 'core', table_name => '{table}')"
        )


def has_moved(con: duckdb.DuckDBPyConnection, paths: WarehousePaths) -> bool:
    """Does the catalog name another place of its data files? Ours override it, a plain DuckDB does not."""
    place = Place.of(paths)
    if not place.is_sqlite or not place.has_local_data:
        return False
    rows = con.execute(
        "select value from __ducklake_metadata_lake.ducklake_metadata where key = 'data_path' and scope is null"
    ).fetchall()  # a result that is not read to its end keeps the catalog's log from being written back
    return bool(rows) and rows[0][0] != f"{paths.data}/"


def note_place(con: duckdb.DuckDBPyConnection, paths: WarehousePaths) -> None:
    """Write the place of the data files into the catalog; hold the commit lock."""
    if not has_moved(con, paths):
        return
    con.execute(
        "update __ducklake_metadata_lake.ducklake_metadata set value = ? where key = 'data_path' and scope is null",
        [f"{paths.data}/"],
    )


def in_our_words(error: BaseException, paths: WarehousePaths) -> WarehouseError:
    """Return the warehouse error for an error of DuckDB, SQLite or the file system."""
    text = without_password(str(error))
    first = text.strip().splitlines()[0] if text.strip() else type(error).__name__
    if "Unable to connect to Postgres" in text:
        said = first.partition("Unable to connect to Postgres")[2].rstrip(".")
        return WarehouseBusy(
            f"The catalog's database does not answer{said}. Nothing of this transaction was stored. Try again, or "
            "look at the address and the server."
        )
    if re.search(r"version|AUTOMATIC_MIGRATION|built specifically for", text) and "DuckLake" in text:
        return VersionMismatch(
            f"The catalog {paths.catalog} was written by another version of DuckLake: {first}. "
            "It is unchanged. Use the release of wencang that wrote it."
        )
    if re.search(r"database is locked|SQLITE_BUSY|[Cc]onflict|database table is locked", text):
        return WarehouseBusy(
            f"The catalog {paths.catalog} was busy: {first}. Nothing of this transaction was stored. "
            "Try again."
        )
    if re.search(r"No space left|disk is full|SQLITE_FULL|File too large|disk I/O error", text):
        return NotWritable(
            f"The disk of {paths.root} is full or fails: {first}. Nothing of this transaction was stored; "
            "everything committed before is whole. Free some space and run the same command again."
        )
    if is_lost_file(text):
        return DataDamaged(
            f"A data file of {paths.root} is missing or damaged: {first}. "
            f"Nothing of this transaction was stored. {LOST_FILE}"
        )
    if re.search(r"[Rr]ead-?only|Permission denied|unable to open database|readonly database", text):
        return NotWritable(
            f"Cannot write to {paths.root}: {first}. Nothing was stored. Check the permissions of the folder."
        )
    if re.search(r"file is not a database|not a DuckLake|does not exist|is malformed", text):
        return NotAWarehouse(
            f"{paths.root} is no warehouse, or its catalog is damaged: {first}. It is unchanged. "
            "To put a copy back: wencang catalog restore BACKUP (wencang catalog backups lists them)"
        )
    return WarehouseError(f"{paths.root}: {first}. Nothing of this transaction was stored.")


def is_lost_file(text: str) -> bool:
    """Does an error of DuckDB speak of a data file of a lake that is not there, or not whole?"""
    return "ducklake-" in text and bool(_NOT_WHOLE.search(text))
