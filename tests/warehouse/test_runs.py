"""Promises of runs: each has a state, also when it was killed."""

import dataclasses

from warehouse.catalog import Warehouse
from warehouse.runs import RunRecord


def test_a_run_begins_and_ends(warehouse, run, ask):
    """While it runs it is running; afterwards its counts and its last snapshot are there."""
    warehouse.begin_run(run)
    assert ask("select run_id, state, ended_at, documents from runs") == [("run-1", "running", None, None)]

    warehouse.finish_run(RunRecord(run=run, state="completed", documents=3, snapshot_id=7))

    assert ask("select state, documents, snapshot_id, ended_at is null from runs") == [
        ("completed", 3, 7, False)
    ]
    assert list(warehouse.paths.locks.glob("run-*")) == []


def test_a_killed_run_is_called_crashed_by_the_next(warehouse, run, ask):
    """The run that begins next says that the one before, under its own names, did not end; running ones are left alone."""
    with Warehouse.open(warehouse.paths.root) as killed:
        killed.begin_run(run)
        (killed.paths.staging / run.run_id).mkdir()
        warehouse.begin_run(dataclasses.replace(run, run_id="run-2"))
        assert ask("select state from runs") == [("running",), ("running",)]

    warehouse.begin_run(dataclasses.replace(run, run_id="run-3"))

    assert ask("select run_id, state from runs order by 1") == [
        ("run-1", "crashed"),
        ("run-2", "running"),
        ("run-3", "running"),
    ]
    assert not (warehouse.paths.staging / run.run_id).exists()
    assert ask(
        "select flow, flow_run_id, started_at, ended_at > started_at from runs where state = 'crashed'"
    ) == [(run.flow, run.flow_run_id, run.started_at, True)]
