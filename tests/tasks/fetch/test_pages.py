"""Single pages over HTTP: what a server may do wrong, and what comes of it."""

import pytest

from tasks.document import content_sha256
from tasks.reasons import Reject


def test_a_page_is_a_document(server, crawl):
    """With the type as sent and the address after redirects; asked for under our name."""
    server.text("/a.html", server.page("春汛"), content_type="text/html")

    outcome = crawl(server.url("/a.html"))

    (document,) = outcome.documents
    assert document.content == server.page("春汛").encode()
    assert document.uri == document.url == server.url("/a.html")
    assert document.content_type == "text/html; charset=utf-8"
    assert document.media_type == "text/html"
    (done,) = outcome.done
    assert (done.uri, done.digest, done.documents) == (document.uri, content_sha256(document.content), 1)
    assert server.asked[-1].headers["User-Agent"].startswith("wencang/")
    assert "Cookie" not in server.asked[-1].headers


@pytest.mark.parametrize("form", ["gzip", "br", "zstd", "deflate", "raw-deflate"])
def test_packed_bodies_are_unpacked(server, crawl, form):
    """The content is the page, however it was sent."""
    content = server.page("夏收").encode() * 50
    server.data("/a", server.packed(content, form), Content_Encoding=form.removeprefix("raw-"))

    assert [d.content for d in crawl(server.url("/a")).documents] == [content]


def test_a_body_that_is_not_packed_as_said(server, crawl):
    """``Content-Encoding: gzip`` over a plain body is read as it is."""
    body = server.page("秋分").encode()
    head = (
        b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Encoding: gzip\r\nContent-Length: %d\r\n\r\n"
    )
    server.raw("/a", head % len(body) + body)

    assert crawl(server.url("/a")).pages == [server.page("秋分")]


@pytest.mark.parametrize("form", ["gzip", "br", "zstd", "deflate"])
def test_a_body_that_unpacks_without_end_is_refused(server, crawl, form):
    """70 MB of blanks in a small body; its limit in memory is never reached."""
    server.data("/a", server.packed(b" " * 70_000_000, form), Content_Encoding=form)

    ((_, reason),) = crawl(server.url("/a"), max_response_bytes=1_000_000).rejects
    assert reason in ("too_large", "refused")


def test_a_huge_body_is_not_taken_whole(server, crawl):
    """Reading stops at the limit."""
    server.data("/a", b"x" * 3_000_000)

    assert crawl(server.url("/a"), max_listing_bytes=1_000_000).rejects == [("a", "too_large")]


@pytest.mark.parametrize(
    ("code", "reason"),
    [(404, "not_found"), (410, "not_found"), (403, "http_error"), (400, "http_error"), (500, "http_error")],
)
def test_other_statuses_are_no_pages(server, crawl, code, reason):
    """404 and 410 say that it is gone; the others that it cannot be had."""
    server.text("/a", server.page("没有"), status=code)

    outcome = crawl(server.url("/a"))

    assert outcome.rejects == [("a", reason)]
    assert not outcome.done


def test_a_passing_fault_is_tried_again(server, crawl):
    """503, then a dropped connection, then the page: one document and no reject."""
    server.raw("/drop", b"")
    server.series("/a", server.status(503), server.routes["/drop"], server.html(server.page("冬至")))

    outcome = crawl(server.url("/a"))

    assert len(outcome.documents) == 1
    assert not outcome.rejects
    assert server.paths() == ["/a"] * 3


def test_a_lasting_fault_is_a_reject_with_its_attempts(server, crawl):
    """And is not done: the next run tries again, and counts the runs."""
    server.routes["/a"] = server.status(503)
    states = {}

    first = crawl(server.url("/a"), states=states)
    second = crawl(server.url("/a"), states=states)

    assert first.rejects == second.rejects == [("a", "http_error")]
    assert "3 attempts" in first.events[0].detail
    assert "2 runs" in second.events[0].detail
    assert not first.done
    assert server.paths() == ["/a"] * 6


def test_a_missing_page_is_asked_for_once(server, crawl):
    """404 is an answer, not a fault."""
    crawl(server.url("/a"))

    assert server.paths() == ["/a"]


def test_a_host_is_left_alone_as_long_as_it_asks(server, crawl):
    """``Retry-After: 1`` on 429: nothing is asked for a second."""
    server.series("/a", server.status(429, Retry_After="1"), server.html(server.page("等")))

    outcome = crawl(server.url("/a"))

    assert len(outcome.documents) == 1
    first, second = (a.at for a in server.asked if a.path == "/a")
    assert second - first >= 1


def test_a_host_that_wants_too_much_time_waits_for_the_next_run(server, crawl):
    """``Retry-After: 3600`` is not sat out, and nothing else is asked of it either."""
    server.routes["/a"] = server.status(503, Retry_After="3600")
    server.text("/b", "x")

    outcome = crawl(server.url("/a"), server.url("/b"), source={"host_connections": 1})

    assert outcome.rejects == [("a", "http_error"), ("b", "left_alone")]
    assert "3600" in outcome.of(Reject)[0].detail
    assert "left alone" in outcome.of(Reject)[1].detail
    assert server.paths() == ["/a"]


def test_a_length_that_is_too_long_is_a_fault(server, crawl):
    """The body ends before its length: half a page is no page."""
    server.raw("/a", b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 5000\r\n\r\n<p>half")

    assert crawl(server.url("/a")).rejects == [("a", "network")]


def test_a_connection_that_is_dropped_at_once(server, crawl):
    """No answer is a reject of its own."""
    server.raw("/a", b"")

    assert crawl(server.url("/a")).rejects == [("a", "network")]


def test_a_server_that_is_too_slow(server, crawl):
    """One byte at a time: the time for the whole page is limited, whatever each wait is."""
    server.raw("/a", b"HTTP/1.1 200 OK\r\nContent-Length: 500\r\n\r\n" + b"x" * 500, wait_s=0.02, piece=1)

    outcome = crawl(server.url("/a"), total_timeout_s=0.3, read_timeout_s=5, attempts=1)

    assert outcome.rejects == [("a", "network")]


def test_a_port_where_nobody_listens(crawl):
    """Connection refused is a reject."""
    assert crawl("http://127.0.0.1:9/a", attempts=1).rejects == [("a", "network")]


def test_pictures_and_programs_are_no_pages(server, crawl):
    """Whatever their type says."""
    server.data("/a", b"\x89PNG\r\n\x1a\n" + b"\0" * 50, Content_Type="text/html")

    outcome = crawl(server.url("/a"))

    assert outcome.rejects == [("a", "binary")]
    assert len(outcome.done) == 1


def test_a_dump_over_http_is_read_row_by_row(server, crawl):
    """JSONL in gzip, as a file would be."""
    rows = b"".join(b'{"id": "%d", "text": "x"}\n' % i for i in range(100))
    server.data("/dump/x.jsonl.gz", server.packed(rows, "gzip"))

    outcome = crawl(server.url("/dump/x.jsonl.gz"))

    assert [d.given.external_id for d in outcome.documents] == [str(i) for i in range(100)]
    assert outcome.documents[0].uri == server.url("/dump/x.jsonl.gz#id=0")
    assert outcome.done[0].documents == 100


@pytest.mark.parametrize("etag", ['"v1"', None])
def test_what_has_not_changed_costs_nothing(server, crawl, etag):
    """304, or the same bytes from a server that knows no ETag: no document, no end to record."""
    server.routes["/a"] = server.tagged(server.page("不变"), etag)
    states = {}
    crawl(server.url("/a"), states=states)

    outcome = crawl(server.url("/a"), states=states)

    assert [e.uri for e in outcome.unchanged] == [server.url("/a")]
    assert not outcome.documents
    assert not outcome.done


@pytest.mark.parametrize("validator", [{"etag": '"v1"'}, {"modified": "Wed, 01 May 2024 08:00:00 GMT"}, {}])
def test_what_has_changed_is_read_again(server, crawl, validator):
    """With a new validator, or without any."""
    states = {}
    server.routes["/a"] = server.tagged(server.page("旧"), **validator)
    crawl(server.url("/a"), states=states)
    newer = {"etag": '"v2"'} if "etag" in validator else {}
    server.routes["/a"] = server.tagged(server.page("新"), **newer)

    assert crawl(server.url("/a"), states=states).pages == [server.page("新")]


def test_a_reader_who_stops_early_stops_the_crawl(server):
    """Closing the stream ends the requests."""
    from tasks.discover import list_inputs
    from tasks.fetch import FetchOptions, read_documents
    from tasks.sources import Source

    for i in range(300):
        server.text(f"/{i}", server.page(str(i)))
    sources = [Source(location=server.url(f"/{i}"), allow_private=True, delay_s=0.01) for i in range(300)]
    stream = read_documents(list_inputs(sources, {}), FetchOptions())
    next(stream)
    stream.close()

    asked = len(server.asked)
    assert asked < 200


def test_pictures_are_not_taken(server, crawl, caplog):
    """Their type is enough; their bytes stay where they are, and nobody is told of a body that was left."""
    server.data("/a.jpg", b"\xff\xd8\xff" + b"x" * 30_000_000, Content_Type="image/jpeg")

    assert crawl(server.url("/a.jpg")).rejects == [("a.jpg", "unsupported")]
    assert [record.message for record in caplog.records if record.name == "asyncio"] == []


def test_a_proxy_of_the_environment_is_used(server, crawl, monkeypatch):
    """It connects, so the name is looked up here as well: what is private is not asked of it either."""
    import socket

    import anyio

    addresses = {"news.test": "93.184.216.34", "inner.test": "10.0.0.1"}

    async def resolved(host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (addresses[host], port))]

    monkeypatch.setattr(anyio, "getaddrinfo", resolved)
    monkeypatch.setenv("http_proxy", server.url())
    monkeypatch.setenv("no_proxy", "")

    async def proxy(request):
        return await server.html(server.page("经代理"))(request)

    server.routes["http://news.test/a"] = server.routes["/a"] = proxy
    politeness = {"allow_private": False, "obey_robots": False}

    assert crawl("http://news.test/a", source=politeness).pages == [server.page("经代理")]
    assert crawl("http://inner.test/a", source=politeness).rejects == [("a", "refused")]
    assert [a.headers["Host"] for a in server.asked] == ["news.test"]
