"""The crawl of one run: from the URLs of the sources to pages, each asked for once, host by host.

Reads    Input of kind "http"
Adds     per URL: its documents, HttpState, InputDone; or InputUnchanged
Rejects  what asking and reading reject; ``detail`` counts the attempts

A page found through a listing is not asked for again before its recheck time, unless the listing
says that it changed; then a listing that is as it was is read whole again too. What failed in passing is
tried again in the next run, what failed in many runs more seldom (see ``known``); a host that asked
to be left alone is asked by the first run after that time.
"""

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from tasks.discover import Input, InputUnchanged
from tasks.fetch.address import Refused, checked_url
from tasks.fetch.answers import (
    PASSING_STATUS,
    Arrival,
    Page,
    download_events,
    is_download,
    page_events,
    problem_of,
    read_page,
    state_of,
)
from tasks.fetch.asking import AlreadyAsked, Asker, HostLeftAlone
from tasks.fetch.client import Answer, NoAnswer
from tasks.fetch.frontier import Ask, Emit, Frontier, Host, Node, first_ask
from tasks.fetch.known import as_before, has_failed, is_due, is_fresh, validators, with_known
from tasks.fetch.left_alone import wait_of
from tasks.fetch.links import Link, Listing, listing_of, refresh_target
from tasks.fetch.next_page import join_parts
from tasks.fetch.options import FetchOptions, HttpState, InputDone
from tasks.fetch.parts import PartReader
from tasks.fetch.streams import BrokenStream
from tasks.reasons import Reason, Reject


class Crawl:
    """One run over the URLs of all sources. ``run`` returns when everything is settled."""

    def __init__(self, options: FetchOptions, emit: Emit) -> None:
        self._options = options
        self._emit = emit
        self._asker = Asker(options, emit)
        self._frontier = Frontier(options, emit, self._handle)
        self._pages: Counter[str] = Counter()
        self._over: set[str] = set()
        self._left_alone: set[str] = set()

    async def run(self, inputs: Iterable[Input]) -> None:
        """Ask for all inputs and what they lead to."""
        try:
            await self._frontier.run(await with_known([first_ask(found) for found in inputs], self._options))
            await self._emit(self._frontier.pauses())
        finally:
            await self._asker.aclose()

    async def _handle(self, ask: Ask, host: Host) -> None:
        """Ask for one URL and say what came of it."""
        known = ask.known
        if ask.is_child and not ask.expands and known and is_fresh(ask, known, self._options.now()):
            if has_failed(known):  # its listing stays open, so that it is found again when its time comes
                await self._frontier.settle(ask.parent, is_complete=False)
            else:
                await self._frontier.stop(ask, InputUnchanged(ask.uri))
        elif host.silence.is_given_up:
            await self._give_up(ask, host)
        elif ask.attempt == 1 and self._pages[ask.source.location] >= ask.source.max_pages:
            await self._over_limit(ask)
        else:
            self._pages[ask.source.location] += ask.attempt == 1
            await self._ask(ask, host, known)

    async def _over_limit(self, ask: Ask) -> None:
        """Leave a URL for the next run; said once for each source."""
        source = ask.source
        if source.location not in self._over:
            self._over.add(source.location)
            detail = f"more than {source.max_pages:,} pages; the rest comes with the next run"
            await self._emit([Reject(source.location, "fetch", Reason.TOO_LARGE, detail)])
        await self._frontier.settle(ask.parent, is_complete=False)

    async def _ask(self, ask: Ask, host: Host, known: HttpState | None) -> None:
        options = self._options
        is_last = ask.attempt >= options.attempts
        seen_at = options.now()
        url = checked_url(ask.uri)
        download = is_download(url.path) or ask.source.kind == "archive"
        limit = options.max_download_bytes if download else options.max_response_bytes
        limit = max(limit, options.max_listing_bytes) if ask.expands else limit
        try:
            answer = await self._asker.ask(
                url, ask.source, self._news_only(ask), self._frontier.claims(ask), limit, download
            )
        except AlreadyAsked:
            await self._frontier.stop(ask, InputUnchanged(ask.uri))
        except Refused as refused:
            await self._frontier.stop(ask, Reject(ask.uri, "fetch", Reason.REFUSED, str(refused)))
        except HostLeftAlone as told:
            self._pages[ask.source.location] -= ask.attempt == 1
            await self._leave_alone(ask, told)
        except NoAnswer as error:
            if error.passing and error.reason != Reason.TOO_LARGE:  # no room here says nothing of the host
                host.silence.failed(ask.uri, error.detail, is_last)
            if error.passing and not is_last and not host.silence.is_given_up:
                self._frontier.again(ask, host, options.backoff_s * 2 ** (ask.attempt - 1))
            elif error.passing:
                await self._fail(ask, known, error.reason, error.detail, 0)
            else:
                reject = Reject(ask.uri, "fetch", error.reason, error.detail, attempts=ask.attempt)
                await self._frontier.stop(ask, reject)
        else:
            host.silence.heard(ask.uri, answer.status, is_last)
            await self._read(ask, host, known, answer, seen_at)

    async def _read(
        self, ask: Ask, host: Host, known: HttpState | None, answer: Answer, seen_at: datetime
    ) -> None:
        options = self._options
        if answer.status == 304 and known:
            answer.body.close()
            state = as_before(known, status=304, at=seen_at)
            await self._frontier.stop(ask, *self._frontier.remember(state), InputUnchanged(ask.uri))
            return
        problem = problem_of(answer.status, answer.headers.get("content-type", ""))
        if problem:
            answer.body.close()
            await self._refused(ask, host, known, answer, *problem)
            return
        try:
            page = read_page(
                answer, options, options.max_listing_bytes if ask.expands else options.max_response_bytes
            )
            listing = self._leads_to(ask, page) if page else None
        except BrokenStream as broken:
            answer.body.close()
            await self._frontier.stop(ask, Reject(ask.uri, "fetch", broken.reason, broken.detail))
            return
        state = state_of(ask.uri, answer, page.digest if page else None, seen_at)
        arrival = Arrival(ask.uri, answer.url, answer.headers.get("content-type"), ask.source, state, seen_at)
        if page is None:
            await self._emit(download_events(arrival, answer, options))
            await self._frontier.settle(ask.parent)
            return
        answer.body.close()
        is_known = known is not None and known.content_sha256 == page.digest
        if known and is_known and not (listing and is_due(ask, known, seen_at)):
            state = as_before(known, status=200, at=seen_at, new=state)
            await self._frontier.stop(ask, *self._frontier.remember(state), InputUnchanged(ask.uri))
        elif listing:
            await self._follow(ask, listing, arrival, page)
        else:
            await self._article(ask, arrival, page)

    def _news_only(self, ask: Ask) -> dict[str, str]:
        """Headers for a conditional request; a listing is read whole when its pages are due."""
        known = ask.known
        whole = ask.expands and known is not None and is_due(ask, known, self._options.now())
        return {} if whole and not is_download(checked_url(ask.uri).path) else validators(known)

    async def _article(self, ask: Ask, arrival: Arrival, page: Page) -> None:
        """The page with its further parts. One that a part of is missing is not done: the next run asks again."""
        parts = PartReader(ask, page, self._asker, self._frontier, self._options)
        joined = await join_parts(page, parts.read) if ask.source.join_pages else page
        events = page_events(arrival, joined, self._options)
        if not parts.is_complete:
            events = (each for each in events if not isinstance(each, HttpState | InputDone))
        await self._emit([*parts.rejects, *events])
        await self._frontier.settle(ask.parent, is_complete=parts.is_complete)

    def _leads_to(self, ask: Ask, page: Page) -> Listing | None:
        if place := refresh_target(page.content, page.url):
            return Listing("refresh", (Link(place),))
        return listing_of(page.content, page.url, page.content_type, ask.source.kind) if ask.expands else None

    async def _follow(self, ask: Ask, listing: Listing, arrival: Arrival, page: Page) -> None:
        done = InputDone(ask.uri, len(page.content), None, page.digest, arrival.seen_at, 0, 0)
        node = Node(ask.parent, arrival.state, done)
        links = [link for link in listing.links if link.is_listing or ask.source.takes(link.url)]
        node.pending += len(links)
        traffic = self._options.traffic
        traffic.listings += 1
        traffic.links += len(listing.links)
        traffic.links_left_out += len(listing.links) - len(links)
        asks = [Ask(link.url, ask.source, node, link.is_listing, True, link.modified) for link in links]
        await self._frontier.add(await with_known(asks, self._options))
        await self._frontier.settle(node)

    async def _refused(
        self, ask: Ask, host: Host, known: HttpState | None, answer: Answer, reason: Reason, detail: str
    ) -> None:
        """The server answered, but not with a page."""
        options = self._options
        if answer.status not in PASSING_STATUS:
            state = state_of(ask.uri, answer, None, options.now())
            reject = Reject(ask.uri, "fetch", reason, detail, attempts=ask.attempt)
            await self._frontier.stop(ask, reject, *self._frontier.remember(state))
            return
        wait_s = wait_of(answer, options)
        if wait_s:
            detail += f", asks to come back in {wait_s:.0f} s"
        if ask.attempt < options.attempts and wait_s <= options.max_retry_after_s:
            wait_s = max(wait_s, options.backoff_s * 2 ** (ask.attempt - 1))
            self._frontier.again(ask, host, wait_s)
        else:
            await self._fail(ask, known, reason, detail, answer.status)

    async def _leave_alone(self, ask: Ask, told: HostLeftAlone) -> None:
        """Leave a page to a later run. Of a host that told an earlier run so, the first page is named for all."""
        traffic = self._options.traffic
        (traffic.silent if told.is_silent else traffic.left_alone)[told.host] = told.until
        traffic.pages_left_alone += 1
        is_first = told.host not in self._left_alone or (told.is_silent and not ask.is_child)
        self._left_alone.add(told.host)
        await self._later(ask, told.reason, told.detail, told.is_news or is_first)

    async def _give_up(self, ask: Ask, host: Host) -> None:
        """Leave a page of a silent host to a later run. Of one that was silent before, the first is named for all."""
        is_first = host.name not in self._left_alone or not ask.is_child
        self._left_alone.add(host.name)
        is_news = host.name not in self._options.silences or ask.attempt > 1
        await self._later(ask, Reason.NETWORK, host.silence.not_asked(), is_news or is_first)

    async def _later(self, ask: Ask, reason: Reason, detail: str, is_named: bool) -> None:
        if is_named:
            await self._emit([Reject(ask.uri, "fetch", reason, detail, attempts=ask.attempt - 1)])
        await self._frontier.settle(ask.parent, is_complete=False)

    async def _fail(
        self, ask: Ask, known: HttpState | None, reason: Reason, detail: str, status: int
    ) -> None:
        """Give up for this run; the next one tries again."""
        runs = (known.failures if known else 0) + 1
        digest, read_at = (known.content_sha256, known.read_at) if known else (None, None)
        state = HttpState(ask.uri, None, None, status, digest, self._options.now(), runs, read_at)
        tried = f"{ask.attempt} attempt{'s' if ask.attempt > 1 else ''}"
        detail = f"{detail} ({tried}{f', no page in {runs} runs' if runs > 1 else ''})"
        reject = Reject(ask.uri, "fetch", reason, detail, attempts=ask.attempt)
        await self._emit([reject, *self._frontier.remember(state)])
        await self._frontier.settle(ask.parent, is_complete=False)
