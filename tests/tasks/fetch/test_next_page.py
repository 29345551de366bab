"""Articles in parts: one document of all of them, and other articles are no parts."""

import pytest

from tasks.fetch import next_page
from tasks.fetch.next_page import is_part

PARTS = [
    pytest.param("/a.html", "/a_{}.html", id="underscore"),
    pytest.param("/a.html", "/a-{}.html", id="hyphen"),
    pytest.param("/a", "/a/{}", id="folder"),
    pytest.param("/a?id=5", "/a?id=5&page={}", id="parameter"),
]


@pytest.mark.parametrize(("first", "further"), PARTS)
@pytest.mark.parametrize(
    "link", ['<a href="{}">下一页</a>', '<link rel="next" href="{}">', '<a href="{}">[{n}]</a>']
)
def test_parts_of_an_article_become_one_document(server, crawl, first, further, link):
    """In order, once each, with the address of each part before it."""
    paths = [first, further.format(2), further.format(3)]
    for i, path in enumerate(paths):
        follow = link.format(paths[i + 1], n=i + 2) if i < 2 else ""
        server.text(path, server.page(f"第{i + 1}部分", body=follow))

    (document,) = crawl(server.url(first)).documents

    text = document.content.decode()
    assert [text.index(f"<p>第{i}部分") for i in (1, 2, 3)] == sorted(
        text.index(f"<p>第{i}部分") for i in (1, 2, 3)
    )
    assert f"<!-- part 3: {server.url(paths[2])} -->" in text
    assert server.paths() == paths


@pytest.mark.parametrize(
    ("first", "place"),
    [
        ("/2024/1024.html", "/2024/1025.html"),
        ("/post/spring", "/post/summer"),
        ("/a.html", "/b_2.html"),
        ("/a.html", "/a_3.html"),
        ("/list?page=1&id=5", "/list?page=2&id=6"),
    ],
)
def test_the_next_article_is_no_part(server, crawl, first, place):
    """``rel=next`` and 下一页 lead to other articles too."""
    server.text(
        first,
        server.page("一", head=f'<link rel="next" href="{place}">', body=f'<a href="{place}">下一页</a>'),
    )

    crawl(server.url(first))

    assert server.paths() == [first]


@pytest.mark.parametrize(
    ("url", "place", "number", "is_next"),
    [
        ("http://a.cn/b/c.html", "http://a.cn/b/c_2.html", 2, True),
        ("http://a.cn/b/c_2.html", "http://a.cn/b/c_3.html", 3, True),
        ("http://a.cn/b/c?x=1", "http://a.cn/b/c/2?x=1", 2, True),
        ("http://a.cn/b/c.html", "http://elsewhere.test/b/c_2.html", 2, False),
        ("http://a.cn/b/c.html", "https://a.cn/b/c_2.html", 2, False),
        ("http://a.cn/b/c.html", "http://a.cn:8080/b/c_2.html", 2, False),
        ("http://a.cn/b/c.html", "http://a.cn/b/c_2.html?from=feed", 2, False),
        ("http://a.cn/b/c_2.html", "http://a.cn/b/c_4.html", 3, False),
        ("http://a.cn/b/c-1.html", "http://a.cn/b/d-2.html", 2, False),
        ("http://a.cn/b/c.html", "http://[", 2, False),
    ],
)
def test_a_part_differs_by_its_number_only(url, place, number, is_next):
    """Same scheme, host, port, path and query, and the number that is due."""
    assert is_part(url, place, number) is is_next


@pytest.mark.parametrize(
    ("link", "is_next"),
    [
        ('<a rel="next" href="/a_2.html">接着读</a>', True),
        ('<a href="/a_2.html">下一页</a>', True),
        ('<a href="/a_2.html">第2页</a>', True),
        ('<a href="/a_2.html">接着读</a>', False),
        ('<a href="/a_2.html">第3页</a>', False),
    ],
)
def test_a_link_to_a_part_says_so(server, crawl, link, is_next):
    """By its text, or by ``rel``; the address alone proves nothing."""
    server.text("/a.html", server.page("一", body=link))
    server.text("/a_2.html", server.page("二"))

    crawl(server.url("/a.html"))

    assert server.paths() == ["/a.html", "/a_2.html"][: 1 + is_next]


def test_parts_are_limited(server, crawl, monkeypatch):
    """An address that counts on for ever ends somewhere."""
    monkeypatch.setattr(next_page, "MAX_PARTS", 3)
    for number in range(1, 9):
        follow = f'<a href="/a_{number + 1}.html">下一页</a>'
        server.text(f"/a_{number}.html" if number > 1 else "/a.html", server.page("文", body=follow))

    assert len(crawl(server.url("/a.html")).documents) == 1
    assert server.paths() == ["/a.html", "/a_2.html", "/a_3.html"]
