"""Questions that take too long: Ctrl-C ends them, whatever DuckDB is busy with."""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator

import duckdb
import pytest

from flows import interrupt
from flows.commands import sql  # noqa: F401 - imported before it is interrupted
from flows.commands.shell import shell
from warehouse.readers import close_reader

ENDLESS = "select sum(a.range * b.range) from range(10000000) a, range(10000000) b"
"""One task of DuckDB, which looks for a stop only when it is told so."""


@pytest.fixture
def press_ctrl_c() -> Iterator[Callable[[], None]]:
    """Press Ctrl-C half a second after it is called, heard as the command line hears it."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    interrupt.listen()
    timer = threading.Timer(0.5, os.kill, (os.getpid(), signal.SIGINT))
    yield timer.start
    timer.join()
    interrupt.forget()
    for number, handler in before.items():
        signal.signal(number, handler)


def test_a_connection_closes_at_once(press_ctrl_c: Callable[[], None]) -> None:
    """The command is over with it, and does not wait for the end of a query that nobody wants."""
    con = duckdb.connect()
    started = time.monotonic()
    press_ctrl_c()
    with pytest.raises((KeyboardInterrupt, RuntimeError)):
        con.execute(ENDLESS)
    close_reader(con)

    assert time.monotonic() - started < 5
    assert interrupt.asked()


def test_a_shell_goes_on(
    press_ctrl_c: Callable[[], None], monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """Ctrl-C at a terminal is meant for the question; the next one is answered."""
    lines = iter([f"{ENDLESS};", "select 42 as answer;", ".quit"])
    monkeypatch.setattr("builtins.input", lambda _: next(lines))
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    con = duckdb.connect()
    press_ctrl_c()
    code = shell(con, "csv")
    close_reader(con)
    sys.stdout.flush()
    said = capfd.readouterr()

    assert code == 0
    assert "answer\n42" in said.out
    assert "interrupted" in said.err
    assert not interrupt.asked()
