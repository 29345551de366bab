"""What earlier runs know about a URL, and so whether to request it, conditionally or not at all.

A page that fails temporarily is requested again in each of the next runs; after five such runs once per
recheck time of its source, then at twice that interval, and so on up to 30 days. A success resets all of
that. A source itself is requested in every run.

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
"""Runs in a row without a page after which a link of a listing is not asked for in each run any more."""
LONGEST_PAUSE = timedelta(days=30)
DATED = timedelta(days=1)
"""A listing that dates a change to the day says nothing about the hours of that day, nor about zones."""


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


def has_failed(known: HttpState) -> bool:
    """Say whether the last answer was none, or one that may be another the next time."""
    return known.status == 0 or known.status in PASSING_STATUS


def is_fresh(ask: Ask, known: HttpState, now: datetime) -> bool:
    """Say whether a link of a listing need not be asked for in this run."""
    recheck = timedelta(hours=ask.source.recheck_hours)
    if ask.modified and ask.modified > known.fetched_at:
        return False
    if has_failed(known):
        return now < known.fetched_at + pause_after(known.failures, recheck)
    if ask.modified and ask.modified + DATED <= known.fetched_at:
        return True
    return now < known.fetched_at + recheck


def pause_after(failures: int, recheck: timedelta) -> timedelta:
    """Return how long a page that failed in so many runs in a row is left alone; a success begins anew.

    >>> [str(pause_after(runs, timedelta(hours=24))) for runs in (1, 4, 5, 6, 99)]
    ['0:00:00', '0:00:00', '1 day, 0:00:00', '2 days, 0:00:00', '30 days, 0:00:00']
    """
    if failures < GIVE_UP_RUNS:
        return timedelta(0)
    doubled: timedelta = recheck * 2 ** min(failures - GIVE_UP_RUNS, 20)
    return max(recheck, min(doubled, LONGEST_PAUSE))


def is_due(ask: Ask, known: HttpState, now: datetime) -> bool:
    """Say whether what a listing leads to has not been looked at for its recheck time."""
    return now >= (known.read_at or known.fetched_at) + timedelta(hours=ask.source.recheck_hours)


def as_before(known: HttpState, status: int, at: datetime, new: HttpState | None = None) -> HttpState:
    """Return what to remember of an address whose content is what was read before."""
    read_at = known.read_at or known.fetched_at
    return (new or known)._replace(status=status, fetched_at=at, failures=0, read_at=read_at)


def validators(known: HttpState | None) -> dict[str, str]:
    """Return the headers that ask for news only; none after a failure."""
    if known is None or known.status not in (200, 304):
        return {}
    pairs = (("If-None-Match", known.etag), ("If-Modified-Since", known.last_modified))
    return {name: value for name, value in pairs if value}
