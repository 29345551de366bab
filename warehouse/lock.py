"""The commit lock: one writer per warehouse at a time.

DuckLake on SQLite fails with "database is locked" when two commits meet (its busy handler is
skipped when a reader becomes a writer), and maintenance beside writers can lose data. A lock
file with ``flock`` ends both; the kernel frees it when its holder dies.
"""

import errno
import fcntl
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import NotWritable, WarehouseBusy
from warehouse.paths import WarehousePaths

LOCK_TIMEOUT_S = 300.0
"""Longest wait for the lock; a commit takes well under a second, upkeep up to minutes."""


@contextmanager
def commit_lock(root: str | Path, timeout_s: float = LOCK_TIMEOUT_S) -> Iterator[float]:
    """Hold the commit lock of the warehouse at ``root``; yields the seconds waited.

    Raises ``WarehouseBusy`` after ``timeout_s`` and ``NotWritable`` when the lock file cannot be made.
    """
    path = WarehousePaths.of(root).locks / "commit.lock"
    try:
        descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666)
    except OSError as error:
        raise NotWritable(
            f"Cannot open the lock {path}: {error.strerror}. Nothing was written. "
            "Check that the folder is a warehouse and that you may write to it."
        ) from error
    try:
        yield _acquire(descriptor, path, timeout_s)
    finally:
        os.close(descriptor)  # frees the lock


def _acquire(descriptor: int, path: Path, timeout_s: float) -> float:
    began = time.monotonic()
    pause = 0.002
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            if error.errno not in (errno.EAGAIN, errno.EACCES, errno.EINTR):
                raise
        else:
            _write_holder(descriptor)
            return time.monotonic() - began
        if time.monotonic() - began > timeout_s:
            raise WarehouseBusy(
                f"Waited {timeout_s:.0f} s for {path}, held by process {_read_holder(descriptor)}. "
                "Nothing was written. Try again when that process has finished."
            )
        time.sleep(pause)
        pause = min(pause * 1.5, 0.05)


def _write_holder(descriptor: int) -> None:
    """Note who holds the lock, for the message of those who wait; a full disk must not matter."""
    try:
        os.pwrite(descriptor, f"{os.getpid():<12}".encode(), 0)
    except OSError:
        return


def _read_holder(descriptor: int) -> str:
    return os.pread(descriptor, 12, 0).decode(errors="replace").strip() or "unknown"
