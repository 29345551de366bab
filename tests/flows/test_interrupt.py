"""Tests of flows/interrupt.py."""

import logging
import signal
from collections.abc import Iterator
from io import StringIO

import pytest
from prefect.exceptions import TerminationSignal

from flows import interrupt

FAILURE = ValueError("an ordinary failure")


def raised(during: BaseException, error: Exception) -> Exception:
    """Return ``error`` as it comes out of a library, raised while ``during`` was handled."""
    error.__context__ = during
    return error


@pytest.fixture
def console() -> Iterator[StringIO]:
    """A console of the root logger, which hides what came of a stop."""
    text = StringIO()
    handler = logging.StreamHandler(text)
    root = logging.getLogger()
    before = [(each, list(each.filters)) for each in root.handlers]
    root.addHandler(handler)
    interrupt.hide_from_console()
    yield text
    root.removeHandler(handler)
    for each, filters in before:
        each.filters = filters


@pytest.mark.parametrize("signal", [KeyboardInterrupt(), TerminationSignal(signal=15)])
def test_an_error_made_of_a_stop_is_told_apart(signal: BaseException) -> None:
    """What a library makes of Ctrl-C or SIGTERM is a stop, whatever it is called."""
    assert interrupt.asked(raised(signal, RuntimeError("Query interrupted")))


def test_a_failure_is_no_stop() -> None:
    """A failure stays one, also one that came of another failure or of itself."""
    error = raised(FAILURE, RuntimeError("disk full"))
    error.__context__ = error
    assert not interrupt.asked(raised(FAILURE, RuntimeError("disk full")))
    assert not interrupt.asked(error)
    assert not interrupt.asked()


def test_the_console_shows_failures_and_no_stops(console: StringIO) -> None:
    """The traceback of a failure is printed, that of a stop is not."""
    log = logging.getLogger("wencang.test")
    log.error("stopped", exc_info=raised(TerminationSignal(signal=15), RuntimeError("Query interrupted")))
    log.error("failed", exc_info=raised(FAILURE, RuntimeError("disk full")))
    assert "stopped" not in console.getvalue()
    assert "failed" in console.getvalue()
    assert "disk full" in console.getvalue()


@pytest.fixture
def listening_too() -> Iterator[None]:
    """SIGTERM goes to the handler of a library, and is noted on its way; no stop is remembered afterwards."""
    before = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM)]

    def theirs(number: int, _frame: object) -> None:
        raise TerminationSignal(signal=number)

    signal.signal(signal.SIGTERM, theirs)
    interrupt.listen_too()
    yield
    interrupt.listen()
    for number, handler in before:
        signal.signal(number, handler)


def test_what_comes_of_a_stop_is_not_told(listening_too: None, console: StringIO) -> None:
    """The library's handler has the signal; what fails after it, in whatever way, is off the console."""
    log = logging.getLogger("wencang.test")
    log.error("before")
    with pytest.raises(TerminationSignal):
        signal.raise_signal(signal.SIGTERM)
    log.error("a file is not there any more")
    assert interrupt.asked()
    assert console.getvalue() == "before\n"


@pytest.fixture
def listening() -> Iterator[None]:
    """Ctrl-C and SIGTERM go to our handler, and no stop is remembered afterwards."""
    before = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM)]
    interrupt.listen()
    yield
    interrupt.listen()
    for number, handler in before:
        signal.signal(number, handler)


def stop_in_a_block(done: list[str]) -> None:
    """Be asked to stop in the middle of what must not be cut."""
    with interrupt.held_back():
        signal.raise_signal(signal.SIGINT)
        done.append("to its end")


def test_a_stop_waits_for_what_must_not_be_cut(listening: None) -> None:
    """Inside ``held_back`` a Ctrl-C is noted only; it is raised when the block has ended, and not lost."""
    done: list[str] = []
    with pytest.raises(KeyboardInterrupt):
        stop_in_a_block(done)
    assert done == ["to its end"]
    assert interrupt.asked()
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(signal.SIGINT)
