"""The crawl runs in a thread of its own, beside the pipeline, which reads its answers here.

A bounded number of answers waits between the two, so that neither gets far ahead of the other.
"""

import asyncio
import queue
import threading
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

from tasks.discover import Input
from tasks.fetch.crawl import Crawl
from tasks.fetch.options import Event, FetchOptions

WAITING_ANSWERS = 64
"""Answers that wait to be read before the crawl waits: bounds memory to so many pages."""
LOOKUPS = 32
"""Names looked up at one time."""
CLOSING_S = 5.0
"""Longest wait for bodies to be closed at the end."""


class _End:
    """The crawl is over; error: what broke it, if anything did."""

    def __init__(self, error: BaseException | None) -> None:
        self.error = error


def read_urls(inputs: Iterable[Input], options: FetchOptions) -> Iterator[Event]:
    """Yield what comes of the URLs, in the order in which it comes. Stops the crawl when closed early."""
    with _Beside(list(inputs), options) as answers:
        for events in answers:
            yield from events


class _Beside:
    def __init__(self, inputs: list[Input], options: FetchOptions) -> None:
        self._inputs = inputs
        self._options = options
        self._answers: queue.SimpleQueue[Iterable[Event] | _End] = queue.SimpleQueue()
        self._loop = asyncio.new_event_loop()
        self._room = asyncio.Semaphore(WAITING_ANSWERS)
        self._thread = threading.Thread(target=self._run, name="crawl", daemon=True)
        self._crawl: asyncio.Task[None] | None = None

    def __enter__(self) -> "_Beside":
        self._crawl = self._loop.create_task(Crawl(self._options, self._emit).run(self._inputs))
        self._thread.start()
        return self

    def __iter__(self) -> Iterator[Iterable[Event]]:
        while not isinstance(events := self._answers.get(), _End):
            self._in_loop(self._room.release)
            yield events
        if events.error is not None:
            raise events.error

    def __exit__(self, *_: object) -> None:
        assert self._crawl is not None
        self._in_loop(self._crawl.cancel)
        self._thread.join()

    def _in_loop(self, call: Callable[[], object]) -> None:
        with suppress(RuntimeError):  # the loop is closed: the crawl has ended by itself
            self._loop.call_soon_threadsafe(call)

    async def _emit(self, events: Iterable[Event]) -> None:
        await self._room.acquire()
        self._answers.put(events)

    def _run(self) -> None:
        error: BaseException | None = None
        # name servers may keep silent for long; those of one name must not stop the others
        self._loop.set_default_executor(ThreadPoolExecutor(LOOKUPS, "names"))
        try:
            assert self._crawl is not None
            self._loop.run_until_complete(self._crawl)
        except asyncio.CancelledError:
            pass
        except BaseException as raised:  # noqa: BLE001 - handed to the reader, who raises it
            error = raised
        finally:
            self._answers.put(_End(error))
            self._loop.run_until_complete(_end_generators())
            self._loop.close()


async def _end_generators() -> None:
    """Let bodies that were not read to their end be closed: each is by a task of its own, made in the next round."""
    await asyncio.sleep(0)
    closing = asyncio.all_tasks() - {asyncio.current_task()}
    if closing:
        await asyncio.wait(closing, timeout=CLOSING_S)
    await asyncio.get_running_loop().shutdown_asyncgens()
