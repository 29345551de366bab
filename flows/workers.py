"""workers: the processes that do the CPU-bound steps.

A Prefect task runs in a thread of the flow's process and hands its batch to a worker process.
The workers import ``tasks`` and the search index (not Prefect), and are started by a fork server,
because forking a process that has threads is unsafe; what it has loaded they share. A worker that
dies takes its pool with it (``BrokenProcessPool``); the pool is made anew and the caller may try again.
"""

import contextlib
import multiprocessing
import multiprocessing.forkserver
import multiprocessing.resource_tracker
import os
import signal
import sys
import threading
from collections.abc import Callable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import ParamSpec, TypeVar

from flows import interrupt
from flows.errors import CommandError
from tasks.errors import TransientError

ENDING_S = 5.0
"""Seconds a worker may take to end when it is told to."""
P = ParamSpec("P")
T = TypeVar("T")


class WorkerDied(TransientError):
    """A worker process ended while it worked: killed, out of memory, or a crash in a library."""


def _start_worker() -> None:
    # Ctrl-C reaches the whole group; the flow's process decides, workers finish or are ended by it
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_flow, name="end-with-flow", daemon=True).start()


def _start_fork_server() -> None:
    """Start the fork server with SIGINT blocked, which its workers inherit.

    Until ``_start_worker`` runs they import, and a Ctrl-C in that time would be a traceback of each.
    Raises ``CommandError`` where this user may not start Python: another user's environment, say.
    """
    if not os.access(sys.executable, os.X_OK):
        raise CommandError(
            f"No worker process can be started: this user may not execute {os.path.realpath(sys.executable)}. Nothing "
            "was loaded. Use an environment of your own (WENCANG_VENV=DIR deploy/wencang …), or grant access to that one."
        )
    multiprocessing.resource_tracker.ensure_running()  # first: it unblocks SIGINT when it has started
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        multiprocessing.forkserver.ensure_running()
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _end_with_flow() -> None:
    """End when the flow's process is gone: a pool does not notice, and would wait for work for ever.

    Whoever started the flow waits for the end of its output, which a worker holds open.
    """
    flow = multiprocessing.parent_process()
    if flow is not None:
        flow.join()
        os._exit(1)


class WorkerPool:
    """A pool of worker processes that survives the death of its workers."""

    def __init__(self, workers: int, timeout_s: float | None = None) -> None:
        self.workers = workers
        self.timeout_s = timeout_s
        self._guard = threading.Lock()
        self._pool: ProcessPoolExecutor | None = None

    def _current(self) -> ProcessPoolExecutor:
        with self._guard:
            if self._pool is None:
                method = "forkserver" if "forkserver" in multiprocessing.get_all_start_methods() else "spawn"
                context = multiprocessing.get_context(method)
                if method == "forkserver":
                    multiprocessing.set_forkserver_preload(["flows.preloaded"])
                    _start_fork_server()
                self._pool = ProcessPoolExecutor(self.workers, mp_context=context, initializer=_start_worker)
            return self._pool

    def start(self, function: Callable[[], object]) -> None:
        """Run ``function`` in a worker without waiting; how it ends is nobody's concern."""
        with contextlib.suppress(BrokenProcessPool):
            _submit(self._current(), function)

    def run(self, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run ``function`` in a worker and wait.

        Raises ``WorkerDied`` when its process ended, or was ended because it took longer than ``timeout_s``.
        """
        pool = self._current()
        call: Future[T] | None = None
        try:
            call = _submit(pool, function, *args, **kwargs)
            return call.result(self.timeout_s)
        except TimeoutError as error:
            if call is None or call.done():
                raise  # the function's own
            self._kill(pool)
            raise WorkerDied(f"a worker was ended: it took more than {self.timeout_s:.0f} s") from error
        except BrokenProcessPool as error:
            with self._guard:
                if self._pool is pool:
                    pool.shutdown(wait=False, cancel_futures=True)
                    self._pool = None
            raise WorkerDied("a worker process ended while it worked on this batch") from error

    def _kill(self, pool: ProcessPoolExecutor) -> None:
        """End the processes of a pool of which one hangs; the calls of the others are made again."""
        with self._guard:
            if self._pool is pool:
                self._pool = None
        for process in list((pool._processes or {}).values()):
            process.kill()
        pool.shutdown(wait=False, cancel_futures=True)

    def close(self) -> None:
        """Stop the workers; what they were doing is given up."""
        with self._guard:
            pool, self._pool = self._pool, None
        if pool is not None:
            processes = list((pool._processes or {}).values())
            pool.shutdown(wait=False, cancel_futures=True)
            for process in processes:
                process.terminate()
            for process in processes:
                # one that is still starting asks for locks that end with this process
                process.join(ENDING_S)


def _submit(
    pool: ProcessPoolExecutor, function: Callable[P, T], *args: P.args, **kwargs: P.kwargs
) -> Future[T]:
    """Hand a call to a pool; a fork server that was killed breaks it like a worker that was."""
    try:
        return pool.submit(function, *args, **kwargs)
    except (EOFError, ConnectionError) as error:
        raise BrokenProcessPool("the process that starts workers has ended") from error


_shared: WorkerPool | None = None


def open_pool(workers: int, timeout_s: float | None = None) -> WorkerPool:
    """Make the pool that ``run_in_worker`` uses in this process; close it when the run ends.

    Its processes start, and load what they need, while something else is waited for. One of this size
    that is open is taken as it is.
    """
    global _shared
    if _shared is None or _shared.workers != workers:
        close_pool()
        _shared = WorkerPool(workers)
        with interrupt.held_back():
            for _ in range(workers):
                _shared.start(_load_steps)
    _shared.timeout_s = timeout_s
    return _shared


def _load_steps() -> None:
    """Load, in a worker, what its first document would load, where no fork server has done so."""
    import flows.preloaded  # noqa: F401


def close_pool() -> None:
    """Stop the pool of this process, if there is one."""
    global _shared
    pool, _shared = _shared, None
    if pool is not None:
        pool.close()


def run_in_worker(function: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
    """Run in this process's pool; without one (inside a Dask worker) run here."""
    pool = _shared
    return function(*args, **kwargs) if pool is None else pool.run(function, *args, **kwargs)
