"""Promises of the small parts between the steps."""

import pytest

from tasks.article import read_article
from tasks.document_steps import canonical_of
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


def test_what_holds_no_page_has_no_lines() -> None:
    """Bytes that stop before any line is read."""
    assert read_article(b"\x89PNG\r\n\x1a\n\0\0").lines == []
