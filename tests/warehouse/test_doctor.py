"""Promises of the doctor: a whole warehouse has no fault, and every kind of fault is found."""

import shutil
import sqlite3

import pytest

from warehouse import doctor
from warehouse.catalog import Warehouse
from warehouse.migrate import SQL_FOLDER
from warehouse.search import SearchIndex


@pytest.fixture(scope="module")
def filled(empty_lake, tmp_path_factory, make_batch, make_run):
    """Folder of a warehouse with two batches, one of them with a new version of a page; to be copied."""
    root = tmp_path_factory.mktemp("filled") / "lake"
    shutil.copytree(empty_lake, root)
    pages = [("http://a/1", "旧文。\n第二行"), ("http://a/2", "他文")]
    with Warehouse.open(root) as warehouse, warehouse.connect() as con:
        warehouse.load_batch(make_batch(pages), unit="u1", run=make_run)
        warehouse.load_batch(make_batch([("http://a/1", "新文")], 1), unit="u2", run=make_run)
        SearchIndex(warehouse.paths).catch_up(con)
    return root


@pytest.fixture(scope="module")
def whole(filled, tmp_path_factory):
    """A copy of it for many questions, none of which changes it."""
    root = tmp_path_factory.mktemp("whole") / "lake"
    shutil.copytree(filled, root)
    with Warehouse.open(root) as warehouse:
        yield warehouse


@pytest.fixture
def loaded(filled, tmp_path):
    """A copy of it that may be damaged."""
    shutil.copytree(filled, tmp_path / "lake")
    with Warehouse.open(tmp_path / "lake") as warehouse:
        yield warehouse


def faults(warehouse):
    """Names of the checks that found something."""
    return {finding.check for finding in doctor.examine(warehouse) if not finding.is_ok}


def test_a_whole_warehouse_has_no_fault(loaded):
    """Every check passes, and every check file is run."""
    findings = list(doctor.examine(loaded))

    assert [f for f in findings if not f.is_ok] == []
    assert {f.check for f in findings} >= {f.stem for f in (SQL_FOLDER / "checks").glob("*.sql")}


A = "(select article_id from core.articles where text = '他文')"


@pytest.mark.parametrize(
    ("damage", "found"),
    [
        ("insert into core.ledger select * from core.ledger where unit = 'u1'", "unit_is_unique"),
        (f"delete from core.lines where article_id = {A}", "ledger_counts_rows"),
        (f"delete from core.lines where article_id = {A}", "batch_counts_rows"),
        (
            f"insert into core.documents select * from core.documents where article_id = {A}",
            "document_is_unique",
        ),
        (
            f"insert into core.articles select * from core.articles where article_id = {A}",
            "cleaning_is_unique",
        ),
        (
            "insert into core.articles select * replace (9 as revision) from core.articles "
            f"where article_id = {A}",
            "one_cleaning_is_current",
        ),
        (f"delete from core.documents where article_id = {A}", "article_has_document"),
        (f"delete from core.memberships where article_id = {A}", "article_has_membership"),
        (
            f"insert into core.memberships from core.memberships where article_id = {A}",
            "decision_is_unique",
        ),
        (
            f"update core.memberships set is_canonical = false where article_id = {A}",
            "cluster_has_one_survivor",
        ),
        (f"update core.memberships set is_canonical = false where article_id = {A}", "survivor_exists"),
        (f"update core.memberships set is_canonical = false where article_id = {A}", "alone_stands_alone"),
        (f"delete from core.articles where article_id = {A}", "line_has_article"),
        (
            f"insert into core.edits select article_id, 1, 1, 0, 1, '错', '', 'x@1' from core.articles "
            f"where article_id = {A}",
            "edit_fits_line",
        ),
        (
            f"insert into core.edits select article_id, 1, 1, 0, 2, '他文', '', 'x@1' from core.articles "
            f"where article_id = {A} union all select article_id, 1, 1, 1, 2, '文', '', 'x@1' "
            f"from core.articles where article_id = {A}",
            "edits_do_not_overlap",
        ),
        ("insert into core.sightings values ('none', 'http://x', now(), 'r')", "sighting_has_document"),
        (
            "insert into core.runs (run_id, event_no, flow, state, started_at) "
            "values ('r', 1, 'f', 'lost', now())",
            "run_ends_after_it_began",
        ),
        (
            "insert into core.runs (run_id, event_no, flow, state, started_at) "
            "values ('r', 1, 'f', 'running', now() + interval 2 hour)",
            "run_has_begun",
        ),
    ],
)
def test_each_fault_is_found(whole, damage, found):
    """A check can fail: it finds the damage that it is there for."""
    with whole.connect() as con:
        con.execute("begin")
        assert doctor.ask_check(con, found).is_ok
        con.execute(damage)
        finding = doctor.ask_check(con, found)
        con.execute("rollback")

    assert finding.faults > 0


def test_every_check_is_seen_failing():
    """No check file is without a case above."""
    mark = test_each_fault_is_found.pytestmark[0]
    assert {case[1] for case in mark.args[1]} == {f.stem for f in (SQL_FOLDER / "checks").glob("*.sql")}


def test_a_lost_or_short_file_is_named(loaded):
    """Files that the catalog names and the disk does not hold whole."""
    file = next((loaded.paths.data / "core" / "articles").rglob("*.parquet"))
    held = file.read_bytes()
    file.write_bytes(held[:-10])
    (finding,) = [f for f in doctor.examine(loaded) if f.check == "files_are_whole"]
    assert finding.faults == 1
    assert file.name in finding.examples[0]

    file.unlink()
    assert "files_are_whole" in faults(loaded)


def test_a_wrong_index_is_found_and_repaired(loaded, id_of):
    """Derived data that says something else than the tables is built anew by repair."""
    for name, statement in {
        "keys": "update articles set revision = 0",
        "search": "delete from entries where id = 1",
    }.items():
        with sqlite3.connect(loaded.paths.index / f"{name}.sqlite") as db:
            db.execute(statement)
        db.close()
    assert faults(loaded) == {"keys_match", "search_matches"}

    doctor.repair(loaded)

    assert faults(loaded) == set()
    assert loaded.known_articles([id_of("新文")]) == {id_of("新文")}


def test_missing_indexes_are_no_fault(loaded):
    """Indexes may be deleted at any time."""
    loaded.keys.close()
    for file in loaded.paths.index.iterdir():
        file.unlink()

    assert faults(loaded) == set()


@pytest.mark.parametrize("asked_first", [True, False])
def test_a_damaged_key_index_is_told_and_does_not_stop_a_load(loaded, batch_of, run, id_of, asked_first):
    """Pages that cannot be read are a finding with its remedy; whoever asks or loads has the index built anew."""
    loaded.keys.close()
    file = loaded.paths.index / "keys.sqlite"
    with sqlite3.connect(file) as db:
        db.execute("pragma wal_checkpoint(truncate)")
        (page,) = db.execute("select rootpage from sqlite_master where name = 'articles'").fetchone()
    db.close()
    with file.open("r+b") as pages:
        pages.seek((page - 1) * 4096)
        pages.write(b"\xff" * 4096)
    found = [finding for finding in doctor.examine(loaded) if not finding.is_ok]
    assert [(finding.check, finding.remedy) for finding in found] == [
        ("keys_match", "wencang doctor --repair")
    ]

    if asked_first:
        assert loaded.known_articles([id_of("新文")]) == {id_of("新文")}
    assert loaded.load_batch(batch_of([("http://a/9", "又一篇")], 9), unit="u9", run=run).state == "loaded"

    assert faults(loaded) == set()
