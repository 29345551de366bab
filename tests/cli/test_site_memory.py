"""Promises of the site memory: what a host prints on every page is learned, formula sentences are not."""

import json
import random
from pathlib import Path
from typing import Any

import articles

SLOGAN = "走进青石 看见山城新面貌"
FORMULA = "本公司保证公告内容真实、准确、完整。"


def rows_file(path: Path, first: int, count: int) -> Path:
    """Pages of one host: each has the formula sentence inside its text and the slogan above it."""
    with path.open("w", encoding="utf-8") as file:
        for number in range(first, first + count):
            found = articles.article(random.Random(f"site/{number}"))
            paragraphs = [str(each) for each in found["paragraphs"]]
            middle = len(paragraphs) // 2
            found["paragraphs"] = [SLOGAN, *paragraphs[:middle], FORMULA, *paragraphs[middle:]]
            text = articles.page(found, random.Random(number))
            row = {"id": str(number), "url": f"https://qingshi.example/{number}.html", "text": text}
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return path


def test_a_repeating_line_is_learned_for_the_next_run(wencang: Any, rows: Any, tmp_path: Path) -> None:
    """Once a host is known, the slogan above its texts is not read as text; a formula sentence still is."""
    wencang("ingest", rows_file(tmp_path / "first.jsonl", 0, 12))
    assert rows(f"select 1 from all_articles where text like '%{SLOGAN}%'")
    answer = wencang("ingest", rows_file(tmp_path / "second.jsonl", 100, 3), "--json")

    assert answer.code == 0, answer.err
    assert answer.json["new"] == 3
    later = rows("select text from all_articles where external_id::int >= 100")
    assert len(later) == 3
    assert not any(SLOGAN in row["text"] for row in later)
    assert all(FORMULA in row["text"] for row in later)


def test_reclean_applies_what_was_learned_to_the_past(wencang: Any, rows: Any, tmp_path: Path) -> None:
    """Pages read before their host was known lose its slogan, under the same rules; then nothing is left to do."""
    wencang("ingest", rows_file(tmp_path / "first.jsonl", 0, 12))
    slogans = f"select 1 from all_articles where text like '%{SLOGAN}%'"
    before = len(rows(slogans))
    assert before > 0

    done = wencang("reclean", "--json").json

    assert (done["learned"], done["outdated"], done["changed"]) == (before, before, before)
    assert not rows(slogans)
    assert len(rows(f"select 1 from all_articles where text like '%{FORMULA}%'")) == 12
    assert wencang("reclean", "--json").json["outdated"] == 0


def test_the_memory_can_be_deleted(wencang: Any, rows: Any, lake: Path, tmp_path: Path) -> None:
    """Derived data: without its file the next run counts again, with the same outcome."""
    wencang("ingest", rows_file(tmp_path / "first.jsonl", 0, 12))
    for file in lake.glob("index/site_lines.sqlite*"):
        file.unlink()
    wencang("ingest", rows_file(tmp_path / "second.jsonl", 100, 3))

    assert not rows(f"select 1 from all_articles where external_id::int >= 100 and text like '%{SLOGAN}%'")
