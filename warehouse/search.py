"""The search index: an FTS5 file beside the lake, derived from it, read from Python and from SQL.

Holds every current article (title and simplified text as tokens, not the text itself) and whether
it is shown: survivors of their clusters are. Catches up with the lake by its watermark; deleted,
damaged or too far behind, it is built anew. Its lock is its own: commits need not wait for it.

Source  SQLite FTS5, contentless tables; what it costs as it grows: tests/bench/README.md, "A large warehouse"
"""

import fcntl
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import duckdb

from warehouse.index_file import open_index, set_watermark, watermark_of
from warehouse.insertions import Watermark, insertions, whole_table
from warehouse.keys import delete_index
from warehouse.paths import WarehousePaths
from warehouse.search_rows import (
    ARTICLES,
    MEMBERSHIPS,
    RETIRED,
    SCHEMA,
    add_articles,
    mark_retired,
    note_memberships,
)
from warehouse.search_text import match_expression

VERSION = 1
"""Raised when the tables or the tokens of the file change; a file of another version is built anew."""
SNAPSHOTS_PER_STEP = 64
"""Snapshots taken over in one transaction: bounds memory and what a kill throws away."""

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

    def can_be_read(self) -> bool:
        """Is there an index, and can SQLite open it? It has to make the file of its WAL where there is none."""
        shared = self.path.with_name(f"{self.path.name}-shm")
        return self.path.exists() and (shared.exists() or os.access(self.path.parent, os.W_OK))

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
            if not db.execute("select 1 from sqlite_master where name = 'watermark'").fetchone():
                return None  # just being made
            return watermark_of(db)

    def _catch_up(self, con: duckdb.DuckDBPyConnection) -> int:
        newest = Watermark.newest(con)
        db = _open(self.path)
        try:
            held = watermark_of(db)
            if held == newest:
                return 0
            if held is not None and held.is_known(con):
                return _follow(db, con, held.snapshot_id, newest)
        finally:
            db.close()
        return self._rebuild(con)

    def _rebuild(self, con: duckdb.DuckDBPyConnection) -> int:
        delete_index(self.path)
        db = _open(self.path)
        try:
            con.execute("begin")  # one snapshot for all three tables
            newest = Watermark.newest(con)
            count = 0
            with db:
                for rows in whole_table(con, "memberships", MEMBERSHIPS):
                    note_memberships(db, rows)
                for rows in whole_table(con, "articles", ARTICLES):
                    count += add_articles(db, rows)
                for rows in whole_table(con, "retired", RETIRED):
                    mark_retired(db, rows)
                set_watermark(db, newest)
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
        memberships = insertions(con, "memberships", first, last, MEMBERSHIPS)
        articles = insertions(con, "articles", first, last, ARTICLES)
        retired = insertions(con, "retired", first, last, RETIRED)
        if memberships is None or articles is None or retired is None:
            raise sqlite3.DatabaseError("history is gone")
        with db:
            note_memberships(db, memberships)
            count += add_articles(db, articles)
            mark_retired(db, retired)
            set_watermark(db, watermark)
    return count


def _open(path: Path) -> sqlite3.Connection:
    rank = "insert into words (words, rank) values ('rank', 'bm25(4.0, 1.0)')"
    return open_index(path, SCHEMA, VERSION, cache_kib=65_536, once=(rank,))


@contextmanager
def _reading(path: Path) -> Iterator[sqlite3.Connection]:
    db = sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=10)
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
