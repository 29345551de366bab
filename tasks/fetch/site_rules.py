"""robots.txt of the sites of one run: asked for once a day, or as often as the site says.

Reads    an address on a site; what an earlier run recorded of its robots.txt
Adds     Robots; RobotsState, for the next runs
Rejects  what the client rejects; robots: a site that does not answer for its rules may not be asked at all
Source   RFC 9309, 2.3.1 (what an answer means), 2.4 (kept for 24 hours at most); RFC 9111, 5.2.2 (Cache-Control)
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta

import httpx

from tasks.fetch.address import checked_url, joined
from tasks.fetch.answers import REDIRECTS, validator
from tasks.fetch.body import body_stream
from tasks.fetch.client import Answer, NoAnswer
from tasks.fetch.frontier import Emit
from tasks.fetch.options import FetchOptions, RobotsState
from tasks.fetch.robots import MAX_ROBOTS_BYTES, Robots, robots_for
from tasks.fetch.streams import BrokenStream
from tasks.reasons import Reason
from tasks.sources import Source

ROBOTS_REDIRECTS = 5
"""RFC 9309, 2.3.1.2: at least five are followed."""
LONGEST_KEPT = timedelta(hours=24)
"""RFC 9309, 2.4; also how long a file is kept whose server does not say."""
_MAX_AGE = re.compile(r"\bmax-age\s*=\s*\"?(\d{1,9})")

Get = Callable[[httpx.URL, Source, dict[str, str], int], Awaitable[Answer]]
"""One request in its turn: address, source, headers, most bytes."""


class SiteRules:
    """The rules of the sites of one run. ``get`` asks, ``emit`` tells what to remember."""

    def __init__(self, options: FetchOptions, get: Get, emit: Emit) -> None:
        self._options = options
        self._get = get
        self._emit = emit
        self._sites: dict[tuple[str, bool], asyncio.Task[Robots]] = {}

    async def of(self, url: httpx.URL, source: Source) -> Robots:
        """Return the rules of a site; raises ``NoAnswer`` when it does not answer for them."""
        origin = f"{url.scheme}://{url.netloc.decode('ascii')}"
        key = (origin, source.allow_private)
        if key not in self._sites:
            self._sites[key] = asyncio.create_task(self._find(f"{origin}/robots.txt", source))
        try:
            return await asyncio.shield(self._sites[key])
        except NoAnswer:
            self._sites.pop(key, None)  # whoever tries again asks again
            raise

    async def _find(self, uri: str, source: Source) -> Robots:
        options = self._options
        known = await asyncio.to_thread(options.robots, uri) if options.robots else None
        now = options.now()
        is_fresh = known is not None and known.fetched_at <= now < known.expires_at
        if known is None or not is_fresh or options.ask_now:
            known = await self._ask(uri, source, known)
            if options.robots:
                await self._emit([known])
        return robots_for(known.status, known.text or "", options.user_agent)

    async def _ask(self, uri: str, source: Source, known: RobotsState | None) -> RobotsState:
        """Ask for the file, or for news of it, following redirects."""
        url = httpx.URL(uri)
        headers = _news_only(known)
        now = self._options.now()
        for hop in range(ROBOTS_REDIRECTS + 1):
            try:
                answer = await self._get(url, source, headers if hop == 0 else {}, MAX_ROBOTS_BYTES)
            except NoAnswer as error:
                error.detail = f"robots.txt: {error.detail}"
                error.passing = True
                raise
            with answer.body:
                place = answer.headers.get("location")
                if answer.status in REDIRECTS and place:
                    url = checked_url(joined(str(url), place))
                    continue
                if answer.status >= 500 or answer.status == 429:
                    raise NoAnswer(Reason.ROBOTS, f"robots.txt: HTTP {answer.status}", passing=True)
                expires_at = now + kept_for(answer.headers)
                if answer.status == 304 and known is not None and hop == 0:
                    return known._replace(fetched_at=now, expires_at=expires_at)
                # what a redirect led to has validators of its own, which its first address does not know
                etag, modified = (
                    validator(answer.headers.get(name)) if hop == 0 else None
                    for name in ("etag", "last-modified")
                )
                text = self._text_of(answer) if answer.status == 200 else None
                return RobotsState(uri, answer.status, text, etag, modified, now, expires_at)
        return RobotsState(uri, 404, None, None, None, now, now + LONGEST_KEPT)

    def _text_of(self, answer: Answer) -> str:
        try:
            content = body_stream(answer, self._options.max_expansion).peek(MAX_ROBOTS_BYTES)
        except BrokenStream as broken:
            raise NoAnswer(Reason.ROBOTS, f"robots.txt: {broken.detail}", passing=True) from None
        return content[:MAX_ROBOTS_BYTES].decode("utf-8", "replace")


def kept_for(headers: Mapping[str, str]) -> timedelta:
    """Return how long a robots.txt need not be asked for again.

    >>> kept_for({"cache-control": "public, max-age=600", "age": "60"}).seconds, kept_for({}).days
    (540, 1)
    """
    control = headers.get("cache-control", "").lower()
    if "no-store" in control or "no-cache" in control:
        return timedelta(0)
    if found := _MAX_AGE.search(control):
        age = headers.get("age", "0").strip()
        seconds = int(found[1]) - (int(age[:9]) if age.isdecimal() else 0)
        return min(timedelta(seconds=max(0, seconds)), LONGEST_KEPT)
    return LONGEST_KEPT


def _news_only(known: RobotsState | None) -> dict[str, str]:
    pairs = (
        () if known is None else (("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified))
    )
    return {name: value for name, value in pairs if value}
