"""Promises of identity: content decides who an article is, places decide which version is current."""

import dataclasses

import pyarrow as pa
import pytest


@pytest.fixture
def load(warehouse, batch_of, run):
    """Load (uri, content) pairs seen at a minute; each call is a unit of its own."""
    units = iter(range(1000))

    def load_pages(*pages, minute=0, decide=None):
        unit = f"u{next(units)}"
        return warehouse.load_batch(batch_of(pages, minute), unit=unit, run=run, decide=decide)

    return load_pages


def texts(ask):
    """Current texts in order."""
    return [row[0] for row in ask("select text from articles order by text")]


def test_a_changed_page_supersedes_the_old_one(load, ask):
    """The newest version of a page is the article; the old one stays in history."""
    load(("http://a/1", "旧文"))
    load(("http://a/1", "新文"), minute=1)

    assert texts(ask) == ["新文"]
    assert ask("select count(*) from all_articles") == [(1,)]
    assert ask("select count(*) from lines") == [(1,)]
    assert ask("select count(*) from core.articles") == [(2,)]


def test_a_replaced_version_is_gone_from_where_it_was(load, ask):
    """A place does not seem to show two versions; one that returns is there again."""
    there = "select text from core.articles join sightings using (article_id) where gone_at is null"
    load(("http://a/1", "旧文"))
    load(("http://a/1", "新文"), minute=1)
    assert ask(there) == [("新文",)]

    load(("http://a/1", "旧文"), minute=2)
    assert ask(there) == [("旧文",)]


def test_what_a_clock_that_was_ahead_hides_shows_when_it_is_seen_after_that_time(load, ask):
    """As the doctor says: an ingest after the time of the run mends it."""
    load(("http://a/1", "旧文"), minute=60)
    load(("http://a/1", "新文"), minute=1)
    assert texts(ask) == ["旧文"]

    load(("http://a/1", "新文"), minute=61)
    assert texts(ask) == ["新文"]


def test_content_seen_elsewhere_stays(load, ask):
    """A page that changed at one address and not at the other is still published there."""
    load(("http://a/1", "旧文"), ("http://b/1", "旧文"))
    load(("http://a/1", "新文"), minute=1)
    assert texts(ask) == ["新文", "旧文"]

    load(("http://b/1", "新文"), minute=2)
    assert texts(ask) == ["新文"]


def test_content_that_returns_is_current_again(load, ask):
    """A page changed and changed back shows its first content."""
    load(("http://a/1", "旧文"))
    load(("http://a/1", "新文"), minute=1)
    load(("http://a/1", "旧文"), minute=2)
    assert texts(ask) == ["旧文"]

    load(("http://a/1", "新文"), minute=3)
    assert texts(ask) == ["新文"]


def test_an_older_capture_does_not_supersede(load, ask):
    """A capture fetched before the one that is loaded goes to history at once."""
    load(("http://a/1", "新文"), minute=5)
    result = load(("http://a/1", "旧文"), minute=1)

    assert texts(ask) == ["新文"]
    assert len(result.superseded) == 1


def test_rows_named_by_position_never_supersede(load, ask):
    """Another row on line 3 says nothing about the one that stood there."""
    load(("file:///x.jsonl#L3", "甲"))
    load(("file:///x.jsonl#L3", "乙"), minute=1)

    assert texts(ask) == ["乙", "甲"]


def test_records_with_one_id_in_one_file_are_all_kept(load, warehouse, batch_of, run, ask):
    """An id given twice in one reading is no new version; in a later reading it is."""
    load(("file:///x.jsonl#id=5", "甲"), ("file:///x.jsonl#id=5", "乙"))
    load(("file:///x.jsonl#id=5", "丙"))
    assert texts(ask) == ["丙", "乙", "甲"]

    later = dataclasses.replace(run, run_id="run-2")
    warehouse.load_batch(batch_of([("file:///x.jsonl#id=5", "丁")], 9), unit="later", run=later)
    assert texts(ask) == ["丁", "丙", "乙"]


def test_a_rejected_page_supersedes_nothing(load, warehouse, batch_of, run, ask):
    """An error page in place of an article leaves the article current."""
    load(("http://a/1", "正文"))
    batch = batch_of([("http://a/1", "页面不存在")], 1)
    stopped = {name: batch[name] for name in ("documents", "sightings")}
    warehouse.load_batch(stopped, unit="rejected", run=run)

    assert texts(ask) == ["正文"]


def test_two_versions_in_one_batch_leave_the_last(load, ask):
    """The later row of one batch holds."""
    load(("http://a/1", "旧文"), ("http://a/1", "新文"))

    assert texts(ask) == ["新文"]


def test_the_cluster_gets_a_new_survivor(load, ask, id_of):
    """When a survivor is superseded, the first of its copies stands for the cluster."""
    old, copy, new = id_of("正文"), id_of("正文。"), id_of("正文改")
    load(("http://a/1", "正文"))

    def copy_of_old(_):
        row = {"article_id": copy, "cluster_id": old, "is_canonical": False, "duplicate_of": old}
        return {"memberships": pa.Table.from_pylist([{**row, "duplicate_kind": "near", "similarity": 0.9}])}

    load(("http://b/1", "正文。"), minute=1, decide=copy_of_old)
    assert texts(ask) == ["正文"]

    load(("http://a/1", "正文改"), minute=2)
    assert sorted(texts(ask)) == ["正文。", "正文改"]
    assert ask("select cluster_id, copy_count from articles where text = '正文。'") == [(old, 0)]
    assert ask("select count(*) from duplicates") == [(0,)]
    assert ask(f"select count(*) from articles where article_id = '{new}'") == [(1,)]


def test_a_copy_of_the_version_it_replaces_is_the_survivor(load, ask, id_of):
    """A page that only changed its frame keeps its cluster and shows its newest version."""
    old, new = id_of("正文"), id_of("正文 ")
    load(("http://a/1", "正文"))

    def copy_of_old(_):
        row = {"article_id": new, "cluster_id": old, "is_canonical": False, "duplicate_of": old}
        return {"memberships": pa.Table.from_pylist([{**row, "duplicate_kind": "exact", "similarity": 1.0}])}

    load(("http://a/1", "正文 "), minute=1, decide=copy_of_old)

    assert ask("select article_id, cluster_id, copy_count from articles") == [(new, old, 0)]


def test_an_article_that_comes_back_may_be_the_survivor(load, ask, id_of):
    """Of a cluster whose survivor goes in the same batch; no other is elected beside it."""
    back, before, copy = id_of("正文"), id_of("正文。"), id_of("正文。。")
    load(("http://a/1", "正文"))
    load(("http://a/1", "他文"), minute=1)
    load(("http://b/1", "正文。"), minute=2)

    def both(_):
        rows = [
            {"article_id": back, "cluster_id": before, "is_canonical": True},
            {"article_id": copy, "cluster_id": before, "is_canonical": False, "duplicate_of": back},
        ]
        return {"memberships": pa.Table.from_pylist(rows)}

    load(("http://a/1", "正文"), ("http://b/1", "正文。。"), minute=3, decide=both)

    shown = ask("select article_id, cluster_id, is_canonical from all_articles order by is_canonical")
    assert shown == [(copy, before, False), (back, before, True)]


def test_a_cluster_is_never_without_a_survivor(load, ask, id_of):
    """Decisions that name a copy as survivor, be it of itself, leave the first article of the cluster as such."""
    first, second = id_of("正文"), id_of("正文。")

    def nobody(_):
        row = {"cluster_id": first, "is_canonical": False, "duplicate_of": first, "duplicate_kind": "near"}
        return {"memberships": pa.Table.from_pylist([{"article_id": a, **row} for a in (first, second)])}

    load(("http://a/1", "正文"), ("http://b/1", "正文。"), decide=nobody)

    shown = ask("select cluster_id, is_canonical, duplicate_of from all_articles order by is_canonical")
    survivor = ask("select article_id from articles")[0][0]
    assert shown == [(first, False, survivor), (first, True, None)]


def test_the_index_comes_back(load, warehouse, ask):
    """Deleted or behind, the key index knows again what is loaded, and where."""
    load(("http://a/1", "旧文"))
    before = warehouse.keys.db().execute("select * from articles order by 1").fetchall()
    places = warehouse.keys.db().execute("select * from uris order by 1").fetchall()
    warehouse.keys.close()
    for file in warehouse.paths.index.glob("keys*"):
        file.unlink()

    assert warehouse.known_articles([before[0][0]]) == {before[0][0]}
    assert warehouse.keys.db().execute("select * from articles order by 1").fetchall() == before
    assert warehouse.keys.db().execute("select * from uris order by 1").fetchall() == places
    load(("http://a/1", "新文"), minute=1)
    assert texts(ask) == ["新文"]


def test_the_index_catches_up_with_another_writer(load, warehouse):
    """Commits that another process made are seen before the next decision."""
    load(("http://a/1", "旧文"))
    held = {p: p.read_bytes() for p in warehouse.paths.index.glob("keys*")}
    warehouse.keys.close()
    held = {p: p.read_bytes() for p in warehouse.paths.index.glob("keys*")}
    load(("http://a/1", "新文"), ("http://b/2", "他文"), minute=1)
    after = warehouse.keys.db().execute("select * from articles order by 1").fetchall()
    warehouse.keys.close()
    for file in warehouse.paths.index.glob("keys*"):
        file.unlink()
    for path, content in held.items():
        path.write_bytes(content)

    with warehouse.connect() as con:
        assert warehouse.keys.catch_up(con) is False
    assert warehouse.keys.db().execute("select * from articles order by 1").fetchall() == after
    assert load(("http://b/2", "他文"), minute=2).new_articles == []
