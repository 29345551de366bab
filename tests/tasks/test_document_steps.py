"""Promises of the small parts between the steps."""

import pytest

from tasks.article import read_article
from tasks.document_steps import WRAPPED, canonical_of
from tasks.lines import Page


@pytest.mark.parametrize(
    ("said", "found"),
    [
        pytest.param("https://a.cn/b", "https://a.cn/b", id="whole"),
        pytest.param(" /b ", "http://m.a.cn/b", id="from-the-root"),
        pytest.param("//a.cn/b", "http://a.cn/b", id="without-scheme"),
        pytest.param(None, None, id="none"),
        pytest.param("", None, id="empty"),
        pytest.param("javascript:void(0)", None, id="no-address"),
        pytest.param("http://[", None, id="broken"),
    ],
)
def test_the_address_a_page_calls_its_own_is_whole(said, found):
    """Relative ones are completed by where the page was; what is no web address is none."""
    assert canonical_of(Page([], canonical_url=said), "http://m.a.cn/x/y?from=feed") == found


def test_a_file_has_no_address_to_complete_another_by():
    """A relative canonical address in a saved page names nothing."""
    assert canonical_of(Page([], canonical_url="/b"), "file:///in/a.html") is None
    assert canonical_of(Page([], canonical_url="https://a.cn/b"), "file:///in/a.html") == "https://a.cn/b"


def test_a_page_without_body_shows_its_lines() -> None:
    """Each line has the label that kept it from being text; so a reject can be explained."""
    article = read_article("首页 | 新闻\n\n登录\n".encode())

    assert article.reject == "no_body"
    assert [line.text for line in article.lines if line.text] == ["首页 | 新闻", "登录"]
    assert "body" not in {line.label for line in article.lines}
    assert all(line.rule for line in article.lines)


DUMP = """首页 > 新闻

渡口的船停了

2024-05-01 来源:临江日报

　　从今天起，渡口的船全部停航，工人们正在检修码头的栏杆和灯，一共要用十天。
　　老周在这条河上撑了四十年船，他说 3 < 5，水还会再涨。
"""


@pytest.mark.parametrize("declared", ["text/html", "text/html; charset=utf-8", "application/xhtml+xml"])
def test_text_that_is_called_html_is_text(declared: str) -> None:
    """A dump behind a server's default, a name or a column: without any tag its lines are lines."""
    article = read_article(DUMP.encode(), content_type=declared)

    assert article == read_article(DUMP.encode(), content_type="text/plain")
    assert article.title == "渡口的船停了"


@pytest.mark.parametrize("tag", ["<br>", "</p>", "<!-- -->", "<P>", "<?xml?>"])
def test_one_tag_makes_a_page(tag: str) -> None:
    """What is declared as HTML and holds a tag is read as a browser does: its line ends are blanks."""
    assert len(read_article(f"{tag}{DUMP}".encode(), content_type="text/html").lines) == 1


def test_line_ends_that_were_taken_out_are_told() -> None:
    """Which lines of hard-wrapped text go on in the next can be seen at their rule, and the text made of them."""
    text = """渡口的船停了

　　从今天起，渡口的船全部停航，工人们正在检修码头的栏杆
和灯，一共要用十天，附近的居民可以走上游的新桥，也可以
坐公共汽车过河。
　　老周在这条河上撑了四十年船，他说，水还会再涨，等到秋
天，船才能再开，那时他也该退休了，船交给他的徒弟，徒弟
是他的女儿。
"""
    article = read_article(text.encode())

    body = [line for line in article.lines if line.label == "body"]
    ends = ["" if line.rule.endswith(f"+{WRAPPED}") else "\n" for line in body]
    assert ends == ["", "", "\n"] * 2
    made = "".join(line.text.strip("\u3000") + end for line, end in zip(body, ends, strict=True))
    assert made.removesuffix("\n") == article.text


def test_bytes_are_asked_for() -> None:
    """Text that was decoded already is a mistake of the caller, told as one."""
    with pytest.raises(TypeError, match="takes bytes"):
        read_article(DUMP)  # type: ignore[arg-type]


def test_what_holds_no_page_has_no_lines() -> None:
    """Bytes that stop before any line is read."""
    assert read_article(b"\x89PNG\r\n\x1a\n\0\0").lines == []
