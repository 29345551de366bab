"""Servers that mean harm, or are beyond help: each costs its own page, in bounded time and memory."""

import asyncio
import gzip
import socket
import time

import pytest
from aiohttp import web

from tasks.fetch.options import HttpState
from tasks.reasons import Reject


def wire(server, path, pieces, wait_s=0.0):
    """Write pieces to the wire, without end when they have none, until the other side is gone."""

    async def handler(request: web.Request) -> web.StreamResponse:
        for piece in pieces:
            if request.transport is None or request.transport.is_closing():
                break
            request.transport.write(piece)
            await asyncio.sleep(wait_s)
        if request.transport is not None:
            request.transport.close()
        return web.Response()

    server.routes[path] = handler


def endless(piece):
    while True:
        yield piece


HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"


@pytest.mark.parametrize(
    ("pieces", "wait_s"),
    [
        pytest.param([HEAD[i : i + 1] for i in range(len(HEAD))] * 100, 0.02, id="headers-byte-by-byte"),
        pytest.param(endless(b"HTTP/1.1 100 Continue\r\n\r\n"), 0.01, id="continue-without-end"),
        pytest.param(
            [HEAD + b"Transfer-Encoding: chunked\r\n\r\n", *[b"1\r\nx\r\n"] * 1000], 0.02, id="chunk-by-chunk"
        ),
    ],
)
def test_an_answer_that_never_comes_ends(server, crawl, pieces, wait_s):
    """The time for a page counts from the request on, whatever keeps the connection alive."""
    wire(server, "/a", pieces, wait_s)
    started = time.monotonic()

    outcome = crawl(server.url("/a"), attempts=1, total_timeout_s=0.3, source={"obey_robots": False})

    assert outcome.rejects == [("a", "network")]
    assert time.monotonic() - started < 3


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(b"\x00\x01\x02\x03", id="no-http"),
        pytest.param(
            b"HTTP/1.1 200 OK\r\n" + b"X-A: " + b"a" * 200_000 + b"\r\n\r\n", id="a-header-without-end"
        ),
        pytest.param(HEAD + b"Content-Length: -5\r\n\r\nxx", id="negative-length"),
        pytest.param(HEAD + b"Content-Length: 5\r\nContent-Length: 7\r\n\r\nxxxxx", id="two-lengths"),
        pytest.param(HEAD + b"Transfer-Encoding: chunked\r\n\r\nzz\r\n", id="no-chunk"),
        pytest.param(HEAD + b"A: b\r\n\tc\x00d\r\n\r\nx", id="zero-in-a-header"),
        pytest.param(b"HTTP/1.1 999999 OK\r\n\r\n", id="no-status"),
    ],
)
def test_an_answer_that_is_none_is_a_reject(server, crawl, answer):
    """Of the network, never an error of ours."""
    wire(server, "/a", [answer])

    assert crawl(server.url("/a"), attempts=1).rejects == [("a", "network")]


@pytest.mark.parametrize("etag", ['"日报"'.encode(), b'"\xff\xfe"', b'"' + b"e" * 5000 + b'"'])
def test_a_validator_of_another_kind_is_not_sent_back(server, crawl, etag):
    """It cannot be sent as it came; without it the page is compared by its content."""
    body = server.page("一").encode()
    head = HEAD + b"ETag: " + etag + b"\r\nContent-Length: " + str(len(body)).encode() + b"\r\n\r\n"
    wire(server, "/a", [head + body])
    states = {}

    first, second = crawl(server.url("/a"), states=states), crawl(server.url("/a"), states=states)

    assert len(first.documents) == 1
    assert not first.rejects + second.rejects
    assert len(second.unchanged) == 1
    assert all("If-None-Match" not in asked.headers for asked in server.asked)


def test_rules_that_are_too_long_count_with_their_beginning(server, crawl):
    """RFC 9309, 2.5: at least 500 KiB; and the rest is not taken."""
    rules = "User-agent: *\nDisallow: /secret\n" + "Disallow: /" + "x" * 90 + "\n"
    server.data("/robots.txt", (rules + "# \n" * 5_000_000).encode())
    for path in ("/secret", "/a"):
        server.text(path, server.page(path))

    outcome = crawl(server.url("/secret"), server.url("/a"))

    assert outcome.rejects == [("secret", "robots")]
    assert len(outcome.documents) == 1
    assert outcome.traffic.received_bytes < 2_000_000


def test_rules_that_are_packed_are_unpacked(server, crawl):
    """Whether that was asked for or not."""
    server.data("/robots.txt", gzip.compress(b"User-agent: *\nDisallow: /"), Content_Encoding="gzip")
    server.text("/a", server.page("a"))

    assert crawl(server.url("/a")).rejects == [("a", "robots")]


def test_the_parts_of_an_article_are_no_larger_than_a_document(server, crawl):
    """Fifty parts of the largest size would be a gigabyte: the part that is too much is said."""
    filler = "<p>" + "长" * 20_000 + "</p>"
    for i in range(1, 6):
        name = "/a.html" if i == 1 else f"/a_{i}.html"
        server.text(name, server.page(str(i), body=f'{filler}<a href="/a_{i + 1}.html">下一页</a>'))

    outcome = crawl(server.url("/a.html"), max_document_bytes=200_000)

    assert [each.reason for each in outcome.of(Reject)] == ["too_large"]
    assert "#part=" in outcome.of(Reject)[0].uri
    assert len(outcome.documents[0].content) <= 200_000
    assert outcome.done


def test_a_link_without_end_is_refused(server, crawl):
    """And is not written down whole."""
    server.text(
        "/feed",
        f"<rss><channel><item><link>/{'x' * 100_000}</link></item></channel></rss>",
        content_type="text/xml",
    )

    (reject,) = crawl(server.url("/feed")).of(Reject)

    assert reject.reason == "refused"
    assert len(reject.uri) < 1000


def test_a_name_server_that_keeps_silent_stops_nobody_else(server, crawl, monkeypatch):
    """Its names fail when the time for connecting is over; names of others are looked up meanwhile."""
    real = socket.getaddrinfo

    def slow(host, *args, **kwargs):
        if str(host).endswith(".test"):
            time.sleep(0.6)
            raise socket.gaierror(-3, "no answer")
        return real(host, *args, **kwargs)

    monkeypatch.setattr(socket, "getaddrinfo", slow)
    server.text("/a", server.page("一"))
    urls = [f"http://host{i}.test/" for i in range(12)]
    started = time.monotonic()

    outcome = crawl(
        *urls,
        server.url("/a"),
        attempts=1,
        connect_timeout_s=0.2,
        source={"allow_private": False, "obey_robots": False},
    )

    assert {reason for _, reason in outcome.rejects} == {"network", "refused"}  # loopback is refused at once
    assert time.monotonic() - started < 5


def test_every_state_can_be_stored(server, crawl):
    """Whatever came: text of bounded length or nothing."""
    wire(
        server, "/a", [HEAD + b"ETag: \x80\x81\r\nLast-Modified: \xe4\xb8\xad\r\nContent-Length: 1\r\n\r\nx"]
    )

    states = crawl(server.url("/a")).of(HttpState)
    assert [(state.etag, state.last_modified) for state in states] == [(None, None)]
