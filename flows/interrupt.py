"""interrupt: Ctrl-C and SIGTERM, told apart from failures.

A library that is interrupted in the middle may turn the signal into an error of its own (DuckDB
raises ``RuntimeError: Query interrupted``), so that it looks as if the work had failed. The
handler therefore notes the signal before it raises. In a process of Prefect's runner, where the
handler is Prefect's own, it is noted before that is called.
"""

import logging
import signal
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType

_asked = threading.Event()
_held_back = threading.Event()


def _note(_number: int, _frame: FrameType | None) -> None:
    _asked.set()
    if not _held_back.is_set():
        raise KeyboardInterrupt


@contextmanager
def held_back() -> Iterator[None]:
    """Let a stop wait until the block has ended: what it starts would else be known to nobody."""
    _held_back.set()
    try:
        yield
    finally:
        _held_back.clear()
    if _asked.is_set():
        raise KeyboardInterrupt


def listen() -> None:
    """Treat SIGTERM like Ctrl-C, and remember either. Call from the main thread."""
    _asked.clear()
    signal.signal(signal.SIGINT, _note)
    signal.signal(signal.SIGTERM, _note)


def forget() -> None:
    """Go on after a Ctrl-C that was meant for one question of several."""
    _asked.clear()


def listen_too() -> None:
    """Remember a stop where somebody else treats it: in a run that Prefect's runner started."""
    if threading.current_thread() is not threading.main_thread():
        return
    for number in (signal.SIGINT, signal.SIGTERM):
        theirs = signal.getsignal(number)
        if callable(theirs):
            signal.signal(number, _noted_before(theirs))


def _noted_before(
    theirs: Callable[[int, FrameType | None], object],
) -> Callable[[int, FrameType | None], object]:
    def note(number: int, frame: FrameType | None) -> object:
        _asked.set()
        return theirs(number, frame)

    return note


def asked(error: BaseException | None = None) -> bool:
    """Say whether the process was asked to stop, or ``error`` came of that."""
    return _asked.is_set() or _of_a_signal(error)


def _of_a_signal(error: BaseException | None) -> bool:
    """Look back from an error to what it was raised in the place of.

    KeyboardInterrupt and Prefect's TerminationSignal are no ``Exception``, failures are.
    """
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        if not isinstance(error, Exception):
            return True
        seen.add(id(error))
        error = error.__cause__ or error.__context__
    return False


def hide_from_console() -> None:
    """Keep what comes of a stop off the console; Prefect's server still gets it.

    Once a stop is asked for, tasks are broken off in the middle and fail in every possible way.
    """
    for logger in (logging.getLogger(), logging.getLogger("prefect")):
        for handler in logger.handlers:
            if isinstance(handler, logging.StreamHandler):
                handler.addFilter(_is_no_stop)


def _is_no_stop(record: logging.LogRecord) -> bool:
    return not asked(record.exc_info[1] if record.exc_info else None)
