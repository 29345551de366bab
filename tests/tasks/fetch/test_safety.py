"""Safety: nothing refused is ever connected to; nothing that is read can reach out of its place."""

import ipaddress
import socket

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.discover import list_inputs
from tasks.fetch import FetchOptions, read_documents
from tasks.fetch.address import Refused, checked_url, is_public
from tasks.sources import Source

PRIVATE = [
    "127.0.0.1", "127.9.9.9", "0.0.0.0", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
    "100.100.100.200", "224.0.0.1", "255.255.255.255", "240.0.0.1", "192.0.2.1", "198.18.0.1",
    "::1", "::", "fe80::1", "fc00::1", "fd00:ec2::254", "ff02::1", "2001:db8::1",
    "::ffff:127.0.0.1", "::ffff:10.0.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "2002:7f00:1::", "2001:0:7f00:1::",
    "192.0.0.192", "168.63.129.16", "::ffff:168.63.129.16", "fec0::1", "3fff::1", "64:ff9b:1::7f00:1", "::7f00:1",
]  # fmt: skip
PUBLIC = [
    "1.1.1.1",
    "8.8.8.8",
    "93.184.216.34",
    "223.5.5.5",
    "2606:4700::1111",
    "2400:3200::1",
    "::ffff:8.8.8.8",
]


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
    return [str(each.reason) for each in events]


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public(address):
    """Also when they are wrapped in an address of another family."""
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_that_are_public(address):
    """The Internet."""
    assert is_public(ipaddress.ip_address(address))


@settings(deadline=None)
@given(st.ip_addresses())
def test_every_address_is_judged(address):
    """Nothing private passes, whatever the address."""
    if is_public(address):
        kinds = ("is_private", "is_loopback", "is_link_local", "is_multicast", "is_unspecified")
        assert not any(getattr(address, kind) for kind in kinds)


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


def test_allowed_for_one_source_is_not_allowed_for_another(server, connections):
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
    "url",
    [
        "http://user:secret@example.com/",
        "http://user@example.com/",
        "http://example.com/a b",
        "http://example.com/a\r\nHost: evil",
        "http://exam\tple.com/",
        "http:///path",
        "http://",
        "file:///etc/passwd",
        "ftp://example.com/",
        "gopher://example.com/",
        "//example.com/",
        "example.com",
        "http://[::1",
        "http://example.com:99999/",
    ],
)
def test_urls_that_are_not_asked_for(url):
    """Credentials, injected headers, other schemes, nonsense."""
    with pytest.raises(Refused):
        checked_url(url)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_any_url_is_judged(text):
    """A string is a URL without control characters, or refused; never another error."""
    try:
        url = str(checked_url("http://" + text))
    except Refused:
        return
    assert url.startswith("http://")
    assert url.isascii()
    assert not any(c <= " " for c in url)


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


@pytest.mark.parametrize(
    ("href", "url"),
    [
        ("a b.html", "http://h/d/a%20b.html"),
        ("\n  ../x\t.html ", "http://h/x.html"),
        ("//other/x", "http://other/x"),
        ("http://[", "http://["),
    ],
)
def test_links_are_joined_as_browsers_do(href, url):
    """Blanks are escaped, line ends left out; what is no address stays what it is, and is refused."""
    from tasks.fetch.address import joined

    assert joined("http://h/d/e", href) == url
