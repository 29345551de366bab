"""Promises of growing: with a PostgreSQL catalog and an S3 data path everything is as before."""

import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from warehouse import doctor
from warehouse.backup import back_up_catalog, list_backups
from warehouse.catalog import Warehouse
from warehouse.errors import NotAWarehouse, WarehouseError
from warehouse.move import move_catalog, move_data
from warehouse.place import Place
from warehouse.readers import read_only_connection
from warehouse.restore import restore_catalog
from warehouse.upkeep import FILES_TO_MERGE, UPKEEP_STEPS, UpkeepOptions, run_step

PROJECT = Path(__file__).resolve().parents[2]
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"))


def free_port():
    """A port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@pytest.fixture(scope="module")
def postgres():
    """Address of a private PostgreSQL server, without a database of its own."""
    if not BINARIES:
        pytest.skip("PostgreSQL is not installed")
    folder = Path(tempfile.mkdtemp(prefix="wencang-pg-"))
    as_user = []
    if os.geteuid() == 0:  # the server refuses to run as root
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_user = ["runuser", "-u", "postgres", "--"]
    bin_folder, port = BINARIES[-1].parent, free_port()
    quiet = {"check": True, "stdout": subprocess.DEVNULL, "cwd": folder}
    subprocess.run(
        [*as_user, bin_folder / "initdb", "-D", folder / "db", "-A", "trust", "-U", "wencang"], **quiet
    )
    options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off"
    control = [*as_user, bin_folder / "pg_ctl", "-D", folder / "db", "-w", "-l", folder / "log"]
    subprocess.run([*control, "-o", options, "start"], **quiet)
    yield f"postgresql://wencang@127.0.0.1:{port}"
    subprocess.run([*control, "-m", "immediate", "stop"], **quiet)
    shutil.rmtree(folder, ignore_errors=True)


def make_database(postgres, name):
    """Make an empty database; returns its address."""
    import psycopg

    name = f"lake_{abs(hash(name)) % 10**9}"
    with psycopg.connect(f"{postgres}/postgres", autocommit=True) as session:
        session.execute(f"create database {name}")
    return f"{postgres}/{name}"


@pytest.fixture
def database(postgres, request):
    """Address of an empty database."""
    return make_database(postgres, request.node.name)


@pytest.fixture
def database_too(postgres, request):
    """Address of another empty database."""
    return make_database(postgres, f"{request.node.name} too")


@pytest.fixture
def bucket(monkeypatch, request):
    """Address of an empty folder on a local object store, which lives as long as the process."""
    server = pytest.importorskip("moto.server").ThreadedMotoServer("127.0.0.1", free_port())
    server.start()
    host, port = server.get_host_and_port()
    for name, value in {
        "AWS_ACCESS_KEY_ID": "test",
        "AWS_SECRET_ACCESS_KEY": "test",
        "AWS_REGION": "us-east-1",
        "AWS_ENDPOINT_URL": f"http://{host}:{port}",
    }.items():
        monkeypatch.setenv(name, value)
    import boto3

    boto3.client("s3", endpoint_url=f"http://{host}:{port}", region_name="us-east-1").create_bucket(
        Bucket="lake"
    )
    yield f"s3://lake/{request.node.name}"
    server.stop()


@pytest.fixture
def loaded(warehouse, batch_of, run):
    """A closed warehouse with some batches and a new version of a page."""
    for n in range(FILES_TO_MERGE):
        pages = [(f"http://a/{n}", f"第{n}篇"), ("http://front", f"首页{n}")]
        warehouse.load_batch(batch_of(pages, n), unit=f"u{n}", run=run)
    warehouse.close()
    return warehouse.paths.root


def answers(root):
    """What people see."""
    with read_only_connection(root) as con:
        return {
            "articles": con.execute("select * from articles order by article_id").fetchall(),
            "lines": con.execute("select * from lines order by all").fetchall(),
            "history": con.execute("select count(*) from core.articles at (version => 3)").fetchall(),
        }


def goes_on(root, batch_of, run):
    """Loading, upkeep and the doctor work as ever."""
    with Warehouse.open(root) as warehouse:
        assert warehouse.load_batch(batch_of([("http://x", "x")], 50), unit="u0", run=run).state == "already"
        result = warehouse.load_batch(
            batch_of([("http://front", "首页新"), ("http://a/0", "第0篇")], 50), unit="n", run=run
        )
        assert len(result.new_articles) == 1
        assert len(result.superseded) == 1
        at_once = UpkeepOptions(keep_history_days=0, keep_files_days=0)
        steps = {name: run_step(warehouse, name, at_once).counts for name in UPKEEP_STEPS}
        assert steps["merge"]["files_before"] > steps["merge"]["files_after"] > 0
        assert [f for f in doctor.examine(warehouse) if not f.is_ok] == []
        assert list_backups(warehouse.paths)
    with read_only_connection(root) as con:
        assert con.execute("select count(*) from articles").fetchone() == (FILES_TO_MERGE + 1,)
        assert con.execute("select text from articles where uri = 'http://front'").fetchall() == [("首页新",)]


@pytest.mark.slow
def test_the_catalog_moves_to_postgresql(loaded, database, batch_of, run):
    """Every answer, the history and the ledger are as before; the old catalog is kept."""
    before = answers(loaded)

    counts = move_catalog(loaded, database)

    assert counts["ducklake_snapshot"] > FILES_TO_MERGE
    assert answers(loaded) == before
    assert not (loaded / "catalog.sqlite").exists()
    assert (loaded / "backups" / "catalog-before-move.sqlite").exists()
    goes_on(loaded, batch_of, run)


@pytest.mark.slow
def test_a_database_with_a_lake_is_refused(loaded, database, tmp_path):
    """A second warehouse cannot be moved over the first."""
    move_catalog(loaded, database)
    Warehouse.open(tmp_path / "other").close()

    with pytest.raises(NotAWarehouse, match="holds a warehouse already"):
        move_catalog(tmp_path / "other", database)
    with pytest.raises(WarehouseError, match="already"):
        move_catalog(loaded, database)
    Warehouse.open(tmp_path / "other").close()


@pytest.mark.slow
def test_two_machines_load_into_one_catalog(loaded, database, batch_of, run):
    """Each with its own folder of indexes; what one loads the other knows."""
    move_catalog(loaded, database)
    second = loaded.parent / "second"
    second.mkdir()
    place = (loaded / "place.json").read_text().replace("null", f'"{loaded / "data"}"')
    (second / "place.json").write_text(place)

    with Warehouse.open(loaded) as here, Warehouse.open(second) as there:
        assert here.load_batch(batch_of([("http://h", "此")]), unit="here", run=run).state == "loaded"
        assert (
            there.load_batch(
                batch_of([("http://h", "此"), ("http://t", "彼")]), unit="there", run=run
            ).counts["articles"]
            == 1
        )
        assert there.load_batch(batch_of([("http://h", "此")]), unit="here", run=run).state == "already"
        assert here.snapshot_id() == there.snapshot_id()


@pytest.mark.slow
def test_a_postgresql_catalog_is_restored(loaded, database, database_too, batch_of, run):
    """From a backup the lake is as it was then: in the same database, and in a new one after its loss."""
    move_catalog(loaded, database)
    before = answers(loaded)
    late = batch_of([("http://late", "晚到的一篇")], 60)
    with Warehouse.open(loaded) as warehouse:
        copy = back_up_catalog(warehouse)
        assert warehouse.load_batch(late, unit="late", run=run).state == "loaded"

    with Warehouse.open(loaded) as stale:
        kept = restore_catalog(loaded, copy)
        with pytest.raises(WarehouseError, match="was moved or restored"):
            stale.load_batch(late, unit="late", run=run)

    assert kept is not None
    assert answers(loaded) == before
    with Warehouse.open(loaded) as warehouse:
        assert warehouse.load_batch(late, unit="late", run=run).state == "loaded"
        assert [f for f in doctor.examine(warehouse) if not f.is_ok] == []

    place = Place.of(warehouse.paths)
    Place(place.paths, database_too, place.data).write()
    assert restore_catalog(loaded, copy) is None
    assert answers(loaded) == before
    assert restore_catalog(loaded, kept) is not None  # what the first restore replaced
    with read_only_connection(loaded) as con:
        assert con.execute("select count(*) from articles where uri = 'http://late'").fetchone() == (1,)
    restore_catalog(loaded, copy)
    goes_on(loaded, batch_of, run)


@pytest.mark.slow
def test_a_backup_of_postgresql_is_a_catalog_of_its_own(loaded, database):
    """With the database gone for good, the folder alone is a warehouse again."""
    move_catalog(loaded, database)
    before = answers(loaded)
    with Warehouse.open(loaded) as warehouse:
        copy = back_up_catalog(warehouse)
    (loaded / "place.json").unlink()

    restore_catalog(loaded, copy)

    assert answers(loaded) == before
    with Warehouse.open(loaded) as warehouse:
        assert [f for f in doctor.examine(warehouse) if not f.is_ok] == []


@pytest.mark.slow
def test_the_data_moves_to_an_object_store(loaded, bucket, batch_of, run):
    """Files are read from and written to the bucket; the folder's own are used no more."""
    before = answers(loaded)

    assert move_data(loaded, bucket) > 0
    shutil.rmtree(loaded / "data")

    assert answers(loaded) == before
    goes_on(loaded, batch_of, run)


def ingest_seeds(root, *options):
    """Run the command on the pages of the suite, in batches of one."""
    command = [sys.executable, "-m", "flows.cli", "ingest", str(PROJECT / "tests" / "seeds")]
    command += ["--warehouse", str(root), "--batch-docs", "1", "--quiet", *options]
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=240)


@pytest.mark.slow
def test_dask_loads_into_postgresql_and_an_object_store(tmp_path, database, bucket):
    """Batches read by Dask, catalog and files elsewhere: the rows are those of a run on one machine."""
    pytest.importorskip("prefect_dask")
    for root in (tmp_path / "here", tmp_path / "there"):
        Warehouse.open(root).close()
    move_catalog(tmp_path / "there", database)
    move_data(tmp_path / "there", bucket)

    ingest_seeds(tmp_path / "here")
    ingest_seeds(tmp_path / "there", "--runner", "dask", "--workers", "2")

    rows = "select article_id, title, text, text_hans, cluster_id, is_canonical from all_articles order by 1"
    edits = "select * from edits order by all"
    found = []
    for root in (tmp_path / "here", tmp_path / "there"):
        with read_only_connection(root) as con:
            found.append([con.execute(query).fetchall() for query in (rows, edits)])
    assert len(found[0][0]) == 3
    assert found[0] == found[1]
