"""interrupt: Ctrl-C and SIGTERM, told apart from failures.

A library that is interrupted in the middle may turn the signal into an error of its own (DuckDB
raises ``RuntimeError: Query interrupted``), so that it looks as if the work had failed. The
handler therefore notes the signal before it raises.
"""

import signal
import threading
from types import FrameType

_asked = threading.Event()


def _note(_number: int, _frame: FrameType | None) -> None:
    _asked.set()
    raise KeyboardInterrupt


def listen() -> None:
    """Treat SIGTERM like Ctrl-C, and remember either. Call from the main thread."""
    _asked.clear()
    signal.signal(signal.SIGINT, _note)
    signal.signal(signal.SIGTERM, _note)


def asked() -> bool:
    """Say whether the process was asked to stop."""
    return _asked.is_set()
