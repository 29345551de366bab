"""The commit lock: one writer per warehouse at a time.

DuckLake on SQLite fails with "database is locked" when two commits meet (its busy handler is
skipped when a reader becomes a writer), and maintenance beside writers can lose data. A lock
file with ``flock`` ends both; the kernel frees it when its holder dies.
"""

import errno
import fcntl
import importlib
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from warehouse.errors import NotWritable, WarehouseBusy
from warehouse.paths import WarehousePaths
from warehouse.place import Place, without_password

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
        waited = _acquire(descriptor, path, timeout_s)
        with _shared_lock(WarehousePaths.of(root), max(timeout_s - waited, 0.1)) as waited_too:
            yield waited + waited_too
    finally:
        os.close(descriptor)  # frees the lock


@contextmanager
def _shared_lock(paths: WarehousePaths, timeout_s: float) -> Iterator[float]:
    """With a PostgreSQL catalog other machines load too: hold an advisory lock in its database."""
    place = Place.of(paths)
    if place.catalog is None:
        yield 0.0
        return
    psycopg = importlib.import_module("psycopg")
    began = time.monotonic()
    try:
        with psycopg.connect(place.catalog, autocommit=True, keepalives_idle=30) as session:
            session.execute(f"set lock_timeout = {int(timeout_s * 1000)}")
            session.execute("select pg_advisory_lock(%s)", (place.lock_number,))
            yield time.monotonic() - began
    except psycopg.errors.LockNotAvailable as error:
        raise WarehouseBusy(
            f"Waited {timeout_s:.0f} s for another machine that commits to {without_password(place.catalog)}. "
            "Nothing was written. Try again."
        ) from error
    except psycopg.OperationalError as error:
        raise WarehouseBusy(
            f"The catalog's database does not answer: {_in_a_line(error)}. Nothing of this transaction was stored. Try again."
        ) from error


def _in_a_line(error: Exception) -> str:
    return without_password(" ".join(str(error).split())).rstrip(".")


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
