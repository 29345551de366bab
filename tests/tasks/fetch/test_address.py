"""Addresses: which are public, which URLs are asked for, and how links become URLs."""

import ipaddress

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tasks.fetch.address import Refused, checked_url, is_public

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


@pytest.mark.parametrize("address", PRIVATE)
def test_addresses_that_are_not_public(address):
    """Also when they are wrapped in an address of another family."""
    assert not is_public(ipaddress.ip_address(address))


@pytest.mark.parametrize("address", PUBLIC)
def test_addresses_that_are_public(address):
    """The Internet."""
    assert is_public(ipaddress.ip_address(address))


@settings(deadline=None)
@example(ipaddress.ip_address("2002:b00::"))
@given(st.ip_addresses())
def test_every_address_is_judged(address):
    """Nothing private passes, whatever the address."""
    if is_public(address):
        kinds = ("is_private", "is_loopback", "is_link_local", "is_multicast", "is_unspecified")
        # an address of 6to4 is that of the host it holds; newer versions of ``ipaddress`` call all of them private
        judged = getattr(address, "sixtofour", None) or address
        assert not any(getattr(judged, kind) for kind in kinds)


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
