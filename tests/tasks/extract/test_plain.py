"""Promises of plain: physical lines keep their numbers, markup is told from text."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.extract import looks_like_html, split_page


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        pytest.param("甲\n乙\n", [(1, "甲"), (2, "乙")], id="unix"),
        pytest.param("甲\r\n\r\n乙", [(1, "甲"), (3, "乙")], id="windows-blank-counted"),
        pytest.param("甲\r乙", [(1, "甲"), (2, "乙")], id="old-mac"),
        pytest.param("甲\r\r\n乙", [(1, "甲"), (2, "乙")], id="doubled-return"),
        pytest.param("甲\f\n\f乙", [(1, "甲\f"), (2, "\f乙")], id="form-feed-is-space"),
        pytest.param("甲\u2028乙\u2029丙", [(1, "甲"), (2, "乙"), (3, "丙")], id="unicode-separators"),
        pytest.param("\ufeff\n\u3000\n\u200b\n甲", [(4, "甲")], id="invisible-lines-are-blank"),
        pytest.param("　　甲　", [(1, "　　甲　")], id="received-text-unchanged"),
        pytest.param("", [], id="empty"),
    ],
)
def test_physical_lines(text: str, lines: list[tuple[int, str]]) -> None:
    """A line keeps its text and the number it has in the received text; blank ones are counted, not kept."""
    assert [(line.number, line.text) for line in split_page(text, is_html=False).lines] == lines


@given(st.lists(st.text(st.characters(exclude_characters="\r\n\u2028\u2029"), max_size=8), max_size=8))
def test_nothing_visible_is_lost(lines: list[str]) -> None:
    """Whatever is visible in the text is in its lines, at the right number."""
    page = split_page("\n".join(lines), is_html=False)

    assert all(lines[line.number - 1] == line.text for line in page.lines)
    assert {line.number for line in page.lines} >= {
        number for number, text in enumerate(lines, 1) if any(c.isalnum() for c in text)
    }


@pytest.mark.parametrize(
    "text", ["字" * 3_000_000, "\r" * 300_000, "<" * 300_000, "\n" * 300_000, "<a " * 100_000]
)
def test_long_input_stays_linear(text: str) -> None:
    """Millions of characters without an end, or of nothing but breaks, take time in proportion."""
    start = time.process_time()
    looks_like_html(text)
    split_page(text, is_html=False)

    assert time.process_time() - start < 2


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("<!DOCTYPE html><p>甲", id="doctype"),
        pytest.param("\ufeff  <html><body>甲</body></html>", id="mark-before"),
        pytest.param("<!-- saved --><HTML><HEAD></HEAD><BODY>甲", id="comment-before"),
        pytest.param("<p>第一段。</p><p>第二段。</p>", id="fragment"),
        pytest.param(
            "<div>\n<p>\n井台边的人家都起得早。\n</p>\n<p>\n挑水的扁担有两种。\n</p>\n</div>",
            id="fragment-in-lines",
        ),
        pytest.param("<div><p>井台边的人家都起得早，挑水的扁担有两种。", id="fragment-never-closed"),
        pytest.param("<?xml version='1.0'?><html xmlns='x'><body>甲</body></html>", id="xhtml"),
    ],
)
def test_pages_in_html(text: str) -> None:
    """Documents and fragments of HTML are HTML."""
    assert looks_like_html(text)


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("气温 <5 度时，不要浇水。若 a<b 则停。", id="comparison"),
        pytest.param("今天学会了网页里的换行要写 <br>，还有加粗要写 <b> 和 </b>。" * 3, id="tags-quoted"),
        pytest.param("<本报讯> 昨日，大坝合龙。", id="brackets"),
        pytest.param(
            "我的第一个网页只有三行，先写开头，再写结尾，中间是正文：\n<html>\n<body>\n</html>",
            id="code-in-text",
        ),
        pytest.param("<3 爱你哦", id="heart"),
        pytest.param(
            '<ins id="k7"><big id="k7"></big></ins>\n<sub id="k7"></sub>\n井台边的人家都起得早。\n挑水的扁担有两种。\n长的走平路，短的走山路。',
            id="empty-elements-on-top",
        ),
        pytest.param("", id="empty"),
    ],
)
def test_texts_with_angle_brackets(text: str) -> None:
    """A text that compares, quotes tags or draws hearts is a text."""
    assert not looks_like_html(text)
