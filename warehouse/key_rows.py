"""Rows of the lake -> entries of the key index. Applying the same rows twice changes nothing."""

import hashlib
import re
import sqlite3
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC
from typing import Any

import pyarrow as pa

from warehouse import key_hosts, key_places
from warehouse.key_places import microseconds as microseconds

SCHEMA = (
    """create table if not exists articles (
        article_id text primary key, has_document int not null default 0, revision int not null default 0,
        decision int not null default 0, cluster_id text, is_canonical int not null default 0,
        event_no int not null default 0, reason text, decided_us int
    ) without rowid""",
    "create index if not exists articles_by_cluster on articles (cluster_id)",
    """create table if not exists uris (
        uri_key blob primary key, article_id text not null, seen_us int not null, run_id text not null
    ) without rowid""",
    "create index if not exists uris_by_article on uris (article_id)",
    "create table if not exists units (unit text primary key) without rowid",
    """create table if not exists inputs (
        uri text primary key, size_bytes int, mtime_ns int, content_sha256 text, documents int, seen_at text
    ) without rowid""",
    *key_places.SCHEMA,
    *key_hosts.SCHEMA,
    "create table if not exists tombstones (kind text, value_sha256 text, primary key (kind, value_sha256))",
    "create table if not exists watermark (snapshot_id int, snapshot_time text)",
)

POSITIONAL = re.compile(r"#(L|offset=)\d+$")
"""A uri that names a row or record by its place in a file: another one may stand there next time."""

Rows = Iterable[tuple[Any, ...]]


BY_ID = "#id="
"""What a uri holds that names a record by its id."""


@dataclass(frozen=True, slots=True)
class Shown:
    """What a place shows: since when, and seen by which run."""

    article_id: str
    seen_us: int
    run_id: str


def uri_key(uri: str, article_id: str) -> bytes:
    """Return the key of a place; a positional uri is a place of its own for each content."""
    return _digest(f"{uri}\0{article_id}" if POSITIONAL.search(uri) else uri)


def place_of(uri: str, article_id: str, run_id: str, shown: Callable[[bytes], Shown | None]) -> bytes:
    """Return the key of the place at which an article was seen.

    Two records with one id in one reading of a file are two records, not two versions: the second
    gets a place of its own.
    """
    place = uri_key(uri, article_id)
    if BY_ID in uri:
        held = shown(place)
        if held is not None and held.article_id != article_id and held.run_id == run_id:
            return _digest(f"{uri}\0{article_id}")
    return place


def _digest(place: str) -> bytes:
    return hashlib.blake2b(place.encode("utf-8", "surrogatepass"), digest_size=16).digest()


def apply_rows(db: sqlite3.Connection, table: str, rows: pa.Table) -> None:
    """Apply rows of one watched table, in the order they were written."""
    if rows.num_rows:
        names = COLUMNS[table]
        _APPLY[table](db, zip(*(rows.column(n).to_pylist() for n in names), strict=True))


def _documents(db: sqlite3.Connection, rows: Rows) -> None:
    db.executemany(
        "insert into articles (article_id, has_document) values (?, 1) "
        "on conflict do update set has_document = 1",
        rows,
    )


def _articles(db: sqlite3.Connection, rows: Rows) -> None:
    db.executemany(
        "insert into articles (article_id, revision) values (?, ?) "
        "on conflict do update set revision = max(revision, excluded.revision)",
        rows,
    )


def _memberships(db: sqlite3.Connection, rows: Rows) -> None:
    db.executemany(
        "insert into articles (article_id, decision, cluster_id, is_canonical, decided_us) "
        "values (?, ?, ?, ?, ?) "
        "on conflict do update set decision = excluded.decision, cluster_id = excluded.cluster_id, "
        "is_canonical = excluded.is_canonical, decided_us = coalesce(decided_us, excluded.decided_us) "
        "where excluded.decision > decision",
        ((*row[:4], microseconds(row[4])) for row in rows),
    )


def _retired(db: sqlite3.Connection, rows: Rows) -> None:
    db.executemany(
        "insert into articles (article_id, event_no, reason) values (?, ?, ?) "
        "on conflict do update set event_no = excluded.event_no, reason = excluded.reason "
        "where excluded.event_no > event_no",
        rows,
    )


def _sightings(db: sqlite3.Connection, rows: Rows) -> None:
    """A place shows what was seen there last; only articles are shown, not rejected pages."""

    def shown(place: bytes) -> Shown | None:
        found = db.execute(
            "select article_id, seen_us, run_id from uris where uri_key = ?", (place,)
        ).fetchone()
        return Shown(*found) if found else None

    db.executemany(
        "insert into uris select ?1, ?2, ?3, ?4 where exists (select 1 from articles where article_id = ?2 "
        "and revision > 0) on conflict do update set article_id = excluded.article_id, "
        "seen_us = excluded.seen_us, run_id = excluded.run_id where excluded.seen_us >= seen_us",
        (
            (place_of(uri, article_id, run_id, shown), article_id, microseconds(seen_at), run_id)
            for article_id, uri, seen_at, run_id in rows
        ),
    )


def _units(db: sqlite3.Connection, rows: Rows) -> None:
    db.executemany("insert or ignore into units values (?)", rows)


def _inputs(db: sqlite3.Connection, rows: Rows) -> None:
    """The last reading; one that found the same bytes and counted nothing keeps the count."""
    db.executemany(
        "insert into inputs values (?, ?, ?, ?, ?, ?) on conflict do update set "
        "size_bytes = excluded.size_bytes, mtime_ns = excluded.mtime_ns, seen_at = excluded.seen_at, "
        "documents = case when content_sha256 is excluded.content_sha256 "
        "then max(documents, excluded.documents) else excluded.documents end, "
        "content_sha256 = excluded.content_sha256",
        ((*row[:5], row[5].astimezone(UTC).isoformat()) for row in rows),
    )


def _tombstones(db: sqlite3.Connection, rows: Rows) -> None:
    db.executemany("insert or ignore into tombstones values (?, ?)", rows)


COLUMNS: dict[str, tuple[str, ...]] = {
    "documents": ("article_id",),
    "articles": ("article_id", "revision"),
    "memberships": ("article_id", "decision", "cluster_id", "is_canonical", "decided_at"),
    "retired": ("article_id", "event_no", "reason"),
    "sightings": ("article_id", "uri", "seen_at", "run_id"),
    "ledger": ("unit",),
    "inputs": ("uri", "size_bytes", "mtime_ns", "content_sha256", "documents", "seen_at"),
    "http_state": (
        "uri", "etag", "last_modified", "status", "content_sha256", "fetched_at", "failures", "read_at",
    ),
    "tombstones": ("kind", "value_sha256"),
    "rejects": ("uri", "article_id", "step", "reason", "attempts", "rejected_at", "run_id"),
    "closed_rejects": ("uri", "article_id", "closed_at"),
    "absences": ("uri", "noted_at"),
    "robots": ("uri", "status", "text", "etag", "last_modified", "fetched_at", "expires_at"),
    "pauses": ("host", "status", "noted_at", "until"),
}  # fmt: skip
"""Watched tables and the columns read from them, in the order in which they are applied: sightings
after articles, what closes or removes a thing after what makes it."""

_APPLY: dict[str, Callable[[sqlite3.Connection, Rows], None]] = {
    "documents": _documents,
    "articles": _articles,
    "memberships": _memberships,
    "retired": _retired,
    "sightings": _sightings,
    "ledger": _units,
    "inputs": _inputs,
    "http_state": key_places.apply_http_state,
    "tombstones": _tombstones,
    "rejects": key_places.apply_rejects,
    "closed_rejects": key_places.apply_closed_rejects,
    "absences": key_places.apply_absences,
    "robots": key_hosts.apply_robots,
    "pauses": key_hosts.apply_pauses,
}
