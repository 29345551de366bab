"""Promises of ``wencang ingest``: nothing lost, nothing twice, every stop with a reason."""

import gzip
import json
import random
import signal
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import articles
import pytest

KEYS = "documents new unchanged articles duplicates rejects edits seconds snapshot_id run_id".split()
TABLES = ("articles", "all_articles", "documents", "lines", "edits", "duplicates", "rejects")


def found(number: int) -> dict[str, Any]:
    """A made-up article; each number another one."""
    return dict(articles.article(random.Random(f"7/{number}")))


def page(number: int, *, extra: str = "") -> str:
    """Its page as a text dump."""
    made = found(number)
    if extra:
        made["paragraphs"][1] += extra
    return str(articles.page(made, random.Random(number)))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with three pages."""
    made = tmp_path / "seeds"
    made.mkdir()
    for number in range(3):
        (made / f"{number}.txt").write_text(page(number), "utf-8")
    return made


def processes_with(words: bytes) -> list[int]:
    """Return the processes whose command holds these words; a forked server has that of its run."""
    held = []
    for file in Path("/proc").glob("[0-9]*/cmdline"):
        try:
            held += [int(file.parent.name)] if words in file.read_bytes() else []
        except OSError:
            continue
    return held


def counts(rows: Callable[[str], list[dict[str, Any]]]) -> dict[str, int]:
    """Rows of every view that must not change when nothing new comes."""
    query = ", ".join(f"(select count(*) from {table}) as {table}" for table in TABLES)
    return rows(f"select {query}")[0]


def test_articles_come_out_of_pages(wencang: Any, rows: Any, folder: Path) -> None:
    """A folder of page dumps becomes articles with title, outlet, date, reporter, and body only."""
    answer = wencang("ingest", folder, "--json")

    assert answer.code == 0, answer.err
    assert set(KEYS) <= set(answer.json)
    assert (answer.json["documents"], answer.json["articles"], answer.json["rejects"]) == (3, 3, 0)
    for number in range(3):
        made = found(number)
        (row,) = rows(f"select * from articles where uri like '%/{number}.txt'")
        assert (row["title"], row["source_name"]) == (made["title"], made["site"])
        assert (row["published_on"], row["authors"], row["script"]) == (
            made["date"],
            [made["reporter"]],
            "hans",
        )
        assert row["text"].split("\n") == made["paragraphs"]


def test_a_slip_in_a_name_leaves_nothing_behind(wencang: Any, tmp_path: Path) -> None:
    """No empty warehouse for a source that is not there."""
    answer = wencang("ingest", tmp_path / "nothing", "--warehouse", tmp_path / "new")

    assert answer.code == 2
    assert not (tmp_path / "new").exists()


def test_twice_is_once(wencang: Any, rows: Any, folder: Path) -> None:
    """The same folder again changes no table; that it was seen again is written down, with the same words."""
    first = wencang("ingest", folder, "--json")
    before = counts(rows)
    time.sleep(2.1)  # younger changes are read again, to be sure
    wencang("ingest", folder)
    seen = rows("select count(*) as n from sightings where last_seen_at > first_seen_at")
    assert seen == [{"n": 3}]
    again = wencang("ingest", folder, "--json")

    assert again.code == 0
    assert (again.json["new"], again.json["unchanged"]) == (0, 3)
    assert again.json.keys() == first.json.keys()
    assert counts(rows) == before


def test_a_warehouse_does_not_read_itself(wencang: Any, folder: Path, lake: Path) -> None:
    """When it lies in the folder that is read, its own files are no sources, and twice is once."""
    assert lake.parent == folder.parent
    for new in (3, 0):
        answer = wencang("ingest", folder.parent, "--json")
        assert (answer.json["documents"], answer.json["new"], answer.json["rejects"]) == (3, new, 0)


def test_a_new_file_costs_its_own_processing(wencang: Any, rows: Any, folder: Path) -> None:
    """With one file more, one document is new and the others are not read again."""
    wencang("ingest", folder)
    (folder / "later.txt").write_text(page(9), "utf-8")
    answer = wencang("ingest", folder, "--json")

    assert (answer.json["new"], answer.json["unchanged"], answer.json["articles"]) == (1, 3, 1)
    assert len(rows("select 1 from articles")) == 4


def test_copies_of_one_file_are_one_article_seen_twice(wencang: Any, rows: Any, folder: Path) -> None:
    """Two copies in one batch, and a renamed copy later, are sightings of one article."""
    (folder / "0-copy.txt").write_bytes((folder / "0.txt").read_bytes())
    wencang("ingest", folder)
    (folder / "1.txt").rename(folder / "renamed.txt")
    wencang("ingest", folder)

    assert len(rows("select 1 from all_articles")) == 3
    seen = rows("select article_id, list(uri order by uri) as uris from sightings group by all")
    names = sorted(sorted(uri.rsplit("/", 1)[1] for uri in row["uris"]) for row in seen)
    assert names == [["0-copy.txt", "0.txt"], ["1.txt", "renamed.txt"], ["2.txt"]]


def test_a_changed_page_supersedes_the_old_one(wencang: Any, rows: Any, folder: Path) -> None:
    """A file with new content shows its new article; the old document stays stored."""
    wencang("ingest", folder)
    (folder / "0.txt").write_text(page(0, extra="今年还新装了两台水泵。"), "utf-8")
    wencang("ingest", folder)

    assert len(rows("select 1 from articles")) == 3
    assert len(rows("select 1 from articles where text like '%两台水泵%'")) == 1
    assert len(rows("select 1 from documents")) == 4


def test_traditional_and_simplified_copies_meet(wencang: Any, rows: Any, tmp_path: Path) -> None:
    """A traditional copy of an article, loaded by a later run, is a copy of it and names it."""
    import opencc

    first, second = tmp_path / "hans.txt", tmp_path / "hant.txt"
    first.write_text(page(5), "utf-8")
    second.write_text(opencc.OpenCC("s2tw").convert(page(5)), "utf-8")
    wencang("ingest", first)
    answer = wencang("ingest", second, "--json")

    assert answer.json["duplicates"] == 1
    (copy,) = rows("select * from duplicates")
    assert copy["duplicate_kind"] == "exact"
    assert [row["article_id"] for row in rows("select article_id from articles")] == [copy["duplicate_of"]]


def test_bad_input_is_rejected_with_a_reason_and_the_rest_is_loaded(
    wencang: Any, rows: Any, folder: Path
) -> None:
    """Each bad file gets a row that names file, step, reason and detail; good ones are loaded."""
    (folder / "empty.txt").write_bytes(b"")
    (folder / "blank.txt").write_text(" \n\u3000\n")
    (folder / "picture.txt").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20)
    (folder / "cut.txt.gz").write_bytes(gzip.compress(page(7).encode())[:-30])
    (folder / "english.txt").write_text("The council met on Tuesday and agreed to repair the bridge. " * 20)
    (folder / "loop").symlink_to(folder)
    answer = wencang("ingest", folder, "--json")

    assert answer.code == 0
    assert answer.json["articles"] == 3
    stopped = rows("select uri, step, reason, detail from rejects")
    reasons = {row["uri"].rsplit("/", 1)[1]: row["reason"] for row in stopped}
    assert reasons["empty.txt"] == reasons["blank.txt"] == "empty"
    assert reasons["picture.txt"] == "binary"
    assert reasons["cut.txt.gz"] == "truncated"
    assert reasons["english.txt"] in ("not_chinese", "no_body")
    assert all(row["step"] and row["detail"] for row in stopped)
    assert answer.json["rejects"] == len(stopped)


def test_one_bad_row_costs_one_row(wencang: Any, rows: Any, tmp_path: Path) -> None:
    """Of ten rows of JSONL with a broken third, nine are loaded with their ids."""
    source = tmp_path / "rows.jsonl"
    lines = [
        json.dumps({"id": f"r{n}", "url": f"https://news.example/{n}", "text": page(n)}, ensure_ascii=False)
        for n in range(10)
    ]
    lines[2] = lines[2][:80]
    source.write_text("\n".join(lines) + "\n", "utf-8")
    answer = wencang("ingest", source, "--json")

    assert (answer.code, answer.json["articles"], answer.json["rejects"]) == (0, 9, 1)
    assert rows("select reason, uri from rejects")[0]["reason"] == "invalid_record"
    assert rows("select uri from rejects")[0]["uri"].endswith("rows.jsonl#L3")
    ids = {row["external_id"] for row in rows("select external_id from articles")}
    assert ids == {f"r{n}" for n in range(10) if n != 2}
    assert {row["host"] for row in rows("select host from articles")} == {"news.example"}


@pytest.mark.parametrize("arguments", [["no-such-folder"], [], ["x", "--batch-docs", "0"]])
def test_wrong_usage_is_one_message_and_code_2(wencang: Any, arguments: list[str]) -> None:
    """A missing source or an impossible option is said in a line, without a traceback."""
    answer = wencang("ingest", *arguments)

    assert answer.code == 2
    assert answer.err.strip()
    assert "Traceback" not in answer.err


def test_a_warehouse_that_cannot_be_made_is_one_message(wencang: Any, folder: Path, lake: Path) -> None:
    """A file in the warehouse's place is named, and nothing is touched."""
    lake.write_text("something else")
    answer = wencang("ingest", folder)

    assert answer.code == 1
    assert str(lake) in answer.err
    assert "Traceback" not in answer.err
    assert lake.read_text() == "something else"


def test_an_interrupted_run_is_resumed(
    wencang: Any, rows: Any, start: Any, tmp_path: Path, lake: Path
) -> None:
    """Ctrl-C ends with code 130 and keeps what was committed; the next run loads the rest, once.

    The first run is a process with a server of its own, which ends with it.
    """
    source = tmp_path / "rows.jsonl"
    rows_of = (json.dumps({"id": str(n), "text": page(n)}, ensure_ascii=False) for n in range(120))
    source.write_text("\n".join(rows_of), "utf-8")
    process = start("ingest", source, "--batch-docs", "10")
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        if len(list(lake.glob("data/core/articles/*.parquet"))) >= 2:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, err = process.communicate(timeout=60)
    assert process.returncode in (130, 0), err.decode()
    assert b"Traceback" not in err
    assert not processes_with(str(lake).encode())

    answer = wencang("ingest", source, "--json")
    assert answer.code == 0
    assert answer.json["new"] + answer.json["unchanged"] == 120
    assert len(rows("select 1 from all_articles")) == 120
    assert rows("select count(distinct external_id) as n from all_articles")[0]["n"] == 120


def test_a_batch_that_fails_comes_again(
    wencang: Any, rows: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When one batch of an input cannot be committed, the others are, and the next run loads what is missing."""
    from flows.dedup import Deduplicator

    source = tmp_path / "rows.jsonl"
    made = [json.dumps({"id": str(n), "text": page(n)}, ensure_ascii=False) + "\n" for n in range(6)]
    source.write_text("".join(made), "utf-8")
    decide = Deduplicator.decide

    def fail_once(self: Deduplicator, batch: Any, context: Any) -> Any:
        if len(rows("select 1 from articles")) == 2:
            monkeypatch.setattr(Deduplicator, "decide", decide)
            raise ValueError("made to fail")
        return decide(self, batch, context)

    wencang("ingest", folder_of(tmp_path, 30), "--batch-docs", "2")
    monkeypatch.setattr(Deduplicator, "decide", fail_once)
    first = wencang("ingest", source, "--batch-docs", "2", "--json")

    assert first.code == 1
    assert "made to fail" in first.err
    assert first.json["failures"]
    second = wencang("ingest", source, "--batch-docs", "2", "--json")
    assert second.code == 0, second.err
    assert {row["external_id"] for row in rows("select external_id from all_articles")} >= set("012345")
    assert wencang("doctor").code == 0


def folder_of(tmp_path: Path, first: int) -> Path:
    """A folder with two pages."""
    made = tmp_path / f"folder{first}"
    made.mkdir()
    for number in (first, first + 1):
        (made / f"{number}.txt").write_text(page(number), "utf-8")
    return made
