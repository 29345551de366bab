"""Tests of flows/interrupt.py."""

import logging
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
