"""formats: a result as table, CSV, JSON or Markdown; long, wide and strange values do no harm."""

import io
import json

import duckdb
import pytest

from flows.commands.formats import CELL_WIDTH, width, write_result

VALUES = """select '旧桥' as name, 1.50::decimal(4, 2) as part, 2.00::decimal(4, 2) as whole, 'a|b' as mark,
    null as nothing, [1, 2] as list, '\\x01'::blob as bytes, timestamp '2019-03-05 07:14:00' as at"""


def written(query: str, form: str) -> str:
    file = io.BytesIO()
    write_result(duckdb.connect().execute(query), form, file)
    return file.getvalue().decode()


@pytest.mark.parametrize("character", ["桥", "x"])
def test_a_long_value_is_cut_to_its_column(character: str) -> None:
    """By columns of the terminal, of which a Chinese character takes two; one that just fits stays."""
    fits = character * (CELL_WIDTH // width(character))
    _, _, *cells = written(f"values ('{fits}'), ('{fits}{character}')", "table").splitlines()

    assert cells[0] == fits
    assert cells[1].endswith("…")
    assert CELL_WIDTH - 2 < width(cells[1]) <= CELL_WIDTH
    assert cells[2] == "(2 rows)"


def test_what_would_move_the_cursor_is_not_printed() -> None:
    """Line ends become blanks, other control characters a mark."""
    assert written("select 'a\nb' || chr(27) || '[2J' as x", "table").splitlines()[2] == "a b�[2J"


def test_each_value_has_a_form_for_scripts() -> None:
    """Numbers stay numbers, times are ISO 8601, bytes base64, null is null."""
    expected = {
        "name": "旧桥", "part": 1.5, "whole": 2, "mark": "a|b", "nothing": None, "list": [1, 2],
        "bytes": "AQ==", "at": "2019-03-05T07:14:00",
    }  # fmt: skip
    assert json.loads(written(VALUES, "jsonl")) == expected
    assert json.loads(written(f"{VALUES} union all {VALUES}", "json")) == [expected] * 2
    assert written("select 1 as one where false", "json") == "[]\n"


def test_marks_of_a_form_are_kept_apart_from_the_values() -> None:
    """A bar in Markdown, a comma in CSV."""
    assert written("select 'a|b' as x, 'c' as y", "markdown").splitlines()[2] == r"| a\|b | c |"
    assert written("select 'a,b' as x, null as y", "csv") == 'x,y\n"a,b",\n'
