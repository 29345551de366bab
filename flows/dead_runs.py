"""dead_runs: the final state of runs whose process is gone, on Prefect's server and in the warehouse.

Who sees a death first says so: the process that started the run (at once), the server's automation
(``flows/notify.py``, after 100 s), the next ``wencang serve`` (``end_leftovers``). All of these may miss
it: the starter died too, and the automation acts on events, of which a busy database loses some, and
tries once. So every run that begins looks for the silent ones as well (``end_silent_runs``), and an ingest
for those that were killed on this machine (``end_killed_runs``).
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from prefect.client.orchestration import SyncPrefectClient, get_client
from prefect.client.schemas.filters import (
    FlowFilter,
    FlowFilterName,
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.client.schemas.responses import SetStateStatus
from prefect.events.filters import EventFilter, EventNameFilter, EventResourceFilter
from prefect.exceptions import ObjectNotFound
from prefect.states import Cancelled, Crashed
from prefect.types._datetime import now

from flows.notify import FLOWS, HEARTBEAT, ZOMBIE_WITHIN_S
from warehouse.catalog import Warehouse
from warehouse.runs import RunRecord, RunRef, RunState, record_crashed

UNFINISHED = FlowRunFilterState(
    type=FlowRunFilterStateType(any_=[StateType.RUNNING, StateType.PENDING, StateType.CANCELLING])
)
SILENT_FOR = timedelta(seconds=2 * ZOMBIE_WITHIN_S)
"""The automation comes first; twice its time also covers events that were recorded late."""
PENDING_FOR = timedelta(seconds=300)
"""A process that has not begun after this long never will; starting one takes up to a minute under load."""


def end_leftovers(deployments: Iterable[UUID], *, stopped: bool) -> list[str]:
    """Give a final state to runs whose process is gone; returns their names.

    stopped: they ended because ``wencang serve`` was stopped (Cancelled); otherwise it, or they,
    were killed (Crashed). Called by the one process that starts runs of these deployments, while
    it runs none.
    """
    ours = FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=list(deployments)),
        state=UNFINISHED,
    )
    with get_client(sync_client=True) as client:
        left = client.read_flow_runs(flow_run_filter=ours)
        for run in left:
            state: State[Any] = (
                Cancelled(message="wencang serve was stopped. The next run goes on where this one ended.")
                if stopped
                else _killed()
            )
            client.set_flow_run_state(run.id, state, force=True)
    return [run.name for run in left]


def end_silent_runs() -> list[str]:
    """Give a final state to runs that have given no sign of life; returns their names.

    A run that lives after all (its server was away for minutes) goes on and commits: rows are not
    doubled, only its state is wrong.
    """
    ended = []
    with get_client(sync_client=True) as client:
        for run in _unfinished_runs(client).values():
            moment = now("UTC")
            if _in_state_since(run, moment) > _patience(run) and _is_silent(client, run, moment):
                # not forced: a run that ended meanwhile keeps its end
                answer = client.set_flow_run_state(run.id, _last_state(run))
                if answer.status is SetStateStatus.ACCEPT:
                    ended.append(run.name)
    return ended


def _in_state_since(run: FlowRun, moment: datetime) -> timedelta:
    return moment - run.state.timestamp if run.state else timedelta(0)


def _patience(run: FlowRun) -> timedelta:
    return PENDING_FOR if run.state_type is StateType.PENDING else SILENT_FOR


def _is_silent(client: SyncPrefectClient, run: FlowRun, moment: datetime) -> bool:
    """Whether a run's last heartbeat is long ago.

    One that never had any is silent if a deployment started it: those of a command without a server
    send none, and may share its database.
    """
    found = client.read_events(
        EventFilter(
            event=EventNameFilter(name=[HEARTBEAT]),
            resource=EventResourceFilter(id=[f"prefect.flow-run.{run.id}"]),
        ),
        limit=1,
    )
    if not found.events:
        return run.deployment_id is not None
    return moment - found.events[0].occurred > _patience(run)


def _last_state(run: FlowRun) -> State[Any]:
    if run.state_type is StateType.CANCELLING:
        return Cancelled(message="It was to be cancelled, and its process is gone.")
    if run.state_type is StateType.PENDING:
        return Crashed(message="Its process never began. The next run does its work.")
    return Crashed(message="No heartbeat: the process or its machine is gone. The next run goes on.")


CRASHED_RUNS = """
select flow_run_id from core.runs where list_contains($ids, flow_run_id)
qualify row_number() over (partition by run_id order by event_no desc) = 1 and state = 'crashed'
"""


def end_killed_runs(warehouse: Warehouse) -> list[str]:
    """Give a final state to runs whose process left its lock in the warehouse behind; returns their names.

    Those of a command without a server send no heartbeat, so that nobody else would ever end them.
    """
    record_crashed(warehouse)
    ended = []
    with get_client(sync_client=True) as client:
        unfinished = _unfinished_runs(client)
        with warehouse.connect() as con:
            rows = con.execute(CRASHED_RUNS, {"ids": list(unfinished)}).fetchall() if unfinished else []
        for (flow_run_id,) in rows:
            run = unfinished[flow_run_id]
            if client.set_flow_run_state(run.id, _killed()).status is SetStateStatus.ACCEPT:
                ended.append(run.name)
    return ended


def _killed() -> State[Any]:
    return Crashed(message="Its process is gone. What was committed stays; the next run goes on.")


def _unfinished_runs(client: SyncPrefectClient) -> dict[str, FlowRun]:
    """Return our flows' runs that have no final state, by their ids."""
    found = client.read_flow_runs(
        flow_filter=FlowFilter(name=FlowFilterName(any_=list(FLOWS))),
        flow_run_filter=FlowRunFilter(state=UNFINISHED),
    )
    return {str(run.id): run for run in found}


RUNNING_RUNS = """
select run_id, flow, flow_run_id, started_at from core.runs where flow_run_id is not null
qualify row_number() over (partition by run_id order by event_no desc) = 1 and state = 'running'
"""
ENDED_AS: dict[StateType | None, RunState] = {
    StateType.CRASHED: "crashed",
    StateType.CANCELLED: "cancelled",
    StateType.FAILED: "failed",
}


def settle_dead_runs(warehouse: Warehouse) -> list[str]:
    """Record the end of runs that were killed before they could; returns their ids.

    Prefect knows that their process is gone; the table of runs still calls them running.
    """
    with warehouse.connect() as con:
        running = con.execute(RUNNING_RUNS).fetchall()
    settled = []
    with get_client(sync_client=True) as client:
        for run_id, flow, flow_run_id, started_at in running:
            try:
                state = client.read_flow_run(UUID(flow_run_id)).state_type
            except ObjectNotFound:
                continue
            if state in ENDED_AS:
                ref = RunRef(run_id, flow, flow_run_id, started_at=started_at)
                warehouse.finish_run(RunRecord(ref, ENDED_AS[state]))
                settled.append(run_id)
    return settled
