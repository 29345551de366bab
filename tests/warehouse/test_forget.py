"""Promises of forgetting: gone from every answer at once, from the disk after purge, and not loaded again."""

import os
import shutil
import subprocess
from pathlib import Path

import pyarrow as pa
import pytest

from warehouse import doctor
from warehouse.backup import back_up_catalog
from warehouse.forget import forget
from warehouse.purge import purge
from warehouse.reclean import RevisionStage
from warehouse.search import SearchIndex
from warehouse.site_memory import SiteMemory
from warehouse.upkeep import UpkeepOptions, run_step

SECRET = "某人的私事在此。"


@pytest.fixture
def loaded(warehouse, batch_of, run):
    """Two pages, one of them about somebody."""
    batch = batch_of([("http://a.cn/1", SECRET), ("http://b.cn/2", "公共新闻。")])
    warehouse.load_batch(batch, unit="u1", run=run)
    with warehouse.connect() as con:
        SearchIndex(warehouse.paths).catch_up(con)
    return warehouse


@pytest.mark.parametrize(("kind", "value"), [("article", None), ("uri", "http://a.cn/1"), ("host", "A.cn")])
def test_forgotten_is_gone_and_stays_away(loaded, ask, run, batch_of, id_of, kind, value):
    """By id, address or host: no row is left, and loading the same again adds nothing."""
    result = forget(loaded, kind, value or id_of(SECRET), run)

    assert result.article_ids == (id_of(SECRET),)
    for table in ("documents", "articles", "lines", "sightings", "memberships"):
        assert ask(f"select count(*) from core.{table} where article_id = '{id_of(SECRET)}'") == [(0,)]
    assert ask("select count(*) from articles") == [(1,)]

    again = loaded.load_batch(batch_of([("http://a.cn/1", SECRET)], 5), unit="u2", run=run)
    assert again.new_articles == []
    assert ask("select count(*) from documents") == [(1,)]
    assert ask("select count(*) from core.sightings") == [(1,)]
    assert [f for f in doctor.examine(loaded) if not f.is_ok] == []


def test_a_forgotten_host_stays_away_with_new_content(loaded, ask, run, batch_of):
    """Other pages of the host are not loaded either, and are counted; other hosts are."""
    forget(loaded, "host", "a.cn", run)
    batch = batch_of([("http://a.cn/9", "又一篇私事。"), ("http://c.cn/3", "别处的新闻。")], 5)
    result = loaded.load_batch(batch, unit="u2", run=run)

    assert [result.forgotten[name] for name in ("documents", "articles", "sightings")] == [1, 1, 1]
    assert ask("select uri from articles order by 1") == [("http://b.cn/2",), ("http://c.cn/3",)]


def test_a_forgotten_file_goes_with_all_that_lies_in_it(warehouse, ask, run, batch_of):
    """A bundle's rows go by the address of the bundle, whatever it holds later; a neighbour stays."""
    bundle = "file:///in/a.zip"
    batch = batch_of([(f"{bundle}!/rows.jsonl#id=1", SECRET), ("file:///in/a.zip2", "公共新闻。")])
    warehouse.load_batch(batch, unit="u1", run=run)
    assert len(forget(warehouse, "uri", bundle, run).article_ids) == 1

    later = batch_of([(f"{bundle}!/rows.jsonl#id=2", "又一篇私事。")], 5)
    assert warehouse.load_batch(later, unit="u2", run=run).new_articles == []
    assert ask("select uri from all_articles") == [("file:///in/a.zip2",)]


def test_a_cluster_without_its_survivor_gets_another(loaded, ask, run, batch_of, id_of):
    """When the survivor is forgotten its copy stands for the cluster, and is named to whoever asked."""
    copy = id_of("公共新闻。。")

    def copy_of_it(_):
        row = {"article_id": copy, "cluster_id": id_of("公共新闻。"), "is_canonical": False}
        row |= {"duplicate_of": id_of("公共新闻。"), "duplicate_kind": "near", "similarity": 0.9}
        return {"memberships": pa.Table.from_pylist([row])}

    loaded.load_batch(batch_of([("http://c.cn/3", "公共新闻。。")], 1), unit="u2", run=run, decide=copy_of_it)
    result = forget(loaded, "uri", "http://b.cn/2", run)

    assert result.copies == (copy,)
    assert ask("select article_id, cluster_id, copy_count from articles where uri = 'http://c.cn/3'") == [
        (copy, id_of("公共新闻。"), 0)
    ]
    assert [f for f in doctor.examine(loaded) if not f.is_ok] == []


FIRST, LAST = "!!某人的私事在此", "龥龥此外还有某人的私事"
"""Contents that are the least and the greatest of their columns: statistics quote those."""


@pytest.fixture
def quoted(warehouse, batch_of, run):
    """Two pages about somebody that statistics, copies of the catalog and every index know of, and another."""
    pages = [("http://b.cn/2", "公共新闻。"), ("http://a.cn/1", FIRST), ("http://a.cn/私事", LAST)]
    batch = batch_of(pages)
    batch["articles"] = batch["articles"].append_column("host", pa.array(["b.cn", "a.cn", "a.cn"]))
    warehouse.load_batch(batch, unit="u1", run=run)
    with warehouse.lock(), warehouse.connect() as con:
        SearchIndex(warehouse.paths).catch_up(con)
        SiteMemory(warehouse.paths.index / "site_lines.sqlite").catch_up(con, hash)
    copy = back_up_catalog(warehouse)
    shutil.copyfile(copy, warehouse.paths.backups / "catalog-replaced.sqlite")
    return warehouse


def traces(warehouse):
    """Files that hold the words: in their bytes, in the rows or in the statistics of a Parquet file.

    The bytes are looked at by another process: closing a SQLite file here would drop DuckDB's locks on it.
    """
    said = subprocess.run(["grep", "-rlaF", "私事", warehouse.paths.root], capture_output=True, text=True)
    found = {Path(line).name for line in said.stdout.splitlines()}
    with warehouse.connect() as con:
        for file in warehouse.paths.data.rglob("*.parquet"):
            read = [
                con.execute(f"from {name}('{file}')").fetchall()
                for name in ("read_parquet", "parquet_metadata")
            ]
            if "私事" in repr(read) or repr("私事".encode())[2:-1] in repr(read):
                found.add(file.name)
    return found


@pytest.mark.parametrize(
    ("kind", "values"),
    [("host", ["a.cn"]), ("article", [FIRST, LAST]), ("uri", ["http://a.cn/1", "http://a.cn/私事"])],
)
def test_after_purge_the_disk_does_not_hold_it(quoted, run, id_of, batch_of, ask, kind, values, run_upkeep):
    """No byte of it is left: in data files, catalog, log, indexes and copies; loading goes on."""
    assert "catalog-replaced.sqlite" in traces(quoted)
    for value in values:
        forget(quoted, kind, id_of(value) if kind == "article" else value, run)
    purge(quoted, keep_files_days=0)
    with quoted.connect() as con:
        SearchIndex(quoted.paths).catch_up(con)

    assert traces(quoted) == set()
    assert SearchIndex(quoted.paths).hits("私事") == []
    assert ask("select count(*) from lake.snapshots()") == [(1,)]
    assert ask("select text from articles where text >= '公' and text < '共'") == [("公共新闻。",)]
    assert [f for f in doctor.examine(quoted) if not f.is_ok] == []
    assert quoted.load_batch(batch_of([("http://d", "新篇")], 9), unit="u9", run=run).state == "loaded"
    run_upkeep(quoted, UpkeepOptions(keep_history_days=0, keep_files_days=0))
    assert traces(quoted) == set()


def test_without_haste_the_bytes_go_with_upkeep(quoted, run, run_upkeep):
    """Replaced files stay for readers at work; upkeep removes them after their age."""
    forget(quoted, "host", "a.cn", run)
    purge(quoted, keep_files_days=2)
    left = traces(quoted)
    assert left
    assert all(name.endswith(".parquet") for name in left)

    run_upkeep(quoted, UpkeepOptions(keep_files_days=0), ("cleanup",))

    assert traces(quoted) == set()


@pytest.mark.parametrize("broken", ["warehouse.forget.delete_index", "warehouse.purge.scrub_catalog"])
def test_a_deletion_that_was_killed_is_finished_by_upkeep(quoted, run, monkeypatch, broken, run_upkeep):
    """The doctor tells of it until no byte is left, wherever it stopped; afterwards nothing is due."""
    assert doctor.forgotten_is_purged(quoted).is_ok
    with monkeypatch.context() as patched:
        patched.setattr(broken, lambda *_: os.kill(os.getpid(), 9))
        pid = os.fork()
        if pid == 0:
            forget(quoted, "host", "a.cn", run)
            purge(quoted, keep_files_days=0)
            os._exit(0)
        assert os.waitpid(pid, 0)[1] == 9
    assert doctor.forgotten_is_purged(quoted).is_ok  # it may be under way
    monkeypatch.setattr(doctor, "DELETION_TAKES_S", 0)
    assert not doctor.forgotten_is_purged(quoted).is_ok

    run_upkeep(quoted, UpkeepOptions(keep_files_days=0), ("purge", "cleanup"))

    assert traces(quoted) == set()
    assert [f for f in doctor.examine(quoted) if not f.is_ok] == []
    assert run_step(quoted, "purge").counts == {"snapshots": 0, "files": 0}


def test_what_found_nothing_leaves_history_alone(quoted, run, monkeypatch):
    """A request for what was never loaded makes nothing due."""
    monkeypatch.setattr(doctor, "DELETION_TAKES_S", 0)
    forget(quoted, "host", "never.cn", run)

    assert doctor.forgotten_is_purged(quoted).is_ok


def test_what_waits_in_staging_goes_at_once(loaded, run, batch_of):
    """Of an interrupted reclean the batches that hold it, and what killed runs had staged; the rest stays."""
    stage = RevisionStage(loaded, "rules-2")
    about = {"articles": batch_of([("http://a.cn/1", SECRET)])["articles"]}
    stage.prepare("0001", about)
    stage.prepare("0002", {"articles": batch_of([("http://b.cn/2", "公共新闻。")])["articles"]})
    half = stage.folder / "0003.999999999.part"
    half.mkdir()
    (half / "articles.parquet").write_text(SECRET)
    killed = loaded.paths.staging / "killed"
    killed.mkdir()
    (killed / "000001.stored").write_text(SECRET)
    lock = loaded.paths.locks / "run-killed.lock"
    lock.touch()
    os.utime(lock, (0, 0))

    forget(loaded, "host", "a.cn", run)

    assert [path.name for path in loaded.paths.staging.rglob("*") if path.is_dir()] == [
        "reclean-rules-2",
        "0002",
    ]
    assert doctor.forgotten_is_purged(loaded).is_ok
    stage.prepare("0001", about)  # by one that had read it before
    assert not doctor.forgotten_is_purged(loaded).is_ok
    assert run_step(loaded, "staging").counts == {"folders": 1}
    assert doctor.forgotten_is_purged(loaded).is_ok
    assert stage.prepared() == {"0002"}
