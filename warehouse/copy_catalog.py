"""copy_catalog: the tables of a catalog from one database to another, row by row, counted."""

import duckdb

from warehouse.errors import NotAWarehouse, WarehouseError
from warehouse.place import Place, without_password
from warehouse.schema_types import quoted


def make_empty_lake(con: duckdb.DuckDBPyConnection, place: Place, source: str | None = None) -> None:
    """Let DuckLake make its tables in a database; refuse one that holds a lake already.

    source: what DuckLake attaches; default: the catalog of ``place``. Raises ``NotAWarehouse``.
    """
    con.execute(
        f"attach {quoted('ducklake:' + (source or place.source))} as fresh "
        f"(data_path {quoted(place.data)}, override_data_path true, data_inlining_row_limit 0)"
    )
    row = con.execute("select count(*) from duckdb_tables() where database_name = 'fresh'").fetchone()
    con.execute("detach fresh")
    if row is None or row[0]:
        raise NotAWarehouse(
            f"The database {without_password(str(place.catalog))} holds a warehouse already. Nothing was changed. Name an empty database."
        )


def copy_metadata(con: duckdb.DuckDBPyConnection, old: str, new: str) -> dict[str, int]:
    """Copy the catalog's tables from database ``old`` to database and schema ``new``; count them.

    One transaction: all of it or nothing. What ``new`` held is replaced. Raises ``WarehouseError``
    when a table does not hold afterwards what was sent.
    """
    rows = con.execute(
        "select table_name from duckdb_tables() where database_name = ? and table_name like 'ducklake\\_%' escape '\\'",
        [old],
    ).fetchall()
    tables = sorted(str(row[0]) for row in rows)
    counts = {}
    con.execute("begin")
    try:
        for table in tables:
            columns = _columns(con, old, table)
            held = con.execute(f"select {columns} from {old}.{table}").to_arrow_table()
            con.execute(f"delete from {new}.{table}")
            con.register("held", held)
            con.execute(f"insert into {new}.{table} ({columns}) select * from held")
            con.unregister("held")
            row = con.execute(f"select count(*) from {new}.{table}").fetchone()
            copied = int(row[0]) if row else 0
            if copied != held.num_rows:
                raise WarehouseError(
                    f"{table}: {copied} rows after the copy, {held.num_rows} were sent. "
                    "The warehouse is unchanged; try again."
                )
            counts[table] = held.num_rows
        con.execute("commit")
    except BaseException:
        con.execute("rollback")
        raise
    return counts


def _columns(con: duckdb.DuckDBPyConnection, database: str, table: str) -> str:
    rows = con.execute(
        "select column_name from duckdb_columns() where database_name = ? and table_name = ? order by column_index",
        [database, table],
    ).fetchall()
    return ", ".join(f'"{row[0]}"' for row in rows)
