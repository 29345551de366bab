"""Rows of the lake -> entries of the search index. Applying the same rows twice changes nothing."""

import sqlite3
from collections.abc import Iterable, Iterator

import pyarrow as pa

from warehouse.search_text import tokens

ARTICLES = ("article_id", "revision", "title", "text", "text_hans")
RETIRED = ("article_id", "revision", "event_no", "reason")
MEMBERSHIPS = ("article_id", "decision", "is_canonical")

SCHEMA = (
    """create table if not exists entries (
        id integer primary key, article_id text not null, revision int not null,
        is_retired int not null default 0, event_no int not null default 0
    )""",
    "create unique index if not exists entries_by_article on entries (article_id, revision)",
    """create table if not exists memberships (
        article_id text primary key, decision int not null, is_canonical int not null
    ) without rowid""",
    "create virtual table if not exists words using fts5 (title, body, content='', "
    'tokenize = "unicode61 remove_diacritics 0")',
    "create table if not exists watermark (snapshot_id int, snapshot_time text)",
)


def add_articles(db: sqlite3.Connection, rows: pa.Table) -> int:
    """Index cleanings that are not there yet; return their number."""
    count = 0
    columns = [rows.column(name).to_pylist() for name in ARTICLES]
    for article_id, revision, title, text, text_hans in zip(*columns, strict=True):
        added = db.execute(
            "insert or ignore into entries (article_id, revision) values (?, ?)", (article_id, revision)
        )
        if added.rowcount:
            body = " ".join(tokens(text_hans or text))
            entry = (added.lastrowid, " ".join(tokens(title or "")), body)
            db.execute("insert into words (rowid, title, body) values (?, ?, ?)", entry)
            count += 1
    return count


def mark_retired(db: sqlite3.Connection, rows: pa.Table) -> None:
    """Take cleanings out of the hits, or bring them back; the newest event holds."""
    db.executemany(
        "update entries set is_retired = ?, event_no = ? "
        "where article_id = ? and revision = ? and event_no < ?",
        (
            (reason != "restored", event_no, article_id, revision, event_no)
            for article_id, revision, event_no, reason in _rows(rows, RETIRED)
        ),
    )


def note_memberships(db: sqlite3.Connection, rows: pa.Table) -> None:
    """Note who stands for a cluster; the newest decision holds."""
    db.executemany(
        "insert into memberships values (?, ?, ?) on conflict do update set "
        "decision = excluded.decision, is_canonical = excluded.is_canonical "
        "where excluded.decision > decision",
        _rows(rows, MEMBERSHIPS),
    )


def _rows(rows: pa.Table, names: Iterable[str]) -> Iterator[tuple]:  # type: ignore[type-arg]
    return zip(*(rows.column(name).to_pylist() for name in names), strict=True)
