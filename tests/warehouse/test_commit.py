"""Promises of a commit that meets a fault: what passes is tried again, what does not is said; never half a batch."""

import errno
import os

import duckdb
import pytest

from warehouse import commit as commits
from warehouse.errors import NotWritable, WarehouseBusy, WarehouseError


@pytest.fixture
def faults(monkeypatch):
    """Let the commits that follow fail, once for each error, after their rows were written."""
    left = []
    sync = commits.sync_data

    def sync_or_fail(paths):
        if left:
            raise left.pop(0)
        sync(paths)

    monkeypatch.setattr(commits, "sync_data", sync_or_fail)
    monkeypatch.setattr(commits.time, "sleep", lambda _: None)
    return left


def test_a_conflict_passes_on_a_repeat(warehouse, batch_of, run, ask, faults):
    """The batch is there once, however often it was tried."""
    faults += [
        duckdb.TransactionException("Transaction conflict"),
        duckdb.InternalException("INTERNAL Error"),
    ]

    result = warehouse.load_batch(batch_of([("http://a", "甲"), ("http://b", "乙")]), unit="u", run=run)

    assert not faults
    assert result.state == "loaded"
    assert ask("select count(*), count(distinct article_id) from core.articles") == [(2, 2)]
    assert ask("select count(*) from core.ledger where unit = 'u'") == [(1,)]


def test_what_does_not_pass_is_said_and_nothing_stored(warehouse, batch_of, run, ask, faults):
    """A full disk at once, a lock after some tries; the same batch is loaded when it is over."""
    batch = batch_of([("http://a", "甲")])
    for error, said, attempts in (
        (OSError(errno.ENOSPC, os.strerror(errno.ENOSPC)), NotWritable, 1),
        (duckdb.IOException("Could not write: disk quota"), WarehouseError, 1),
        (duckdb.IOException("database is locked"), WarehouseBusy, commits.ATTEMPTS),
    ):
        faults += [error] * attempts
        with pytest.raises(said):
            warehouse.load_batch(batch, unit="u", run=run)
        assert not faults
    assert ask("select (select count(*) from core.documents), (select count(*) from core.ledger)") == [(0, 0)]
    assert warehouse.load_batch(batch, unit="u", run=run).state == "loaded"
