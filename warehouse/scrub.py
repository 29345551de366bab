"""scrub: the catalog without values of rows that are gone.

The catalog quotes values: for each file and each table the least and the greatest text of a column,
up to some characters. Those of a file go with the file; those of a table are only ever widened, and
what SQLite deletes stays in its pages until they are written again. Both are put right here.
"""

import importlib
from typing import TYPE_CHECKING

import duckdb

from warehouse.backup import ask_sqlite
from warehouse.place import Place

if TYPE_CHECKING:
    from warehouse.catalog import Warehouse

META = "__ducklake_metadata_lake"

BOUNDS = f"""
with held as (
    select c.table_id, c.column_id, min(f.min_value) as least, max(f.max_value) as greatest,
        bool_and(d.data_file_id is null or f.min_value is not null or f.value_count = f.null_count) as are_known
    from {META}.ducklake_column as c
    left join {META}.ducklake_data_file as d
        -- a file older than a column does not have it
        on d.table_id = c.table_id and d.end_snapshot is null and d.begin_snapshot >= c.begin_snapshot
    left join {META}.ducklake_file_column_stats as f
        on f.data_file_id = d.data_file_id and f.column_id = c.column_id
    where c.end_snapshot is null and c.column_type = 'varchar'
    group by all
)
select s.table_id, s.column_id, held.least, held.greatest
from {META}.ducklake_table_column_stats as s
join held on held.table_id = s.table_id and held.column_id = s.column_id
where coalesce(held.are_known, false)
    and (held.least is distinct from s.min_value or held.greatest is distinct from s.max_value)
"""
"""Text columns whose bounds are others than those of the files of today, where all files say theirs."""


def scrub_catalog(warehouse: "Warehouse", con: duckdb.DuckDBPyConnection) -> int:
    """Tighten the bounds of text columns and write the catalog's pages anew; return the bounds changed.

    Hold the commit lock, with no transaction open. In PostgreSQL only the bounds are tightened and the
    tables vacuumed: what it keeps elsewhere (its log, its backups) is its own.
    """
    rows = con.execute(BOUNDS).fetchall()
    for table_id, column_id, least, greatest in rows:
        con.execute(
            f"update {META}.ducklake_table_column_stats set min_value = ?, max_value = ? "
            "where table_id = ? and column_id = ?",
            [least, greatest, table_id, column_id],
        )
    place = Place.of(warehouse.paths)
    if place.catalog is None:
        ask_sqlite("vacuum", warehouse.paths.catalog)
    else:
        _vacuum_postgres(place.catalog)
    return len(rows)


def _vacuum_postgres(address: str) -> None:
    psycopg = importlib.import_module("psycopg")
    with psycopg.connect(address, autocommit=True) as session:
        session.execute("set lock_timeout = 10000")
        try:
            for table in ("ducklake_table_column_stats", "ducklake_file_column_stats"):
                session.execute(f"vacuum full {table}")
        except psycopg.errors.LockNotAvailable:
            return  # a long reader; the next upkeep does it
