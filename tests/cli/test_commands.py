"""Promises of the commands that ask, hand on and change what is loaded."""

import json
import shutil
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

from flows.cli import run
from flows.commands.status import _in_china
from warehouse.catalog import Warehouse
from warehouse.runs import RunRef

SEEDS = Path(__file__).resolve().parents[1] / "seeds"
ONCE_STOPPED = """白鹭桥下新添三处避雨长椅
2025-05-06 09:20 来源：临江新闻网 记者 何青禾
白鹭桥东侧的人行道上周添了三张带顶棚的长椅，等车的居民不必再撑着伞站在雨里。
长椅由镇上的木匠用旧船板改成，每张可以坐六个人，靠背上刻着桥的旧名和修建的年份。
负责养护的老师傅说，船板泡过桐油，雨水渗不进去，夏天晒不烫，冬天也不冰手。
居民希望码头那一头也能添上几张，镇里答复说，剩下的船板正好够做两张，入秋前就能装好。
"""
"""A page that today's rules read."""


@pytest.fixture(scope="session")
def readme_lake(prefect_server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse of the README, made once: three pages, one of them a mirror copy."""
    lake = tmp_path_factory.mktemp("readme") / "lake"
    assert run(["ingest", str(SEEDS), "--quiet", "--warehouse", str(lake)]) == 0
    return lake


@pytest.fixture
def loaded(readme_lake: Path, lake: Path, wencang: Any) -> Any:
    """A copy of that warehouse of the test's own: a warehouse may stand anywhere."""
    shutil.copytree(readme_lake, lake)
    return wencang


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
def test_sql_only_reads(loaded: Any, query: str) -> None:
    """A statement that would change the warehouse is refused in a line."""
    answer = loaded("sql", query)

    assert answer.code == 1
    assert "Traceback" not in answer.err


def test_a_page_leaves_nothing_out_in_silence(wencang: Any, tmp_path: Path) -> None:
    """What is rejected has no place on the page of explain, and is said beside it."""
    text = "柳林村的渡槽修好了,水顺着石槽流到对岸的三百亩稻田。施工队把旧石块编号拆下,再按原样砌回去。"
    (tmp_path / "rows.jsonl").write_text('{"id": 1}\n{"id": 2, "text": "' + text + '"}\n', "utf-8")
    answer = wencang("explain", tmp_path / "rows.jsonl", "--html", tmp_path / "page.html")
    assert answer.code == 0
    assert "#L1: rejected at fetch" in answer.out
    assert "渡槽" in (tmp_path / "page.html").read_text("utf-8")


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


@pytest.mark.parametrize(
    "command", [("sql", "select 1", "--output"), ("explain", str(SEEDS / "ferry.txt"), "--html")]
)
def test_a_file_that_cannot_be_written_is_one_message(loaded: Any, tmp_path: Path, command: Any) -> None:
    """No folder: said in one line, exit code 1."""
    answer = loaded(*command, tmp_path / "none" / "file")
    assert answer.code == 1
    assert answer.err.startswith("wencang: Cannot write")


def test_search_finds_in_either_script(loaded: Any, rows: Any) -> None:
    """Simplified and traditional words find the same articles; the passage shows the place."""
    hans, hant = (loaded("search", word, "--json").out for word in ("灯笼", "燈籠"))

    assert hans
    assert json.loads(hans.splitlines()[0])["article_id"] == json.loads(hant.splitlines()[0])["article_id"]
    assert "灯笼" in json.loads(hans.splitlines()[0])["passage"]
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


def test_forgotten_stays_forgotten(loaded: Any, rows: Any) -> None:
    """What was removed on request is gone from every view and is not loaded again."""
    (article,) = rows("select article_id from articles where uri like '%ferry%'")
    answer = loaded("forget", article["article_id"], "--yes")

    assert answer.code == 0, answer.err
    loaded("ingest", SEEDS)
    for view in ("all_articles", "documents", "lines", "edits", "sightings"):
        assert rows(f"select 1 from {view} where article_id = '{article['article_id']}'") == []
    assert loaded("doctor").code == 0


@pytest.mark.parametrize("what", ["https://news.example.org/a.html", "News.Example.org"])
def test_a_record_is_forgotten_by_the_address_it_names(
    wencang: Any, rows: Any, tmp_path: Path, what: str
) -> None:
    """A row of a file with a url goes with its address or host, and stays away."""
    text = "渡槽修好了,水顺着石槽流到对岸的稻田。\n施工队把旧石块编号拆下,再按原样砌回去。"
    row = {"id": "1", "url": "https://news.example.org/a.html", "text": text}
    (tmp_path / "rows.jsonl").write_text(json.dumps(row), "utf-8")
    wencang("ingest", tmp_path / "rows.jsonl")
    assert len(rows("from articles")) == 1

    assert "1 articles forgotten" in wencang("forget", what, "--yes").out
    (tmp_path / "again.jsonl").write_text(json.dumps(row), "utf-8")
    wencang("ingest", tmp_path / "again.jsonl")
    assert rows("from all_articles") == []


def test_forgetting_what_is_not_there_costs_no_history(loaded: Any, rows: Any) -> None:
    """A slip of the pen drops no snapshot; a host is known in any case of letters."""
    count = "select min(snapshot_id) as first from lake.snapshots()"
    before = rows(count)
    answer = loaded("forget", "Nowhere.Example", "--yes")
    assert (answer.code, "nowhere.example" in answer.out) == (0, True)
    assert rows(count) == before


def test_next_runs_are_told_in_the_time_of_the_warehouse() -> None:
    """A server's UTC stands beside runs in China's time."""
    assert _in_china("2026-03-01T16:30:00.123Z") == "2026-03-02T00:30:00"


def test_status_and_doctor_say_what_is_there(loaded: Any) -> None:
    """Status counts what is loaded; doctor finds nothing wrong."""
    status = loaded("status", "--json").json

    assert status["counts"]["articles"] == 2
    assert status["runs"][0]["state"] == "completed"
    assert loaded("doctor").code == 0


def reject_as_other_rules_did(lake: Path, *contents: str) -> None:
    """Store documents as a run with other rules did that stopped them."""
    now = datetime.now(UTC)
    documents = [
        {
            "article_id": sha256(content.encode()).hexdigest()[:32],
            "content_sha256": sha256(content.encode()).hexdigest(),
            "uri": f"http://stopped.example/{n}",
            "fetched_at": now,
            "media_type": "text/plain",
            "size_bytes": len(content.encode()),
            "content": content.encode(),
        }
        for n, content in enumerate(contents)
    ]
    places = [{"article_id": each["article_id"], "uri": each["uri"]} for each in documents]
    tables = {
        "documents": documents,
        "rejects": [{**each, "step": "clean", "reason": "no_body"} for each in places],
        "sightings": [{**each, "seen_at": now} for each in places],
    }
    with Warehouse.open(lake) as warehouse:
        warehouse.load_batch(
            {name: pa.Table.from_pylist(found) for name, found in tables.items()},
            unit="stopped",
            run=RunRef("other-run", rules_version="other"),
        )


def test_reclean_follows_the_rules(
    loaded: Any, rows: Any, lake: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """With other rules every article is read again; a dry run changes nothing, publishing adds a version.

    What other rules stopped is tried again once: it becomes an article or stays a reject.
    """
    from tasks import rules

    assert loaded("reclean", "--dry-run", "--json").json["outdated"] == 0
    reject_as_other_rules_did(lake, ONCE_STOPPED, "首页 | 新闻")
    stopped = "select reason, step, run_id from rejects where uri like '%stopped.example%' order by uri"
    assert [row["run_id"] for row in rows(stopped)] == ["other-run"] * 2
    monkeypatch.setattr(rules, "CONVERSION", {"convert_script": 99})
    for cached in (rules.rule_versions, rules.rules_version):
        cached.cache_clear()
    dry = loaded("reclean", "--dry-run", "--json").json
    assert (dry["outdated"], dry["changed"], dry["snapshot_id"]) == (3, 0, None)
    assert (dry["retried"], dry["cured"], dry["cured_of"]) == (2, 1, {"no_body": 1})
    assert len(rows(stopped)) == 2
    done = loaded("reclean", "--json").json
    assert done["snapshot_id"]
    assert (done["retried"], done["cured"]) == (2, 1)
    assert len(rows("select 1 from all_articles")) == 4
    (cured,) = rows("select title from articles where uri = 'http://stopped.example/0'")
    assert cured["title"] == ONCE_STOPPED.split("\n")[0]
    assert [row["run_id"] for row in rows(stopped)] == [done["run_id"]]
    assert loaded("reclean", "--dry-run", "--json").json["retried"] == 0
    assert {row["rules_version"] for row in rows("select rules_version from all_articles")} == {
        done["rules_version"]
    }
    before = loaded(
        "sql",
        "select count(*) as n from all_articles",
        "--at",
        str(done["snapshot_id"] - 1),
        "--format",
        "json",
    )
    assert before.json == [{"n": 3}]
    assert loaded("doctor").code == 0
    monkeypatch.undo()
    for cached in (rules.rule_versions, rules.rules_version):
        cached.cache_clear()


def test_a_folder_that_is_no_warehouse_is_one_message(wencang: Any) -> None:
    """Asking a warehouse that does not exist says so and how to make one."""
    for command in (
        ("sql", "select 1"),
        ("status",),
        ("doctor",),
        ("search", "字"),
        ("reclean",),
        ("upkeep",),
    ):
        answer = wencang(*command)
        assert answer.code == 1
        assert "wencang ingest" in answer.err
        assert "Traceback" not in answer.err


def test_a_restored_catalog_can_be_read_at_once(loaded: Any, rows: Any, tmp_path: Path) -> None:
    """A backup that is put back answers queries, and what was loaded since can be loaded again."""
    backup = loaded("catalog", "backup").out.strip()
    extra = tmp_path / "extra.txt"
    extra.write_bytes((SEEDS / "ferry.txt").read_bytes().replace("渡口".encode(), "码头".encode()))
    loaded("ingest", extra)
    restored = loaded("catalog", "restore", backup)

    assert restored.code == 0, restored.err
    assert len(rows("select 1 from documents")) == 3
    assert loaded("ingest", extra, "--json").json["new"] == 1
    assert loaded("doctor").code == 0


@pytest.mark.parametrize("command", ["ingest", "explain"])
@pytest.mark.parametrize("source", ["", " ", "/tmp/\udcff.txt"])
def test_what_names_no_source_is_wrong_usage(wencang: Any, command: str, source: str) -> None:
    """An unset variable in quotes is not the folder one is in; a name that is no text is one message."""
    answer = wencang(command, source)

    assert answer.code == 2
    assert "Nothing was done" in answer.err
