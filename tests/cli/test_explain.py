"""Promises of ``wencang explain``: every line with its rule, the same for a file and for what was loaded."""

import re
from pathlib import Path
from typing import Any

FERRY = Path(__file__).resolve().parents[1] / "seeds" / "ferry.txt"


def told_of(out: str) -> list[tuple[int, str, str]]:
    """Return (number, label, text) of the lines that are explained."""
    found = re.findall(r"^[+-] +(\d+) ([a-z]+) +\w+@\d+(?:\+\S+)? +(.*)$", out, re.M)
    return [(int(number), label, text) for number, label, text in found]


def test_each_line_is_shown_with_its_rule(wencang: Any, tmp_path: Path) -> None:
    """Every received line that is not blank, with its number; as a page on request."""
    answer = wencang("explain", FERRY)
    wencang("explain", FERRY, "--html", tmp_path / "x.html")

    assert answer.code == 0
    told = told_of(answer.out)
    received = enumerate(FERRY.read_text("utf-8").split("\n"), 1)
    assert [(number, text) for number, _, text in told] == [
        (number, line.strip()[:100]) for number, line in received if line.strip()
    ]
    assert {"title", "body"} <= {label for _, label, _ in told}
    assert "最后一班人力渡船停航" in (tmp_path / "x.html").read_text("utf-8")


def test_what_was_loaded_is_shown_as_the_file(loaded: Any, rows: Any) -> None:
    """``explain ARTICLE_ID`` says of the stored document what reading it says."""
    (article,) = rows("select article_id, title from articles where uri like '%ferry%'")
    answer = loaded("explain", article["article_id"])

    assert answer.code == 0
    assert article["title"] in answer.out
    assert told_of(answer.out) == told_of(loaded("explain", FERRY).out) != []


def test_a_page_leaves_nothing_out_in_silence(wencang: Any, tmp_path: Path) -> None:
    """What is rejected has no place on the page of explain, and is said beside it."""
    text = "柳林村的渡槽修好了,水顺着石槽流到对岸的三百亩稻田。施工队把旧石块编号拆下,再按原样砌回去。"
    (tmp_path / "rows.jsonl").write_text('{"id": 1}\n{"id": 2, "text": "' + text + '"}\n', "utf-8")
    answer = wencang("explain", tmp_path / "rows.jsonl", "--html", tmp_path / "page.html")
    assert answer.code == 0
    assert "#L1: rejected at fetch" in answer.out
    assert "渡槽" in (tmp_path / "page.html").read_text("utf-8")


def test_a_day_without_a_year_is_told_of(wencang: Any, tmp_path: Path) -> None:
    """No year is made up for a day that is printed without one; explain says what is printed, and where."""
    text = "柳林村的渡槽修好了，水顺着石槽流到对岸的三百亩稻田。施工队把旧石块编号拆下，再按原样砌回去。\n"
    (tmp_path / "page.txt").write_text("柳林村渡槽修缮完工 三百亩稻田通水\n08-22 07:47\n" + 3 * text, "utf-8")
    answer = wencang("explain", tmp_path / "page.txt")

    assert re.search(r"date_printed\s+08-22 \(line 2\), without a year", answer.out)
    assert "published_at" not in answer.out
