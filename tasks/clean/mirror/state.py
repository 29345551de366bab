"""state: one way to read a line, as far as the search has come.

Adds     State and Run, and how they grow
"""

from typing import NamedTuple, Optional

from tasks.clean.mirror.score import Read


class Run(NamedTuple):
    """A repaired run: span in the shown line, its true text, positions in it where a character is lost."""

    start: int
    end: int
    text: str
    lost: tuple[int, ...]


Runs = Optional[tuple[Run, "Runs"]]  # noqa: UP045, a string cannot stand beside ``|``
"""Runs, newest first, as a linked list."""


class State(NamedTuple):
    """One way to read the line so far.

    read: the true text as it is judged; half: first byte of a character begun, 0 when in step;
    last: code of the last true character; opened: open brackets; open: the run being read, or None;
    runs: runs read.
    """

    read: Read
    half: int
    last: int
    opened: str
    open: Run | None
    runs: Runs


def lose(state: State, end: int) -> State:
    """Return the state in step again, with a lost ASCII character at the end of the run."""
    run = state.open or Run(end, end, "", ())
    closed = run._replace(end=end, lost=(*run.lost, len(run.text)))
    return state._replace(half=0, open=None, runs=(closed, state.runs))


def plus(read: Read, cost: float) -> Read:
    """Return a text that costs ``cost`` more."""
    a, b, c, d, points, begins, end = read
    return Read(a + cost, b + cost, c + cost, d + cost, points, begins, end)
