"""Helpers of the fetch tests: reading to the end, and a web server that behaves as badly as the real ones."""

import asyncio
import gzip
import threading
import time
import zlib
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import brotli
import pytest
import zstandard
from aiohttp import web

from tasks.discover import InputUnchanged, list_inputs
from tasks.document import Document
from tasks.fetch import FetchOptions, HttpState, InputDone, Traffic, read_documents
from tasks.reasons import Reject
from tasks.sources import Source


@dataclass
class Outcome:
    """All that a run of discover and fetch gave, in order and by kind."""

    events: list[object] = field(default_factory=list)
    traffic: Traffic = field(default_factory=Traffic)

    def of(self, kind: type) -> list[Any]:
        return [e for e in self.events if type(e) is kind]

    @property
    def documents(self) -> list[Document]:
        return self.of(Document)

    @property
    def rejects(self) -> list[tuple[str, str]]:
        """(end of the uri, reason) of each reject."""
        return [(r.uri.rpartition("/")[2], str(r.reason)) for r in self.of(Reject)]

    @property
    def done(self) -> list[InputDone]:
        return self.of(InputDone)

    @property
    def unchanged(self) -> list[InputUnchanged]:
        return self.of(InputUnchanged)

    @property
    def pages(self) -> list[str]:
        return [(d.content if d.body is None else d.body).decode() for d in self.documents]


@pytest.fixture
def read() -> Callable[..., Outcome]:
    """Read locations: ``read(path, known=…, source={…}, **options)``."""

    def read_all(*locations: Path | str, known: Any = None, source: Any = None, **options: Any) -> Outcome:
        sources = [Source(location=str(location), **(source or {})) for location in locations]
        return Outcome(list(read_documents(list_inputs(sources, known or {}), FetchOptions(**options))))

    return read_all


Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass
class Asked:
    """One request as the server saw it."""

    host: str
    path: str
    at: float
    headers: dict[str, str]


@dataclass
class Web:
    """The server. Routes are set by the tests; hosts are names that all lead here."""

    port: int = 0
    asked: list[Asked] = field(default_factory=list)
    routes: dict[str, Handler] = field(default_factory=dict)
    busy: dict[str, int] = field(default_factory=dict)
    most_busy: dict[str, int] = field(default_factory=dict)

    def url(self, path: str = "/", host: str = "127.0.0.1") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self, robots: bool = False) -> list[str]:
        """The paths asked for, in order."""
        return [a.path for a in self.asked if robots or not a.path.startswith("/robots.txt")]

    def times(self, host: str) -> list[float]:
        return [a.at for a in self.asked if a.host == host]

    def text(
        self, path: str, text: str, content_type: str = "text/html", status: int = 200, **headers: str
    ) -> None:
        """Answer a path with a text; header names are written with ``_`` for ``-``."""

        async def handler(_: web.Request) -> web.Response:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return web.Response(text=text, content_type=content_type, status=status, headers=named)

        self.routes[path] = handler

    def data(self, path: str, content: bytes, **headers: str) -> None:
        """Answer a path with bytes."""

        async def handler(_: web.Request) -> web.Response:
            named = {name.replace("_", "-"): value for name, value in headers.items()}
            return web.Response(body=content, headers=named)

        self.routes[path] = handler

    def raw(self, path: str, answer: bytes, wait_s: float = 0.0, piece: int = 0) -> None:
        """Answer with exactly these bytes on the wire, then close; piece by piece when asked to."""

        async def handler(request: web.Request) -> web.StreamResponse:
            assert request.transport is not None
            pieces = [answer[i : i + piece] for i in range(0, len(answer), piece)] if piece else [answer]
            for part in pieces:
                request.transport.write(part)  # type: ignore[attr-defined]
                await asyncio.sleep(wait_s)
            request.transport.close()
            return web.Response()

        self.routes[path] = handler

    def series(self, path: str, *handlers: Handler) -> None:
        """Answer the first request with the first handler, and so on; the last one stays."""
        left = list(handlers)

        async def handler(request: web.Request) -> web.StreamResponse:
            return await (left.pop(0) if len(left) > 1 else left[0])(request)

        self.routes[path] = handler

    async def answer(self, request: web.Request) -> web.StreamResponse:
        host = request.headers.get("Host", "").partition(":")[0]
        self.asked.append(Asked(host, request.raw_path, time.monotonic(), dict(request.headers)))
        self.busy[host] = self.busy.get(host, 0) + 1
        self.most_busy[host] = max(self.most_busy.get(host, 0), self.busy[host])
        try:
            handler = self.routes.get(request.raw_path) or self.routes.get(request.path)
            return await handler(request) if handler else web.Response(status=404, text="nothing here")
        finally:
            self.busy[host] -= 1

    @staticmethod
    def page(text: str, **attributes: str) -> str:
        """A small page; attributes: extra elements of its head and body by name."""
        head, body = attributes.get("head", ""), attributes.get("body", "")
        return f"<!DOCTYPE html><html><head><title>{text}</title>{head}</head><body><p>{text}。</p>{body}</body></html>"

    @staticmethod
    def status(code: int, **headers: str) -> Handler:
        async def handler(_: web.Request) -> web.Response:
            return web.Response(status=code, headers={n.replace("_", "-"): v for n, v in headers.items()})

        return handler

    @staticmethod
    def html(text: str) -> Handler:
        async def handler(_: web.Request) -> web.Response:
            return web.Response(text=text, content_type="text/html")

        return handler

    @staticmethod
    def tagged(
        text: str, etag: str | None = None, modified: str | None = None, kind: str = "text/html"
    ) -> Handler:
        """A page with validators, answered with 304 to whoever has it."""

        async def handler(request: web.Request) -> web.Response:
            headers = {"ETag": etag} if etag else {}
            if modified:
                headers["Last-Modified"] = modified
            if etag and request.headers.get("If-None-Match") == etag:
                return web.Response(status=304, headers=headers)
            if modified and request.headers.get("If-Modified-Since") == modified:
                return web.Response(status=304, headers=headers)
            return web.Response(text=text, content_type=kind, headers=headers)

        return handler

    @staticmethod
    def packed(content: bytes, form: str) -> bytes:
        """Content as a server packs it."""
        if form == "deflate":
            return zlib.compress(content)
        if form == "raw-deflate":
            packer = zlib.compressobj(wbits=-15)
            return packer.compress(content) + packer.flush()
        return {"gzip": gzip.compress, "br": brotli.compress, "zstd": zstandard.compress}[form](content)


def serve(server: Web) -> Callable[[], None]:
    """Start a server in a thread; returns what stops it."""
    loop = asyncio.new_event_loop()
    ready = threading.Event()
    stop = asyncio.Event()

    async def main() -> None:
        runner = web.ServerRunner(web.Server(server.answer), shutdown_timeout=0.1)
        await runner.setup()
        site = web.TCPSite(runner, "0.0.0.0", 0)
        await site.start()
        server.port = runner.addresses[0][1]
        ready.set()
        await stop.wait()
        await runner.cleanup()

    thread = threading.Thread(target=lambda: loop.run_until_complete(main()), daemon=True)
    thread.start()
    ready.wait(10)

    def end() -> None:
        loop.call_soon_threadsafe(stop.set)
        thread.join(10)
        loop.close()

    return end


@pytest.fixture(scope="session")
def running_server() -> Iterator[Web]:
    """The one server of the tests."""
    started = Web()
    end = serve(started)
    yield started
    end()


@pytest.fixture
def server(running_server: Web) -> Web:
    """A web server without routes; ``server.url(path, host)`` with hosts 127.0.0.1, 127.0.0.2 and so on."""
    running_server.__init__(running_server.port)  # type: ignore[misc]
    return running_server


@pytest.fixture
def pages(server: Web) -> Web:
    """The server with pages at ``/p/1`` to ``/p/59``."""
    for i in range(1, 60):
        server.text(f"/p/{i}", server.page(f"第{i}篇"))
    return server


@pytest.fixture
def crawl() -> Callable[..., Outcome]:
    """Read URLs without delays: ``crawl(url, …, states={…}, source={…}, **options)``.

    states: uri -> HttpState, read before and filled by the run.
    """

    def crawl_all(*urls: str, states: Any = None, source: Any = None, **options: Any) -> Outcome:
        allowed = {"allow_private": True, "delay_s": 0.0, **(source or {})}
        sources = [Source(location=url, **allowed) for url in urls]
        held = {} if states is None else states
        quick = FetchOptions(**{"backoff_s": 0.01, "http_state": held.get, **options})
        outcome = Outcome(list(read_documents(list_inputs(sources, {}), quick)), quick.traffic)
        held.update({state.uri: state for state in outcome.of(HttpState)})
        return outcome

    return crawl_all


@pytest.fixture(scope="session")
def crawl_hosts() -> Callable[..., list[tuple[str, float]]]:
    """Read the same paths from hosts with their delays; returns when each document came."""

    def crawl_all(server: Web, hosts: dict[str, float], paths: list[str]) -> list[tuple[str, float]]:
        sources = [
            Source(location=server.url(path, host), allow_private=True, delay_s=delay, host_connections=1)
            for path in paths
            for host, delay in hosts.items()
        ]
        events = read_documents(list_inputs(sources, {}), FetchOptions(backoff_s=0.01))
        return [(each.uri, time.monotonic()) for each in events if isinstance(each, Document)]

    return crawl_all
