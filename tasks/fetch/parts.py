"""The further parts of an article: asked for as its first page was, with what is missing said.

Reads    the URL of a part
Adds     Page
Rejects  each part that cannot be had; one that may be had later leaves the article unfinished
"""

import asyncio

from tasks.fetch.address import Refused, checked_url
from tasks.fetch.answers import PASSING_STATUS, Page, problem_of, read_page
from tasks.fetch.asking import AlreadyAsked, Asker, HostLeftAlone
from tasks.fetch.client import NoAnswer
from tasks.fetch.frontier import Ask, Frontier
from tasks.fetch.options import FetchOptions
from tasks.fetch.streams import BrokenStream
from tasks.reasons import Reason, Reject

JOINT_BYTES = 100
"""What stands between two parts, at most, beside the address."""


class PartReader:
    """Reads the parts of one article.

    first: its first page; is_complete: no part is missing that the next run may get.
    """

    def __init__(
        self, ask: Ask, first: Page, asker: Asker, frontier: Frontier, options: FetchOptions
    ) -> None:
        self._uri = ask.uri
        self._source = ask.source
        self._asker = asker
        self._frontier = frontier
        self._options = options
        self._left_bytes = options.max_document_bytes - len(first.content)
        self.rejects: list[Reject] = []
        self.is_complete = True

    async def read(self, url: str) -> Page | None:
        """Return a part, ``None`` when there is none to be had."""
        for attempt in range(1, self._options.attempts + 1):
            try:
                return await self._ask(url, is_first=attempt == 1)
            except AlreadyAsked:
                return None
            except Refused as refused:
                missing = NoAnswer(Reason.REFUSED, str(refused), passing=False)
            except BrokenStream as broken:
                missing = NoAnswer(broken.reason, broken.detail, passing=False)
            except NoAnswer as error:
                missing = error
            is_over = not missing.passing or isinstance(missing, HostLeftAlone)
            if is_over or attempt == self._options.attempts:
                self._note(url, missing, attempt)
                return None
            await asyncio.sleep(self._options.backoff_s * 2 ** (attempt - 1))
        return None

    def _note(self, url: str, missing: NoAnswer, attempts: int) -> None:
        """The reject stands at the article, so that it is cured with it."""
        self.is_complete = not missing.passing
        detail = f"a part of the article: {missing.detail}"
        place = f"{self._uri}#part={url}"
        self.rejects.append(Reject(place, "fetch", missing.reason, detail, attempts=attempts))

    async def _ask(self, url: str, is_first: bool) -> Page | None:
        checked = checked_url(url)
        if is_first and not self._frontier.claim(str(checked)):
            raise AlreadyAsked(url)
        limit = self._options.max_response_bytes
        answer = await self._asker.ask(checked, self._source, {}, self._frontier.claim, limit)
        with answer.body:
            problem = problem_of(answer.status, answer.headers.get("content-type", ""))
            if problem:
                raise NoAnswer(*problem, passing=answer.status in PASSING_STATUS)
            page = read_page(answer, self._options, min(limit, max(0, self._left_bytes)))
        self._left_bytes -= len(page.content) + len(url) + JOINT_BYTES if page else 0
        return page
