"""Promises of the small parts between the steps."""

import pytest

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
