"""Promises of the commands that change what is loaded, and of messages."""

import json
import shutil
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

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


@pytest.mark.parametrize(
    "command", [("sql", "select 1", "--output"), ("explain", str(SEEDS / "ferry.txt"), "--html")]
)
def test_a_file_that_cannot_be_written_is_one_message(loaded: Any, tmp_path: Path, command: Any) -> None:
    """No folder: said in one line, exit code 1."""
    answer = loaded(*command, tmp_path / "none" / "file")
    assert answer.code == 1
    assert answer.err.startswith("wencang: Cannot write")


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

    assert "1 article forgotten" in wencang("forget", what, "--yes").out
    (tmp_path / "again.jsonl").write_text(json.dumps(row), "utf-8")
    counts = wencang("ingest", tmp_path / "again.jsonl", "--json").json
    assert [counts[name] for name in ("documents", "new", "unchanged", "forgotten")] == [1, 0, 0, 1]
    assert rows("from all_articles") == []


def test_forgetting_what_is_not_there_costs_no_history(loaded: Any, rows: Any) -> None:
    """A slip of the pen drops no snapshot; a host is known in any case of letters."""
    count = "select min(snapshot_id) as first from lake.snapshots()"
    before = rows(count)
    answer = loaded("forget", "Nowhere.Example", "--yes")
    assert (answer.code, "nowhere.example" in answer.out) == (0, True)
    assert rows(count) == before


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
@pytest.mark.parametrize("source", ["", " ", "/tmp/\udcff.txt", "wencang.toml"])
def test_what_names_no_source_is_wrong_usage(wencang: Any, command: str, source: str) -> None:
    """An empty name is not the current folder; a name that is no text, or a configuration, is one message."""
    answer = wencang(command, source)

    assert answer.code == 2
    assert "Nothing was done" in answer.err


def test_a_lost_data_file_is_one_message(loaded: Any, lake: Path) -> None:
    """Whatever is asked, a file that is gone from the disk is named, with the command that tells what helps."""
    next((lake / "data" / "core" / "articles").rglob("*.parquet")).unlink()
    for command in (
        ("sql", "select max(text) from articles"),
        ("status",),
        ("reclean", "--dry-run"),
        ("export", lake.parent / "out"),
    ):
        answer = loaded(*command)
        assert answer.code == 1
        assert "No such file" in answer.err
        assert "wencang doctor" in answer.err
        assert "nobody foresaw" not in answer.err
    assert loaded("doctor").out.count("put the files back") == 1


def test_the_doctor_lists_lost_files_that_a_writer_needs(loaded: Any, lake: Path) -> None:
    """With the whole of ``data/`` gone it says so, and does not send one to itself."""
    shutil.rmtree(lake / "data")
    answer = loaded("doctor")

    assert answer.code == 1
    assert "WRONG  files_are_whole" in answer.out
    assert answer.err == ""
