"""The frontier of a crawl: what is still to be asked for, host by host, each URL once.

Reads    Ask: a URL with its source and the listing it came from
Adds     InputDone (and HttpState) of a listing when everything it led to is settled
Rejects  refused: URLs that may not be asked for; internal_error: a defect at one URL

A listing (feed, sitemap, folder, list of URLs) is remembered, with its ETag, only when nothing of it
has to be tried again. So a run that is killed finds the listing whole the next time, passes over
the pages it has, and goes on with the others.
"""

import asyncio
import random
from collections import deque
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from tasks.discover import Input
from tasks.fetch.address import Refused, checked_url, without_secret
from tasks.fetch.options import Event, FetchOptions, HttpState, InputDone, Pause
from tasks.fetch.silence import Silence, pause_of
from tasks.reasons import Reason, Reject
from tasks.sources import Source

Emit = Callable[[Iterable[Event]], Awaitable[None]]

LISTING_KINDS = frozenset(("auto", "feed", "sitemap", "listing", "urls"))


@dataclass(slots=True)
class Node:
    """A listing whose links are not all settled. done: what to report when they are."""

    parent: "Node | None"
    state: HttpState
    done: InputDone
    pending: int = 1
    is_complete: bool = True


@dataclass(slots=True)
class Ask:
    """One URL to ask for."""

    uri: str
    source: Source
    parent: Node | None = None
    expands: bool = False
    is_child: bool = False
    modified: datetime | None = None
    known: HttpState | None = None
    attempt: int = 1
    not_before: float = 0.0
    claimed: set[str] = field(default_factory=set)


def first_ask(found: Input) -> Ask:
    """Return how an input of a source is asked for. The URLs of a list are its links; any other URL of a source may be a listing."""
    is_child = found.source.kind == "urls" and found.source.location != found.location
    expands = not is_child and found.source.kind in LISTING_KINDS
    return Ask(found.uri, found.source, None, expands, is_child)


@dataclass(slots=True)
class Host:
    """One host: what waits for it. later: URLs to be tried again."""

    name: str
    silence: Silence
    queue: deque[Ask] = field(default_factory=deque)
    later: deque[Ask] = field(default_factory=deque)
    workers: int = 0
    doubts: int = 0

    def next(self) -> Ask | None:
        """Return the URL to ask for now: of a host in doubt one that failed, at times one from the other end."""
        if not self.silence.is_in_doubt:
            first = self.queue or self.later
            return first.popleft() if first else None
        self.doubts += 1
        if self.later and (self.doubts % 3 or not self.queue):
            return self.later.popleft()
        return self.queue.pop() if self.queue else None


Visit = Callable[[Ask, Host], Awaitable[None]]


class Frontier:
    """The URLs of one run. ``visit`` handles one of them and settles it."""

    def __init__(self, options: FetchOptions, emit: Emit, visit: Visit) -> None:
        self._options = options
        self._emit = emit
        self._visit = visit
        self._hosts: dict[str, Host] = {}
        self._asked: set[str] = set()
        self._group: asyncio.TaskGroup | None = None

    async def run(self, asks: Iterable[Ask]) -> None:
        """Visit all URLs and what they lead to; returns when everything is settled."""
        async with asyncio.TaskGroup() as self._group:
            await self.add(asks)

    async def add(self, asks: Iterable[Ask]) -> None:
        """Queue what was not asked for yet; the links of one listing stay together and in order."""
        fresh: dict[str, list[Ask]] = {}
        for ask in asks:
            try:
                url = checked_url(ask.uri)
            except Refused as refused:
                await self.stop(ask, Reject(without_secret(ask.uri), "fetch", Reason.REFUSED, str(refused)))
                continue
            if str(url) in self._asked:
                await self.settle(ask.parent)
                continue
            self._asked.add(str(url))
            fresh.setdefault(url.host, []).append(ask)
        for name, found in fresh.items():
            host = self._hosts.setdefault(name, self._host(name))
            host.queue.extendleft(reversed(found))
            wanted = found[0].source.host_connections or self._options.host_connections
            assert self._group is not None
            while host.workers < min(wanted, len(host.queue)):
                host.workers += 1
                self._group.create_task(self._work(host))

    def _host(self, name: str) -> Host:
        """A host that was silent in an earlier run is given up sooner, unless a person asks."""
        options = self._options
        is_doubtful = name in options.silences and not options.ask_now
        return Host(name, Silence(1 if is_doubtful else options.host_failures))

    def pauses(self) -> list[Pause]:
        """Return what the next runs should know of the hosts; of one that says itself until when, it knows."""
        options = self._options
        asked = (host for host in self._hosts.values() if host.name not in options.traffic.left_alone)
        found = (
            pause_of(host.name, host.silence, options.silences.get(host.name), options.now())
            for host in asked
        )
        return [pause for pause in found if pause is not None]

    async def _work(self, host: Host) -> None:
        loop = asyncio.get_running_loop()
        while ask := host.next():
            if ask.not_before > loop.time():
                await asyncio.sleep(ask.not_before - loop.time())
            try:
                await self._visit(ask, host)
            except Exception as error:  # noqa: BLE001 - a defect at one page is no reason to lose the others
                detail = f"{type(error).__name__}: {error}"
                await self._emit([Reject(ask.uri, "fetch", Reason.INTERNAL_ERROR, detail)])
                await self.settle(ask.parent, is_complete=False)
        host.workers -= 1

    def claims(self, ask: Ask) -> Callable[[str], bool]:
        """Where the redirects of one URL lead belongs to it, also when it is tried again."""

        def claim(url: str) -> bool:
            if url not in ask.claimed and not self.claim(url):
                return False
            ask.claimed.add(url)
            return True

        return claim

    def claim(self, url: str) -> bool:
        """Count a URL as asked for; false when it was before."""
        if url in self._asked:
            return False
        self._asked.add(url)
        return True

    def again(self, ask: Ask, host: Host, wait_s: float) -> None:
        """Ask later; what else waits at this host goes first unless it is silent.

        Jitter keeps many from coming back at once.
        """
        ask.attempt += 1
        ask.not_before = asyncio.get_running_loop().time() + wait_s * random.uniform(0.75, 1.25)
        host.later.append(ask)

    def remember(self, state: HttpState) -> list[HttpState]:
        """Return the state where somebody records it, else nothing."""
        return [state] if self._options.remembers else []

    async def stop(self, ask: Ask, *events: Event) -> None:
        """Say what came of a URL that leads to nothing more, and settle it."""
        await self._emit(events)
        await self.settle(ask.parent)

    async def settle(self, node: Node | None, is_complete: bool = True) -> None:
        """One link of a listing is done with; the last one closes the listing and counts for its own."""
        while node is not None:
            node.pending -= 1
            node.is_complete &= is_complete
            if node.pending:
                return
            if node.is_complete:
                await self._emit([*self.remember(node.state), node.done])
            is_complete = node.is_complete
            node = node.parent
