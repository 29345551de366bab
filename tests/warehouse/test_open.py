"""Promises of opening: it is made when missing, moved freely, refused clearly."""

import os
import shutil
import sqlite3
import threading
from contextlib import closing
from pathlib import Path

import duckdb
import pytest

from warehouse import catalog, migrate
from warehouse.backup import ask_sqlite, back_up_catalog
from warehouse.catalog import Warehouse
from warehouse.errors import NotAWarehouse, NotWritable, VersionMismatch, WarehouseBusy, WarehouseError
from warehouse.extensions import extension_path, load_extensions, setup_duckdb
from warehouse.lock import commit_lock
from warehouse.readers import read_only_connection
from warehouse.restore import restore_catalog


def test_a_folder_may_be_moved(warehouse, batch_of, run, tmp_path):
    """A moved warehouse reads and loads as before, the plain command line included."""
    warehouse.load_batch(batch_of([("http://a", "一")]), unit="u1", run=run)
    warehouse.close()
    shutil.move(tmp_path / "lake", tmp_path / "moved")

    with Warehouse.open(tmp_path / "moved") as moved, moved.connect() as con:
        assert con.execute("select text from articles").fetchall() == [("一",)]
        assert moved.load_batch(batch_of([("http://b", "二")]), unit="u2", run=run).state == "loaded"
        assert moved.load_batch(batch_of([("http://b", "二")]), unit="u1", run=run).state == "already"


def test_reading_changes_nothing(warehouse, batch_of, run):
    """The connection for queries answers by view names and refuses to write."""
    warehouse.load_batch(batch_of([("http://a", "一")]), unit="u1", run=run)
    with read_only_connection(warehouse.paths.root) as con:
        assert con.execute("select text from articles").fetchall() == [("一",)]
        with pytest.raises(Exception, match="read-only"):
            con.execute("delete from core.articles")


def test_who_may_not_write_reads_all_the_same(warehouse, batch_of, run, monkeypatch):
    """Without leave to make SQLite's files beside the catalog a copy of it is read, and goes with the process."""
    warehouse.load_batch(batch_of([("http://a", "一")]), unit="u1", run=run)
    warehouse.close()
    copies = []
    monkeypatch.setattr("warehouse.readers.atexit.register", lambda _, folder, **__: copies.append(folder))
    monkeypatch.setattr("warehouse.readers.os.access", lambda *_: False)

    with read_only_connection(warehouse.paths.root) as con:
        assert con.execute("select text from articles").fetchall() == [("一",)]
        monkeypatch.undo()
        (copy,) = copies
        con.execute("from articles").fetchall()
        assert (copy / "catalog.sqlite").exists()
        assert not warehouse.paths.catalog.with_name("catalog.sqlite-shm").exists()
    shutil.rmtree(copy)


def test_the_past_can_be_read(warehouse, batch_of, run):
    """By number or by time, the warehouse is read as it was."""
    first = warehouse.load_batch(batch_of([("http://a", "一")]), unit="u1", run=run)
    with warehouse.connect() as con:
        ((then,),) = con.execute(
            "select cast(max(snapshot_time) as varchar) from lake.snapshots()"
        ).fetchall()
    warehouse.load_batch(batch_of([("http://a", "二")], 1), unit="u2", run=run)
    for past in ({"at_snapshot": first.snapshot_id}, {"at_time": then}):
        with read_only_connection(warehouse.paths.root, **past) as con:
            assert con.execute("select text from articles").fetchall() == [("一",)]


@pytest.mark.parametrize(
    ("make", "error", "says"),
    [
        (lambda p: p.write_text("x"), NotAWarehouse, "is a file"),
        (lambda p: (p.mkdir(), (p / "seed.txt").write_text("x")), NotAWarehouse, "holds other things"),
        (
            lambda p: (p.mkdir(), (p / "catalog.sqlite").write_text("x" * 999)),
            NotAWarehouse,
            "is no warehouse",
        ),
    ],
)
def test_what_is_no_warehouse_is_refused(tmp_path, make, error, says):
    """One clear error, and nothing is written."""
    path = tmp_path / "place"
    make(path)
    with pytest.raises(error, match=says):
        Warehouse.open(path)


def test_a_missing_warehouse_is_not_made_by_reading(tmp_path):
    """Reading says how to make one."""
    with pytest.raises(NotAWarehouse, match="wencang ingest"):
        read_only_connection(tmp_path / "none")
    with pytest.raises(NotAWarehouse):
        Warehouse.open(tmp_path / "none", create=False)
    assert not (tmp_path / "none").exists()


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write anywhere")
def test_a_folder_without_permission_is_said(tmp_path):
    """The error names the folder and the cause."""
    (tmp_path / "closed").mkdir(mode=0o500)
    with pytest.raises(NotWritable, match="Permission denied"):
        Warehouse.open(tmp_path / "closed" / "lake")


def test_a_folder_below_a_file_is_said(tmp_path):
    """A path that cannot be a folder is one clear error."""
    (tmp_path / "file").write_text("x")
    with pytest.raises(NotWritable, match="Not a directory"):
        Warehouse.open(tmp_path / "file" / "lake")


def test_a_lock_that_is_given_back_is_waited_for(warehouse):
    """A load behind another one takes its turn; nobody has to start it again."""
    held, given_back = threading.Event(), threading.Event()

    def hold():
        with commit_lock(warehouse.paths.root):
            held.set()
            given_back.wait(5)

    other = threading.Thread(target=hold)
    other.start()
    held.wait(5)
    threading.Timer(0.1, given_back.set).start()
    with commit_lock(warehouse.paths.root, timeout_s=5) as waited:
        assert given_back.is_set()
    other.join()
    assert 0.05 < waited < 5


def test_a_held_lock_is_waited_for_and_named(warehouse):
    """Who waits too long learns which process holds the lock."""
    with (
        commit_lock(warehouse.paths.root) as waited,
        pytest.raises(WarehouseBusy, match=f"process {os.getpid()}"),
        commit_lock(warehouse.paths.root, timeout_s=0.05),
    ):
        pass
    assert waited < 1


def test_a_missing_extension_is_said():
    """A DuckDB without extensions of its own version is a version mismatch."""
    with pytest.raises(VersionMismatch, match="nonesuch"):
        extension_path("nonesuch")


def test_a_plain_duckdb_opens_the_lake(warehouse, batch_of, run, tmp_path, monkeypatch):
    """After setup-duckdb one line attaches the warehouse, with views and macros."""
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    warehouse.load_batch(batch_of([("http://a", "春天,好")]), unit="u1", run=run)
    assert len(setup_duckdb(("ducklake", "sqlite_scanner"))) == 2

    with duckdb.connect(config={"home_directory": str(tmp_path / "home")}) as con:
        con.execute(f"attach 'ducklake:sqlite:{warehouse.paths.catalog}' as other (read_only)")
        con.execute("use other")
        assert con.execute("select text from articles").fetchall() == [("春天,好",)]
        assert con.execute("select text from reading").fetchall() == [("春天，好",)]
        assert len(con.execute("select * from search('春')").fetchall()) == 1


def test_an_older_catalog_is_backed_up_and_migrated(tmp_path, monkeypatch, batch_of, run):
    """A catalog of an earlier release gets what is missing; its copy from before stays."""
    names = migrate.migration_names()
    with monkeypatch.context() as earlier:
        earlier.setattr(migrate, "migration_names", lambda: names[:1])
        earlier.setattr(migrate, "SCHEMA_VERSION", 1)
        earlier.setattr(catalog, "SCHEMA_VERSION", 1)
        earlier.setattr(migrate, "view_statements", lambda: ["create view articles as select 1 as a"])
        Warehouse.open(tmp_path / "lake").close()

    with Warehouse.open(tmp_path / "lake") as warehouse:
        assert [p.name for p in warehouse.paths.backups.iterdir()] == ["before-migration-2.sqlite"]
        assert warehouse.load_batch(batch_of([("http://a", "一")]), unit="u1", run=run).state == "loaded"
        with warehouse.connect() as con:
            applied = con.execute("select name from core.migrations where number is not null").fetchall()
            assert [name for (name,) in applied] == names
            assert con.execute("select text from articles").fetchall() == [("一",)]


def test_extensions_load_twice(warehouse):
    """Loading what is loaded is harmless."""
    with warehouse.connect() as con:
        load_extensions(con)


def test_only_our_extensions_load_unchecked(warehouse):
    """Whoever gets a connection, of ours or to read, cannot load an extension without a signature, nor allow it."""
    with warehouse.connect() as own, read_only_connection(warehouse.paths.root) as reader:
        for con in (own, reader):
            assert con.execute("select current_setting('allow_unsigned_extensions')").fetchone() == (False,)
            with pytest.raises(duckdb.InvalidInputException):
                con.execute("set allow_unsigned_extensions = true")


def test_an_open_warehouse_holds_no_transaction(warehouse):
    """The catalog's log can be written back while a warehouse is open, however long that is."""
    root = warehouse.paths.root
    warehouse.close()
    with Warehouse.open(root) as again:
        ask_sqlite("vacuum", again.paths.catalog)
        log = again.paths.catalog.with_name("catalog.sqlite-wal")
        assert not log.exists() or log.stat().st_size == 0


@pytest.mark.parametrize("damage", ["lost", "short", "overwritten"])
def test_a_lost_catalog_is_no_empty_warehouse(warehouse, batch_of, run, damage):
    """Without its catalog a folder of data files is not taken for a new one; a backup puts it right."""
    warehouse.load_batch(batch_of([("http://a/1", "甲文")]), unit="u1", run=run)
    copy = back_up_catalog(warehouse)
    root, file = warehouse.paths.root, warehouse.paths.catalog
    warehouse.close()
    if damage == "lost":
        file.unlink()
    elif damage == "overwritten":
        with file.open("r+b") as pages:
            pages.seek(2 * 4096)
            pages.write(b"\xff" * 4 * 4096)
    else:
        file.write_bytes(file.read_bytes()[:30_000])

    for create in (True, False):
        with pytest.raises(NotAWarehouse, match="wencang catalog restore"):
            Warehouse.open(root, create=create)
    restore_catalog(root, copy)
    with Warehouse.open(root) as again, again.connect() as con:
        assert con.execute("select text from articles").fetchall() == [("甲文",)]


def test_nobody_writes_to_a_catalog_that_was_replaced(warehouse, batch_of, run):
    """A process that has the warehouse open while a backup is put back is refused; rows it wrote would be lost."""
    backup = back_up_catalog(warehouse)
    restore_catalog(warehouse.paths.root, backup)

    with pytest.raises(WarehouseError, match="was moved or restored"):
        warehouse.load_batch(batch_of([("http://a", "一")]), unit="u1", run=run)
    with Warehouse.open(warehouse.paths.root) as again:
        assert again.load_batch(batch_of([("http://a", "一")]), unit="u1", run=run).state == "loaded"


def test_a_restore_that_is_killed_in_its_swap_has_changed_nothing(warehouse, tmp_path, monkeypatch):
    """What a killed run had left in SQLite's log is in the old catalog then; the restore may come again."""
    backup = back_up_catalog(warehouse)
    other = shutil.copytree(warehouse.paths.root, tmp_path / "other")
    with closing(sqlite3.connect(other / "catalog.sqlite")) as running:
        running.execute("update ducklake_metadata set value = 'late' where key = 'created_by'")
        running.commit()
        root = shutil.copytree(other, tmp_path / "killed")
    assert (root / "catalog.sqlite-wal").stat().st_size > 0

    def die(*_):
        raise SystemExit

    with monkeypatch.context() as at_the_worst:
        at_the_worst.setattr(Path, "replace", die)
        with pytest.raises(SystemExit):
            restore_catalog(root, backup)
    assert not (root / "catalog.sqlite-wal").exists()
    with closing(sqlite3.connect(root / "catalog.sqlite")) as held:
        assert held.execute("select 1 from ducklake_metadata where value = 'late'").fetchall() == [(1,)]


def test_a_newer_warehouse_is_read_and_not_written(warehouse, batch_of, run):
    """An older release leaves tables of a later one alone, and says which release to use."""
    warehouse.load_batch(batch_of([("http://a", "一")]), unit="u1", run=run)
    with warehouse.connect() as con:
        con.execute("begin")
        con.execute("insert into core.migrations values ('0999_later', 999, '', now())")
        con.execute("call lake.set_commit_message('later', 'migrate')")
        con.execute("commit")
    warehouse.close()

    with pytest.raises(VersionMismatch, match=r"newer release.*999.*Nothing was written"):
        Warehouse.open(warehouse.paths.root)
    with read_only_connection(warehouse.paths.root) as con:
        assert con.execute("select text from articles").fetchall() == [("一",)]
