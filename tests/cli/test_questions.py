"""Promises of the commands that ask and hand on: sql, search, export, status."""

import argparse
import hashlib
import json
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from flows.commands import export, status
from flows.commands.status import _in_china
from flows.errors import UsageError
from flows.settings import Settings
from warehouse.catalog import Warehouse
from warehouse.readers import read_only_connection
from warehouse.runs import RunRef


def test_the_readme_holds(loaded: Any, rows: Any) -> None:
    """The mirror page is repaired, meets the older original, and leaves its trace in SQL."""
    (copy,) = rows("select d.*, a.title from duplicates d join articles a on a.article_id = d.duplicate_of")
    assert copy["uri"].endswith("lantern-mirror.txt")
    assert copy["title"] == "临江老街亮起三千盏手工灯笼 十二位匠人守住一门手艺"
    (mirror,) = rows("select text, script from all_articles where uri like '%mirror%'")
    assert mirror["script"] == "hant"
    assert "。“機器壓的架子輕,可風一吹就散。”周師傅把一根竹篾彎成圓環" in mirror["text"]
    spans = {
        row["rule"]: row["n"]
        for row in rows("select split_part(rule, '@', 1) as rule, count(*) as n from edits group by 1")
    }
    assert (spans["pinyin_notes"], spans["gbk_shift"]) == (24, 2)


def test_sql_answers_in_every_format(loaded: Any, tmp_path: Path) -> None:
    """One query, the same rows in each format."""
    query = "select title, published_on, authors from articles order by title"
    as_json = loaded("sql", query, "--format", "json").json
    lines = loaded("sql", query, "--format", "jsonl").out.splitlines()
    parquet = tmp_path / "x.parquet"
    loaded("sql", query, "--format", "parquet", "--output", parquet)

    assert [json.loads(line) for line in lines] == as_json
    assert [row["title"] for row in pq.read_table(parquet).to_pylist()] == [row["title"] for row in as_json]
    for name in ("table", "csv", "markdown"):
        assert as_json[0]["title"] in loaded("sql", query, "--format", name).out


@pytest.mark.parametrize(
    "query", ["delete from core.articles", "create table x as select 1", "drop view articles"]
)
def test_sql_only_reads(loaded: Any, rows: Any, query: str) -> None:
    """A statement that would change the warehouse is refused, and changes nothing."""
    answer = loaded("sql", query)

    assert answer.code == 1
    assert "wencang sql only reads; nothing was changed." in answer.err
    assert rows("select count(*) as n from articles") == [{"n": 2}]


def test_several_results_go_into_one_file(loaded: Any, tmp_path: Path) -> None:
    """A second statement does not write over the first; a Parquet file holds one result, and that is said."""
    query = "select 'first' as a; select 'second' as b"
    assert loaded("sql", query, "--format", "csv", "--output", tmp_path / "both.csv").code == 0
    assert (tmp_path / "both.csv").read_text() == "a\nfirst\nb\nsecond\n"
    answer = loaded("sql", query, "--format", "parquet", "--output", tmp_path / "one.parquet")
    assert answer.code == 1
    assert "one result" in answer.err
    assert pq.read_table(tmp_path / "one.parquet").to_pylist() == [{"a": "first"}]


def test_a_time_without_a_zone_is_meant_as_answers_show_theirs(loaded: Any, rows: Any) -> None:
    """What a query printed can be given to --at; what cannot be shown is one message."""
    (last,) = rows("select (max(snapshot_time) + interval 1 second)::varchar as t from lake.snapshots()")
    (first,) = rows("select (min(snapshot_time) - interval 1 hour)::varchar as t from lake.snapshots()")
    count = "select count(*) as n from articles"
    assert loaded("sql", count, "--at", last["t"][:19], "--format", "json").json == [{"n": 2}]
    before = loaded("sql", count, "--at", first["t"][:19])
    assert before.code == 1
    assert "snapshots()" in before.err
    assert loaded("sql", count, "--at", "999").code == 1
    assert loaded("sql", count, "--at", "yesterday").code == 2


def test_search_finds_in_either_script(loaded: Any, rows: Any) -> None:
    """Simplified and traditional words find the same articles; the passage shows the place."""
    hans, hant = (loaded("search", word, "--json").out for word in ("灯笼", "燈籠"))

    assert hans
    assert json.loads(hans.splitlines()[0])["article_id"] == json.loads(hant.splitlines()[0])["article_id"]
    assert "灯笼" in json.loads(hans.splitlines()[0])["passage"]
    assert json.loads(hans.splitlines()[0])["rank"] == 1
    first = loaded("search", "灯笼").out.splitlines()[0]
    assert first.startswith("1. 临江老街")
    assert first.endswith("]")  # no number that means nothing to people
    found = rows("select a.title from search('渡船') s join articles a using (article_id)")
    assert [row["title"] for row in found] == ["最后一班人力渡船停航"]


def test_sql_gives_a_text_in_other_forms(loaded: Any) -> None:
    """Taiwan, Hong Kong, simplified, full-width: functions of a query."""
    query = """select to_taiwan('里面坐着人') as tw, to_hong_kong('里面坐着人') as hk, to_taiwan(null) as nothing,
               to_simplified('裡面坐著人') as hans, full_width('雨停了,好') as wide"""
    assert loaded("sql", query, "--format", "json").json == [
        {"tw": "裡面坐著人", "hk": "裏面坐着人", "nothing": None, "hans": "里面坐着人", "wide": "雨停了，好"}
    ]


@pytest.mark.parametrize(("form", "script"), [("parquet", "hans"), ("jsonl", "tw"), ("jsonl", "hk")])
def test_export_hands_on_every_article(loaded: Any, tmp_path: Path, form: str, script: str) -> None:
    """The export is a partitioned data set with the columns other tools expect.

    Text and title are in the script asked for, and ``script`` says so.
    """
    answer = loaded("export", tmp_path / "out", "--format", form, "--script", script)

    assert answer.code == 0, answer.err
    if form == "parquet":
        found = ds.dataset(tmp_path / "out", partitioning="hive").to_table().to_pylist()
    else:
        files = (tmp_path / "out").glob("year=*/articles.jsonl")
        found = [json.loads(line) for file in files for line in file.read_text("utf-8").splitlines()]
    assert all({"text", "url", "date", "title"} <= row.keys() for row in found)
    assert len(found) == 2
    texts = "".join(row["text"] for row in found)
    assert ("灯笼" in texts, "燈籠" in texts) == ((True, False) if script == "hans" else (False, True))
    titles = "".join(row["title"] for row in found)
    assert ("灯笼" in titles or "最后" in titles, "燈籠" in titles or "最後" in titles) == (
        (True, False) if script == "hans" else (False, True)
    )
    assert {row["script"] for row in found} == {"hans" if script == "hans" else "hant"}
    assert loaded("export", tmp_path / "out").code == 2


def test_a_full_disk_below_an_answer_is_named(loaded: Any) -> None:
    """It is the disk of the answer that is full, not that of the warehouse."""
    answer = loaded("sql", "select * from lines", "--output", "/dev/full")

    assert answer.code == 1
    assert "Cannot write /dev/full" in answer.err


def test_a_condition_of_an_export_is_a_condition(loaded: Any, tmp_path: Path) -> None:
    """A limit behind it would hold for each year by itself: it is refused, and nothing is left behind."""
    answer = loaded("export", tmp_path / "out", "--where", "true limit 1")

    assert answer.code == 1
    assert "limit" in answer.err
    assert not (tmp_path / "out").exists()


@pytest.mark.parametrize("form", ["parquet", "jsonl"])
def test_an_export_with_provenance(loaded: Any, tmp_path: Path, form: str) -> None:
    """The same rows and columns, and behind them where each text comes from and what was done with it."""
    for name, options in (("plain", ()), ("full", ("--provenance",))):
        assert loaded("export", tmp_path / name, "--format", form, "--copies", *options).code == 0
    plain, full = (_exported(tmp_path / name) for name in ("plain", "full"))

    added = [
        "document_uri",
        "fetched_at",
        "content_sha256",
        "media_type",
        "charset",
        "canonical_url",
        "attributes",
    ]
    assert list(full[0]) == [*plain[0], *added, "rules_version", "run_id"]
    assert [{name: row[name] for name in plain[0]} for row in full] == plain
    for row in full:
        content = Path(row["document_uri"].removeprefix("file://")).read_bytes()
        assert hashlib.sha256(content).hexdigest() == row["content_sha256"]
        assert row["fetched_at"]
        assert row["rules_version"]


def _exported(folder: Path) -> list[dict[str, Any]]:
    rows = []
    for file in folder.glob("year=*/*"):
        if file.suffix == ".parquet":
            rows += pq.ParquetFile(file).read().to_pylist()
        else:
            rows += [json.loads(line) for line in file.read_text("utf-8").splitlines()]
    return sorted(rows, key=lambda row: str(row["article_id"]))


def export_of(warehouse: Warehouse, directory: Path, *, full_width: bool = False) -> argparse.Namespace:
    """Arguments of an export of all articles as JSON lines."""
    return argparse.Namespace(
        warehouse=warehouse.paths.root,
        directory=directory,
        format="jsonl",
        script="original",
        where=None,
        copies=False,
        full_width=full_width,
        provenance=False,
    )


def test_export_gives_what_people_read(warehouse: Warehouse, tmp_path: Path) -> None:
    """With ``--full-width`` title, subtitle and text are those of the view ``reading``; else those of ``articles``."""
    words = {"title": "雨停了,船开了", "subtitle": "渡口:人很多", "text": "天亮了,人来了。"}
    row = {"article_id": "0" * 32, "uri": "http://a.example/1", "script": "hans", "char_count": 8, **words}
    row |= {name: [] for name in ("authors", "photographers", "editors", "breadcrumb")}
    articles = pa.Table.from_pylist([{**row, "rules_version": "1"}])
    warehouse.load_batch({"articles": articles}, unit="one", run=RunRef("run-1"))
    found = []
    for full_width in (False, True):
        folder = tmp_path / f"out-{full_width}"
        export.run(export_of(warehouse, folder, full_width=full_width), Settings())
        (line,) = (folder / "year=unknown" / "articles.jsonl").read_text("utf-8").splitlines()
        found.append({name: json.loads(line)[name] for name in words})
    with read_only_connection(warehouse.paths.root) as con:
        reading = con.execute(f"select {', '.join(words)} from reading").fetchall()

    assert found[0] == words
    assert [tuple(found[1].values())] == reading == [("雨停了，船开了", "渡口：人很多", "天亮了，人来了。")]


def test_export_takes_a_new_or_an_empty_folder(warehouse: Warehouse, tmp_path: Path) -> None:
    """What is in the way, a file or somebody's files, is left alone."""
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("x")
    (tmp_path / "full").mkdir()
    (tmp_path / "full" / "file").write_text("x")

    for name in ("new", "empty"):
        directory = tmp_path / name
        assert export.run(export_of(warehouse, directory), Settings()) == 0
        assert directory.is_dir()
    for name in ("file", "full"):
        with pytest.raises(UsageError, match="Nothing was written"):
            export.run(export_of(warehouse, tmp_path / name), Settings())
    assert (tmp_path / "file").read_text() == (tmp_path / "full" / "file").read_text() == "x"


def test_next_runs_are_told_in_the_time_of_the_warehouse() -> None:
    """A server's UTC stands beside runs in China's time."""
    assert _in_china("2026-03-01T16:30:00.123Z") == "2026-03-02T00:30:00+08:00"


def test_status_and_doctor_say_what_is_there(loaded: Any) -> None:
    """Status counts what is loaded; doctor finds nothing wrong."""
    found = loaded("status", "--json").json

    assert found["counts"]["articles"] == 2
    assert found["runs"][0]["state"] == "completed"
    assert not found["runs"][0]["is_gone"]
    assert loaded("doctor").code == 0


def test_status_tells_of_a_run_that_was_killed(warehouse: Warehouse, capsys: Any) -> None:
    """A run that nobody has called crashed yet is not shown as one that goes on."""
    asked = argparse.Namespace(warehouse=warehouse.paths.root, json=False)
    with Warehouse.open(warehouse.paths.root) as killed:
        killed.begin_run(RunRef("run-1"))
        status.run(asked, Settings())
        assert "ingest running, 0 documents" in capsys.readouterr().out

    status.run(asked, Settings())

    assert "ingest running, but its process is gone" in capsys.readouterr().out
