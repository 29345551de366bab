"""Full disks and power cuts: what was committed stays, what was not leaves nothing."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from warehouse import commit
from warehouse.catalog import Warehouse
from warehouse.errors import NotWritable
from warehouse.paths import WarehousePaths
from warehouse.place import Place
from warehouse.runs import RunRef


def test_a_file_size_limit_stops_a_load_cleanly(tmp_path, loaders, faults, contents, undisturbed):
    """A load that cannot write its files fails whole; with room again the same load goes through."""
    root = tmp_path / "lake"
    assert loaders.wait(loaders.start(root, 2)) == 0

    assert loaders.wait(loaders.start(root, 6, file_limit=300_000, padding=400_000)) == 1
    with Warehouse.open(root) as warehouse, warehouse.connect() as con:
        assert con.execute("select count(*) from core.ledger").fetchone() == (2,)
    assert faults(root) == []

    assert loaders.wait(loaders.start(root, 6)) == 0
    assert contents(root) == undisturbed(6)


def test_a_full_disk_is_said_and_survived(tmp_path, batch, faults):
    """On a full file system the error names the disk; after clearing it, loading goes on."""
    disk = tmp_path / "disk"
    disk.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "none", str(disk)], check=False).returncode:
        pytest.skip("mounting a small file system is not allowed here")
    try:
        root = disk / "lake"
        with Warehouse.open(root) as warehouse:
            run = RunRef("r")
            warehouse.load_batch(batch(0), unit="0", run=run)
            (disk / "filler").write_bytes(b"x" * (shutil.disk_usage(disk).free - 200_000))
            with pytest.raises(NotWritable, match="is full"):
                warehouse.load_batch(batch(1, padding=200_000), unit="1", run=run)
            (disk / "filler").unlink()
            assert warehouse.load_batch(batch(1), unit="1", run=run).state == "loaded"
        assert faults(root) == []
    finally:
        subprocess.run(["umount", "-l", str(disk)], check=True)


def test_files_are_on_disk_before_the_commit(tmp_path, batch, monkeypatch):
    """The sync comes after every file of the batch is written and before the catalog knows of them."""
    seen = []
    sync = commit.sync_file_system
    with Warehouse.open(tmp_path / "lake") as warehouse:
        before = warehouse.snapshot_id()

        def watch(folder: Path) -> None:
            files = {path.parent.name for path in folder.rglob("*.parquet")}
            seen.append((warehouse.snapshot_id(), files))
            sync(folder)

        monkeypatch.setattr(commit, "sync_file_system", watch)
        result = warehouse.load_batch(batch(0), unit="0", run=RunRef("r"))

    assert [snapshot for snapshot, _ in seen] == [before]
    assert seen[0][1] >= {"documents", "articles", "lines", "sightings", "memberships", "ledger"}
    assert result.snapshot_id == before + 1


TRACED = """
import sys
sys.path.insert(0, {folder!r})
import loader
from warehouse.catalog import Warehouse
from warehouse.runs import RunRef
with Warehouse.open({root!r}) as warehouse:
    warehouse.load_batch(loader.tables_of(0), unit="0", run=RunRef("r"))
"""


@pytest.mark.skipif(shutil.which("strace") is None, reason="strace is not installed")
def test_the_kernel_sees_write_sync_commit_in_this_order(tmp_path):
    """Traced: the last write of a data file, then syncfs, then the catalog's sync of the commit."""
    root, log = tmp_path / "lake", tmp_path / "trace"
    Warehouse.open(root).close()
    code = TRACED.format(folder=str(Path(__file__).parent), root=str(root))
    calls = "trace=openat,close,pwrite64,write,syncfs,fsync,fdatasync"
    command = ["strace", "-f", "-y", "-e", calls, "-o", str(log), sys.executable, "-c", code]
    if subprocess.run(command, env=dict(os.environ), check=False).returncode:
        pytest.skip("tracing is not allowed here")
    lines = log.read_text(errors="replace").splitlines()
    writes = [i for i, line in enumerate(lines) if ".parquet>" in line and "write" in line]
    syncs = [i for i, line in enumerate(lines) if "syncfs(" in line]
    commits = [
        i for i, line in enumerate(lines)
        if "catalog.sqlite-wal>" in line and ("write" in line or "sync" in line) and i > writes[-1]
    ]  # fmt: skip

    assert writes
    assert any(writes[-1] < sync < commits[0] for sync in syncs)


def test_the_disk_that_holds_the_data_is_synced(tmp_path, monkeypatch):
    """A machine whose folder names the data files of another folder syncs those, not its own."""
    synced = []
    monkeypatch.setattr(commit, "sync_file_system", synced.append)
    paths = WarehousePaths.of(tmp_path)
    commit.sync_data(paths)
    Place(paths, "postgresql://nobody", str(tmp_path / "shared")).write()
    commit.sync_data(paths)

    assert synced == [paths.data, tmp_path / "shared"]
