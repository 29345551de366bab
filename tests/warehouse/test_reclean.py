"""Promises of recleaning: all at once or not at all, resumable, and the history stays."""

import pyarrow as pa
import pytest

from warehouse import doctor
from warehouse.reclean import RevisionStage, count_outdated, outdated_documents
from warehouse.runs import RunRef


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


def test_rules_that_come_again_clean_again(loaded, batch_of, run, ask):
    """What another machine loads by older rules, after the reclean by newer ones, is recleaned by them too."""
    for number, revision in (("一", 2), ("二", 2), ("一", 3)):
        page = (f"http://b/{number}", f"{number}文")
        loaded.load_batch(batch_of([page]), unit=f"later {number}", run=run)
        stage = RevisionStage(loaded, "rules-2")
        stage.prepare("0001", recleaned(batch_of([page]), revision))
        assert stage.publish(run).state == "loaded"

    assert ask("select count(*) from articles where rules_version = '2'") == [(2,)]
    assert [f for f in doctor.examine(loaded) if not f.is_ok] == []


def test_a_reclean_killed_after_its_commit_is_not_published_twice(loaded, batch_of, run, monkeypatch):
    """What it left is dropped by the next, which publishes what it prepares itself."""
    stage = RevisionStage(loaded, "rules-2")
    stage.prepare("0001", recleaned(batch_of([("http://a/1", "甲文")])))
    monkeypatch.setattr(stage, "drop", lambda: None)
    assert stage.publish(run).state == "loaded"
    assert stage.publish(run).state == "already"

    again = RevisionStage(loaded, "rules-2")
    assert again.prepared() == set()
    again.prepare("0002", recleaned(batch_of([("http://a/2", "乙文")])))
    assert again.publish(run).state == "loaded"


def test_what_newer_rules_stopped_may_come_back(loaded, batch_of, run, ask, id_of):
    """Rules that let it through again make it an article again, as a copy of who stands for its cluster now."""
    survivor, copy = id_of("丙文"), id_of("丙文。")

    def copy_of_it(_):
        row = {"article_id": copy, "cluster_id": survivor, "is_canonical": False}
        row |= {"duplicate_of": survivor, "duplicate_kind": "near", "similarity": 0.9}
        return {"memberships": pa.Table.from_pylist([row])}

    loaded.load_batch(batch_of([("http://c/3", "丙文。")], 1), unit="u2", run=run, decide=copy_of_it)
    row = {"uri": "http://a/3", "step": "clean", "reason": "no_body", "article_id": survivor}
    for rules in ("2", "3"):  # stopped once, and once more
        stage = RevisionStage(loaded, f"rules-{rules}")
        stage.prepare("0001", {"rejects": pa.Table.from_pylist([row])})
        stage.publish(RunRef(f"run-{rules}", rules_version=rules))
    with loaded.connect() as con:
        assert count_outdated(con, "3") == 3  # 甲, 乙 and the copy; the stopped one was tried with these
        assert {r["article_id"] for r in outdated_rows(con, "4")} >= {survivor, copy}
    assert ask("select uri from articles where text like '丙%'") == [("http://c/3",)]
    assert ask("select uri, run_id from rejects") == [("http://a/3", "run-3")]

    stage = RevisionStage(loaded, "rules-4")
    stage.prepare("0001", recleaned(batch_of([("http://a/3", "丙文")]), rules="4"))
    assert stage.publish(RunRef("run-4", rules_version="4")).new_articles == [survivor]

    assert ask("select uri, text, copy_count from articles where text like '丙%'") == [
        ("http://c/3", "丙文。", 1)
    ]
    assert ask("select uri from rejects") == []
    assert ask("select text, duplicate_of from all_articles where uri = 'http://a/3'") == [
        ("丙文（新）", copy)
    ]
    assert [f for f in doctor.examine(loaded) if not f.is_ok] == []


def outdated_rows(con, rules):
    """Outdated documents as rows."""
    return [row for part in outdated_documents(con, rules) for row in part.to_pylist()]


def test_a_stopped_page_does_not_come_back_over_a_newer_one(loaded, batch_of, run, ask, id_of):
    """Its place shows something else now: the old content stays history."""
    row = {"uri": "http://a/3", "step": "clean", "reason": "no_body", "article_id": id_of("丙文")}
    stage = RevisionStage(loaded, "rules-2")
    stage.prepare("0001", {"rejects": pa.Table.from_pylist([row])})
    stage.publish(RunRef("run-2", rules_version="2"))
    loaded.load_batch(batch_of([("http://a/3", "丙文改")], 1), unit="u2", run=run)

    stage = RevisionStage(loaded, "rules-3")
    stage.prepare("0001", recleaned(batch_of([("http://a/3", "丙文")]), rules="3"))
    stage.publish(RunRef("run-3", rules_version="3"))

    assert ask("select text from articles where uri = 'http://a/3'") == [("丙文改",)]
    assert [f for f in doctor.examine(loaded) if not f.is_ok] == []


def test_what_two_batches_hold_is_published_once(loaded, batch_of, run, ask):
    """An interrupted reclean that goes on with batches of another size prepares some articles again."""
    stage = RevisionStage(loaded, "rules-2")
    stage.prepare("0001", recleaned(batch_of([("http://a/1", "甲文"), ("http://a/2", "乙文")])))
    stage.prepare("0002", recleaned(batch_of([("http://a/2", "乙文"), ("http://a/3", "丙文")])))

    assert stage.publish(run).state == "loaded"

    assert ask("select text from articles order by 1") == [("丙文（新）",), ("乙文（新）",), ("甲文（新）",)]
    assert ask("select count(*) from lines") == [(3,)]
    assert [f for f in doctor.examine(loaded) if not f.is_ok] == []
