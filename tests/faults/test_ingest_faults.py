"""Real commands that meet each other, a full disk, or their end: nothing lost, nothing twice, nothing half."""

import os
import random
import signal
import subprocess
import time

import pytest

from tasks.rules import rules_version
from warehouse import doctor
from warehouse.catalog import Warehouse


@pytest.mark.slow
@pytest.mark.parametrize("ingests_at_once", [2, 4])
def test_ingests_of_one_source_at_once(lab, tmp_path, ingests, source, undisturbed_ingest, ingests_at_once):
    """Each goes through; together they leave what one leaves: every article once, one survivor for its copies."""
    root = tmp_path / "lake"
    pids = [ingests.start(source, root) for _ in range(ingests_at_once)]

    assert [ingests.wait(pid) for pid in pids] == [0] * ingests_at_once, lab.log_of(root)
    lab.check_promise(root, undisturbed_ingest)
    held = lab.held_by(root)
    assert {name: held[name] for name in lab.ROWS} == {name: undisturbed_ingest[name] for name in lab.ROWS}
    assert len(survivors(held)) == len(survivors(undisturbed_ingest))


def survivors(held):
    """Articles that stand for their clusters."""
    return [row for row in held["shown"] if ", True, " in row]


@pytest.mark.slow
def test_a_killed_reclean_goes_on(lab, tmp_path, ingests, source, undisturbed_ingest):
    """Killed at any point, it leaves the old cleanings or the new ones, never some of both."""
    root, chance = tmp_path / "lake", random.Random(1)
    assert ingests.wait(ingests.start(source, root)) == 0, lab.log_of(root)
    texts = shown_texts(root)
    for _ in range(5):
        pid = ingests.run(root, "rules=99", "reclean", *lab.COMMON)
        time.sleep(chance.uniform(0.5, 8.0))
        if lab.is_alive(pid):
            os.killpg(pid, signal.SIGKILL)
        ingests.wait(pid)
        assert len(versions(root)) == 1
    assert ingests.wait(ingests.run(root, "rules=99", "reclean", *lab.COMMON)) == 0, lab.log_of(root)

    assert versions(root) != versions_of(undisturbed_ingest)
    assert shown_texts(root) == texts
    with Warehouse.open(root) as warehouse:
        assert [f for f in doctor.examine(warehouse) if not f.is_ok] == []
        assert not list(warehouse.paths.staging.glob("reclean-*"))


def shown_texts(root):
    """What people read."""
    with Warehouse.open(root, read_only=True) as warehouse, warehouse.connect() as con:
        return con.execute("select uri, title, text, is_canonical from all_articles order by all").fetchall()


def versions(root):
    """Rules versions of the current cleanings."""
    with Warehouse.open(root, read_only=True) as warehouse, warehouse.connect() as con:
        return {row[0] for row in con.execute("select distinct rules_version from all_articles").fetchall()}


def versions_of(held):
    """Rules version of an undisturbed ingest."""
    return {version for version in (rules_version(),) if any(version in row for row in held["articles"])}


@pytest.mark.slow
def test_an_ingest_survives_a_full_disk(lab, tmp_path, ingests, source, undisturbed_ingest):
    """It ends with a message that names the disk; with room again the same command goes through."""
    disk = tmp_path / "disk"
    disk.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o"]
    if subprocess.run([*mount, "size=1500k", "none", str(disk)], check=False).returncode:
        pytest.skip("mounting a small file system is not allowed here")
    try:
        root = disk / "lake"
        assert ingests.run_logged(root, tmp_path / "said", source) == 1
        said = (tmp_path / "said").read_text("utf-8")
        assert "Traceback" not in said
        assert "full" in said or "No space left" in said, said
        subprocess.run(["mount", "-o", "remount,size=64m", str(disk)], check=True)
        lab.check_promise(root, undisturbed_ingest)
        assert ingests.run_logged(root, tmp_path / "said", source) == 0, (tmp_path / "said").read_text(
            "utf-8"
        )
        assert lab.held_by(root) == undisturbed_ingest
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)
