"""Promises of loading: once, whole, and named."""

import json

import pyarrow as pa
import pytest

from warehouse.errors import SchemaMismatch


def test_a_batch_is_there_after_loading(warehouse, batch_of, run, ask, id_of):
    """A loaded batch is read through every view."""
    result = warehouse.load_batch(batch_of([("file:///a", "春天来了。\n花开了。")]), unit="u1", run=run)

    assert result.state == "loaded"
    assert result.new_articles == [id_of("春天来了。\n花开了。")]
    assert ask("select title, text_hans, copy_count, cluster_id = article_id from articles") == [
        ("春天来了。\n花开", "春天来了。\n花开了。", 0, True)
    ]
    assert ask("select count(*), min(line_no), max(line_no) from lines") == [(2, 1, 2)]
    assert ask("select uri, first_seen_at = last_seen_at from sightings") == [("file:///a", True)]
    assert ask("select size_bytes, content from documents")[0][1] == "春天来了。\n花开了。".encode()


def test_a_unit_is_loaded_once(warehouse, batch_of, run, ask):
    """The same unit again changes nothing."""
    warehouse.load_batch(batch_of([("file:///a", "一")]), unit="u1", run=run)
    before = warehouse.snapshot_id()

    again = warehouse.load_batch(batch_of([("file:///b", "二")]), unit="u1", run=run)

    assert again.state == "already"
    assert warehouse.snapshot_id() == before
    assert ask("select count(*) from all_articles") == [(1,)]


def test_the_same_content_is_one_article_with_two_sightings(warehouse, batch_of, run, ask):
    """Content loaded before adds a sighting and nothing else."""
    warehouse.load_batch(batch_of([("file:///a", "同样")]), unit="u1", run=run)
    warehouse.load_batch(batch_of([("file:///b", "同样")], minute=1), unit="u2", run=run)

    assert ask("select count(*) from all_articles") == [(1,)]
    assert ask("select count(*) from documents") == [(1,)]
    assert ask("select count(*) from lines") == [(1,)]
    assert ask("select uri from sightings order by 1") == [("file:///a",), ("file:///b",)]


def test_two_copies_in_one_batch_are_one_article(warehouse, batch_of, run, ask):
    """Copies inside a batch are folded too."""
    warehouse.load_batch(batch_of([("file:///a", "同\n样"), ("file:///b", "同\n样")]), unit="u1", run=run)

    assert ask("select count(*) from all_articles") == [(1,)]
    assert ask("select count(*) from lines") == [(2,)]
    assert ask("select count(*) from sightings") == [(2,)]


def test_a_commit_names_its_run(warehouse, batch_of, run, ask):
    """The snapshot leads to the flow run, and the ledger to both."""
    result = warehouse.load_batch(batch_of([("file:///a", "一")]), unit="u1", run=run)

    snapshot = result.snapshot_id
    ((info,),) = ask(f"select commit_extra_info from lake.snapshots() where snapshot_id = {snapshot}")
    assert json.loads(info) == {
        "unit": "u1",
        "run_id": "run-1",
        "flow_run_id": "flow-1",
        "task_run_id": "task-1",
    }
    ((rows,),) = ask("select rows from core.ledger")
    assert json.loads(rows) == result.counts


def test_what_does_not_fit_is_refused_whole(warehouse, batch_of, run, ask):
    """A batch with an unknown column leaves nothing behind."""
    batch = batch_of([("file:///a", "一")])
    batch["lines"] = batch["lines"].append_column("colour", pa.array(["red"]))

    with pytest.raises(SchemaMismatch, match="colour"):
        warehouse.load_batch(batch, unit="u1", run=run)
    assert ask("select count(*) from core.documents") == [(0,)]


def test_a_failure_before_commit_leaves_nothing(warehouse, batch_of, run, ask):
    """What fails before COMMIT is not seen, and the unit can be loaded afterwards."""

    def fail() -> None:
        raise RuntimeError("stop")

    with pytest.raises(RuntimeError):
        warehouse.load_batch(batch_of([("file:///a", "一")]), unit="u1", run=run, before_commit=fail)
    assert ask("select count(*) from core.documents") == [(0,)]
    assert warehouse.load_batch(batch_of([("file:///a", "一")]), unit="u1", run=run).state == "loaded"


def test_decide_sees_what_is_new_and_adds_rows(warehouse, batch_of, run, ask, id_of):
    """Decisions about copies are made under the lock, about new articles only."""
    first, second = id_of("甲乙丙"), id_of("甲乙丙丁")
    warehouse.load_batch(batch_of([("file:///a", "甲乙丙")]), unit="u1", run=run)

    def decide(context):
        assert context.new_articles == [second]
        row = {
            "article_id": second,
            "cluster_id": first,
            "is_canonical": False,
            "duplicate_of": first,
            "duplicate_kind": "near",
            "similarity": 0.9,
        }
        return {"memberships": pa.Table.from_pylist([row])}

    batch = batch_of([("file:///a2", "甲乙丙"), ("file:///b", "甲乙丙丁")])
    warehouse.load_batch(batch, unit="u2", run=run, decide=decide)

    assert ask("select article_id, copy_count from articles") == [(first, 1)]
    assert ask("select article_id, duplicate_of, duplicate_kind from duplicates") == [(second, first, "near")]
    assert ask("select count(*) from all_articles") == [(2,)]
