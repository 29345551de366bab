"""index_file: a SQLite file that is derived from the lake: how it is opened, and up to where it follows.

Reads    a path, the statements that make its tables, and their version
Raises   ``sqlite3.DatabaseError`` for a damaged file and one of another version: the caller builds it anew
"""

import sqlite3
from collections.abc import Sequence
from pathlib import Path

from warehouse.insertions import Watermark


def open_index(
    path: Path,
    schema: Sequence[str],
    version: int,
    *,
    cache_kib: int,
    once: Sequence[str] = (),
    check_same_thread: bool = True,
) -> sqlite3.Connection:
    """Open an index file, made where there is none.

    once: statements for a new file only; cache_kib: memory for its pages, KiB.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    db = sqlite3.connect(path, timeout=30, check_same_thread=check_same_thread)
    db.execute("pragma journal_mode = wal")
    db.execute("pragma synchronous = normal")  # derived: after a power cut it catches up from the lake
    db.execute(f"pragma cache_size = -{cache_kib}")
    held = db.execute("pragma user_version").fetchone()[0]
    if held not in (0, version):
        db.close()
        raise sqlite3.DatabaseError("index of another version")
    with db:
        for statement in (*schema, *(once if held == 0 else ())):
            db.execute(statement)
        db.execute(f"pragma user_version = {version}")
    return db


def watermark_of(db: sqlite3.Connection) -> Watermark | None:
    """Return the snapshot up to which the index follows; ``None`` when it is empty."""
    row = db.execute("select snapshot_id, snapshot_time from watermark").fetchone()
    return Watermark(int(row[0]), str(row[1])) if row else None


def set_watermark(db: sqlite3.Connection, watermark: Watermark) -> None:
    """Write down the snapshot up to which the index follows; part of the caller's transaction."""
    db.execute("delete from watermark")
    db.execute("insert into watermark values (?, ?)", (watermark.snapshot_id, watermark.snapshot_time))
