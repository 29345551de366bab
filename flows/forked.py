"""forked: a child process that goes on from here, with what is imported already.

Only on Linux, where libraries with threads of their own (numpy, pyarrow, duckdb) keep their locks in
order across a fork, and only without threads of Python. The child is to leave those libraries alone.
"""

import contextlib
import ctypes
import gc
import os
import signal
import sys
import threading
import time
import traceback
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

_PR_SET_PDEATHSIG = 1


def die_with_parent() -> None:
    """Have the kernel end this process when its parent dies (Linux; elsewhere it is left running)."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


@contextmanager
def without_collection() -> Iterator[None]:
    """Put off garbage collection while thousands of classes are made that all stay: a tenth of their time."""
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        gc.enable()


def can_fork() -> bool:
    """Say whether this process can be forked: Linux, and no thread of Python but this one."""
    return sys.platform == "linux" and threading.active_count() == 1


class ForkedProcess:
    """A child, with the methods of ``subprocess.Popen`` that are needed to end it."""

    def __init__(self, function: Callable[[], None], log: Path, keep: int) -> None:
        """Start ``function`` in a child of its own session. log: gets what it prints; keep: descriptor it needs.

        Of the other open files, its caller's pipes among them, the child holds none.
        """
        sys.stdout.flush()
        sys.stderr.flush()
        self._code: int | None = None
        parent = os.getpid()
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", DeprecationWarning)  # of threads that libraries started
            self.pid = os.fork()
        if self.pid == 0:
            code = 1
            try:
                _become_a_child(parent, log, keep)
                function()
                code = 0
            except BaseException:  # noqa: BLE001 - nothing of the parent may run on in the child
                traceback.print_exc()
            finally:
                sys.stderr.flush()
                os._exit(code)

    def poll(self) -> int | None:
        """Return the exit code, ``None`` while it runs."""
        if self._code is None:
            try:
                pid, status = os.waitpid(self.pid, os.WNOHANG)
            except ChildProcessError:
                self._code = 0  # somebody else waited for it
                return self._code
            if pid:
                self._code = os.waitstatus_to_exitcode(status)
        return self._code

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end, for ever unless a time in seconds is given; raises ``TimeoutError``."""
        ends = None if timeout is None else time.monotonic() + timeout
        while (code := self.poll()) is None:
            if ends is not None and time.monotonic() > ends:
                raise TimeoutError
            time.sleep(0.01)
        return code

    def terminate(self) -> None:
        """Ask it to end."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        if self.poll() is None:
            os.kill(self.pid, signal.SIGKILL)


def _become_a_child(parent: int, log: Path, keep: int) -> None:
    gc.freeze()  # a collection would look at, and so copy, every page that is shared with the parent
    die_with_parent()
    if os.getppid() != parent:
        os._exit(1)
    os.setsid()
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    messages = os.open(log, os.O_WRONLY | os.O_APPEND | os.O_CREAT, 0o644)
    nothing = os.open(os.devnull, os.O_RDONLY)
    os.dup2(nothing, 0)
    os.dup2(messages, 1)
    os.dup2(messages, 2)
    sys.stdout = sys.stderr = open(2, "w", buffering=1, closefd=False)  # noqa: SIM115 - for as long as it lives
    for descriptor in map(int, os.listdir("/proc/self/fd")):
        if descriptor > 2 and descriptor != keep:
            with contextlib.suppress(OSError):
                os.close(descriptor)
