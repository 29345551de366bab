"""upkeep: what keeps a warehouse small and quick for years; harmless beside readers and writers.

purge → backup → alone → merge → indexes → expire → cleanup → orphans → staging

Each step takes the commit lock for itself and gives it back, so loads go on in between; each
merge is a commit with a message. Safe ages are DuckLake's own advice and our measurements:
removing files without an age deletes what another writer has not committed yet.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb

from warehouse.alone import mark_old_rows
from warehouse.attach import in_our_words
from warehouse.backup import back_up_catalog
from warehouse.catalog import MEMORY_LIMIT
from warehouse.commit import roll_back, sync_data
from warehouse.consumers import watermarks
from warehouse.leftovers import tidy_staging
from warehouse.purge import finish
from warehouse.replaced import ago, remove_replaced_files
from warehouse.scrub import scrub_catalog
from warehouse.search import SearchIndex

if TYPE_CHECKING:
    from warehouse.catalog import Warehouse

MEGABYTE = 1_000_000
TIERS = ((0, 2 * MEGABYTE), (2 * MEGABYTE, 32 * MEGABYTE), (32 * MEGABYTE, 200 * MEGABYTE))
"""File sizes that are merged with each other: each byte is rewritten about three times in its life."""

FILES_TO_MERGE = 8
"""Fewer files of a tier are left alone."""

MAX_MERGED = 256
"""Files taken into one merge: bounds memory and the time the lock is held."""

MERGE_MEMORY = "512MB"
"""What DuckDB may use for a merge that is tried first. Sorting 210,000 articles on one thread takes 380 MB of it
and no more time than on two threads, which take 950 MB."""

KEEP_HISTORY_DAYS = 30
"""How far back the warehouse can be read as it was."""

KEEP_FILES_DAYS = 2
"""Replaced files stay as long as the longest reader may need them."""

ORPHAN_HOURS = 24
"""Files that no snapshot names are left alone this long: they may belong to a commit under way."""

STAGING_HOURS = 48
"""What nobody has touched in the staging folder for so long belongs to nobody; a batch is read in minutes."""


@dataclass(frozen=True, slots=True)
class UpkeepStep:
    """What a step did: counts by name."""

    name: str
    counts: dict[str, int]
    seconds: float


@dataclass(frozen=True, slots=True)
class UpkeepOptions:
    """Ages in days and hours."""

    keep_history_days: float = KEEP_HISTORY_DAYS
    keep_files_days: float = KEEP_FILES_DAYS
    orphan_hours: float = ORPHAN_HOURS
    staging_hours: float = STAGING_HOURS


def run_step(warehouse: "Warehouse", name: str, options: UpkeepOptions | None = None) -> UpkeepStep:
    """Run one step by its name; raises ``WarehouseError``."""
    began = time.monotonic()
    try:
        counts = UPKEEP_STEPS[name](warehouse, options or UpkeepOptions())
    except (duckdb.Error, OSError) as error:
        raise in_our_words(error, warehouse.paths) from error
    return UpkeepStep(name, counts, time.monotonic() - began)


def purge(warehouse: "Warehouse", options: UpkeepOptions) -> dict[str, int]:
    """Finish deletions on request that were killed half-way."""
    return finish(warehouse, keep_files_days=options.keep_files_days)


def backup(warehouse: "Warehouse", _: UpkeepOptions) -> dict[str, int]:
    """Copy the catalog."""
    return {"bytes": back_up_catalog(warehouse).stat().st_size}


def merge(warehouse: "Warehouse", _: UpkeepOptions) -> dict[str, int]:
    """Merge small files of each table, tier by tier."""
    counts = {"files_before": 0, "files_after": 0}
    for least, most in TIERS:
        for table, files in _small_files(warehouse, least, most):
            for _round in range(-(-files // MAX_MERGED)):
                before, after = _merge_what_fits(warehouse, table, least, most)
                counts["files_before"] += before
                counts["files_after"] += after
    return counts


def _merge_what_fits(warehouse: "Warehouse", table: str, least: int, most: int) -> tuple[int, int]:
    """Merge with more memory, then fewer files when it does not suffice; leave them alone at last."""
    with warehouse.connect() as con:
        try:
            con.execute("set global threads = 1")
            for files, memory in _merges_to_try():
                con.execute(f"set global memory_limit = '{memory}'")
                with suppress(duckdb.OutOfMemoryException):
                    return _merge_tier(warehouse, table, least, most, files)
        finally:
            con.execute(f"set global memory_limit = '{MEMORY_LIMIT}'")
            con.execute("reset global threads")
    return 0, 0


def _merges_to_try() -> Iterator[tuple[int, str]]:
    """Files at a time, and what DuckDB may use for them."""
    yield MAX_MERGED, MERGE_MEMORY
    files = MAX_MERGED
    while files >= FILES_TO_MERGE:
        yield files, MEMORY_LIMIT
        files //= 4


def _small_files(warehouse: "Warehouse", least: int, most: int) -> list[tuple[str, int]]:
    """Tables with enough files of ``least`` to ``most`` bytes, and how many."""
    with warehouse.connect() as con:
        rows = con.execute(
            "select t.table_name, count(*) from __ducklake_metadata_lake.ducklake_data_file f "
            "join __ducklake_metadata_lake.ducklake_table t on t.table_id = f.table_id "
            "where f.end_snapshot is null and t.end_snapshot is null "
            "and f.file_size_bytes >= ? and f.file_size_bytes < ? group by all having count(*) >= ?",
            [least, most, FILES_TO_MERGE],
        ).fetchall()
    return [(str(table), int(files)) for table, files in rows]


def data_files(con: duckdb.DuckDBPyConnection) -> tuple[int, int]:
    """Return (data files that hold rows of today, their bytes)."""
    rows = con.execute(
        "select count(*), coalesce(sum(file_size_bytes), 0)::bigint "
        "from __ducklake_metadata_lake.ducklake_data_file where end_snapshot is null"
    ).fetchall()
    return int(rows[0][0]), int(rows[0][1])


def _merge_tier(warehouse: "Warehouse", table: str, least: int, most: int, files: int) -> tuple[int, int]:
    """Merge at most ``files`` files of ``least`` to ``most`` bytes; return (files merged, files made)."""
    with warehouse.lock(), warehouse.connect() as con:
        con.execute("begin")
        try:
            con.execute("call lake.set_commit_message('wencang', ?)", [f"merge files of {table}"])
            rows = con.execute(
                "call ducklake_merge_adjacent_files('lake', ?, schema => 'core', max_compacted_files => ?, "
                "min_file_size => ?, max_file_size => ?)",
                [table, files, least, most],
            ).fetchall()
            sync_data(warehouse.paths)
            con.execute("commit")
        except BaseException:
            roll_back(con)
            raise
    return sum(int(row[-2]) for row in rows), sum(int(row[-1]) for row in rows)


def expire(warehouse: "Warehouse", options: UpkeepOptions) -> dict[str, int]:
    """Forget snapshots older than the kept history that every derived index has read."""
    with warehouse.lock(), warehouse.connect() as con:
        warehouse.keys.catch_up(con)
        floor = min(watermarks(warehouse).values(), default=0)
        rows = con.execute(
            "select snapshot_id from lake.snapshots() where snapshot_id < ? "
            "and snapshot_time < now() - to_seconds(?) order by 1",
            [floor, options.keep_history_days * 86_400],
        ).fetchall()
        versions = [int(row[0]) for row in rows]
        if versions:
            con.execute("call ducklake_expire_snapshots('lake', versions => ?)", [versions])
    return {"snapshots": len(versions)}


def cleanup(warehouse: "Warehouse", options: UpkeepOptions) -> dict[str, int]:
    """Delete files that merges and expired snapshots left behind long enough ago, and scrub the catalog."""
    with warehouse.lock(), warehouse.connect() as con:
        files = remove_replaced_files(con, options.keep_files_days)
        scrub_catalog(warehouse, con)
    return {"files": files}


def orphans(warehouse: "Warehouse", options: UpkeepOptions) -> dict[str, int]:
    """Delete old files that no snapshot names: what killed commits left."""
    with warehouse.lock(), warehouse.connect() as con:
        rows = con.execute(
            f"call ducklake_delete_orphaned_files('lake', older_than => {ago(options.orphan_hours)})"
        ).fetchall()
    return {"files": len(rows)}


def indexes(warehouse: "Warehouse", _: UpkeepOptions) -> dict[str, int]:
    """Bring the key and the search index to the newest snapshot, and tidy them."""
    with warehouse.lock(), warehouse.connect() as con:
        warehouse.keys.catch_up(con)
        warehouse.keys.tidy()
    search = SearchIndex(warehouse.paths)
    with warehouse.connect() as con:
        added = search.catch_up(con)
    search.tidy()
    return {"articles_indexed": added}


def staging(warehouse: "Warehouse", options: UpkeepOptions) -> dict[str, int]:
    """Delete what killed runs left in staging, and prepared batches that hold what was forgotten."""
    return {"folders": tidy_staging(warehouse, options.staging_hours * 3600)}


UPKEEP_STEPS: dict[str, Callable[["Warehouse", UpkeepOptions], dict[str, int]]] = {
    "purge": purge,
    "backup": backup,
    "alone": mark_old_rows,
    "merge": merge,
    "indexes": indexes,
    "expire": expire,
    "cleanup": cleanup,
    "orphans": orphans,
    "staging": staging,
}
"""The steps, in the order in which upkeep runs them."""
