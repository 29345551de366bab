"""Promises of extract on text whose marks were narrowed: it reads as what it was narrowed from."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract import label_page, split_page
from tasks.extract.fold import fold_lines, size_of
from tasks.metadata.titles import find_title

PAGES = sorted((Path(__file__).parents[2] / "pages").glob("*/page.txt"))
NARROW = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}


def read(text: str) -> tuple[str | None, list[str]]:
    """Return the title of a page in plain text, and the labels of its lines."""
    page = split_page(text, is_html=False)
    texts = [line.text for line in page.lines]
    title = find_title(page, texts)
    labels: list[str] = [label for label, _ in label_page(page, texts, title.lines).labels]
    return (None if title.title is None else title.title.translate(NARROW)), labels


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.parent.name)
def test_narrowed_page_reads_the_same(path: Path) -> None:
    """A page with commas, colons and brackets in half width has the title and the labels it had before."""
    text = path.read_text(encoding="utf-8")

    assert read(text.translate(NARROW)) == read(text)


@given(
    st.lists(st.text("今天晴了，,：:！!？?；;（）()a1 。”\u0100\u2c2c", max_size=24), min_size=1, max_size=6)
)
def test_size_of_a_line_is_its_own(lines: list[str]) -> None:
    """What a line counts does not depend on the lines around it."""
    assert fold_lines(lines).sizes == [size_of(line) for line in lines]


@pytest.mark.parametrize(
    ("wide", "narrow"),
    [
        ("今天，晴。", "今天,晴。"),
        ("来源：河东网", "来源:河东网"),
        ("（本报讯）今天晴！", "(本报讯)今天晴!"),
        ("共2章；", "共2章;"),
    ],
)
def test_narrowed_marks_count_as_before(wide: str, narrow: str) -> None:
    """A mark beside a Chinese character counts as one, in either width."""
    assert size_of(wide) == size_of(narrow)


@pytest.mark.parametrize(("line", "size"), [("10:30", 1), ("f(x), g(x)!", 2), ("3,500 / 4,000", 3)])
def test_marks_among_latin_count_as_latin(line: str, size: int) -> None:
    """Marks of times, figures and code are a quarter, as the other characters of ASCII."""
    assert size_of(line) == size
