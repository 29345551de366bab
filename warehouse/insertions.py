"""What the lake gained between two snapshots: how derived indexes catch up.

A watermark is a snapshot with its time: after a restore from a backup the number may exist again
with other content, the time does not.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import duckdb
import pyarrow as pa

from warehouse.key_rows import COLUMNS

WATCHED = tuple(COLUMNS)
"""Tables that the key index follows, in the order in which it applies them."""
BATCH_ROWS = 100_000
"""Rows of a table in memory while an index is built anew."""


@dataclass(frozen=True, slots=True)
class Watermark:
    """A snapshot: number and time in microseconds since 1970."""

    snapshot_id: int
    snapshot_time: str

    @classmethod
    def newest(cls, con: duckdb.DuckDBPyConnection) -> "Watermark":
        """The newest snapshot of the lake."""
        row = con.execute("select id from lake.current_snapshot()").fetchone()
        found = cls.of(con, int(row[0]) if row else 0)
        if found is None:
            raise duckdb.Error("the newest snapshot vanished")
        return found

    @classmethod
    def of(cls, con: duckdb.DuckDBPyConnection, snapshot_id: int) -> "Watermark | None":
        """The snapshot with this number, ``None`` when it expired or never was."""
        row = con.execute(
            "select epoch_us(cast(snapshot_time as timestamptz)) from __ducklake_metadata_lake.ducklake_snapshot "
            "where snapshot_id = ?",  # by key: lake.snapshots() reads the whole history
            [snapshot_id],
        ).fetchone()
        return cls(snapshot_id, str(row[0])) if row else None

    def is_known(self, con: duckdb.DuckDBPyConnection) -> bool:
        """Is this snapshot part of the lake's kept history?"""
        return Watermark.of(con, self.snapshot_id) == self


def insertions(
    con: duckdb.DuckDBPyConnection, table: str, first: int, last: int, names: Sequence[str] = ()
) -> pa.Table | None:
    """Rows added to ``core.<table>`` in snapshots first..last, in order; ``None`` when history is gone.

    names: columns to read; default: those of the key index. A transaction goes on when it is gone.
    """
    if Watermark.of(con, first) is None or Watermark.of(con, last) is None:
        return None  # asked for, it would end the transaction
    columns = ", ".join(names or COLUMNS[table])
    try:
        return con.execute(
            f"select {columns} from ducklake_table_insertions('lake', 'core', '{table}', {first}, {last}) "
            "order by snapshot_id, rowid"
        ).to_arrow_table()
    except duckdb.Error as error:
        if "snapshot" in str(error).lower():
            return None
        raise


def whole_table(con: duckdb.DuckDBPyConnection, table: str, names: Sequence[str] = ()) -> Iterator[pa.Table]:
    """All rows of ``core.<table>``, in the order they were written, in parts."""
    columns = ", ".join(names or COLUMNS[table])
    reader = con.execute(f"select {columns} from core.{table} order by rowid").to_arrow_reader(BATCH_ROWS)
    for part in reader:
        yield pa.Table.from_batches([part])
