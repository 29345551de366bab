"""Entries of the key index about places: what was rejected there, what web servers said, what is gone."""

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pyarrow as pa

if TYPE_CHECKING:
    from warehouse.keys import KeyIndex

SCHEMA = (
    """create table if not exists http_state (
        uri text primary key, etag text, last_modified text, status int, content_sha256 text, fetched_at text,
        failures int, read_at text
    ) without rowid""",
    """create table if not exists rejected (
        uri text, article_id text, step text, reason text, attempts int, rejected_us int, run_id text,
        primary key (uri, article_id)
    ) without rowid""",
    "create index if not exists rejected_by_article on rejected (article_id) where article_id <> ''",
)

Rows = Iterable[tuple[Any, ...]]
_OPEN = "select uri, article_id, step, reason, attempts, rejected_us, run_id from rejected where "


@dataclass(frozen=True, slots=True)
class OpenReject:
    """A reject that holds: the place could not be read, last by run_id. article_id: "" when no bytes were read."""

    uri: str
    article_id: str
    step: str
    reason: str
    attempts: int
    rejected_us: int
    run_id: str

    @property
    def rejected_at(self) -> datetime:
        """When it was stopped last."""
        return datetime.fromtimestamp(self.rejected_us // 1_000_000, UTC).replace(
            microsecond=self.rejected_us % 1_000_000
        )


def microseconds(time: datetime) -> int:
    """Microseconds since 1970, exact."""
    return int(pa.scalar(time, pa.timestamp("us", tz="UTC")).value)


def apply_http_state(db: sqlite3.Connection, rows: Rows) -> None:
    """The newest answer of each address."""
    db.executemany(
        "insert or replace into http_state values (?, ?, ?, ?, ?, ?, ?, ?)",
        ((*row[:5], row[5].isoformat(), row[6] or 0, row[7].isoformat() if row[7] else None) for row in rows),
    )


def apply_rejects(db: sqlite3.Connection, rows: Rows) -> None:
    """The newest reject of each document or record."""
    db.executemany(
        "insert into rejected values (?, ?, ?, ?, ?, ?, ?) on conflict do update set step = excluded.step, "
        "reason = excluded.reason, attempts = excluded.attempts, rejected_us = excluded.rejected_us, "
        "run_id = excluded.run_id where excluded.rejected_us >= rejected_us",
        (
            (uri, article_id or "", step, reason, attempts or 1, microseconds(rejected_at), run_id)
            for uri, article_id, step, reason, attempts, rejected_at, run_id in rows
        ),
    )


def apply_closed_rejects(db: sqlite3.Connection, rows: Rows) -> None:
    """Rejects that no longer hold; a newer one of the same place stays."""
    db.executemany(
        "delete from rejected where uri = ? and article_id = ? and rejected_us <= ?",
        ((uri, article_id or "", microseconds(closed_at)) for uri, article_id, closed_at in rows),
    )


def apply_absences(db: sqlite3.Connection, rows: Rows) -> None:
    """A file that is gone is no input; should it come back, it is read again."""
    db.executemany(
        "delete from inputs where uri = ? and seen_at <= ?",
        ((uri, at.astimezone(UTC).isoformat()) for uri, at in rows),
    )


def open_rejects(keys: "KeyIndex", uris: Iterable[str]) -> Iterator[OpenReject]:
    """The rejects that hold at these places, exactly."""
    for row in keys.select(_OPEN + "uri in ({})", uris):
        yield OpenReject(*row)


def open_rejects_of(keys: "KeyIndex", article_ids: Iterable[str]) -> Iterator[OpenReject]:
    """The rejects that hold of these documents, wherever they were seen."""
    for row in keys.select(_OPEN + "article_id in ({}) and article_id <> ''", article_ids):
        yield OpenReject(*row)


def open_rejects_in(keys: "KeyIndex", uris: Iterable[str]) -> Iterator[OpenReject]:
    """The rejects that hold at these inputs and of the records and members in them."""
    if not keys.rows("select 1 from rejected limit 1"):
        return
    for uri in uris:
        found = keys.rows(
            _OPEN
            + "uri = ?1 or (uri > ?1 || '#' and uri < ?1 || '$') or (uri > ?1 || '!/' and uri < ?1 || '!0')",
            uri,
        )
        for row in found:
            yield OpenReject(*row)


def open_rejects_below(keys: "KeyIndex", prefix: str) -> Iterator[OpenReject]:
    """The rejects that hold of files whose uri begins with ``prefix``; not those of records in them."""
    for row in keys.rows(_OPEN + "uri >= ?1 and uri < ?2 and instr(uri, '#') = 0", prefix, _after(prefix)):
        found = OpenReject(*row)
        if "!/" not in found.uri:
            yield found


def count_inputs_below(keys: "KeyIndex", prefix: str) -> int:
    """Number of known input files whose uri begins with ``prefix``."""
    query = "select count(*) from inputs where uri >= ?1 and uri < ?2"
    return int(keys.rows(query, prefix, _after(prefix))[0][0])


def inputs_below(keys: "KeyIndex", prefix: str) -> list[str]:
    """The known input files whose uri begins with ``prefix``."""
    query = "select uri from inputs where uri >= ?1 and uri < ?2"
    return [str(row[0]) for row in keys.rows(query, prefix, _after(prefix))]


def _after(prefix: str) -> str:
    """The first text behind all that begin with a prefix."""
    return prefix[:-1] + chr(ord(prefix[-1]) + 1)
