"""Promises of forgetting: gone from every answer at once, from the disk after purge, and not loaded again."""

import pyarrow as pa
import pytest

from warehouse import doctor
from warehouse.forget import forget, purge
from warehouse.search import SearchIndex

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
    """Other pages of the host are not loaded either; other hosts are."""
    forget(loaded, "host", "a.cn", run)
    batch = batch_of([("http://a.cn/9", "又一篇私事。"), ("http://c.cn/3", "别处的新闻。")], 5)
    loaded.load_batch(batch, unit="u2", run=run)

    assert ask("select uri from articles order by 1") == [("http://b.cn/2",), ("http://c.cn/3",)]


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


def test_after_purge_the_disk_does_not_hold_it(loaded, run, id_of, batch_of, ask):
    """No file under the warehouse holds the words, and the history that did cannot be read."""
    forget(loaded, "article", id_of(SECRET), run)
    purge(loaded, keep_files_days=0)
    with loaded.connect() as con:
        SearchIndex(loaded.paths).catch_up(con)

    files = loaded.paths.data.rglob("*.parquet")
    with loaded.connect() as con:
        for file in files:
            rows = con.execute(f"select * from read_parquet('{file}')").fetchall()
            assert "私事" not in repr(rows)
            assert SECRET.encode() not in repr(rows).encode()
    assert SearchIndex(loaded.paths).hits("私事") == []
    assert ask("select count(*) from lake.snapshots()") == [(1,)]
    assert [f for f in doctor.examine(loaded) if not f.is_ok] == []
    assert loaded.load_batch(batch_of([("http://d", "新篇")], 9), unit="u9", run=run).state == "loaded"
