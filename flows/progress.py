"""progress: what a person sees on stderr while a run works.

On a terminal one line that is rewritten; elsewhere (cron, CI, a file) a line at most every ten
seconds, so that logs stay readable. Silent with ``--quiet``.
"""

import os
import sys
import time
from typing import TextIO

PLAIN_INTERVAL_S = 10.0
TERMINAL_INTERVAL_S = 0.2
WITHOUT_SIZE = 80
"""Columns of a terminal that does not say how wide it is."""
"""Between two lines of a log, and two states of a line on a terminal."""

BAR_CHARS = 20


def bar(share: float) -> str:
    """Return a share from 0 to 1 as a bar with its number.

    >>> bar(0.5)
    '[##########..........]  50 %'
    """
    full = int(share * BAR_CHARS)
    return f"[{'#' * full}{'.' * (BAR_CHARS - full)}] {share:>4.0%}".replace("%", " %")


class Progress:
    """Prints where a run is. Never the reason a run fails: a broken stderr is ignored."""

    def __init__(self, *, quiet: bool = False, stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stderr
        self._quiet = quiet
        self._terminal = self._stream.isatty()
        self._started = time.monotonic()
        self._last = 0.0
        self._width = 0

    def show(self, text: str, *, force: bool = False) -> None:
        """Show the current state; calls in quick succession are dropped unless forced."""
        now = time.monotonic()
        interval = TERMINAL_INTERVAL_S if self._terminal else PLAIN_INTERVAL_S
        if self._quiet or (not force and now - self._last < interval):
            return
        self._last = now
        if self._terminal:
            text = text[: self._columns() - 1]  # what wraps is not overwritten
            self._write("\r" + text.ljust(self._width))
            self._width = len(text)
        else:
            self._write(text + "\n")

    def say(self, text: str) -> None:
        """Print a line that stays."""
        if self._quiet:
            return
        self.clear()
        self._write(text + "\n")

    def clear(self) -> None:
        """Take the line that is rewritten off the terminal: what is printed next would stand behind it."""
        if self._width:
            self._write("\r" + " " * self._width + "\r")
            self._width = 0

    def elapsed(self) -> float:
        """Return seconds since the progress began."""
        return time.monotonic() - self._started

    def _columns(self) -> int:
        try:
            return os.get_terminal_size(self._stream.fileno()).columns or WITHOUT_SIZE
        except (OSError, ValueError):
            return WITHOUT_SIZE

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            self._quiet = True
