"""A run whose process is gone, and whoever started it too: the server says so, or the next run."""

import os
import signal
import subprocess
import sys
from contextlib import nullcontext
from datetime import UTC, datetime, timedelta
from types import SimpleNamespace
from typing import Any
from uuid import uuid4

import pytest
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.responses import SetStateStatus

from flows import dead_runs
from warehouse.catalog import Warehouse
from warehouse.runs import RunRef

NOW = datetime(2024, 5, 20, 8, tzinfo=UTC)


class Server:
    """A Prefect server with one unfinished run; ended: the state that run was given."""

    def __init__(self, state: StateType, since_s: float, heard_s: float | None, *, deployed: bool) -> None:
        began = NOW - timedelta(seconds=since_s)
        self.run = FlowRun(
            id=uuid4(),
            name="ingest inbox",
            flow_id=uuid4(),
            deployment_id=uuid4() if deployed else None,
            state=State(type=state, timestamp=began),
            state_type=state,
        )
        self.heard = [SimpleNamespace(occurred=NOW - timedelta(seconds=heard_s))] if heard_s else []
        self.takes = SetStateStatus.ACCEPT
        self.ended: State[Any] | None = None

    def read_flow_runs(self, **_: object) -> list[FlowRun]:
        return [self.run]

    def read_events(self, _filter: object, limit: int) -> SimpleNamespace:
        return SimpleNamespace(events=self.heard[:limit])

    def set_flow_run_state(self, _id: object, state: State[Any]) -> SimpleNamespace:
        self.ended = state
        return SimpleNamespace(status=self.takes)


@pytest.fixture
def look(monkeypatch: pytest.MonkeyPatch):
    """Let a run that begins look at a server; returns the names of those it ended."""

    def ask(server: Server) -> list[str]:
        monkeypatch.setattr(dead_runs, "now", lambda _zone: NOW)
        monkeypatch.setattr(dead_runs, "get_client", lambda **_: nullcontext(server))
        return dead_runs.end_silent_runs()

    return ask


@pytest.mark.parametrize(
    ("state", "since_s", "heard_s", "deployed", "ended"),
    [
        pytest.param(StateType.RUNNING, 900, 260, True, StateType.CRASHED, id="silent"),
        pytest.param(StateType.RUNNING, 900, None, True, StateType.CRASHED, id="died-before-the-first"),
        pytest.param(StateType.RUNNING, 900, 260, False, StateType.CRASHED, id="joined-by-a-command"),
        pytest.param(StateType.PENDING, 400, None, True, StateType.CRASHED, id="never-began"),
        pytest.param(StateType.CANCELLING, 300, 300, True, StateType.CANCELLED, id="not-there-to-cancel"),
        pytest.param(StateType.RUNNING, 900, 40, True, None, id="alive"),
        pytest.param(StateType.RUNNING, 900, 150, True, None, id="the-automation-comes-first"),
        pytest.param(StateType.RUNNING, 20, None, True, None, id="just-begun"),
        pytest.param(StateType.PENDING, 90, None, True, None, id="slow-to-begin"),
        pytest.param(StateType.RUNNING, 9000, None, False, None, id="a-command-without-heartbeat"),
    ],
)
def test_a_run_that_begins_ends_the_silent_ones(look, state, since_s, heard_s, deployed, ended):
    """What gave no sign of life for long gets its final state; what may live is left alone."""
    server = Server(state, since_s, heard_s, deployed=deployed)

    assert look(server) == (["ingest inbox"] if ended else [])
    assert (server.ended.type if server.ended else None) is ended


def test_a_run_that_ended_meanwhile_keeps_its_end(look):
    """The server refuses to call a finished run crashed; it is not told as ended by us."""
    server = Server(StateType.RUNNING, 900, 260, deployed=True)
    server.takes = SetStateStatus.ABORT

    assert look(server) == []


def test_a_killed_command_is_ended_by_the_next_ingest(tmp_path, monkeypatch):
    """Its lock is free, and no heartbeat was ever to be missed; one that is alive is left alone."""
    server = Server(StateType.RUNNING, 5, None, deployed=False)
    monkeypatch.setattr(dead_runs, "get_client", lambda **_: nullcontext(server))
    with Warehouse.open(tmp_path / "lake") as killed, Warehouse.open(tmp_path / "lake") as warehouse:
        killed.begin_run(RunRef("run-1", flow_run_id=str(server.run.id)))
        assert dead_runs.end_killed_runs(warehouse) == []

        killed.run_locks.close()  # as the end of its process does
        assert dead_runs.end_killed_runs(warehouse) == ["ingest inbox"]
    assert server.ended is not None
    assert server.ended.type is StateType.CRASHED


@pytest.mark.slow
def test_a_run_that_nobody_watches_is_called_crashed(make_serve, write_article, wait_until, own_environment):
    """kill -9 of a command's whole session: Crashed when heartbeats are missed; the next run does the rest."""
    serve = make_serve(every=60)
    serve.start()
    other = serve.folder / "other"
    for n in range(60):
        write_article(other, n)
    command = [sys.executable, "-m", "flows.cli", "ingest", str(other), "--warehouse", str(serve.warehouse)]
    command += ["--batch-docs", "2", "--workers", "1", "--quiet"]
    killed = subprocess.Popen(command, env=own_environment, start_new_session=True)
    wait_until(lambda: serve.sql("select 1 from documents limit 1"), 120, "a batch is committed")
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    (run,) = [each for each in serve.runs("ingest", "RUNNING") if each["deployment_id"] is None]
    crashed = wait_until(lambda: serve.runs("ingest", "CRASHED"), 240, "the run is called crashed")

    assert [each["id"] for each in crashed] == [run["id"]]
    assert "is gone" in crashed[0]["state"]["message"]  # the automation says so, or the next ingest
    subprocess.run(command, env=own_environment, check=True, timeout=240)
    assert serve.sql("select count(*), count(distinct article_id) from all_articles") == [(60, 60)]
    told = serve.sql(f"select state from runs where flow_run_id = '{run['id']}'")
    assert told == [("crashed",)]
