"""The key index: what a batch must know about everything loaded before, at the cost of the batch.

A SQLite file derived from the lake: which articles, units, inputs and addresses are known, and
which article each uri shows now. It holds a watermark (the snapshot it reflects) and catches up
from the lake's insertions; deleted, damaged or too far behind, it is built anew.
"""

import hashlib
import sqlite3
import threading
from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from pathlib import Path

import duckdb

from warehouse.errors import IndexDamaged
from warehouse.index_file import open_index, set_watermark, watermark_of
from warehouse.insertions import WATCHED, Watermark, insertions, whole_table
from warehouse.key_rows import COLUMNS, SCHEMA, Shown, apply_rows
from warehouse.key_states import ArticleState, HttpState, InputState
from warehouse.staged import Rows, StagedRows

VERSION = 4
"""Raised when the tables of the file change; a file of another version is built anew. A table whose rows are
new in the lake too needs no other version: it is made when the file is opened, and catches up."""
CHUNK = 500
"""Values per ``in (…)``: below SQLite's limit of variables."""


class KeyIndex:
    """The index file; one connection, usable from any thread, writes under the commit lock."""

    def __init__(self, path: Path) -> None:
        self.path = path
        self._guard = threading.RLock()
        self._db: sqlite3.Connection | None = None

    def close(self) -> None:
        """Close the file."""
        with self._guard:
            if self._db is not None:
                self._db.close()
                self._db = None

    def db(self) -> sqlite3.Connection:
        """Return the open connection; makes or remakes the file when it is missing or damaged."""
        with self._guard:
            if self._db is not None and not self.path.exists():
                self.close()
            if self._db is None:
                try:
                    self._db = _open(self.path)
                except sqlite3.DatabaseError:
                    delete_index(self.path)
                    self._db = _open(self.path)
            return self._db

    def tidy(self) -> None:
        """Shorten the write-ahead log and refresh SQLite's statistics."""
        with self._guard:
            self.db().execute("pragma optimize")
            self.db().execute("pragma wal_checkpoint(truncate)")

    def counts(self) -> tuple[int, int]:
        """Number of articles with a cleaning, and of units."""
        with self._guard:
            query = "select (select count(*) from articles where revision > 0), (select count(*) from units)"
            articles, units = self.db().execute(query).fetchone()
        return int(articles), int(units)

    def watermark(self) -> Watermark | None:
        """The snapshot the index reflects; ``None`` when it is empty."""
        with self._guard:
            return watermark_of(self.db())

    def catch_up(self, con: duckdb.DuckDBPyConnection) -> bool:
        """Bring the index to the newest snapshot; hold the commit lock. True when it was built anew."""
        with self._guard:
            try:
                return self._catch_up(con)
            except sqlite3.DatabaseError:
                self.drop()
                return self._catch_up(con)

    def drop(self) -> None:
        """Remove the index; it is built anew when it is needed."""
        with self._guard:
            self.close()
            delete_index(self.path)

    def _catch_up(self, con: duckdb.DuckDBPyConnection) -> bool:
        newest = Watermark.newest(con)
        held = self.watermark()
        if held == newest:
            return False
        if held is not None and held.is_known(con):
            changes = {
                name: insertions(con, name, held.snapshot_id + 1, newest.snapshot_id) for name in WATCHED
            }
            if all(rows is not None for rows in changes.values()):
                self.apply({name: rows for name, rows in changes.items() if rows is not None}, newest)
                return False
        self._rebuild(con, newest)
        return True

    def rebuild(self, con: duckdb.DuckDBPyConnection) -> None:
        """Build the index anew from the newest snapshot; hold the commit lock."""
        with self._guard:
            self._rebuild(con, Watermark.newest(con))

    def _rebuild(self, con: duckdb.DuckDBPyConnection, newest: Watermark) -> None:
        self.close()
        delete_index(self.path)
        db = self.db()
        with db:
            for name in WATCHED:
                for rows in whole_table(con, name):
                    apply_rows(db, name, rows)
            set_watermark(db, newest)

    def apply(self, tables: Mapping[str, Rows], watermark: Watermark) -> None:
        """Add the rows of a commit and move the watermark, in one transaction."""
        with self._guard:
            db = self.db()
            with db:
                for name in WATCHED:
                    rows = tables.get(name)
                    if isinstance(rows, StagedRows):
                        rows = rows.columns(COLUMNS[name])
                    if rows is not None and rows.num_rows:
                        apply_rows(db, name, rows)
                set_watermark(db, watermark)

    def has_unit(self, unit: str) -> bool:
        """Was this unit of work committed?"""
        with self._guard:
            return self.db().execute("select 1 from units where unit = ?", (unit,)).fetchone() is not None

    def known_articles(self, article_ids: Iterable[str]) -> set[str]:
        """Those of ``article_ids`` with a loaded cleaning, or forgotten on request."""
        states = self.articles(article_ids).values()
        return {state.article_id for state in states if state.revision or state.reason == "forgotten"}

    def forgotten(self, kind: str, values: Iterable[str]) -> set[str]:
        """Those of ``values`` (ids, addresses or hosts) that were forgotten on request."""
        digests = {digest_of(value): value for value in values}
        query = f"select value_sha256 from tombstones where kind = '{kind}' and value_sha256 in ({{}})"
        return {digests[row[0]] for row in self.select(query, digests)}

    def articles(self, article_ids: Iterable[str]) -> dict[str, ArticleState]:
        """States of those of ``article_ids`` that are known."""
        query = (
            "select article_id, has_document, revision, decision, cluster_id, is_canonical, event_no, reason "
            "from articles where article_id in ({})"
        )
        return {row[0]: _article(row) for row in self.select(query, article_ids)}

    def cluster_members(self, cluster_ids: Iterable[str]) -> dict[str, list[ArticleState]]:
        """The articles of each cluster, in order of loading."""
        query = (
            "select article_id, has_document, revision, decision, cluster_id, is_canonical, event_no, reason "
            "from articles where cluster_id in ({}) order by decided_us, article_id"
        )
        members: dict[str, list[ArticleState]] = {}
        for row in self.select(query, cluster_ids):
            members.setdefault(str(row[4]), []).append(_article(row))
        return members

    def shown(self, uri_keys: Iterable[bytes]) -> dict[bytes, Shown]:
        """Return what is shown at each uri, by uri key."""
        query = "select uri_key, article_id, seen_us, run_id from uris where uri_key in ({})"
        return {row[0]: Shown(row[1], row[2], row[3]) for row in self.select(query, uri_keys)}

    def uri_keys_showing(self, article_ids: Iterable[str], limit: int) -> dict[str, list[bytes]]:
        """Return the keys of the uris that show each article, at most ``limit`` each."""
        with self._guard:
            query = "select uri_key from uris where article_id = ? limit ?"
            return {a: [r[0] for r in self.db().execute(query, (a, limit))] for a in article_ids}

    def inputs(self, uris: Iterable[str]) -> dict[str, InputState]:
        """States of known input files."""
        columns = "uri, size_bytes, mtime_ns, content_sha256, documents, seen_at"
        query = f"select {columns} from inputs where uri in ({{}})"
        return {
            row[0]: InputState(row[1], row[2], row[3], row[4], datetime.fromisoformat(row[5]))
            for row in self.select(query, uris)
        }

    def http(self, uris: Iterable[str]) -> dict[str, HttpState]:
        """Last answers of known addresses."""
        columns = "uri, etag, last_modified, status, content_sha256, fetched_at, failures, read_at"
        query = f"select {columns} from http_state where uri in ({{}})"
        return {
            row[0]: HttpState(
                row[1], row[2], row[3], row[4], datetime.fromisoformat(row[5]), row[6], _time(row[7])
            )
            for row in self.select(query, uris)
        }

    def rows(self, query: str, *values: object) -> list[tuple]:  # type: ignore[type-arg]
        """Ask the file in SQL."""
        with self._guard:
            return self.db().execute(query, values).fetchall()

    def select(self, query: str, values: Iterable[object]) -> Iterator[tuple]:  # type: ignore[type-arg]
        """Ask for many values: ``{}`` in the query stands for some of them at a time."""
        wanted = list(values)
        with self._guard:
            for start in range(0, len(wanted), CHUNK):
                part = wanted[start : start + CHUNK]
                try:
                    found = self.db().execute(query.format(",".join("?" * len(part))), part).fetchall()
                except sqlite3.DatabaseError as error:
                    if "malformed" not in str(error):
                        raise
                    self.drop()
                    raise IndexDamaged(
                        f"{self.path} was damaged; it is removed and built anew. Nothing was stored. Try again."
                    ) from error
                yield from found


def digest_of(value: str) -> str:
    """SHA-256 of an id, address or host: what a tombstone keeps of it."""
    return hashlib.sha256(value.encode("utf-8", "surrogatepass")).hexdigest()


def _time(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _article(row: tuple) -> ArticleState:  # type: ignore[type-arg]
    return ArticleState(row[0], bool(row[1]), row[2], row[3], row[4], bool(row[5]), row[6], row[7])


def _open(path: Path) -> sqlite3.Connection:
    return open_index(path, SCHEMA, VERSION, cache_kib=32_768, check_same_thread=False)


def delete_index(path: Path) -> None:
    """Delete an index file with its companions."""
    for suffix in ("", "-wal", "-shm"):
        path.with_name(path.name + suffix).unlink(missing_ok=True)
