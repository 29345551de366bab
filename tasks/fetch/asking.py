"""One URL, requested politely: as robots.txt allows, in its turn, with every redirect checked.

Reads    a URL, its source's politeness
Adds     Answer of the last hop; what later runs should know about its host (RobotsState, Pause)
Rejects  refused, robots, loop, left_alone, and what the client rejects
"""

import asyncio
from collections.abc import Callable

import httpx

from tasks.fetch.address import Refused, checked_url, joined
from tasks.fetch.answers import REDIRECTS
from tasks.fetch.client import Answer, Client, NoAnswer
from tasks.fetch.frontier import Emit
from tasks.fetch.left_alone import HostLeftAlone, LeftAlone
from tasks.fetch.options import FetchOptions
from tasks.fetch.partial import Partial, kept, tidy
from tasks.fetch.politeness import HostGate
from tasks.fetch.site_rules import SiteRules
from tasks.reasons import Reason
from tasks.sources import Source


class AlreadyAsked(Exception):
    """A redirect leads to a page that this run has asked for already."""


class Asker:
    """Asks for URLs; knows the hosts' gates and rules. Lives in one event loop, for one run."""

    def __init__(self, options: FetchOptions, emit: Emit) -> None:
        self._options = options
        self._client = Client(options)
        self._gates: dict[str, HostGate] = {}
        self._emit = emit
        self._rules = SiteRules(options, self._once, emit)
        self._left_alone = LeftAlone(options)
        self._free = asyncio.Semaphore(options.connections)
        tidy(options.downloads)

    async def aclose(self) -> None:
        """Close all connections."""
        await self._client.aclose()

    def gate(self, host: str, source: Source) -> HostGate:
        """Return the gate of a host; the most patient of its sources sets the delay."""
        options = self._options
        delay_s = options.delay_s if source.delay_s is None else source.delay_s
        gate = self._gates.get(host)
        if gate is None:
            gate = HostGate(delay_s, source.host_connections or options.host_connections)
            self._gates[host] = gate
        gate.delay_s = max(gate.delay_s, delay_s)
        return gate

    async def ask(
        self,
        url: httpx.URL,
        source: Source,
        headers: dict[str, str],
        claim: Callable[[str], bool],
        limit: int,
        is_download: bool = False,
    ) -> Answer:
        """Return the answer at the end of the redirects.

        claim: told of every URL that a redirect leads to; false when this run asked for it before.
        Raises ``Refused``, ``NoAnswer`` (``HostLeftAlone`` when it may not be asked now) and ``AlreadyAsked``.
        """
        passed = {str(url)}
        for _ in range(self._options.max_redirects + 1):
            # before the rules of the host are looked up: thousands of its pages may wait
            self._left_alone.check(url.host)
            await self._check_robots(url, source)
            answer = await self._get(url, source, headers, limit, is_download)
            place = answer.headers.get("location")
            if answer.status not in REDIRECTS or not place:
                return answer
            answer.body.close()
            url = checked_url(joined(str(url), place))
            if str(url) in passed:
                raise NoAnswer(Reason.LOOP, f"redirects lead back to {url}", passing=False)
            passed.add(str(url))
            if not claim(str(url)):
                raise AlreadyAsked(str(url))
        raise NoAnswer(Reason.LOOP, f"more than {self._options.max_redirects} redirects", passing=False)

    async def _get(
        self, url: httpx.URL, source: Source, headers: dict[str, str], limit: int, is_download: bool = False
    ) -> Answer:
        if is_download:
            return await self._download(url, source, headers, limit)
        return await self._once(url, source, headers, limit)

    async def _once(
        self,
        url: httpx.URL,
        source: Source,
        headers: dict[str, str],
        limit: int,
        is_download: bool = False,
        partial: Partial | None = None,
    ) -> Answer:
        """One request, in its turn, unless the host asked to be left alone."""
        self._left_alone.check(url.host)
        allow_private = source.allow_private or self._options.allow_private
        start = partial.size if partial else 0
        gate = self.gate(url.host, source)
        async with gate.turn(), self._free:
            self._left_alone.check(url.host)  # another request may have been told so meanwhile
            traffic = self._options.traffic
            traffic.requests += 1
            answer = await self._client.get(url, headers, allow_private, limit, is_download, partial)
            traffic.received_bytes += answer.size_bytes - (start if partial and partial.size > start else 0)
            traffic.not_modified += answer.status == 304
        wait_s, pause = self._left_alone.heed(answer, url.host)
        gate.pause(wait_s)
        if pause is not None:
            await self._emit([pause])
        return answer

    async def _download(self, url: httpx.URL, source: Source, headers: dict[str, str], limit: int) -> Answer:
        """Ask for the rest as often as it breaks off, as long as each time brings something."""
        partial = kept(self._options.downloads, str(url))
        fruitless = 1
        while True:
            before = partial.size if partial else 0
            try:
                return await self._once(url, source, headers, limit, True, partial)
            except NoAnswer as error:
                if error.partial is None:
                    raise
                partial = error.partial
                self._options.traffic.received_bytes += max(0, partial.size - before)
                fruitless = 1 if partial.size > before else fruitless + 1
                if fruitless > self._options.attempts:
                    partial.body.close()
                    raise
            await asyncio.sleep(self._options.backoff_s * 2 ** (fruitless - 1))

    async def _check_robots(self, url: httpx.URL, source: Source) -> None:
        if not source.obey_robots:
            return
        robots = await self._rules.of(url, source)
        if robots.crawl_delay_s:
            gate = self.gate(url.host, source)
            gate.delay_s = max(gate.delay_s, min(robots.crawl_delay_s, self._options.max_crawl_delay_s))
        path = url.raw_path.decode("ascii")
        if path != "/robots.txt" and not robots.allows(path):
            raise NoAnswer(Reason.ROBOTS, f"robots.txt of {url.host} does not allow {path}", passing=False)


__all__ = ["AlreadyAsked", "Asker", "HostLeftAlone", "NoAnswer", "Refused"]
