"""What earlier runs know of a URL, and what follows: ask, ask for news only, or not at all.

Source   RFC 9110, 13.1 (conditional requests)
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta

from tasks.fetch.answers import PASSING_STATUS
from tasks.fetch.frontier import Ask
from tasks.fetch.options import FetchOptions, HttpState

LOOKUP_URLS = 500
"""URLs looked up together."""
GIVE_UP_RUNS = 5
"""Runs in a row without a page after which a URL is not asked again before its recheck time."""


async def with_known(asks: list[Ask], options: FetchOptions) -> list[Ask]:
    """Fill in what earlier runs recorded; the lookup may wait for a disk, so it has a thread."""
    for start in range(0, len(asks) if options.remembers else 0, LOOKUP_URLS):
        part = asks[start : start + LOOKUP_URLS]
        found = await asyncio.to_thread(_look_up, [ask.uri for ask in part], options)
        for ask in part:
            ask.known = found.get(ask.uri)
    return asks


def _look_up(uris: Sequence[str], options: FetchOptions) -> Mapping[str, HttpState | None]:
    if options.http_states is not None:
        return options.http_states(uris)
    return {uri: options.http_state(uri) for uri in uris} if options.http_state is not None else {}


def is_fresh(ask: Ask, known: HttpState, now: datetime) -> bool:
    """Say whether a link of a listing need not be asked for in this run."""
    if ask.modified and ask.modified > known.fetched_at:
        return False
    failed = known.status == 0 or known.status in PASSING_STATUS
    if failed and known.failures < GIVE_UP_RUNS:
        return False
    return now - known.fetched_at < timedelta(hours=ask.source.recheck_hours)


def validators(known: HttpState | None) -> dict[str, str]:
    """Return the headers that ask for news only; none after a failure."""
    if known is None or known.status not in (200, 304):
        return {}
    pairs = (("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified))
    return {name: value for name, value in pairs if value}
