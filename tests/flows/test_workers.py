"""Promises of the worker pool: a worker that dies or hangs costs its own call, not the pool."""

import os
import signal
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from flows.errors import CommandError
from flows.workers import WorkerDied, WorkerPool, close_pool, open_pool


@pytest.fixture
def pool() -> Iterator[WorkerPool]:
    """A pool of one worker with a short time limit."""
    made = WorkerPool(1, timeout_s=10)
    yield made
    made.close()


def test_a_killed_worker_is_told_and_replaced(pool: WorkerPool) -> None:
    """The call of a worker that is killed raises; the next call gets a new worker."""
    first = pool.run(os.getpid)
    with pytest.raises(WorkerDied):
        pool.run(os.kill, first, signal.SIGKILL)

    assert pool.run(os.getpid) not in (first, os.getpid())


def test_a_hanging_worker_is_ended(pool: WorkerPool) -> None:
    """A call that takes longer than allowed is given up, and its process is gone."""
    held = pool.run(os.getpid)
    pool.timeout_s = 0.5
    with pytest.raises(WorkerDied, match="took more than"):
        pool.run(time.sleep, 60)
    pool.timeout_s = 10

    assert pool.run(os.getpid) != held
    for _ in range(100):
        try:
            os.kill(held, 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    pytest.fail("the hanging process is still there")


def test_an_error_of_the_function_is_its_own(pool: WorkerPool) -> None:
    """What a function raises in a worker is raised here, a time-out of its own included."""
    with pytest.raises(ValueError, match="invalid literal"):
        pool.run(int, "x")


def test_a_process_that_starts_workers_and_dies_is_a_dead_worker(monkeypatch: pytest.MonkeyPatch) -> None:
    """The call may be made again, like one whose worker died: the next one goes through."""
    pool = WorkerPool(1)

    def end_of_file(*_: object) -> None:
        raise EOFError("unexpected EOF")

    monkeypatch.setattr(pool._current(), "submit", end_of_file)
    pool.start(os.getpid)
    with pytest.raises(WorkerDied):
        pool.run(os.getpid)
    assert pool.run(os.getpid) != os.getpid()
    pool.close()


def test_workers_share_what_is_loaded(pool: WorkerPool) -> None:
    """No worker makes the table of comparing for its first batch: the process that starts them has."""
    made = "__import__('sys').modules['tasks.dedupe.fold'].fold_table.cache_info().currsize"
    assert pool.run(eval, made) == 1


def test_a_python_that_may_not_be_started_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment of another user: told before any document is read, with what to do."""
    python = tmp_path / "python"
    python.write_text("#!/bin/sh\n")
    python.chmod(0o644)
    monkeypatch.setattr(sys, "executable", str(python))

    with pytest.raises(CommandError, match=f"may not execute {python}"):
        open_pool(1)
    close_pool()
