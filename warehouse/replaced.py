"""replaced: data files that no snapshot names any more are deleted when they are old enough.

A merge, a rewriting or an expiry leaves them in the catalog's list of files to delete, with the time.
"""

import duckdb

DAY_HOURS = 16
"""Hours added to an age, so that no file goes early.

DuckLake 1.5.5 lets SQLite compare the two times as texts: "2026-11-23 01:07:01+08" in the catalog (the zone is that
of ``warehouse.attach``) and "2026-11-22T17:07:01" for the age, in UTC. On one day the first is always the smaller,
so that only days count, here of China and there of UTC. A file that was replaced at the last moment of a day of China
(16:00 UTC) is let go from 0:00 UTC of that day on: 16 hours early. With them added it goes up to a day late.
"""


def remove_replaced_files(con: duckdb.DuckDBPyConnection, keep_days: float) -> int:
    """Delete files replaced more than ``keep_days`` ago, all of them for 0, and return how many. Under the lock."""
    how = f"older_than => {ago(keep_days * 24 + DAY_HOURS)}" if keep_days else "cleanup_all => true"
    return len(con.execute(f"call ducklake_cleanup_old_files('lake', {how})").fetchall())


def ago(hours: float) -> str:
    """Return an SQL expression for a time past; DuckLake takes a constant expression only."""
    return f"now() - interval '{int(hours * 3600)} seconds'"
