"""The search index: an FTS5 file beside the lake, derived from it, read from Python and from SQL.

Holds every current article (title and simplified text as tokens, not the text itself) and whether
it is shown: survivors of their clusters are. Catches up with the lake by its watermark; deleted,
damaged or too far behind, it is built anew. Its lock is its own: commits need not wait for it.

Source  SQLite FTS5, contentless tables; measured against other engines: tests/bench/README.md
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb
import pyarrow as pa

from warehouse.insertions import Watermark, insertions, whole_table
from warehouse.keys import delete_index
from warehouse.paths import WarehousePaths
from warehouse.search_text import match_expression, tokens

VERSION = 1
SNAPSHOTS_PER_STEP = 64
"""Snapshots taken over in one transaction: bounds memory and what a kill throws away."""

_ARTICLES = ("article_id", "revision", "title", "text", "text_hans")
_RETIRED = ("article_id", "revision", "event_no", "reason")
_MEMBERSHIPS = ("article_id", "decision", "is_canonical")

_SCHEMA = (
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
    """create view if not exists shown as select e.id, e.article_id from entries e
        join memberships m on m.article_id = e.article_id where m.is_canonical and not e.is_retired""",
)

HITS = """
    select e.article_id, -words.rank as score from words
    join entries e on e.id = words.rowid and not e.is_retired
    join memberships m on m.article_id = e.article_id and m.is_canonical
    where words match {match} order by words.rank limit {limit}
"""


@dataclass(frozen=True, slots=True)
class Hit:
    """An article found. score: BM25, higher is better."""

    article_id: str
    score: float


class SearchIndex:
    """The search file of one warehouse."""

    def __init__(self, paths: WarehousePaths) -> None:
        self.path = paths.index / "search.sqlite"
        self._lock = paths.locks / "search.lock"

    def catch_up(self, con: duckdb.DuckDBPyConnection) -> int:
        """Take over what the lake gained; returns the number of articles indexed.

        con: connection to the lake. Waits for another process that is at it.
        """
        with _exclusive(self._lock):
            try:
                return self._catch_up(con)
            except sqlite3.DatabaseError:
                delete_index(self.path)
                return self._catch_up(con)

    def tidy(self) -> None:
        """Merge some of the index's segments; bounded work, repeated by every upkeep."""
        with _exclusive(self._lock):
            db = _open(self.path)
            try:
                with db:
                    db.execute("insert into words (words, rank) values ('merge', 500)")
                db.execute("pragma wal_checkpoint(truncate)")
            finally:
                db.close()

    def hits(self, words: str, limit: int = 20) -> list[Hit]:
        """Return the best hits; raises ``FileNotFoundError`` when nothing is indexed yet."""
        expression = match_expression(words)
        if not self.path.exists():
            raise FileNotFoundError(self.path)
        if expression is None:
            return []
        with _reading(self.path) as db:
            rows = db.execute(HITS.format(match="?", limit="?"), (expression, limit)).fetchall()
        return [Hit(str(a), float(s)) for a, s in rows]

    def count(self) -> int:
        """Number of cleanings indexed."""
        with _reading(self.path) as db:
            row = db.execute("select count(*) from entries").fetchone()
        return int(row[0])

    def watermark(self) -> Watermark | None:
        """The snapshot the index reflects."""
        if not self.path.exists():
            return None
        with _reading(self.path) as db:
            row = db.execute("select snapshot_id, snapshot_time from watermark").fetchone()
        return Watermark(int(row[0]), str(row[1])) if row else None

    def _catch_up(self, con: duckdb.DuckDBPyConnection) -> int:
        newest = Watermark.newest(con)
        db = _open(self.path)
        try:
            row = db.execute("select snapshot_id, snapshot_time from watermark").fetchone()
            held = Watermark(int(row[0]), str(row[1])) if row else None
            if held == newest:
                return 0
            if held is not None and held.is_known(con):
                return _follow(db, con, held.snapshot_id, newest)
        finally:
            db.close()
        return self._rebuild(con, newest)

    def _rebuild(self, con: duckdb.DuckDBPyConnection, newest: Watermark) -> int:
        delete_index(self.path)
        db = _open(self.path)
        try:
            con.execute("begin")  # one snapshot for all three tables
            newest = Watermark.newest(con)
            count = 0
            with db:
                for rows in whole_table(con, "memberships", _MEMBERSHIPS):
                    _memberships(db, rows)
                for rows in whole_table(con, "articles", _ARTICLES):
                    count += _articles(db, rows)
                for rows in whole_table(con, "retired", _RETIRED):
                    _retired(db, rows)
                _set_watermark(db, newest)
            return count
        finally:
            con.execute("rollback")
            db.close()


def _follow(db: sqlite3.Connection, con: duckdb.DuckDBPyConnection, held: int, newest: Watermark) -> int:
    count = 0
    for first in range(held + 1, newest.snapshot_id + 1, SNAPSHOTS_PER_STEP):
        last = min(first + SNAPSHOTS_PER_STEP - 1, newest.snapshot_id)
        watermark = Watermark.of(con, last)
        if watermark is None:
            continue
        memberships = insertions(con, "memberships", first, last, _MEMBERSHIPS)
        articles = insertions(con, "articles", first, last, _ARTICLES)
        retired = insertions(con, "retired", first, last, _RETIRED)
        if memberships is None or articles is None or retired is None:
            raise sqlite3.DatabaseError("history is gone")
        with db:
            _memberships(db, memberships)
            count += _articles(db, articles)
            _retired(db, retired)
            _set_watermark(db, watermark)
    return count


def _articles(db: sqlite3.Connection, rows: pa.Table) -> int:
    count = 0
    columns = [rows.column(name).to_pylist() for name in _ARTICLES]
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


def _retired(db: sqlite3.Connection, rows: pa.Table) -> None:
    db.executemany(
        "update entries set is_retired = ?, event_no = ? "
        "where article_id = ? and revision = ? and event_no < ?",
        (
            (reason != "restored", event_no, article_id, revision, event_no)
            for article_id, revision, event_no, reason in _rows(rows, _RETIRED)
        ),
    )


def _memberships(db: sqlite3.Connection, rows: pa.Table) -> None:
    db.executemany(
        "insert into memberships values (?, ?, ?) on conflict do update set "
        "decision = excluded.decision, is_canonical = excluded.is_canonical "
        "where excluded.decision > decision",
        _rows(rows, _MEMBERSHIPS),
    )


def _rows(rows: pa.Table, names: Iterable[str]) -> Iterator[tuple]:  # type: ignore[type-arg]
    return zip(*(rows.column(name).to_pylist() for name in names), strict=True)


def _set_watermark(db: sqlite3.Connection, watermark: Watermark) -> None:
    db.execute("delete from watermark")
    db.execute("insert into watermark values (?, ?)", (watermark.snapshot_id, watermark.snapshot_time))


def _open(path: Path) -> sqlite3.Connection:
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, timeout=30)
    db.execute("pragma journal_mode = wal")
    db.execute("pragma synchronous = normal")
    db.execute("pragma cache_size = -65536")
    version = db.execute("pragma user_version").fetchone()[0]
    if version not in (0, VERSION):
        db.close()
        raise sqlite3.DatabaseError("index of another version")
    with db:
        for statement in _SCHEMA:
            db.execute(statement)
        if version == 0:
            db.execute("insert into words (words, rank) values ('rank', 'bm25(4.0, 1.0)')")
        db.execute(f"pragma user_version = {VERSION}")
    return db


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(f"file:{path}?mode=ro", uri=True, timeout=10)
    try:
        yield db
    finally:
        db.close()


@contextmanager
def _exclusive(path: Path) -> Iterator[None]:
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
