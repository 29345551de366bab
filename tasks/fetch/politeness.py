"""How often a host gets requests: a delay between them, few at a time, and none while it asks for a pause."""

import asyncio
import email.utils
import time
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

Sleep = Callable[[float], Awaitable[None]]


class HostGate:
    """The way to one host.

    delay_s: between the starts of two requests, and after the end of each, so that what was slow
    on its way does not reach the host together with the next.
    """

    def __init__(
        self,
        delay_s: float,
        connections: int,
        now: Callable[[], float] = time.monotonic,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self.delay_s = delay_s
        self._free = asyncio.Semaphore(connections)
        self._next_at = 0.0
        self._now = now
        self._sleep = sleep

    @asynccontextmanager
    async def turn(self) -> AsyncIterator[None]:
        """Wait for one's turn; the host counts as busy until the block ends."""
        async with self._free:
            while (wait_s := self._next_at - self._now()) > 0:
                await self._sleep(wait_s)
            self.pause(self.delay_s)
            try:
                yield
            finally:
                self.pause(self.delay_s)

    def pause(self, seconds: float) -> None:
        """Ask nothing for so long."""
        self._next_at = max(self._next_at, self._now() + seconds)


def retry_after_s(value: str | None, now: float | None = None) -> float | None:
    """Return the seconds of a ``Retry-After`` header (RFC 9110, 10.2.3): a number or a date.

    >>> retry_after_s("120"), retry_after_s("soon")
    (120.0, None)
    """
    if not value:
        return None
    if value.strip().isdigit():
        return float(value.strip()[:9])
    try:
        date = email.utils.parsedate_to_datetime(value)
    except (ValueError, TypeError, IndexError):
        return None
    return max(0.0, date.timestamp() - (time.time() if now is None else now))
