"""One HTTP request: asked safely, answered within limits, nothing followed, nothing remembered.

Reads    a URL that ``checked_url`` let pass
Adds     Answer: status, headers, and the body as sent, in memory or in a temporary file
Rejects  refused (``Refused``), network and too_large (``NoAnswer``)
Source   httpx over httpcore; cookies are neither kept nor sent; proxies as in the environment
"""

import asyncio
import os
import ssl
import tempfile
import time
import urllib.request
from dataclasses import dataclass
from functools import cache
from typing import IO, cast

import httpcore
import httpx

from tasks.fetch.address import GuardedBackend, public_addresses
from tasks.fetch.options import FetchOptions
from tasks.fetch.partial import Partial, begin, can_resume, forget
from tasks.fetch.sniff import MEDIA
from tasks.reasons import Reason

MEMORY_BYTES = 1 << 20
"""A larger body is put into a temporary file."""
UNREAD_BYTES = 1 << 16
"""Of an answer that is no page, so much is read, that the connection may be used again."""
POOLS = 8
"""A pool looks through all of its connections at each request: hosts are spread over several."""
ACCEPT = "text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8"


class NoAnswer(Exception):
    """No answer that can be used. passing: the same request may succeed later; partial: what came of it."""

    def __init__(self, reason: Reason, detail: str, passing: bool, partial: Partial | None = None) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail
        self.passing = passing
        self.partial = partial


@dataclass(slots=True)
class Answer:
    """What a server said. body: as sent, at its beginning; whoever takes the answer closes it."""

    url: str
    status: int
    headers: httpx.Headers
    body: IO[bytes]
    size_bytes: int


class Client:
    """Asks for URLs. Sources that may reach private networks have pools of their own."""

    def __init__(self, options: FetchOptions) -> None:
        self._options = options
        self._transports: dict[tuple[bool, str | None, int], httpx.AsyncBaseTransport] = {}
        self._proxies = urllib.request.getproxies()

    async def aclose(self) -> None:
        """Close all connections."""
        for transport in self._transports.values():
            await transport.aclose()

    def _proxy_for(self, url: httpx.URL) -> str | None:
        proxy = self._proxies.get(url.scheme) or self._proxies.get("all")
        return None if not proxy or urllib.request.proxy_bypass(url.host) else proxy

    def _transport(self, allow_private: bool, proxy: str | None, host: str) -> httpx.AsyncBaseTransport:
        key = (allow_private, proxy, hash(host) % POOLS)
        if key not in self._transports:
            connections = self._options.connections
            limits = httpx.Limits(max_connections=connections, max_keepalive_connections=connections)
            guarded = not (allow_private or proxy)
            self._transports[key] = (
                _GuardedTransport(connections)
                if guarded
                else httpx.AsyncHTTPTransport(verify=_tls(), http2=True, limits=limits, proxy=proxy)
            )
        return self._transports[key]

    async def get(
        self,
        url: httpx.URL,
        headers: dict[str, str],
        allow_private: bool,
        limit: int,
        is_download: bool,
        partial: Partial | None = None,
    ) -> Answer:
        """Ask for a URL once; redirects are answers. Raises ``NoAnswer`` and ``Refused``.

        partial: the beginning of a download; only the rest is asked for, and what comes is put behind it.
        """
        options = self._options
        proxy = self._proxy_for(url)
        if proxy and not allow_private:  # the proxy connects, so its choice of address cannot be checked
            await public_addresses(url.host, url.port or 80)
        wait = {"connect": options.connect_timeout_s, "read": options.read_timeout_s}
        request = httpx.Request(
            "GET",
            url,
            headers={
                "User-Agent": options.user_agent,
                "Accept": ACCEPT,
                "Accept-Encoding": "gzip, br, zstd",
                **(partial.request_headers if partial else headers),
            },
            extensions={"timeout": {**wait, "write": options.read_timeout_s, "pool": None}},
        )
        try:
            async with asyncio.timeout(options.total_timeout_s):  # headers may come byte by byte, too
                response = await self._transport(allow_private, proxy, url.host).handle_async_request(request)
            if is_download:
                return await self._download(response, str(url), limit, partial)
            return await self._answer(response, str(url), limit)
        except _BROKEN as error:
            raise _no_answer(error, partial) from None

    async def _download(
        self, response: httpx.Response, url: str, limit: int, partial: Partial | None
    ) -> Answer:
        """Take a body that may be large; what came of one that breaks off is kept."""
        if partial and response.status_code in (206, 416):
            if not (response.status_code == 206 and partial.continues_with(response.headers)):
                await response.aclose()
                partial.drop()
                raise NoAnswer(Reason.NETWORK, "its rest is not to be had", passing=True)
            partial.body.seek(0, os.SEEK_END)
        else:
            if partial is not None:  # it is another file by now, or cannot be had in this run
                partial.body.close()
            if response.status_code != 200:
                return await self._answer(response, url, limit)
            partial = begin(self._options.downloads, url, response.headers)
        try:
            await self._take(response, partial.body, limit, True, partial.size)
            partial.size = partial.body.tell()
        except _BROKEN as error:
            partial.size = partial.body.tell()
            raise _no_answer(error, partial) from None
        except NoAnswer as error:
            if error.passing and can_resume(partial.headers):
                partial.size = partial.body.tell()
                error.partial = partial
            else:
                partial.drop()
            raise
        finally:
            await response.aclose()
        forget(partial.path)
        partial.body.seek(0)
        return Answer(url, 200, partial.headers, partial.body, partial.size)

    async def _answer(self, response: httpx.Response, url: str, limit: int) -> Answer:
        """Take the body as sent; the limit counts the bytes on the wire."""
        body = cast(IO[bytes], tempfile.SpooledTemporaryFile(MEMORY_BYTES))  # noqa: SIM115
        try:
            async with asyncio.timeout(self._options.total_timeout_s):
                # of rules that are too long the beginning counts (RFC 9309, 2.5)
                size = await self._take(response, body, limit, False, is_cut=url.endswith("/robots.txt"))
        except BaseException:
            body.close()
            raise
        finally:
            await response.aclose()
        body.seek(0)
        return Answer(url, response.status_code, response.headers, body, size)

    async def _take(
        self,
        response: httpx.Response,
        body: IO[bytes],
        limit: int,
        is_download: bool,
        start: int = 0,
        is_cut: bool = False,
    ) -> int:
        """Write the body behind the ``start`` bytes that are there; returns its size. is_cut: at the limit."""
        started = time.monotonic()
        size = start
        is_page = response.status_code in (200, 206) and not MEDIA.match(
            response.headers.get("content-type", "")
        )
        async for chunk in cast(httpx.AsyncByteStream, response.stream):
            size += len(chunk)
            if not is_page and size > UNREAD_BYTES:
                return size
            if size > limit and is_cut:
                return size
            if size > limit:
                raise NoAnswer(Reason.TOO_LARGE, f"over the limit of {limit:,} bytes", passing=False)
            seconds = time.monotonic() - started
            slow = (
                seconds > self._options.total_timeout_s
                and size - start < seconds * self._options.min_bytes_per_s
            )
            if is_download and slow:
                raise NoAnswer(Reason.NETWORK, f"{size:,} bytes in {seconds:.0f} s: too slow", passing=True)
            try:
                body.write(chunk)
            except OSError as error:
                detail = f"cannot be set down in {tempfile.gettempdir()}: {error.strerror}"
                raise NoAnswer(Reason.TOO_LARGE, detail, passing=True) from None
        return size


_BROKEN = (httpx.TransportError, httpcore.NetworkError, httpcore.TimeoutException, TimeoutError)


def _no_answer(error: Exception, partial: Partial | None) -> NoAnswer:
    """A connection that failed or broke off; what came of a download is kept when its rest can be had."""
    said = str(error) or "no answer in time"
    if partial is not None and not can_resume(partial.headers):
        partial.drop()
        partial = None
    return NoAnswer(Reason.NETWORK, f"{type(error).__name__}: {said}", passing=True, partial=partial)


@cache
def _tls() -> ssl.SSLContext:
    """Reading the certificates takes 20 ms: once for all pools."""
    return httpx.create_ssl_context()


class _GuardedTransport(httpx.AsyncHTTPTransport):
    """httpx's transport over a pool that connects to public addresses only."""

    def __init__(self, connections: int) -> None:
        super().__init__(verify=_tls(), http2=True)
        self._pool = httpcore.AsyncConnectionPool(
            ssl_context=_tls(),
            max_connections=connections,
            max_keepalive_connections=connections,
            http2=True,
            network_backend=GuardedBackend(),
        )
