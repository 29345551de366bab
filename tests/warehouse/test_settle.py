"""Promises about places: rejects that are repeated, cured or gone; files and pages that are not there any more."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from warehouse.key_places import open_rejects_in

START = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture
def load(warehouse, run):
    """Load tables given as rows, each call a run of its own: ``load(rejects=[…], inputs=[…])``."""
    count = 0

    def load_rows(run_no=None, since_hour=None, **tables):
        nonlocal count
        count += 1
        now = START + timedelta(hours=count)
        began = now - timedelta(minutes=1) if since_hour is None else START + timedelta(hours=since_hour)
        times = {
            "rejects": "rejected_at",
            "inputs": "seen_at",
            "http_state": "fetched_at",
            "absences": "noted_at",
        }
        rows = {n: pa.Table.from_pylist([{times[n]: now, **r} for r in found]) for n, found in tables.items()}
        named = replace(run, run_id=f"run-{run_no or count}", started_at=began)
        return warehouse.load_batch(rows, unit=f"u{count}", run=named)

    return load_rows


def reject(uri, reason="unreadable", attempts=1, article_id=None):
    return {"uri": uri, "step": "fetch", "reason": reason, "attempts": attempts, "article_id": article_id}


def file(uri, digest):
    return {"uri": uri, "size_bytes": 1, "mtime_ns": 1, "content_sha256": digest, "documents": 1}


def answer(uri, status, digest=None):
    return {"uri": uri, "status": status, "content_sha256": digest, "failures": 0}


@pytest.fixture
def current(ask):
    """(uri, attempts) of the rejects that hold."""
    return lambda: ask("select uri, attempts from rejects order by all")


def test_a_reject_that_comes_again_is_one_row_that_counts(load, current, ask):
    """The tries of all runs are added up; what was left alone in a run adds nothing; the history stays."""
    load(rejects=[reject("http://a", "network", 3)])
    load(rejects=[reject("http://a", "network", 3), reject("http://b")])
    load(rejects=[reject("http://a", "network", 0)])

    assert current() == [("http://a", 6), ("http://b", 1)]
    assert ask("select attempts from core.rejects where uri = 'http://a' order by rejected_at") == [
        (3,),
        (6,),
        (6,),
    ]


def test_runs_at_once_do_not_cure_each_others_rejects(load, current):
    """What two runs stop at once stays stopped, whichever of them notes last that it has read the input."""
    uri = "file:///a.jsonl#id=1"
    load(run_no=1, since_hour=0, rejects=[reject(uri, "no_body", article_id="d1")])
    load(run_no=2, since_hour=0, rejects=[reject(uri, "no_body", article_id="d1")])
    load(run_no=1, since_hour=0, inputs=[file("file:///a.jsonl", "1")])
    load(run_no=2, since_hour=0, inputs=[file("file:///a.jsonl", "1")])

    assert current() == [(uri, 2)]


def test_two_rejects_of_one_run_at_one_place_are_two(load, current):
    """Two members of a bundle may have one name: nothing that a run counted is hidden."""
    load(rejects=[reject("file:///a.zip!/x"), reject("file:///a.zip!/x")])

    assert current() == [("file:///a.zip!/x", 1)] * 2


def test_a_file_that_is_read_cures_its_rejects(load, current):
    """Verdicts about its records hold while its content does; that it could not be read ends when it was."""
    files = [f"file:///{name}" for name in ("same", "other", "gone", "unread")]
    load(inputs=[file(uri, "old") for uri in files])
    load(rejects=[reject(uri) for uri in files] + [reject(f"{uri}#L3", "invalid_record") for uri in files])
    load(
        inputs=[file("file:///same", "old"), file("file:///other", "new"), file("file:///unread2", "new")],
        absences=[{"uri": "file:///gone"}],
    )

    assert [uri for uri, _ in current()] == ["file:///same#L3", "file:///unread", "file:///unread#L3"]


def test_what_is_rejected_again_is_not_cured(load, current):
    """A dump that changed is read again: its bad rows count on, those it has no more are cured."""
    load(rejects=[reject("file:///a#L1"), reject("file:///a#L2")], inputs=[file("file:///a", "1")])
    load(rejects=[reject("file:///a#L2")], inputs=[file("file:///a", "2")])

    assert current() == [("file:///a#L2", 2)]


def test_a_large_input_cures_only_what_earlier_runs_rejected(load, current):
    """The end of an input may come batches after its rejects, in the same run."""
    load(run_no=9, rejects=[reject("file:///a#L1")])
    load(run_no=9, inputs=[file("file:///a", "1")])

    assert current() == [("file:///a#L1", 1)]


def test_a_page_that_answers_again_is_cured(load, current):
    """With its page or with 304; the other one still fails."""
    load(
        rejects=[reject("http://a", "network"), reject("http://b", "network"), reject("http://c", "network")]
    )
    load(http_state=[answer("http://a", 200, "1"), answer("http://b", 304, "1"), answer("http://c", 0)])

    assert [uri for uri, _ in current()] == ["http://c"]


def test_a_document_that_is_loaded_after_all_is_cured(load, warehouse, batch_of, run, id_of, current):
    """Whoever loads it: newer rules may take what older ones stopped."""
    load(run_no=2, rejects=[reject("file:///a", "no_body", article_id=id_of("春天"))])
    warehouse.load_batch(batch_of([("file:///b", "春天")]), unit="later", run=run)

    assert current() == []


def test_what_is_gone_shows_in_sightings(load, warehouse, batch_of, run, ask):
    """A deleted file with the records in it, and a page that answers 404; articles stay; what returns is there."""
    places = ["file:///a", "file:///a#id=1", "file:///z.zip!/m", "file:///ab", "http://a/x"]
    warehouse.load_batch(batch_of([(uri, uri) for uri in places]), unit="first", run=run)
    load(http_state=[answer("http://a/x", 200, "1")])
    load(absences=[{"uri": "file:///a"}, {"uri": "file:///z.zip"}], http_state=[answer("http://a/x", 404)])
    gone = "select uri from sightings where gone_at is not null order by uri"

    assert ask(gone) == [(uri,) for uri in sorted(set(places) - {"file:///ab"})]
    assert ask("select count(*) from articles") == [(5,)]
    seen = {
        "article_id": ask("select article_id from sightings where uri = 'file:///a'")[0][0],
        "uri": "file:///a",
    }
    warehouse.load_batch({"sightings": pa.Table.from_pylist([seen])}, unit="back", run=run)
    assert ("file:///a",) not in ask(gone)


def test_a_page_that_never_was_is_not_gone(load, ask):
    """404 at the first request is a reject and nothing else."""
    load(http_state=[answer("http://a/x", 404)])

    assert ask("select * from core.absences") == []


def test_an_index_built_anew_says_the_same(load, warehouse):
    """Rejects that hold, files that are gone, failures of addresses: all of it is in the tables."""
    load(
        rejects=[reject("file:///a"), reject("file:///b")],
        inputs=[file("file:///c", "1"), file("file:///d", "1")],
    )
    load(rejects=[reject("file:///a")], absences=[{"uri": "file:///c"}])
    load(inputs=[file("file:///b", "1")], http_state=[{**answer("http://a", 0), "failures": 4}])

    def known():
        held = list(open_rejects_in(warehouse.keys, ["file:///a", "file:///b"]))
        return (
            held,
            sorted(warehouse.known_inputs(["file:///c", "file:///d"])),
            warehouse.known_http(["http://a"]),
        )

    before = known()
    with warehouse.lock(), warehouse.connect() as con:
        warehouse.keys.rebuild(con)
    assert known() == before
    assert [(each.uri, each.attempts) for each in before[0]] == [("file:///a", 2)]
    assert before[1] == ["file:///d"]
    assert before[2]["http://a"].failures == 4


def test_of_two_runs_at_once_one_reject_is_left(load, ask):
    """The run that commits last may have read first: its reject takes the other's place all the same."""
    load(rejects=[reject("file:///a")])
    load(rejects=[{**reject("file:///a"), "rejected_at": START}])

    assert ask("select run_id, attempts from rejects") == [("run-2", 2)]
    load(rejects=[{**reject("file:///a"), "rejected_at": START}])
    assert ask("select run_id, attempts from rejects") == [("run-3", 3)]
