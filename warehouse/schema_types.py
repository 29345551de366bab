"""Types of the schema: a column, a table, a view; and what follows from them (DDL, Arrow schema)."""

from dataclasses import dataclass

import pyarrow as pa

STRING = pa.string()
STRINGS = pa.list_(pa.string())
BYTES = pa.binary()
BOOL = pa.bool_()
INT = pa.int32()
BIGINT = pa.int64()
DOUBLE = pa.float64()
DATE = pa.date32()
TIME = pa.timestamp("us", tz="UTC")
HASHES = pa.list_(pa.uint64())

SQL_TYPES: dict[pa.DataType, str] = {
    STRING: "varchar",
    STRINGS: "varchar[]",
    BYTES: "blob",
    BOOL: "boolean",
    INT: "integer",
    BIGINT: "bigint",
    DOUBLE: "double",
    DATE: "date",
    TIME: "timestamptz",
    HASHES: "ubigint[]",
    pa.uint64(): "ubigint",
    pa.uint32(): "uinteger",
    pa.list_(pa.uint32()): "uinteger[]",
}
"""DuckDB's name of each Arrow type in use."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. ``about``: one sentence; ``unit``: empty when it has none."""

    name: str
    type: pa.DataType
    about: str
    null: bool = False
    unit: str = ""

    @property
    def sql_type(self) -> str:
        """DuckDB's name of the type."""
        return SQL_TYPES[self.type]

    @property
    def comment(self) -> str:
        """Description with unit, as stored in the catalog."""
        return f"{self.about} [{self.unit}]" if self.unit else self.about


ARTICLE_ID = Column("article_id", STRING, "Digest of the content as received: the same wherever it is found.")
RUN_ID = Column("run_id", STRING, "Run that wrote the row.")
REVISION = Column("revision", BIGINT, "Counts the cleanings of one document, from 1; higher is newer.")
LOADED_AT = Column("loaded_at", TIME, "When the row was committed.")


@dataclass(frozen=True, slots=True)
class Table:
    """One append-only table of schema ``core``.

    grain: what one row is; sort: columns the files are ordered by, with their direction (statistics prune on them).
    """

    name: str
    grain: str
    columns: tuple[Column, ...]
    sort: tuple[str, ...] = ()

    @property
    def arrow_schema(self) -> pa.Schema:
        """The Arrow schema a batch must have."""
        return pa.schema([pa.field(c.name, c.type, nullable=c.null) for c in self.columns])

    def comment_sql(self) -> list[str]:
        """Return the ``comment on`` statements of the table and its columns."""
        name = f"core.{self.name}"
        return [f"comment on table {name} is {quoted('One row per ' + self.grain)}"] + [
            f"comment on column {name}.{c.name} is {quoted(c.comment)}" for c in self.columns
        ]


@dataclass(frozen=True, slots=True)
class View:
    """One view of schema ``main``: grain and the sentence for each column, in order."""

    name: str
    grain: str
    columns: tuple[Column, ...]

    def comment_sql(self) -> list[str]:
        """Return the ``comment on`` statement. DuckLake keeps none for columns of views: they go along."""
        lines = [f"One row per {self.grain}", *(f"{c.name}: {c.comment}" for c in self.columns)]
        return [f"comment on view {self.name} is {quoted(chr(10).join(lines))}"]


def quoted(text: str) -> str:
    """Return ``text`` as an SQL string literal."""
    return "'" + text.replace("'", "''") + "'"
