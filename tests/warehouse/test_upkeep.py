"""Promises of upkeep: fewer files, the same answers, nothing that somebody still needs removed."""

import os
import shutil
import time

import duckdb
import pyarrow as pa
import pytest

from tasks.dedupe import fingerprint
from warehouse.backup import back_up_catalog, list_backups
from warehouse.catalog import Warehouse
from warehouse.dedup import DedupIndex
from warehouse.doctor import examine
from warehouse.errors import NotAWarehouse
from warehouse.insertions import Watermark
from warehouse.keys import delete_index
from warehouse.restore import restore_catalog
from warehouse.search import SearchIndex
from warehouse.site_memory import SiteMemory
from warehouse.upkeep import FILES_TO_MERGE, UpkeepOptions, run_step

AT_ONCE = UpkeepOptions(keep_history_days=0, keep_files_days=0, orphan_hours=0, staging_hours=0)


@pytest.fixture(scope="module")
def many_files(empty_lake, tmp_path_factory, make_batch, make_run):
    """Folder of a warehouse with more small files than upkeep leaves alone, to be copied."""
    root = tmp_path_factory.mktemp("many") / "lake"
    shutil.copytree(empty_lake, root)
    with Warehouse.open(root) as warehouse:
        for number in range(FILES_TO_MERGE + 1):
            pages = [(f"http://a/{number}/{n}", f"第{number}批第{n}篇。\n正文。") for n in range(3)]
            warehouse.load_batch(make_batch(pages, number), unit=f"u{number}", run=make_run)
    return root


@pytest.fixture
def warehouse(many_files, tmp_path):
    """A warehouse with many small files."""
    shutil.copytree(many_files, tmp_path / "lake")
    with Warehouse.open(tmp_path / "lake") as opened:
        yield opened


@pytest.fixture
def loaded(warehouse):
    """A warehouse with many small files."""
    return warehouse


def files(ask, table):
    """Number of files of a table."""
    return ask(f"select count(*) from ducklake_list_files('lake', '{table}', schema => 'core')")[0][0]


def expire_all(con):
    """Forget all history but the newest state."""
    rows = con.execute("select snapshot_id from lake.snapshots() order by 1").fetchall()
    con.execute("call ducklake_expire_snapshots('lake', versions => ?)", [[row[0] for row in rows[:-1]]])


def test_upkeep_changes_no_answer(loaded, ask, run_upkeep):
    """After merging, expiring and removing at once, every table holds the rows it held."""
    tables = ("documents", "articles", "lines", "sightings", "memberships", "ledger")
    before = {t: sorted(map(repr, ask(f"select * from core.{t}"))) for t in tables}

    steps = {step.name: step.counts for step in run_upkeep(loaded, AT_ONCE)}

    assert steps["merge"]["files_before"] > steps["merge"]["files_after"] > 0
    assert steps["expire"]["snapshots"] > 0
    assert steps["cleanup"]["files"] > 0
    assert files(ask, "articles") == 1
    assert {t: sorted(map(repr, ask(f"select * from core.{t}"))) for t in tables} == before
    left = [f for f in loaded.paths.data.rglob("*.parquet") if f.parent.name != "migrations"]
    assert len(left) < 7


def test_a_merge_that_lacks_memory_is_tried_with_more_then_smaller(loaded, monkeypatch):
    """Merging begins with half the memory and one thread, and gives them back, also when nothing fits."""
    limits = "select current_setting('memory_limit'), current_setting('threads')"
    tried = []

    def too_large(warehouse, table, least, most, files):
        with warehouse.connect() as con:
            tried.append((files, *con.execute(limits).fetchone()))
        raise duckdb.OutOfMemoryException("too large")

    with loaded.connect() as con:
        before = con.execute(limits).fetchone()
    monkeypatch.setattr("warehouse.upkeep._merge_tier", too_large)
    assert run_step(loaded, "merge").counts == {"files_before": 0, "files_after": 0}

    assert tried[:4] == [
        (256, "488.2 MiB", 1), (256, before[0], 1), (64, before[0], 1), (16, before[0], 1)
    ]  # fmt: skip
    with loaded.connect() as con:
        assert con.execute(limits).fetchone() == before


def test_upkeep_twice_does_nothing_more(loaded, run_upkeep):
    """The second run finds nothing to merge."""
    run_upkeep(loaded)
    assert run_step(loaded, "merge").counts == {"files_before": 0, "files_after": 0}


def test_loading_goes_on_after_upkeep(loaded, batch_of, run, run_upkeep):
    """Known content stays known, history or not."""
    run_upkeep(loaded, AT_ONCE)
    batch = batch_of([("http://a/0/0", "第0批第0篇。\n正文。")], 99)
    result = loaded.load_batch(batch, unit="again", run=run)

    assert result.new_articles == []
    assert loaded.load_batch(batch_of([("http://z", "新")], 99), unit="u0", run=run).state == "already"


def test_default_ages_remove_nothing_fresh(loaded, run_upkeep):
    """Replaced and unnamed files of today stay: a reader or a writer may need them."""
    stray = loaded.paths.data / "core" / "articles" / "ducklake-stray.parquet"
    stray.write_bytes(b"x")
    before = len(list(loaded.paths.data.rglob("*.parquet")))

    steps = {step.name: step.counts for step in run_upkeep(loaded)}

    assert steps["expire"] == {"snapshots": 0}
    assert steps["cleanup"] == {"files": 0}
    assert steps["orphans"] == {"files": 0}
    assert len(list(loaded.paths.data.rglob("*.parquet"))) >= before

    old = time.time() - 3 * 86_400
    os.utime(stray, (old, old))
    assert run_step(loaded, "orphans").counts == {"files": 1}
    assert not stray.exists()


@pytest.mark.parametrize("consumer", ["search", "sites", "dedup"])
def test_history_is_kept_for_a_consumer(loaded, monkeypatch, consumer):
    """Snapshots that a derived index has not read yet are not expired, whichever it is."""
    options = UpkeepOptions(keep_history_days=0)
    mark = Watermark(3, "then")
    monkeypatch.setattr(SearchIndex, "watermark", lambda _: mark if consumer == "search" else None)
    monkeypatch.setattr(SiteMemory, "watermark", lambda _: mark if consumer == "sites" else None)
    if consumer == "dedup":
        index = DedupIndex(loaded.paths.index / "dedup")
        empty = {"decision": pa.int64(), "is_canonical": pa.bool_(), "similarity": pa.float64()}
        names = ("article_id", "decision", "cluster_id", "is_canonical", "duplicate_kind", "similarity",
                 "duplicate_of")  # fmt: skip
        rows = pa.schema([(name, empty.get(name, pa.string())) for name in names]).empty_table()
        index.apply(fingerprint([]), rows, 3)
        index.close()

    assert run_step(loaded, "expire", options).counts["snapshots"] == 3  # 0, 1 and 2
    assert run_step(loaded, "expire", options).counts["snapshots"] == 0


def test_site_memory_outlives_expired_history(loaded, batch_of, run):
    """Deleted after its history has expired, or left behind by a reclean, it counts from the tables."""

    def counted():
        with loaded.lock(), loaded.connect() as con:
            memory.catch_up(con, hash)
        return memory.of_hosts(["a"])["a"]

    memory = SiteMemory(loaded.paths.index / "site_lines.sqlite")
    batch = batch_of([(f"http://a/{n}", f"首页 新闻\n第{n}篇正文。") for n in range(3)], 99)
    host = pa.array(["a"] * 3)
    lines = batch["lines"]
    label = pa.array(["navigation", "body"] * 3)
    batch["lines"] = lines.set_column(lines.schema.get_field_index("label"), "label", label)
    batch["articles"] = batch["articles"].append_column("host", host)
    loaded.load_batch(batch, unit="z", run=run)
    first = counted()
    assert first == (3, {hash("首页 新闻"): 3})
    delete_index(memory.path)
    with loaded.connect() as con:
        expire_all(con)

    assert counted() == first


def test_the_search_index_outlives_expired_history(loaded, batch_of, run):
    """An index that upkeep left behind is built anew instead of missing rows."""
    search = SearchIndex(loaded.paths)
    with loaded.connect() as con:
        search.catch_up(con)
    loaded.load_batch(batch_of([("http://z", "全新的一篇")]), unit="z", run=run)
    with loaded.connect() as con:
        expire_all(con)
        assert search.catch_up(con) == 28
    assert len(search.hits("全新")) == 1


def test_a_backup_can_be_put_back(loaded, batch_of, run):
    """The restored catalog shows the warehouse as it was, and loading goes on from there."""
    run_step(loaded, "backup")
    (copy,) = list_backups(loaded.paths)
    loaded.load_batch(batch_of([("http://z", "新的一篇")]), unit="z", run=run)
    root = loaded.paths.root
    loaded.close()

    restore_catalog(root, copy)

    with Warehouse.open(root) as again, again.connect() as con:
        assert con.execute("select count(*) from articles").fetchall() == [(27,)]
        assert again.load_batch(batch_of([("http://z", "新的一篇")]), unit="z", run=run).state == "loaded"
        assert con.execute("select count(*) from articles").fetchall() == [(28,)]


def test_a_restore_can_be_undone(loaded, batch_of, run):
    """The catalog that was replaced is kept, and is a backup itself; what is none changes nothing."""
    run_step(loaded, "backup")
    (copy,) = list_backups(loaded.paths)
    loaded.load_batch(batch_of([("http://z", "新的一篇")]), unit="z", run=run)
    root = loaded.paths.root
    loaded.close()

    for wrong in (root / "locks" / "commit.lock", loaded.paths.index / "keys.sqlite", root / "none"):
        with pytest.raises(NotAWarehouse, match=r"no backup|no file"):
            restore_catalog(root, wrong)
    kept = restore_catalog(root, copy)
    assert restore_catalog(root, kept) == kept

    with Warehouse.open(root) as again, again.connect() as con:
        assert con.execute("select count(*) from articles").fetchall() == [(28,)]


def test_a_copy_made_at_work_is_whole(loaded, tmp_path, batch_of, run):
    """Catalog first, then the data files: loads and merges in between do not matter."""
    copy = back_up_catalog(loaded)
    late = batch_of([("http://z", "新的一篇")])
    loaded.load_batch(late, unit="z", run=run)
    run_step(loaded, "merge")
    safe = tmp_path / "safe"
    shutil.copytree(loaded.paths.data, safe / "data")
    shutil.copytree(loaded.paths.backups, safe / "backups")

    assert restore_catalog(safe, safe / "backups" / copy.name) is None

    with Warehouse.open(safe) as again, again.connect() as con:
        assert [f for f in examine(again) if not f.is_ok] == []
        assert con.execute("select count(*) from articles").fetchall() == [(27,)]
        assert again.load_batch(late, unit="z", run=run).state == "loaded"


def test_old_staging_is_removed(loaded):
    """What a killed run left in staging goes after its time, and what a killed merge had written to disk."""
    folder = loaded.paths.staging / "run-0"
    folder.mkdir()
    loaded.paths.spill.mkdir(exist_ok=True)
    spilled = loaded.paths.spill / "duckdb_temp_storage_DEFAULT-0.tmp"
    for path in (folder / "000001.fetch", spilled):
        path.write_bytes(b"x")
    assert run_step(loaded, "staging").counts == {"folders": 0}
    old = time.time() - 3 * 86_400
    for path in (folder / "000001.fetch", folder, spilled):
        os.utime(path, (old, old))

    assert run_step(loaded, "staging").counts == {"folders": 2}
    assert not folder.exists()
    assert not spilled.exists()


def test_rows_from_before_a_migration_are_brought_over(loaded, ask, monkeypatch):
    """Decisions that were loaded unmarked are marked, some at a time; nothing else about them changes."""
    monkeypatch.setattr("warehouse.alone.ROWS", 10)
    with loaded.lock(), loaded.connect() as con:
        con.execute("begin")
        con.execute("call lake.set_commit_message('test', 'as before migration 0005')")
        con.execute("update core.memberships set stands_alone = false")
        con.execute("commit")
    before = sorted(map(repr, ask("select * exclude (stands_alone) from core.memberships")))
    articles = ask("from articles order by article_id")
    number = ask("select count(*) from core.memberships")[0][0]

    assert run_step(loaded, "alone").counts == {"rows": number}

    assert ask("select count(*) from core.membership_told") == [(0,)]
    assert sorted(map(repr, ask("select * exclude (stands_alone) from core.memberships"))) == before
    assert ask("from articles order by article_id") == articles
    assert [f for f in examine(loaded) if not f.is_ok] == []
    assert run_step(loaded, "alone").counts == {"rows": 0}
