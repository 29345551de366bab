"""site_memory: how often lines repeat across the documents of a host; derived, bounded, kill-safe.

A SQLite file beside the other indexes. It holds counts by (host, hash of the folded line), knows up to
which snapshot it has counted, and can be deleted at any time: it is counted again from ``core.lines``,
as it is after a reclean, whose labels may be others.
The hash is the caller's, so that this module need not know how lines are folded.
"""

import sqlite3
from collections.abc import Callable, Collection, Iterable
from contextlib import closing
from pathlib import Path

import duckdb

from warehouse.index_file import set_watermark, watermark_of
from warehouse.insertions import Watermark, insertions
from warehouse.keys import delete_index

LINES_PER_HOST = 2000
"""Most frequent lines kept of a host; a site has some dozens of repeating ones."""

LONGEST_LINE = 200
"""Characters; what is longer is no navigation, and text that long hardly repeats."""

SNAPSHOTS_AT_ONCE = 50
"""Commits counted in one transaction: bounds memory and what a kill throws away."""

SCHEMA = """
create table if not exists hosts (host text primary key, documents int not null) without rowid;
create table if not exists lines (
    host text, line_hash int, documents int not null, primary key (host, line_hash)
) without rowid;
create table if not exists watermark (snapshot_id int, snapshot_time text);
"""

COUNTS = """
with loaded as (
    select article_id, revision, host from {articles} where host is not null
)
select host, null as text, count(*) as documents from loaded group by host
union all
select host, text, count(distinct article_id)
from {lines}
join loaded using (article_id, revision)
where length(text) <= {longest}
    and (label <> 'body' or length(text) <= 40
        and not regexp_matches(text, '[。！？!?；;：:…”」』]\\s*$'))
    and not regexp_matches(text, '^\\s*(特此|此致|此复|敬礼)')
group by host, text
having count(distinct article_id) >= {least}
"""
"""A sentence that was read as body never counts, however often it repeats: announcements and
reports have formula sentences that are theirs, and so is 各位居民：. Another short line without a sentence mark may be
a slogan; but 特此公告 is none, whatever it was read as."""

GAINED = "ducklake_table_insertions('lake', 'core', '{table}', {first}, {last})"
CURRENT = (
    "(select a.article_id, a.revision, a.host, a.rules_version from core.articles as a "
    "anti join core.retired_now as r on r.article_id = a.article_id and r.revision = a.revision)"
)


def repeating_lines(con: duckdb.DuckDBPyConnection, least: int) -> list[tuple[str, str]]:
    """Return (host, line) of what at least so many current articles of a host hold, as it is counted."""
    query = COUNTS.format(articles=CURRENT, lines="core.lines", longest=LONGEST_LINE, least=least)
    return [(host, text) for host, text, _ in con.execute(query).fetchall() if text is not None]


def articles_at_whose_ends(
    con: duckdb.DuckDBPyConnection, lines: Collection[tuple[str, str]], rules_version: str
) -> list[str]:
    """Return the ids of current articles of these rules whose text begins or ends with one of the (host, line)."""
    if not lines:
        return []
    hosts, texts = zip(*lines, strict=True)
    return [
        article for (article,) in con.execute(_AT_ENDS, [list(hosts), list(texts), rules_version]).fetchall()
    ]


_AT_ENDS = f"""
with site as (select unnest(?::varchar[]) as host, unnest(?::varchar[]) as text),
held as (
    select l.article_id, l.revision, l.line_no from core.lines as l
    join {CURRENT} as a using (article_id, revision) join site as s on s.host = a.host and s.text = l.text
    where l.label = 'body' and a.rules_version = ?
),
ends as (
    select article_id, revision, min(line_no) as first, max(line_no) as last from core.lines
    semi join held using (article_id, revision) where label = 'body' group by all
)
select distinct article_id from held join ends using (article_id, revision)
where line_no = first or line_no = last order by article_id
"""


class SiteMemory:
    """The file of one warehouse."""

    def __init__(self, path: Path) -> None:
        self.path = path

    def catch_up(self, con: duckdb.DuckDBPyConnection, line_hash: Callable[[str], int]) -> None:
        """Count what was loaded since the last time, or everything anew. Call under the commit lock."""
        newest = Watermark.newest(con)
        held = self.watermark()
        if held == newest:
            return
        if held is not None and held.is_known(con):
            recleaned = insertions(con, "retired", held.snapshot_id + 1, newest.snapshot_id, ["reason"])
            if recleaned is not None and "recleaned" not in recleaned.column("reason").to_pylist():
                with closing(self._open()) as db:
                    if self._follow(con, db, line_hash, held.snapshot_id, newest):
                        return
        delete_index(self.path)
        with closing(self._open()) as db:
            # a line that one document has tells nothing, and most lines are such
            query = COUNTS.format(articles=CURRENT, lines="core.lines", longest=LONGEST_LINE, least=2)
            _add(db, con.execute(query).fetchall(), line_hash, newest)

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

    def _follow(
        self,
        con: duckdb.DuckDBPyConnection,
        db: sqlite3.Connection,
        line_hash: Callable[[str], int],
        held: int,
        newest: Watermark,
    ) -> bool:
        """Count the commits after ``held``; ``False`` when their history has expired."""
        for first in range(held + 1, newest.snapshot_id + 1, SNAPSHOTS_AT_ONCE):
            last = min(first + SNAPSHOTS_AT_ONCE - 1, newest.snapshot_id)
            articles, lines = (
                GAINED.format(table=table, first=first, last=last) for table in ("articles", "lines")
            )
            query = COUNTS.format(articles=articles, lines=lines, longest=LONGEST_LINE, least=1)
            try:
                rows = con.execute(query).fetchall()
            except duckdb.Error as error:
                if "snapshot" not in str(error).lower():
                    raise
                return False
            mark = Watermark.of(con, last)
            if mark is None:
                return False
            _add(db, rows, line_hash, mark)
        return True

    def watermark(self) -> Watermark | None:
        """The snapshot up to which everything is counted; ``None`` without a file, or with a damaged one."""
        if not self.path.exists():
            return None
        try:
            with closing(self._open()) as db:
                return watermark_of(db)
        except sqlite3.DatabaseError:
            return None

    def _open(self) -> sqlite3.Connection:
        self.path.parent.mkdir(parents=True, exist_ok=True)
        db = sqlite3.connect(self.path, timeout=30)
        db.execute("pragma journal_mode = wal")
        db.execute("pragma synchronous = normal")
        db.executescript(SCHEMA)
        return db


def _add(
    db: sqlite3.Connection,
    rows: list[tuple[str, str | None, int]],
    line_hash: Callable[[str], int],
    mark: Watermark,
) -> None:
    """Add counts, keep the most frequent lines of each host, and move the watermark; one transaction."""
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
        set_watermark(db, mark)
