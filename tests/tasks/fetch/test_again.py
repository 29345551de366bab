"""What runs after the first ask for: pages that failed, pages that are due, pages that lead elsewhere."""

from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest

from tasks.fetch import HttpState
from tasks.reasons import Reject

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)


def urls(*paths):
    return "<urlset>" + "".join(f"<url><loc>{path}</loc></url>" for path in paths) + "</urlset>"


@pytest.fixture
def run(server, crawl):
    """Crawl the sitemap /s.xml, remembering; ``run(hours)`` returns (paths asked, outcome)."""
    states = {}

    def run_once(hours, **options):
        del server.asked[:]
        outcome = crawl(
            server.url("/s.xml"),
            states=states,
            now=lambda: NOW + timedelta(hours=hours),
            attempts=1,
            **options,
        )
        return server.paths(), outcome

    run_once.states = states
    return run_once


def test_a_page_that_fails_for_long_is_asked_for_more_seldom(server, run):
    """In each of five runs, then after a day, two days, four; its first page sets that back."""
    server.text("/s.xml", urls("/a"), content_type="text/xml")
    server.routes["/a"] = server.status(503)
    asked = [hour for hour in range(0, 24 * 8, 4) if "/a" in run(hour)[0]]
    assert asked == [0, 4, 8, 12, 16, 16 + 24, 40 + 48, 88 + 96]

    server.text("/a", server.page("好了"))
    paths, outcome = run(24 * 30)
    assert "/a" in paths
    assert len(outcome.documents) == 1
    assert run.states[server.url("/a")].failures == 0
    assert run(24 * 30 + 1)[0] == ["/s.xml"]


def test_a_listing_stays_open_while_one_of_its_pages_is_left_alone(server, run):
    """Else it would answer 304 and the page would never be found again."""
    server.routes["/s.xml"] = server.tagged(urls("/a", "/b"), '"1"', kind="text/xml")
    server.text("/a", server.page("一"))
    server.routes["/b"] = server.status(500)
    for hour in range(7):
        run(hour)
    server.text("/b", server.page("二"))

    paths, outcome = run(40)
    assert "/b" in paths
    assert [d.uri for d in outcome.documents] == [server.url("/b")]
    assert run(41)[1].traffic.not_modified == 1


def test_a_host_that_is_down_for_runs_and_then_up(server, run):
    """Pages behind a silent host are rejects in each run, those not asked for count no failure; then all come."""
    server.text("/s.xml", urls(*(f"/p/{i}" for i in range(8))), content_type="text/xml")
    for i in range(8):
        server.raw(f"/p/{i}", b"")
    for hour in range(6):
        paths, outcome = run(hour, host_failures=2)
        rejects = outcome.of(Reject)
        assert len(paths) <= 4  # the listing, two pages, perhaps one more on its way
        assert Counter(each.attempts for each in rejects)[0] == len(rejects) - len(paths) + 1
    assert max((s.failures for s in run.states.values()), default=0) <= 6

    for i in range(8):
        server.text(f"/p/{i}", server.page(str(i)))
    assert sum(len(run(24 * day)[1].documents) for day in (1, 2, 3)) == 8


def test_pages_behind_a_listing_that_never_changes_are_looked_at_again(server, run):
    """Once per recheck time the listing is read whole and its pages are asked for news."""
    server.routes["/s.xml"] = server.tagged(urls("/a", "/b"), '"1"', kind="text/xml")
    server.routes["/a"] = server.tagged(server.page("一"), '"a"')
    server.text("/b", server.page("二"))
    assert len(run(0)[1].documents) == 2
    assert [run(hour)[0] for hour in (1, 23)] == [["/s.xml"]] * 2

    server.text("/b", server.page("改了"))
    paths, outcome = run(25)
    assert sorted(paths) == ["/a", "/b", "/s.xml"]
    assert [d.uri for d in outcome.documents] == [server.url("/b")]
    assert outcome.traffic.not_modified == 1  # /a
    assert run(26)[0] == ["/s.xml"]


@pytest.mark.parametrize(
    ("dated", "is_asked"), [("2024-04-29", False), ("2024-05-01", True), ("2024-05-03", True)]
)
def test_a_page_whose_listing_dates_it_before_the_last_look_is_not_asked_for(server, run, dated, is_asked):
    """A day without an hour may mean any of its hours."""
    server.text(
        "/s.xml",
        f"<urlset><url><loc>/a</loc><lastmod>{dated}</lastmod></url></urlset>",
        content_type="text/xml",
    )
    server.text("/a", server.page("一"))
    run(0)

    assert ("/a" in run(50)[0]) == is_asked


@pytest.mark.parametrize(
    "meta",
    [
        '<meta http-equiv="refresh" content="0;url=/real">',
        "<META HTTP-EQUIV=Refresh CONTENT='1; URL=\"/real\"'>",
        '<meta content="0, url=/real#top" http-equiv="refresh">',
    ],
)
def test_a_page_that_sends_its_readers_on_is_followed(server, crawl, meta):
    """The document is the page it leads to; a page that only renews itself stays one."""
    server.text("/a", f"<html><head>{meta}</head><body>跳转中</body></html>")
    server.text("/real", server.page("真的", head='<meta http-equiv="refresh" content="0;url=/real">'))

    outcome = crawl(server.url("/a"), source={"kind": "page"})

    assert [d.uri for d in outcome.documents] == [server.url("/real")]
    assert sorted(d.uri for d in outcome.done) == [server.url("/a"), server.url("/real")]


@pytest.mark.parametrize("meta", ["60;url=/b", "0", "0;url=file:///etc/passwd", "0;url="])
def test_a_page_that_is_meant_to_be_read_is_read(server, crawl, meta):
    """One that goes to the front page after a minute, or nowhere, is the page; other schemes are refused."""
    server.text("/a", server.page("一", head=f'<meta http-equiv="refresh" content="{meta}">'))
    server.text("/b", server.page("二"))

    outcome = crawl(server.url("/a"))

    assert server.paths() == ["/a"]
    assert len(outcome.documents) == (0 if "file" in meta else 1)
    assert [reason for _, reason in outcome.rejects] == (["refused"] if "file" in meta else [])


def test_pages_that_send_each_other_in_a_circle_end(server, crawl):
    """Each is asked for once."""
    for here, there in ("ab", "bc", "ca"):
        server.text(f"/{here}", f'<meta http-equiv="refresh" content="0;url=/{there}">')

    assert not crawl(server.url("/a")).documents
    assert sorted(server.paths()) == ["/a", "/b", "/c"]


def part(server, i, more=True):
    follow = f'<a href="/a_{i + 1}.html">下一页</a>' if more else ""
    return server.page(f"第{i}部分", body=follow)


def test_an_article_that_lacks_a_part_comes_again_whole(server, crawl):
    """What is there is read, the missing part is said, and the next run asks for all of it again."""
    server.routes["/a.html"] = server.tagged(part(server, 1), '"1"')
    server.series("/a_2.html", *[server.status(503)] * 3, server.html(part(server, 2, more=False)))
    states = {}

    first = crawl(server.url("/a.html"), states=states)
    assert [reason for _, reason in first.rejects] == ["http_error"]
    assert first.of(Reject)[0].uri == f"{server.url('/a.html')}#part={server.url('/a_2.html')}"
    assert first.of(Reject)[0].attempts == 3
    assert not first.done
    assert not first.of(HttpState)

    second = crawl(server.url("/a.html"), states=states)
    assert "第2部分" in second.pages[0]
    assert not second.rejects


def test_parts_are_read_again_when_the_first_page_changes(server, crawl):
    """304 for the first page asks for no part; a new first page asks for all of them."""
    server.routes["/a.html"] = server.tagged(part(server, 1), '"1"')
    server.text("/a_2.html", part(server, 2, more=False))
    states = {}
    crawl(server.url("/a.html"), states=states)
    del server.asked[:]
    assert not crawl(server.url("/a.html"), states=states).documents
    assert server.paths() == ["/a.html"]

    server.routes["/a.html"] = server.tagged(part(server, 1) + "<!-- 更正 -->", '"2"')
    server.text("/a_2.html", part(server, 2))
    server.text("/a_3.html", part(server, 3, more=False))
    assert "第3部分" in crawl(server.url("/a.html"), states=states).pages[0]
