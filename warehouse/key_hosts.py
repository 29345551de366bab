"""Entries of the key index about web hosts: their robots.txt, until when they are left alone, which are silent."""

import sqlite3
from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from warehouse.key_states import RobotsState

if TYPE_CHECKING:
    from warehouse.keys import KeyIndex

SCHEMA = (
    """create table if not exists robots (
        uri text primary key, status int, content text, etag text, last_modified text, fetched_at text,
        expires_at text
    ) without rowid""",
    "create table if not exists pauses (host text primary key, until text) without rowid",
    "create table if not exists silences (host text primary key, noted text, until text) without rowid",
)

Rows = Iterable[tuple[Any, ...]]


def apply_robots(db: sqlite3.Connection, rows: Rows) -> None:
    """The newest answer for each robots.txt."""
    db.executemany(
        "insert or replace into robots values (?, ?, ?, ?, ?, ?, ?)",
        ((*row[:5], _text(row[5]), _text(row[6])) for row in rows),
    )


def apply_pauses(db: sqlite3.Connection, rows: Rows) -> None:
    """What each host said last; one that said nothing (status 0) is silent until it says something."""
    for host, status, noted_at, until in rows:
        if status:
            db.execute("insert or replace into pauses values (?, ?)", (host, _text(until)))
            db.execute("delete from silences where host = ?", (host,))
        else:
            silence = (host, _text(noted_at), _text(until))
            db.execute("insert or replace into silences values (?, ?, ?)", silence)


def known_robots(keys: "KeyIndex", uri: str) -> RobotsState | None:
    """Return what is known of a robots.txt."""
    query = "select status, content, etag, last_modified, fetched_at, expires_at from robots where uri = ?"
    for row in keys.rows(query, uri):
        status, text, etag, modified, fetched_at, expires_at = row
        times = (datetime.fromisoformat(each) for each in (fetched_at, expires_at))
        return RobotsState(status, text, etag, modified, *times)
    return None


def pauses(keys: "KeyIndex", now: datetime) -> dict[str, datetime]:
    """Return the hosts that are to be left alone at a time (with zone), and until when."""
    rows = keys.rows("select host, until from pauses where until > ?", _text(now))
    return {host: datetime.fromisoformat(until) for host, until in rows}


def silences(keys: "KeyIndex", now: datetime) -> dict[str, tuple[datetime, datetime]]:
    """Return the hosts that did not answer last, with the times since when and until when they are left alone.

    What was noted later than now was noted by a clock that was wrong.
    """
    rows = keys.rows("select host, noted, until from silences where noted <= ?", _text(now))
    return {
        host: (datetime.fromisoformat(noted), datetime.fromisoformat(until)) for host, noted, until in rows
    }


def _text(time: datetime) -> str:
    """A time that sorts as text: in UTC, to the microsecond."""
    return time.astimezone(UTC).isoformat(timespec="microseconds")
