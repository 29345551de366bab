"""Hosts that do not answer: given up for the rest of a run, and asked more seldom by the next runs.

Reads    how each request of a host ended; since when and until when earlier runs left it alone
Adds     Pause of status 0 for a host that was silent; one that ends at once when it answers again
Rejects  nothing itself: says which page of such a host is named

A host is given up when several of its URLs in a row got no answer in all their attempts. Before that, once
as many requests in a row got none, it is in doubt: what failed is tried again before the rest is asked for,
in turns with pages from the other end of its queue, as a section of a site may be down alone.

The run after that asks it again as ever, but one URL is enough to give it up. From then on it is left alone
for as long as ``next_pause`` says: a host that is gone costs each hour one URL, and one that comes back is
found within the hour. Its first answer sets that back.

Source   RFC 9110, 15.6.4 (503: overloaded, or maintained); RFC 6585, 4 (429)
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tasks.fetch.options import Pause

TOO_BUSY = frozenset((429, 503))
"""Statuses by which a host says that it does not serve anybody, or not us, for now: no answer that counts."""
SHORTEST, LONGEST = timedelta(minutes=5), timedelta(hours=1)
"""Of the pauses of a silent host, but for the first, which is none. An hour: to ask again costs minutes at most,
and what comes back must not wait for a day."""


@dataclass(slots=True)
class Silence:
    """How one host answers in one run. limit: URLs in a row without an answer after which it is given up.

    unanswered: requests in a row; urls: URLs in a row, in all attempts; answers: those that count; uri: the last
    one that was asked for; status: of the last answer, 0 before the first; why: what came instead of one.
    """

    limit: int
    unanswered: int = 0
    urls: int = 0
    answers: int = 0
    uri: str = ""
    status: int = 0
    why: str = ""

    @property
    def is_given_up(self) -> bool:
        """Whether the host is not asked any more."""
        return self.urls >= self.limit

    @property
    def is_in_doubt(self) -> bool:
        """Whether what failed goes before what is new."""
        return self.unanswered >= self.limit

    @property
    def is_silent(self) -> bool:
        """Whether the next run should know of it: not one answer that counts, by so many URLs or by all there were."""
        return not self.answers and (self.is_given_up or (self.urls > 0 and not self.status))

    def heard(self, uri: str, status: int, is_last: bool) -> None:
        """Note an answer; one that says no more than that the host is too busy does not count."""
        self.uri, self.status = uri, status
        if status in TOO_BUSY:
            self.failed(uri, f"HTTP {status}", is_last)
        else:
            self.unanswered = self.urls = 0
            self.answers += 1

    def failed(self, uri: str, why: str, is_last: bool) -> None:
        """Note a request without one. is_last: it was the last attempt."""
        self.uri, self.why = uri, why
        self.unanswered += 1
        self.urls += is_last

    def not_asked(self) -> str:
        """Say why a page of a host that was given up was not asked for."""
        return f"its host does not answer ({self.why[:100]}): not asked in this run"


def next_pause(before: timedelta | None) -> timedelta:
    """Return how long a silent host is left alone. before: the same of the last run that found it so.

    >>> pauses = [next_pause(None)]
    >>> while len(pauses) < 7:
    ...     pauses.append(next_pause(pauses[-1]))
    >>> [each.seconds // 60 for each in pauses]
    [0, 5, 10, 20, 40, 60, 60]
    """
    return timedelta(0) if before is None else min(max(2 * before, SHORTEST), LONGEST)


def pause_of(
    host: str, silence: Silence, known: tuple[datetime, datetime] | None, now: datetime
) -> Pause | None:
    """Return what the next runs should know of a host. known: since when and until when it was left alone."""
    if silence.is_silent:
        until = now + next_pause(None if known is None else known[1] - known[0])
        return Pause(host, silence.uri, 0, now, until)
    if known is not None and silence.status:
        return Pause(host, silence.uri, silence.status, now, now)
    return None
