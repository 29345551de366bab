"""Feeds, sitemaps, folder listings and URL lists: every link once, in its order, and only when it is time."""

import gzip
import json
from datetime import UTC, datetime, timedelta

import pytest

from tasks.fetch import InputDone
from tasks.fetch.links import listing_of

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


def test_what_stands_in_a_list_is_counted(pages, crawl):
    """A list that names only itself, and one whose links are left out, can be told of."""
    pages.text("/self.xml", sitemap([pages.url("/self.xml")]), content_type="text/xml")
    pages.text("/map.xml", sitemap([pages.url("/a"), pages.url("/b")]), content_type="text/xml")

    own = crawl(pages.url("/self.xml")).traffic
    assert (own.listings, own.links, own.links_left_out) == (1, 1, 0)
    other = crawl(pages.url("/map.xml"), source={"exclude": ["*"]}).traffic
    assert (other.listings, other.links, other.links_left_out) == (1, 2, 2)


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
