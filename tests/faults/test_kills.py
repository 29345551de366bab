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


def kill_until(root, loaders, contents, undisturbed, kills, seed, upkeep, units=UNITS):
    """Load again and again, killed after a random time; check the promise after each kill."""
    chance = random.Random(seed)
    undisturbed(units)  # what it held after fewer is read from its history
    for _ in range(kills):
        before = len(acknowledged(root))
        pid = loaders.start(root, units, upkeep=upkeep, at_once=True)
        if chance.random() < 0.8:  # most kills once it loads, some while it opens
            wait_for_units(root, before + chance.randint(0, 2), pid)
        time.sleep(chance.uniform(0.0, 0.3))
        loaders.kill(pid)
        check_promise(root, contents, undisturbed)
    assert loaders.wait(loaders.start(root, units, upkeep=upkeep, at_once=True)) == 0


def check_promise(root, contents, undisturbed):
    """Every table holds the rows of the units that are in the ledger, as a run makes that nothing disturbs."""
    if not (root / "catalog.sqlite").exists():
        return
    with Warehouse.open(root) as warehouse, warehouse.connect() as con:
        units = sorted(
            int(unit.split()[1]) for (unit,) in con.execute("select unit from core.ledger").fetchall()
        )
        whole = doctor.files_are_whole(warehouse)
    assert units == list(range(len(units))), "units are loaded in order, each once"
    assert acknowledged(root) <= set(units), "a unit whose load returned is lost"
    assert whole.is_ok, whole
    assert contents(root) == undisturbed(len(units))


def wait_for_units(root, enough, pid, timeout_s=30.0):
    """Wait until so many units were acknowledged, or the process has ended."""
    end = time.monotonic() + timeout_s
    while len(acknowledged(root)) < enough and time.monotonic() < end:
        if Path(f"/proc/{pid}/stat").read_text().split()[2] == "Z":
            return
        time.sleep(0.005)


def test_kills_leave_the_rows_of_an_undisturbed_run(tmp_path, loaders, faults, contents, undisturbed):
    """After six kills and one run to the end, every table is what one run makes it."""
    root = tmp_path / "lake"
    kill_until(root, loaders, contents, undisturbed, kills=6, seed=1, upkeep=3, units=FEW)

    assert contents(root) == undisturbed(FEW)
    assert faults(root) == []


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_a_hundred_kills(tmp_path, loaders, faults, contents, undisturbed, seed):
    """The same, twelve kills for each of ten seeds: in loads, in merges, in clean-ups."""
    root = tmp_path / "lake"
    kill_until(root, loaders, contents, undisturbed, 12, seed, upkeep=3)

    assert contents(root) == undisturbed(UNITS)
    assert faults(root) == []
