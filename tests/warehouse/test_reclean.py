"""Promises of recleaning: all at once or not at all, resumable, and the history stays."""

import pyarrow as pa
import pytest

from warehouse import doctor
from warehouse.reclean import RevisionStage, count_outdated, outdated_documents


@pytest.fixture
def loaded(warehouse, batch_of, run):
    """Three articles cleaned by rules 1."""
    pages = [("http://a/1", "甲文"), ("http://a/2", "乙文"), ("http://a/3", "丙文")]
    warehouse.load_batch(batch_of(pages), unit="u1", run=run)
    return warehouse


def recleaned(batch, revision=2, rules="2"):
    """The batch as newer rules clean it."""
    count = batch["articles"].num_rows
    articles = batch["articles"]
    for name, values in {
        "text": pa.array([t + "（新）" for t in articles.column("text").to_pylist()]),
        "rules_version": pa.array([rules] * count),
    }.items():
        articles = articles.set_column(articles.schema.get_field_index(name), name, values)
    articles = articles.append_column("revision", pa.array([revision] * count, pa.int64()))
    lines = batch["lines"].append_column(
        "revision", pa.array([revision] * batch["lines"].num_rows, pa.int64())
    )
    return {"articles": articles, "lines": lines}


def test_outdated_documents_are_found(loaded):
    """Documents cleaned by other rules come with their bytes and their revision."""
    with loaded.connect() as con:
        assert count_outdated(con, "1") == 0
        assert count_outdated(con, "2") == 3
        (part,) = outdated_documents(con, "2")
    assert part.num_rows == 3
    assert set(part.column("revision").to_pylist()) == {1}


def test_a_reclean_is_published_in_one_snapshot(loaded, batch_of, run, ask):
    """Before publishing nothing is seen; after it the new cleanings; the old ones by time travel."""
    before = loaded.snapshot_id()
    stage = RevisionStage(loaded, "rules-2")
    stage.prepare("0001", recleaned(batch_of([("http://a/1", "甲文")])))
    stage.prepare("0002", recleaned(batch_of([("http://a/2", "乙文")])))
    assert stage.prepared() == {"0001", "0002"}
    assert ask("select text from articles order by 1") == [("丙文",), ("乙文",), ("甲文",)]

    result = stage.publish(run)

    assert result.snapshot_id == before + 1
    assert ask("select text from articles order by 1") == [("丙文",), ("乙文（新）",), ("甲文（新）",)]
    assert ask("select count(*) from lines") == [(3,)]
    assert ask(f"select count(*) from core.articles at (version => {before})") == [(3,)]
    assert [f for f in doctor.examine(loaded) if not f.is_ok] == []
    assert not stage.folder.exists()
    assert stage.publish(run).state == "already"


def test_what_changed_meanwhile_is_left_out(loaded, batch_of, run, ask):
    """A page superseded while the reclean was prepared stays superseded."""
    stage = RevisionStage(loaded, "rules-2")
    stage.prepare("0001", recleaned(batch_of([("http://a/1", "甲文"), ("http://a/2", "乙文")])))
    loaded.load_batch(batch_of([("http://a/1", "甲文改")], 1), unit="u2", run=run)

    stage.publish(run)

    assert ask("select text from articles order by 1") == [("丙文",), ("乙文（新）",), ("甲文改",)]
    assert [f for f in doctor.examine(loaded) if not f.is_ok] == []


def test_newer_rules_may_stop_an_article(loaded, run, ask, id_of):
    """A document that newer rules reject is no article any more; its bytes stay."""
    stage = RevisionStage(loaded, "rules-2")
    row = {"uri": "http://a/3", "step": "clean", "reason": "no_body", "article_id": id_of("丙文")}
    stage.prepare("0001", {"rejects": pa.Table.from_pylist([row])})

    result = stage.publish(run)

    assert result.superseded == [id_of("丙文")]
    assert ask("select text from articles order by 1") == [("乙文",), ("甲文",)]
    assert ask("select count(*) from documents") == [(3,)]
    assert [f for f in doctor.examine(loaded) if not f.is_ok] == []


def test_a_second_reclean_follows_the_first(loaded, batch_of, run, ask):
    """Revisions count on; only the newest is current."""
    for revision in (2, 3):
        stage = RevisionStage(loaded, f"rules-{revision}")
        stage.prepare("0001", recleaned(batch_of([("http://a/1", "甲文")]), revision, str(revision)))
        assert stage.publish(run).state == "loaded"

    assert ask("select rules_version from articles where uri = 'http://a/1'") == [("3",)]
    assert [f for f in doctor.examine(loaded) if not f.is_ok] == []
