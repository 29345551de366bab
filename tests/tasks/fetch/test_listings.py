"""Feeds, sitemaps, folder listings and URL lists: every link once, and on again after an interruption."""

import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest

from tasks.discover import list_inputs
from tasks.fetch import FetchOptions, InputDone, Traffic, read_documents
from tasks.fetch.links import listing_of
from tasks.sources import Source

NOW = datetime(2024, 5, 1, 8, 0, tzinfo=UTC)


def rss(links, extra="") -> str:
    items = "".join(f"<item><title>t</title><link>{link}</link>{extra}</item>" for link in links)
    return f'<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><link>/</link>{items}</channel></rss>'


def atom(links) -> str:
    items = "".join(
        f'<entry><id>urn:x</id><link rel="self" href="/no"/><link href="{link}"/></entry>' for link in links
    )
    return f'<feed xmlns="http://www.w3.org/2005/Atom"><link href="/"/>{items}</feed>'


def rdf(links) -> str:
    items = "".join(f'<item rdf:about="{link}"><link>{link}</link></item>' for link in links)
    return (
        '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/">'
        f"<channel/>{items}</rdf:RDF>"
    )


def json_feed(links) -> str:
    items = [{"id": link, "url": link} for link in links]
    return json.dumps({"version": "https://jsonfeed.org/version/1.1", "items": items})


def sitemap(links, modified=None) -> str:
    stamp = f"<lastmod>{modified}</lastmod>" if modified else ""
    entries = "".join(f"<url><loc>{link}</loc>{stamp}</url>" for link in links)
    return (
        f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'
    )


def sitemap_index(links) -> str:
    entries = "".join(f"<sitemap><loc>{link}</loc></sitemap>" for link in links)
    return f'<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</sitemapindex>'


def apache(path, names) -> str:
    links = "".join(
        f'<a href="{n}">{n}</a>' for n in ["?C=N;O=D", "/", "../", *names, "http://elsewhere.test/x"]
    )
    return f"<html><head><title>Index of {path}</title></head><body><h1>Index of {path}</h1>{links}</body></html>"


LINKS = ["/p/1", "/p/2", "/p/3"]
FORMS = {"rss": rss, "atom": atom, "rdf": rdf, "json": json_feed, "sitemap": sitemap}


@pytest.fixture
def pages(server):
    for i in range(1, 60):
        server.text(f"/p/{i}", server.page(f"第{i}篇"))
    return server


@pytest.mark.parametrize("form", FORMS)
def test_every_form_of_feed_leads_to_its_pages(pages, crawl, form):
    """In their order; the feed itself is no document, and is done last."""
    pages.text("/feed", FORMS[form](LINKS), content_type="application/xml")

    outcome = crawl(pages.url("/feed"), source={"host_connections": 1})

    assert [d.uri for d in outcome.documents] == [pages.url(link) for link in LINKS]
    assert [d.uri for d in outcome.done] == [pages.url(p) for p in [*LINKS, "/feed"]]
    assert isinstance(outcome.events[-1], InputDone)


@pytest.mark.parametrize(
    ("feed", "links"),
    [
        pytest.param(rss(["/a?x=1&y=2"]), ["/a?x=1&y=2"], id="stray-ampersand"),
        pytest.param(rss(["/a"], "<title>A&nbsp;&mdash;B</title>"), ["/a"], id="html-entities"),
        pytest.param(rss(["/a"], "<title>\x0b</title>"), ["/a"], id="control-character"),
        pytest.param(rss(["\n  /a  \n"]), ["/a"], id="blanks-around"),
        pytest.param("\ufeff" + rss(["/a"]), ["/a"], id="byte-order-mark"),
        pytest.param(
            rss([]).replace("</channel>", "<item><guid>http://h/g</guid></item></channel>"), None, id="guid"
        ),
    ],
)
def test_feeds_that_are_nearly_xml(feed, links):
    """Real feeds are written by hand."""
    found = listing_of(feed.encode(), "http://h/feed", None, "auto")

    assert [link.url for link in found.links] == [f"http://h{x}" for x in (links or ["/g"])]


def test_a_feed_in_gb2312():
    """The declaration says so; the parser alone cannot read it."""
    feed = rss(["/春"]).replace("utf-8", "gb2312").encode("gb18030")

    assert [link.url for link in listing_of(feed, "http://h/", None, "auto").links] == ["http://h/春"]


@pytest.mark.parametrize(
    "bomb",
    [
        '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]>',
        '<!DOCTYPE r [<!ENTITY a SYSTEM "file:///etc/passwd">]>',
    ],
)
def test_xml_that_defines_entities_is_refused(server, crawl, bomb):
    """Expansion bombs, and files of this machine."""
    body = rss(["/p/1"]).replace("<rss", f"{bomb}<rss")
    server.text("/feed", body, content_type="application/xml")

    outcome = crawl(server.url("/feed"), source={"kind": "feed"})

    assert outcome.rejects == [("feed", "refused")]
    assert server.paths() == ["/feed"]


def test_a_page_that_names_its_feed(pages, crawl):
    """The address of a front page, given as a feed, leads to its feed; a page without one is said to have none."""
    head = '<link rel="alternate" type="application/rss+xml" href="/feed">'
    pages.text("/home", pages.page("首页", head=head))
    pages.text("/feed", rss(LINKS), content_type="text/xml")
    pages.text("/none", pages.page("没有"))

    assert len(crawl(pages.url("/home"), source={"kind": "feed"}).documents) == 3
    assert crawl(pages.url("/none"), source={"kind": "feed"}).rejects == [("none", "unsupported")]


def test_a_sitemap_index_leads_to_sitemaps(pages, crawl):
    """Also packed ones; each page once, however often it is named."""
    pages.text("/index.xml", sitemap_index(["/s1.xml", "/s2.xml.gz"]), content_type="application/xml")
    pages.text("/s1.xml", sitemap(["/p/1", "/p/2"]), content_type="application/xml")
    pages.data(
        "/s2.xml.gz", gzip.compress(sitemap(["/p/2", "/p/3"]).encode()), Content_Type="application/gzip"
    )

    outcome = crawl(pages.url("/index.xml"))

    assert {d.uri for d in outcome.documents} == {pages.url(link) for link in LINKS}
    assert len(pages.paths()) == len(set(pages.paths())) == 6


def test_a_folder_listing_is_walked_down_only(server, crawl):
    """Files and folders below it; not the columns, not the folder above, not elsewhere."""
    server.text("/d/", apache("/d/", ["a.txt", "sub/", "rows.jsonl"]))
    server.text("/d/sub/", apache("/d/sub/", ["b.html"]))
    server.text("/d/a.txt", "甲", content_type="text/plain")
    server.text("/d/rows.jsonl", '{"id": "1", "text": "乙"}\n', content_type="text/plain")
    server.text("/d/sub/b.html", server.page("丙"))

    outcome = crawl(server.url("/d/"))

    assert {d.uri for d in outcome.documents} == {
        server.url(p) for p in ["/d/a.txt", "/d/rows.jsonl#id=1", "/d/sub/b.html"]
    }
    assert set(server.paths()) == {"/d/", "/d/sub/", "/d/a.txt", "/d/rows.jsonl", "/d/sub/b.html"}


@pytest.mark.parametrize("place", ["file", "http"])
def test_a_list_of_urls(pages, tmp_path, crawl, place):
    """One on each line; comments and blanks are passed over. Only when the source says what it is."""
    text = "# 名单\n" + "\n\n".join(pages.url(link) for link in LINKS) + "\nno url\n"
    path = tmp_path / "urls.txt"
    path.write_text(text)
    pages.text("/urls.txt", text, content_type="text/plain")
    location = str(path) if place == "file" else pages.url("/urls.txt")

    outcome = crawl(location, source={"kind": "urls"})

    assert {d.uri for d in outcome.documents} == {pages.url(link) for link in LINKS}


def test_filters_choose_among_links(pages, crawl):
    """Include, then exclude; what is not taken is not asked for."""
    pages.text("/feed", rss([f"/p/{i}" for i in range(1, 20)]), content_type="text/xml")

    crawl(pages.url("/feed"), source={"include": ["*/p/1*"], "exclude": ["*/p/1"]})

    assert set(pages.paths()) == {"/feed", *(f"/p/{i}" for i in range(10, 20))}


def test_an_article_page_is_no_listing(server, crawl):
    """A page full of links stays a page."""
    body = "".join(f'<a href="/x/{i}">链接{i}</a>' for i in range(50))
    server.text("/a", server.page("关于索引的文章", body=body))

    assert len(crawl(server.url("/a")).documents) == 1
    assert server.paths() == ["/a"]


def test_links_to_other_schemes_are_refused(pages, crawl):
    """A feed cannot make us read a file of this machine."""
    pages.text("/feed", rss(["file:///etc/passwd", "/p/1"]), content_type="text/xml")

    outcome = crawl(pages.url("/feed"))

    assert outcome.rejects == [("passwd", "refused")]
    assert len(outcome.documents) == 1


def test_a_page_is_not_asked_for_again_before_its_time(pages, crawl):
    """Then with its validators; sooner only when the sitemap says that it changed."""
    pages.routes["/p/1"] = pages.tagged(pages.page("一"), '"1"')
    pages.text("/s.xml", sitemap(["/p/1"]), content_type="text/xml")
    states = {}

    def run(hours, modified=None):
        del pages.asked[:]
        if modified:
            pages.text("/s.xml", sitemap(["/p/1"], modified), content_type="text/xml")
        outcome = crawl(pages.url("/s.xml"), states=states, now=lambda: NOW + timedelta(hours=hours))
        return pages.paths(), len(outcome.documents)

    assert run(0) == (["/s.xml", "/p/1"], 1)
    assert run(1) == (["/s.xml"], 0)
    assert run(2, "2024-05-01T09:30:00Z") == (["/s.xml", "/p/1"], 0)
    assert run(3) == (["/s.xml"], 0)


def test_what_failed_is_tried_again_in_the_next_run(pages, crawl):
    """The feed is not remembered as read while a page of it is missing; pages it has are not asked again."""
    pages.routes["/feed"] = pages.tagged(rss(LINKS), '"f"', kind="text/xml")
    pages.routes["/p/2"] = pages.status(503)
    states = {}

    first = crawl(pages.url("/feed"), states=states)
    assert first.rejects == [("2", "http_error")]
    assert pages.url("/feed") not in [d.uri for d in first.done]

    del pages.asked[:]
    pages.text("/p/2", pages.page("好了"))
    second = crawl(pages.url("/feed"), states=states)
    assert [d.uri for d in second.documents] == [pages.url("/p/2")]
    assert pages.paths() == ["/feed", "/p/2"]

    del pages.asked[:]
    third = crawl(pages.url("/feed"), states=states)
    assert pages.paths() == ["/feed"]
    assert [u.uri for u in third.unchanged] == [pages.url("/feed")]


@pytest.mark.parametrize("stop_after", [0, 1, 7, 20])
def test_a_crawl_that_is_killed_goes_on_where_it_was(pages, crawl, stop_after):
    """What was recorded is not asked for again; what was not is; at the end all is there, once."""
    links = [f"/p/{i}" for i in range(1, 31)]
    pages.routes["/feed"] = pages.tagged(rss(links), '"f"', kind="text/xml")
    states, loaded = {}, []
    sources = [Source(location=pages.url("/feed"), allow_private=True, delay_s=0)]
    stream = read_documents(list_inputs(sources, {}), FetchOptions(http_state=states.get))
    for each in stream:
        if isinstance(each, InputDone):
            loaded.append(each.uri)
        elif hasattr(each, "etag"):
            states[each.uri] = each
        if len(loaded) >= stop_after:
            break
    stream.close()
    del pages.asked[:]

    second = crawl(pages.url("/feed"), states=states)

    again = [d.uri for d in second.documents]
    assert sorted([*loaded, *again]) == sorted(pages.url(link) for link in links)


def test_states_are_looked_up_many_at_once(pages, crawl):
    """A listing of thousands costs a few lookups, not thousands."""
    links = [f"/p/{i}" for i in range(1, 51)]
    pages.text("/feed", rss(links), content_type="text/xml")
    states, lookups = {}, []

    def many(uris):
        lookups.append(len(uris))
        return {uri: states[uri] for uri in uris if uri in states}

    crawl(pages.url("/feed"), states=states, http_state=None, http_states=many)
    again = crawl(pages.url("/feed"), states=states, http_state=None, http_states=many)

    assert lookups[:2] == [1, 50]
    assert not again.documents


def test_the_pages_of_a_run_are_limited(pages, crawl):
    """The rest is said, and comes with the next run."""
    pages.text("/feed", rss([f"/p/{i}" for i in range(1, 11)]), content_type="text/xml")
    states = {}

    first = crawl(pages.url("/feed"), states=states, source={"max_pages": 5})
    second = crawl(pages.url("/feed"), states=states, source={"max_pages": 100})

    assert len(first.documents) == 4
    assert [r for _, r in first.rejects] == ["too_large"]
    assert len(second.documents) == 6


def test_a_feed_of_fifty_pages_read_hourly_for_a_day(pages, crawl):
    """24 requests for the feed, 21 of them answered 304; one for each page; two hours bring a new page."""
    links = [f"/p/{i}" for i in range(1, 51)]
    states, documents, day = {}, 0, Traffic()
    for hour in range(24):
        shown = [f"/p/{50 + hour // 8}", *links] if hour >= 8 else links
        pages.routes["/feed"] = pages.tagged(rss(shown), f'"{len(shown)}{shown[0]}"', kind="text/xml")
        moment = NOW + timedelta(hours=hour)
        outcome = crawl(pages.url("/feed"), states=states, now=lambda m=moment: m, traffic=day)
        documents += len(outcome.documents)

    assert documents == 52
    assert len(pages.paths()) == 24 + 52
    assert day.not_modified == 21
    assert day.requests == 24 + 52 + 24  # robots.txt once in each run
    assert day.received_bytes < 20_000  # read whole each time, the feed alone would be 60,000


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
