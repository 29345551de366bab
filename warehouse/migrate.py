"""From an empty lake to today's tables, views and macros; each change in one commit.

Migrations are numbered, forward only, and never edited after release. Views and macros hold no
data: they are replaced whenever their text changed.
"""

import hashlib
from datetime import UTC, datetime
from pathlib import Path

import duckdb

from warehouse.errors import VersionMismatch
from warehouse.schema import SCHEMA_VERSION, TABLES
from warehouse.schema_views import VIEWS, dictionary_sql

SQL_FOLDER = Path(__file__).parent / "sql"

VIEW_ORDER = (
    "retired_now",
    "gone",
    "membership_now",
    "membership_told",
    "marks",
    "all_articles",
    "articles",
    "reading",
    "details",
    "duplicates",
    "documents",
    "sightings",
    "lines",
    "edits",
    "rejects",
    "runs",
)
"""Views in an order in which each finds those it reads."""

TEXT_MACROS = ("full_width",)
"""Macros that views call; they read nothing."""

MACROS = ("search",)
"""Macros that read views."""


def sql_file(kind: str, name: str) -> str:
    """Return the text of ``warehouse/sql/<kind>/<name>.sql``."""
    return (SQL_FOLDER / kind / f"{name}.sql").read_text("utf-8")


def applied_version(con: duckdb.DuckDBPyConnection) -> tuple[int, str | None]:
    """Return (number of the newest migration, digest of the views); (0, None) for an empty lake."""
    try:
        ((number, digest),) = con.execute(
            "select max(number), arg_max(sha256, applied_at) filter (where number is null) from core.migrations"
        ).fetchall()
    except duckdb.CatalogException:  # to ask first whether it exists takes longer
        return 0, None
    return number or 0, digest


def refuse_newer(number: int, place: str) -> None:
    """Raise ``VersionMismatch`` when a later release made the tables: ours would write rows that do not fit them."""
    if number > SCHEMA_VERSION:
        raise VersionMismatch(
            f"{place} was made by a newer release of wencang (tables of version {number}; this one writes "
            f"{SCHEMA_VERSION}). Nothing was written; wencang sql reads it. Use the newer release."
        )


def is_current(version: tuple[int, str | None]) -> bool:
    """Is nothing left to apply?"""
    return version == (SCHEMA_VERSION, views_digest())


def migrate(con: duckdb.DuckDBPyConnection) -> list[str]:
    """Apply what is missing, one commit; return the names applied. Hold the commit lock."""
    number, digest = applied_version(con)
    applied: list[str] = []
    con.execute("begin")
    try:
        for name in migration_names()[number:]:
            statements = migration_statements(name)
            _apply(con, name, int(name[:4]), statements)
            applied.append(name)
        if digest != views_digest():
            _apply(con, "views", None, view_statements())
            applied.append("views")
        con.execute("call lake.set_commit_message('wencang', ?)", [f"migrate {' '.join(applied)}"])
        con.execute("commit")
    except BaseException:
        con.execute("rollback")
        raise
    return applied


def migration_names() -> list[str]:
    """Names of all migrations, in order; the first is made from the schema."""
    return sorted(file.stem for file in (SQL_FOLDER / "migrations").glob("*.sql"))


def migration_statements(name: str) -> list[str]:
    """Return the statements of one migration."""
    return [s for s in sql_file("migrations", name).split(";\n") if s.strip()]


def view_statements() -> list[str]:
    """Return the statements that make all views and macros, with comments."""
    statements = [sql_file("macros", name) for name in TEXT_MACROS]
    statements += [sql_file("views", name) for name in VIEW_ORDER]
    statements += [sql_file("macros", name) for name in MACROS]
    statements += dictionary_sql()
    statements += [comment for view in VIEWS.values() for comment in view.comment_sql()]
    for table in TABLES.values():
        statements += table.comment_sql()
    return statements


def views_digest() -> str:
    """Digest of every view and macro as they should be."""
    return hashlib.sha256("\n".join(view_statements()).encode()).hexdigest()


def _apply(con: duckdb.DuckDBPyConnection, name: str, number: int | None, statements: list[str]) -> None:
    for statement in statements:
        con.execute(statement)
    digest = hashlib.sha256("\n".join(statements).encode()).hexdigest()
    con.execute("insert into core.migrations values (?, ?, ?, ?)", [name, number, digest, datetime.now(UTC)])
