"""history_note: whether an index that knows snapshots by their numbers still follows this lake.

After a restore a number comes again with other content; its time does not. The note beside the index holds
the times of the snapshot it stands at and of the one it is about to reach: written before it moves, so that
after a kill one of the two is where it stands.
"""

import json
from pathlib import Path

import duckdb

from warehouse.insertions import Watermark


def note_snapshots(note: Path, con: duckdb.DuckDBPyConnection, held: int, next_one: int) -> None:
    """Write down the times of the snapshot the index stands at (0: at none) and of the next it will reach."""
    marks = [mark for number in (held, next_one) if (mark := Watermark.of(con, number))]
    part = note.with_suffix(".part")
    part.write_text(json.dumps({str(mark.snapshot_id): mark.snapshot_time for mark in marks}))
    part.replace(note)


def follows(note: Path, con: duckdb.DuckDBPyConnection, held: int) -> bool:
    """Is the snapshot that the index stands at one of this lake's history? Yes when nothing was noted of it."""
    try:
        times = json.loads(note.read_text())
    except (FileNotFoundError, ValueError):
        return True
    time = times.get(str(held))
    return time is None or Watermark(held, time).is_known(con)
