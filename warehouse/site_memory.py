"""site_memory: how often lines repeat across the documents of a host; derived, bounded, kill-safe.

A SQLite file beside the other indexes. It holds counts by (host, hash of the folded line), knows up to
which snapshot it has counted, and can be deleted at any time: it is counted again from ``core.lines``.
The hash is the caller's, so that this module need not know how lines are folded.
"""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path

import duckdb

from warehouse.insertions import Watermark
from warehouse.keys import delete_index

LINES_PER_HOST = 2000
"""Most frequent lines kept of a host; a site has some dozens of repeating ones."""

LONGEST_LINE = 200
"""Characters; what is longer is no navigation, and text that long hardly repeats."""

SNAPSHOTS_AT_ONCE = 50

SCHEMA = """
create table if not exists hosts (host text primary key, documents int not null) without rowid;
create table if not exists lines (
    host text, line_hash int, documents int not null, primary key (host, line_hash)
) without rowid;
create table if not exists watermark (snapshot_id int, snapshot_time text);
"""

COUNTS = """
with loaded as (
    select article_id, revision, host
    from ducklake_table_insertions('lake', 'core', 'articles', {first}, {last})
    where revision = 1 and host is not null
)
select host, null as text, count(*) as documents from loaded group by host
union all
select host, text, count(distinct article_id)
from ducklake_table_insertions('lake', 'core', 'lines', {first}, {last})
join loaded using (article_id, revision)
where length(text) <= {longest}
    and (label <> 'body' or not regexp_matches(text, '[。！？!?；;…”」』]\\s*$') and length(text) <= 40)
group by host, text
"""
"""A sentence that was read as body never counts, however often it repeats: announcements and
reports have formula sentences that are theirs. A short line without a sentence mark may be a slogan."""


class SiteMemory:
    """The file of one warehouse."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def catch_up(self, con: duckdb.DuckDBPyConnection, line_hash: Callable[[str], int]) -> None:
        """Count what was loaded since the last time. Call under the commit lock."""
        newest = Watermark.newest(con)
        try:
            held = self._watermark()
        except sqlite3.DatabaseError:
            held = None
        if held is None or not held.is_known(con):
            delete_index(self.path)
            held = None
        first = held.snapshot_id + 1 if held else 1
        with closing(self._open()) as db:
            for start in range(first, newest.snapshot_id + 1, SNAPSHOTS_AT_ONCE):
                last = min(start + SNAPSHOTS_AT_ONCE - 1, newest.snapshot_id)
                self._count(con, db, line_hash, start, last)

    def of_hosts(self, hosts: Iterable[str]) -> dict[str, tuple[int, dict[int, int]]]:
        """Return host -> (documents, line hash -> documents), for hosts that are known."""
        if not self.path.exists():
            return {}
        found: dict[str, tuple[int, dict[int, int]]] = {}
        with closing(self._open()) as db:
            for host in set(hosts):
                row = db.execute("select documents from hosts where host = ?", [host]).fetchone()
                if row:
                    lines = db.execute("select line_hash, documents from lines where host = ?", [host])
                    found[host] = (int(row[0]), {int(key): int(count) for key, count in lines})
        return found

    def _count(
        self,
        con: duckdb.DuckDBPyConnection,
        db: sqlite3.Connection,
        line_hash: Callable[[str], int],
        first: int,
        last: int,
    ) -> None:
        try:
            rows = con.execute(COUNTS.format(first=first, last=last, longest=LONGEST_LINE)).fetchall()
        except duckdb.Error as error:
            if "snapshot" not in str(error).lower():
                raise
            rows = []  # expired history: its lines are not counted; the next loads teach them again
        mark = Watermark.of(con, last) or Watermark.newest(con)
        with db:
            db.executemany(
                "insert into hosts values (?1, ?2) on conflict do update set documents = documents + ?2",
                ((host, count) for host, text, count in rows if text is None),
            )
            db.executemany(
                "insert into lines values (?1, ?2, ?3) on conflict do update set documents = documents + ?3",
                ((host, line_hash(text), count) for host, text, count in rows if text is not None),
            )
            for host in {row[0] for row in rows}:
                db.execute(
                    "delete from lines where host = ?1 and line_hash not in (select line_hash from lines "
                    "where host = ?1 order by documents desc, line_hash limit ?2)",
                    [host, LINES_PER_HOST],
                )
            db.execute("delete from watermark")
            db.execute("insert into watermark values (?, ?)", [mark.snapshot_id, mark.snapshot_time])

    def _watermark(self) -> Watermark | None:
        if not self.path.exists():
            return None
        with closing(self._open()) as db:
            row = db.execute("select snapshot_id, snapshot_time from watermark").fetchone()
        return Watermark(int(row[0]), str(row[1])) if row else None

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self.path, timeout=30)
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = normal")
        db.executescript(SCHEMA)
        return db
