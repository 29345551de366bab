"""Promises of the reading text in SQL: ``full_width`` and the view ``reading``."""

import json
from pathlib import Path
from typing import Any

import duckdb
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.clean.punctuation_width import restore_width
from warehouse.migrate import sql_file

CASES = Path(__file__).parents[1] / "cases" / "punctuation_width.json"
PIECES = ["好", "天", "々", "〇", "㐀", "𠀀", "豈", *",;:?!()“”「」《》（）…—。、％℃，；：？！", *"aB109%_[]\"'/#-<=`$\\{.é가",
          " ", "\t", "\u00a0", "\u3000", "\n", "://a/", "://a/?b=1", "\ufdd0", "\ufdd2", "f()", "。(晴)"]  # fmt: skip
HOSTILE = st.one_of(st.lists(st.sampled_from(PIECES), max_size=30).map("".join), st.text(max_size=20))


@pytest.fixture(scope="module")
def con() -> Any:
    """A plain DuckDB that has the macro."""
    with duckdb.connect() as con:
        con.execute(sql_file("macros", "full_width"))
        yield con


def widened(con: Any, texts: list[str | None]) -> list[str | None]:
    rows = con.execute(
        "select full_width(t) from (select unnest($1::varchar[]) as t, unnest(range(len($1))) as i) order by i",
        [texts],
    )
    return [row[0] for row in rows.fetchall()]


@settings(max_examples=150, deadline=None)
@given(texts=st.lists(HOSTILE.filter(lambda text: "\0" not in text), min_size=1, max_size=20))
def test_sql_and_python_widen_alike(con: Any, texts: list[str | None]) -> None:
    """Both forms of the rule give the same text, on anything, as long as the text was."""
    expected = [restore_width(text) for text in texts if text is not None]
    assert widened(con, texts) == expected
    assert [len(text) for text in expected] == [len(text) for text in texts if text is not None]


def test_sql_widens_the_cases(con: Any) -> None:
    """What the case file says holds in SQL too; null stays null, and each line is looked at alone."""
    cases = json.loads(CASES.read_text("utf-8"))
    assert widened(con, [before for before, _ in cases["change"]]) == [after for _, after in cases["change"]]
    assert widened(con, cases["keep"]) == cases["keep"]
    assert widened(con, [None, "雨停,了\nx = '雨停,了'\n天晴!"]) == [None, "雨停，了\nx = '雨停,了'\n天晴！"]


def test_readers_get_full_width_and_the_stored_text_stays(warehouse: Any, batch_of: Any, run: Any) -> None:
    """``reading`` widens title and text in any script; ``articles`` keeps the marks of the page."""
    page = "雨停了,天晴了(傍晚)。\nf(甲,乙);\n共1,000人,都来了!"
    warehouse.load_batch(batch_of([("https://example.org/1", page)]), unit="u1", run=run)
    with warehouse.connect() as con:
        ((title, text, hans),) = con.execute("select title, text, text_hans from reading").fetchall()
        ((stored,),) = con.execute("select text from articles").fetchall()
    assert title == "雨停了，天晴了("
    assert text == hans == "雨停了，天晴了（傍晚）。\nf(甲,乙);\n共1,000人，都来了！"
    assert stored == page
