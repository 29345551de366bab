"""Safety: nothing refused is ever connected to; nothing that is read can reach out of its place."""

import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.discover import list_inputs
from tasks.fetch import FetchOptions, read_documents
from tasks.fetch.address import Refused, checked_url, is_public
from tasks.reasons import Reject
from tasks.sources import Source


@pytest.fixture
def connections(monkeypatch):
    """Every address that a socket is connected to."""
    seen = []
    for name in ("connect", "connect_ex"):
        real = getattr(socket.socket, name)

        def guarded(self, address, real=real):
            seen.append(address)
            return real(self, address)

        monkeypatch.setattr(socket.socket, name, guarded)
    import asyncio

    real_sock_connect = asyncio.selector_events.BaseSelectorEventLoop.sock_connect

    async def sock_connect(self, sock, address):
        seen.append(address)
        return await real_sock_connect(self, sock, address)

    monkeypatch.setattr(asyncio.selector_events.BaseSelectorEventLoop, "sock_connect", sock_connect)
    return seen


def rejects_of(*urls, **options):
    sources = [Source(location=url, delay_s=0, obey_robots=False) for url in urls]
    events = read_documents(
        list_inputs(sources, {}), FetchOptions(attempts=1, connect_timeout_s=1, **options)
    )
    return [str(each.reason) for each in events if isinstance(each, Reject)]


SPELLINGS = [
    "127.0.0.1",
    "localhost",
    "2130706433",
    "0x7f000001",
    "127.1",
    "0177.0.0.1",
    "[::1]",
    "[::ffff:7f00:1]",
]


@pytest.mark.parametrize("host", SPELLINGS)
def test_no_spelling_of_loopback_is_connected_to(server, connections, host):
    """Numbers, octal, hexadecimal, names and IPv6: the address counts, not how it is written."""
    assert rejects_of(f"http://{host}:{server.port}/a") in (["refused"], ["network"])
    assert not connections
    assert not server.asked


def test_a_name_that_means_a_private_address(server, connections, monkeypatch):
    """Its server may answer what it likes; only the checked address is connected to."""
    import anyio

    answers = ["10.0.0.1", "127.0.0.1"]

    async def lying(host, port, **_):
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (answers[0], port))]

    monkeypatch.setattr(anyio, "getaddrinfo", lying)

    assert rejects_of(f"http://news.test:{server.port}/a") == ["refused"]
    assert not connections


def test_a_name_is_asked_for_once(monkeypatch, server):
    """DNS rebinding: public at first, private at the second look. There is no second look."""
    import anyio

    asked, connected = [], []

    async def rebinding(host, port, **_):
        asked.append(host)
        address = "93.184.216.34" if len(asked) == 1 else "127.0.0.1"
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", (address, port))]

    async def noted(self, host, port, *args, **kwargs):
        import httpcore

        connected.append(host)
        raise httpcore.ConnectError("noted")

    import httpcore

    monkeypatch.setattr(anyio, "getaddrinfo", rebinding)
    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", noted)

    assert rejects_of(f"http://news.test:{server.port}/a") == ["network"]
    assert connected == ["93.184.216.34"]
    assert asked == ["news.test"]


def test_of_several_addresses_only_public_ones_are_tried(monkeypatch):
    """A name with a public and a private address."""
    import anyio
    import httpcore

    connected = []

    async def both(host, port, **_):
        return [(socket.AF_INET, 0, 6, "", (a, port)) for a in ("127.0.0.1", "93.184.216.34", "10.0.0.1")]

    async def noted(self, host, port, *args, **kwargs):
        connected.append(host)
        raise httpcore.ConnectError("noted")

    monkeypatch.setattr(anyio, "getaddrinfo", both)
    monkeypatch.setattr(httpcore.AnyIOBackend, "connect_tcp", noted)
    rejects_of("http://news.test/a")

    assert connected == ["93.184.216.34"]


def test_a_redirect_to_a_private_address_is_not_followed(server, monkeypatch):
    """The first hop was allowed; the second is checked as well."""
    from tasks.fetch import address

    server.routes["/a"] = server.status(302, Location=server.url("/secret", "127.0.0.2"))
    monkeypatch.setattr(address, "is_public", lambda found: str(found) == "127.0.0.1" or is_public(found))

    assert rejects_of(server.url("/a")) == ["refused"]
    assert server.paths() == ["/a"]


def test_allowed_for_one_source_is_not_allowed_for_another(server):
    """``allow_private`` is a setting of a source."""
    server.text("/a", "x")
    sources = [
        Source(location=server.url("/a"), allow_private=True, delay_s=0),
        Source(location=server.url("/b", "127.0.0.2"), delay_s=0),
    ]
    events = list(read_documents(list_inputs(sources, {}), FetchOptions()))

    assert [str(e.reason) for e in events if hasattr(e, "reason")] == ["refused"]
    assert {a.host for a in server.asked} == {"127.0.0.1"}


@pytest.mark.parametrize(
    "location", ["/x\r\nSet-Cookie: a=1", "http://user:p@127.0.0.1/", "file:///etc/passwd", "//"]
)
def test_redirects_are_checked_like_urls(server, crawl, location):
    """Wherever a server wants us to go."""
    head = f"HTTP/1.1 302 Found\r\nLocation: {location}\r\nContent-Length: 0\r\n\r\n"
    server.raw("/a", head.encode())

    outcome = crawl(server.url("/a"), attempts=1)

    assert not outcome.documents
    assert set(server.paths()) <= {"/a", "/x"}
    assert not any("Cookie" in a.headers for a in server.asked)


def test_a_password_is_neither_sent_nor_stored(server, crawl):
    """It is refused before anything is asked for, and the reject does not repeat it."""
    outcome = crawl(f"http://me:secret@127.0.0.1:{server.port}/a")

    assert outcome.rejects == [("a", "refused")]
    assert "secret" not in repr(outcome.events)
    assert not server.asked


def test_cookies_are_neither_kept_nor_sent(server, crawl):
    """A server cannot follow us from page to page."""
    server.text("/a", "x", Set_Cookie="id=1")
    server.routes["/b"] = server.status(302, Location="/c", Set_Cookie="id=2")
    server.text("/c", "x")

    crawl(server.url("/a"), server.url("/b"), source={"host_connections": 1})

    assert not any("Cookie" in a.headers for a in server.asked)


HREFS = st.text(max_size=30) | st.sampled_from(
    ["http://[", "//[::1", "http://h:99999999/", "\x00", "?", "#", "//", "mailto:a@b"]
)


@settings(deadline=None)
@given(
    st.lists(HREFS, max_size=5),
    st.sampled_from(["auto", "feed", "sitemap", "listing", "urls"]),
    st.binary(max_size=40),
)
def test_any_links_are_links_or_refused(hrefs, kind, rubbish):
    """Whatever stands in a listing: links that can be judged, or a reason."""
    from tasks.fetch.answers import Page
    from tasks.fetch.links import listing_of
    from tasks.fetch.next_page import next_part
    from tasks.fetch.streams import BrokenStream

    anchors = "".join(f'<a rel="next" href="{h}/2">下一页</a><a href="{h}">{h}</a>' for h in hrefs)
    items = "".join(f"<item><link>{h}</link></item>" for h in hrefs)
    for text in (f"<title>Index of /</title>{anchors}", f"<rss>{items}</rss>", "\n".join(hrefs)):
        content = text.encode("utf-8", "replace") + rubbish
        next_part(Page("http://h/a", content, None, ""), 2)
        try:
            listing = listing_of(content, "http://h/", None, kind)
        except BrokenStream:
            continue
        for link in listing.links if listing else ():
            try:
                checked_url(link.url)
            except Refused:
                continue
