"""Killed anywhere, a load loses nothing and stores nothing twice."""

import random
import time
from pathlib import Path

import pytest

from warehouse import doctor
from warehouse.catalog import Warehouse

UNITS = 12
FEW = 6
"""Units of the short version."""


def acknowledged(root):
    """Units whose load had returned."""
    file = root.parent / f"{root.name}.ack"
    return {int(line) for line in file.read_text().split()} if file.exists() else set()


def committed(root):
    """Units in the ledger, each as often as it is there; checks that their rows and files are there."""
    if not (root / "catalog.sqlite").exists():
        return []
    with Warehouse.open(root) as warehouse, warehouse.connect() as con:
        units = con.execute("select unit from core.ledger").fetchall()
        for finding in (doctor.run_check(warehouse, "ledger_counts_rows"), doctor.files_are_whole(warehouse)):
            assert finding.is_ok, finding
    return sorted(int(unit.split()[1]) for (unit,) in units)


def kill_until(root, loaders, kills, seed, upkeep, units=UNITS):
    """Load again and again, killed after a random time; check the promise after each kill."""
    chance = random.Random(seed)
    for _ in range(kills):
        before = len(acknowledged(root))
        pid = loaders.start(root, units, upkeep=upkeep, at_once=True)
        if chance.random() < 0.8:  # most kills once it loads, some while it opens
            wait_for_units(root, before + chance.randint(0, 2), pid)
        time.sleep(chance.uniform(0.0, 0.3))
        loaders.kill(pid)
        found = committed(root)
        assert len(found) == len(set(found)), "a unit is there twice"
        assert acknowledged(root) <= set(found), "a unit whose load returned is lost"
    assert loaders.wait(loaders.start(root, units, upkeep=upkeep, at_once=True)) == 0


def wait_for_units(root, enough, pid, timeout_s=30.0):
    """Wait until so many units were acknowledged, or the process has ended."""
    end = time.monotonic() + timeout_s
    while len(acknowledged(root)) < enough and time.monotonic() < end:
        if Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
            return
        time.sleep(0.005)


@pytest.mark.parametrize("kills", [10])
def test_kills_leave_the_rows_of_an_undisturbed_run(tmp_path, loaders, faults, contents, undisturbed, kills):
    """After ten kills and one run to the end, every table is what one run makes it."""
    root = tmp_path / "lake"
    kill_until(root, loaders, kills, seed=1, upkeep=3, units=FEW)

    assert contents(root) == undisturbed(FEW)
    assert faults(root) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_a_hundred_kills(tmp_path, loaders, faults, contents, undisturbed, seed):
    """The same, twelve kills for each of ten seeds: in loads, in merges, in clean-ups."""
    root = tmp_path / "lake"
    kill_until(root, loaders, 12, seed, upkeep=3)

    assert contents(root) == undisturbed(UNITS)
    assert faults(root) == []
