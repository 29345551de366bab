"""Hosts that are not asked now: they asked for that, in this run or in an earlier one, or were silent.

Reads    answers with ``Retry-After``; what earlier runs were told; hosts that did not answer them
Adds     Pause, for the next runs
Source   RFC 9110, 10.2.3; RFC 6585, 4 (429)
"""

from datetime import datetime, timedelta

from tasks.china_time import CHINA
from tasks.fetch.answers import PASSING_STATUS
from tasks.fetch.client import Answer, NoAnswer
from tasks.fetch.options import FetchOptions, Pause
from tasks.fetch.politeness import retry_after_s
from tasks.fetch.silence import LONGEST
from tasks.reasons import Reason

LONGEST_PAUSE = timedelta(days=7)
"""What a host may ask for: a slip of its owner (milliseconds, a date of next year) must not close it for good."""


class HostLeftAlone(NoAnswer):
    """A host is not asked now. is_news: this run was told so; else an earlier one was. is_silent: it did not answer."""

    def __init__(self, host: str, until: datetime, is_news: bool, is_silent: bool = False) -> None:
        why = "did not answer and is left alone" if is_silent else "asked to be left alone"
        detail = f"{host} {why} until {until.astimezone(CHINA):%Y-%m-%d %H:%M} (UTC+8)"
        super().__init__(Reason.LEFT_ALONE, detail, passing=True)
        self.host = host
        self.until = until
        self.is_news = is_news
        self.is_silent = is_silent


class LeftAlone:
    """The hosts of one run. A run that a person asked for begins without those of earlier runs."""

    def __init__(self, options: FetchOptions) -> None:
        self._options = options
        now = options.now()  # a time too late was noted by a clock that was wrong
        told = {} if options.ask_now else options.pauses
        silent = {} if options.ask_now else options.silences
        self._until = {host: until for host, until in told.items() if until <= now + LONGEST_PAUSE}
        self._silent = {host: until for host, (_, until) in silent.items() if now < until <= now + LONGEST}
        self._news: set[str] = set()

    def check(self, host: str) -> None:
        """Raise ``HostLeftAlone`` when a host may not be asked now."""
        until = self._until.get(host)
        if until is not None and self._options.now() < until:
            raise HostLeftAlone(host, until, host in self._news)
        if host in self._silent:
            raise HostLeftAlone(host, self._silent[host], False, is_silent=True)

    def heed(self, answer: Answer, host: str) -> tuple[float, Pause | None]:
        """Return the seconds to wait before the host is asked again, and a pause when that is too long for a run."""
        wait_s = wait_of(answer, self._options)
        if wait_s <= self._options.max_retry_after_s:
            return wait_s, None
        now = self._options.now()
        until = now + min(timedelta(seconds=wait_s), LONGEST_PAUSE)
        self._until[host] = until
        self._news.add(host)
        self._options.traffic.left_alone[host] = until
        return 0.0, Pause(host, answer.url, answer.status, now, until)


def wait_of(answer: Answer, options: FetchOptions) -> float:
    """Return the seconds that an answer asks for, 0 when it does not."""
    if answer.status not in PASSING_STATUS:
        return 0.0
    return retry_after_s(answer.headers.get("retry-after"), options.now().timestamp()) or 0.0
