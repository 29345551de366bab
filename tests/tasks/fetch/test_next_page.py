"""Articles in parts: one document of all of them, and other articles are no parts."""

import pytest

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
        ("/a.html", "http://elsewhere.test/a_2.html"),
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
