"""Several processes load and read at once: nothing lost, nothing twice, nothing half."""

import time

import pytest

from warehouse.readers import read_only_connection

WHOLE = (
    "select (select count(*) from core.articles) = (select count(distinct article_id) from core.articles) "
    "and (select count(*) from core.articles) = (select count(*) from core.documents) "
    "and (select coalesce(sum((rows->>'articles')::bigint), 0) from core.ledger) "
    "= (select count(*) from core.articles)"
)


def read_while(root, pids):
    """Ask whether every article is whole until the writers have ended; returns the number of times."""
    asked = 0
    while any(is_alive(pid) for pid in pids):
        if (root / "catalog.sqlite").exists():
            with read_only_connection(root) as con:
                for _ in range(5):
                    assert con.execute(WHOLE).fetchone() == (True,)
                    asked += 1
        time.sleep(0.01)
    return asked


def is_alive(pid):
    """Has the worker not ended yet?"""
    with open(f"/proc/{pid}/stat") as file:
        return file.read().split()[2] != "Z"


@pytest.mark.parametrize("writers", [2, pytest.param(4, marks=pytest.mark.slow)])
def test_overlapping_loads_at_once(tmp_path, loaders, contents, undisturbed, faults, writers):
    """Writers with the same units in different orders leave the rows of one; a reader never sees a part."""
    root = tmp_path / "lake"
    assert loaders.wait(loaders.start(root, 0)) == 0
    pids = [loaders.start(root, 6, order=seed, upkeep=3) for seed in range(writers)]

    asked = read_while(root, pids)

    assert [loaders.wait(pid) for pid in pids] == [0] * writers
    assert asked > 0
    assert faults(root) == []
    held, alone = contents(root), undisturbed(6)
    for table in ("documents", "lines", "rejects"):
        assert column(held[table]) == column(alone[table])
    assert len(held["ledger"]) == 6


def column(rows):
    """First columns, which name a row; where a page was seen first depends on the order."""
    return sorted(row.split(",")[0] for row in rows)


def test_two_processes_make_one_warehouse(tmp_path, loaders, faults):
    """Two first loads at once agree on one catalog."""
    root = tmp_path / "lake"
    pids = [loaders.start(root, 2), loaders.start(root, 2)]

    assert [loaders.wait(pid) for pid in pids] == [0, 0]
    assert faults(root) == []
