"""Which URLs may be asked for, and which network addresses may be connected to.

Rejects  refused: other schemes, credentials, control characters, addresses that are not public
Source   RFC 3986; IANA special-purpose address registries as kept by Python's ``ipaddress``;
         RFC 6052 (NAT64), RFC 3056 (6to4), RFC 4380 (Teredo): addresses that hold another one
"""

import ipaddress
import re
import socket
import typing
from collections.abc import Iterable
from typing import Any
from urllib.parse import urljoin

import anyio
import httpcore
import httpx

_CONTROL = re.compile(r"[\x00-\x20\x7f]")
_USERINFO = re.compile(r"//[^/?#]*@")
MAX_URL_CHARS = 8000
"""RFC 9110, 4.1: recipients should take 8,000 octets."""
_LINE_ENDS = re.compile(r"[\t\r\n]")
_SCHEME = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]*:")
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        "192.0.0.0/24",  # protocol assignments; one cloud keeps its metadata at 192.0.0.192
        "192.88.99.0/24",  # 6to4 relays, taken out of use (RFC 7526)
        "168.63.129.16/32",  # looks public; in one cloud it is the host of the machine itself
        "fec0::/10",  # site-local, taken out of use (RFC 3879) and still routed within sites
        "3fff::/20",  # documentation (RFC 9637)
    )
)
"""What the registry in ``ipaddress`` calls global, or does not know yet."""
Address = ipaddress.IPv4Address | ipaddress.IPv6Address


class Refused(Exception):
    """Against the rules of safety; the message says which."""


def checked_url(url: str) -> httpx.URL:
    """Return a URL that may be asked for, normalised, without its fragment; raises ``Refused``.

    >>> str(checked_url("HTTP://Example.com:80/a/../b#c"))
    'http://example.com/b'
    """
    if len(url) > MAX_URL_CHARS:
        raise Refused(f"an address of {len(url):,} characters")
    if _CONTROL.search(url):
        raise Refused("control characters or blanks in the address")
    scheme = _SCHEME.match(url)
    if not scheme or scheme.group().lower() not in ("http:", "https:"):
        raise Refused(f"scheme {scheme.group()[:20] if scheme else 'missing'!r} is not http or https")
    try:
        parsed = httpx.URL(url)
    except (httpx.InvalidURL, ValueError, TypeError) as error:
        raise Refused(f"no valid address: {error}") from None
    if parsed.userinfo:
        raise Refused("credentials in the address")
    if not parsed.host:
        raise Refused("no host in the address")
    if parsed.port is not None and not 0 < parsed.port < 65536:
        raise Refused(f"no port {parsed.port}")
    return parsed.copy_with(fragment=None)


def without_secret(url: str) -> str:
    """Return a URL to be stored and shown: a password in it stays out of both.

    >>> without_secret("http://me:secret@a.cn/b@c")
    'http://…@a.cn/b@c'
    """
    shown = _USERINFO.sub("//…@", url, count=1)
    return shown if len(shown) <= MAX_URL_CHARS else f"{shown[:200]}…"


def joined(base: str, place: str) -> str:
    """Return the address that a link on a page leads to, written as browsers send it.

    Whether it may be asked for is for ``checked_url`` to say, also when it is no address at all.

    >>> joined("http://a.cn/b/c", " d e.html\\n")
    'http://a.cn/b/d%20e.html'
    """
    place = _LINE_ENDS.sub("", place.strip()).replace(" ", "%20")
    try:
        return urljoin(base, place)
    except ValueError:
        return place


def is_public(address: Address) -> bool:
    """Say whether an address belongs to the public Internet, also when it is wrapped in another.

    >>> is_public(ipaddress.ip_address("::ffff:127.0.0.1"))
    False
    """
    if isinstance(address, ipaddress.IPv6Address):
        inner = address.ipv4_mapped or address.sixtofour
        if address in _NAT64:
            inner = ipaddress.IPv4Address(int(address) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(inner)
        if address.teredo is not None:
            return False
    if any(address in network for network in _NOT_PUBLIC):
        return False
    return address.is_global and not address.is_multicast and not address.is_reserved


async def resolve(host: str, port: int) -> list[Address]:
    """Return the addresses of a host, in the resolver's order; raises ``httpcore.ConnectError``."""
    try:
        found = await anyio.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    except (OSError, UnicodeError) as error:
        raise httpcore.ConnectError(f"{host}: {error}") from None
    return [ipaddress.ip_address(str(entry[4][0]).partition("%")[0]) for entry in found]


async def public_addresses(host: str, port: int) -> list[Address]:
    """Return the public addresses of a host; raises ``Refused`` when it has none."""
    found = await resolve(host, port)
    public = [address for address in found if is_public(address)]
    if not public:
        shown = ", ".join(str(address) for address in found[:3]) or "no address"
        means = "" if shown == host.strip("[]") else f" ({shown})"
        raise Refused(
            f"{host}{means} is no public address; --allow-private or allow_private = true of a source lets it"
        )
    return public


class GuardedBackend(httpcore.AsyncNetworkBackend):
    """Connects to public addresses only: the address that was checked is the one connected to.

    A name is resolved once, here; a second answer of its server (DNS rebinding) is never asked for.
    """

    def __init__(self, inner: httpcore.AsyncNetworkBackend | None = None) -> None:
        self._inner = inner or httpcore.AnyIOBackend()

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ASYNC109 - the signature is httpcore's
        local_address: str | None = None,
        socket_options: Iterable[typing.Any] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        """Connect to the first public address that answers."""
        failure: Exception | None = None
        try:
            with anyio.fail_after(timeout):  # a name server may keep silent for minutes
                addresses = await public_addresses(host, port)
        except TimeoutError:
            raise httpcore.ConnectTimeout(f"{host}: its name server does not answer") from None
        for address in addresses:
            try:
                return await self._inner.connect_tcp(
                    str(address), port, timeout, local_address, socket_options
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout) as error:
                failure = error
        raise failure or httpcore.ConnectError(f"{host}: no address")

    async def connect_unix_socket(self, path: str, *args: Any, **kwargs: Any) -> httpcore.AsyncNetworkStream:
        """Refuse: a web page is never behind a local socket."""
        raise Refused("local socket")

    async def sleep(self, seconds: float) -> None:
        """Wait."""
        await anyio.sleep(seconds)
