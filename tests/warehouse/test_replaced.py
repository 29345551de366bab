"""Promises of warehouse/replaced.py: files that no snapshot names go when they are old enough."""

import sqlite3
from contextlib import closing
from datetime import datetime, timedelta, timezone

import pytest

from warehouse.replaced import remove_replaced_files
from warehouse.upkeep import UpkeepOptions, run_step

CHINA = timezone(timedelta(hours=8))


@pytest.fixture
def replaced(warehouse, batch_of, run):
    """A warehouse whose two files of each table were merged, with no history that names them."""
    for number in range(2):
        warehouse.load_batch(
            batch_of([(f"http://a/{number}", f"第{number}篇。")]), unit=f"u{number}", run=run
        )
    with warehouse.connect() as con:
        con.execute("begin")
        con.execute("call lake.set_commit_message('wencang', 'merge files')")
        con.execute("call ducklake_merge_adjacent_files('lake')")
        con.execute("commit")
    run_step(warehouse, "expire", UpkeepOptions(keep_history_days=0))
    return warehouse


@pytest.mark.parametrize(("hours", "goes"), [(0, False), (47, False), (73, True), (24 * 40, True)])
def test_replaced_files_stay_for_two_days_at_any_hour(replaced, hours, goes):
    """A file goes two to three days after it was replaced, whatever the hour here and in UTC; without an age at once."""
    when = (datetime.now(CHINA) - timedelta(hours=hours)).isoformat(" ").removesuffix(":00")
    with closing(sqlite3.connect(replaced.paths.root / "catalog.sqlite")) as db, db:
        count = db.execute(
            "update ducklake_files_scheduled_for_deletion set schedule_start = ?", [when]
        ).rowcount

    assert count > 0
    with replaced.lock(), replaced.connect() as con:
        assert remove_replaced_files(con, keep_days=2) == (count if goes else 0)
        assert remove_replaced_files(con, keep_days=0) == (0 if goes else count)
