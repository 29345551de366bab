"""backlog: one run for all the schedules that came due, and no run left behind.

A run reads everything that is new, so of several waiting runs the first does the work of all.
"""

import contextlib
import os
from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, State, StateType
from prefect.context import FlowRunContext
from prefect.exceptions import ObjectNotFound
from prefect.states import Cancelled, Crashed
from prefect.types._datetime import now

from flows import interrupt
from warehouse.catalog import Warehouse
from warehouse.runs import RunRecord, RunRef, RunState


def _in_states(
    deployments: Iterable[UUID], *states: StateType, due_by: datetime | None = None
) -> FlowRunFilter:
    return FlowRunFilter(
        deployment_id=FlowRunFilterDeploymentId(any_=list(deployments)),
        state=FlowRunFilterState(type=FlowRunFilterStateType(any_=list(states))),
        next_scheduled_start_time=FlowRunFilterNextScheduledStartTime(before_=due_by) if due_by else None,
    )


def waiting_runs(deployment_id: UUID) -> list[FlowRun]:
    """Return the runs of a deployment that are due and have not begun."""
    with get_client(sync_client=True) as client:
        return client.read_flow_runs(
            flow_run_filter=_in_states([deployment_id], StateType.SCHEDULED, due_by=now("UTC"))
        )


def take_along_waiting() -> int:
    """Called by a run that begins: drop the scheduled runs it makes needless; returns how many.

    Only runs made by a schedule with the same parameters are dropped; what a person or the watcher
    asked for is run.
    """
    context = FlowRunContext.get()
    if context is None or context.flow_run is None or context.flow_run.deployment_id is None:
        return 0
    mine, deployment_id = context.flow_run, context.flow_run.deployment_id
    dropped = 0
    with get_client(sync_client=True) as client:
        for waiting in waiting_runs(deployment_id):
            if waiting.auto_scheduled and waiting.id != mine.id and waiting.parameters == mine.parameters:
                with contextlib.suppress(ObjectNotFound):
                    client.delete_flow_run(waiting.id)
                    dropped += 1
    return dropped


def drop_overdue(deployments: Iterable[UUID]) -> int:
    """Before a start: of all scheduled runs whose time has passed keep one for each set of parameters.

    Returns how many were dropped.
    """
    kept: set[str] = set()
    dropped = 0
    with get_client(sync_client=True) as client:
        while overdue := client.read_flow_runs(
            flow_run_filter=_in_states(deployments, StateType.SCHEDULED, due_by=now("UTC")),
            offset=len(kept),
        ):
            for run in overdue:
                key = f"{run.deployment_id}{run.parameters}" if run.auto_scheduled else str(run.id)
                if key not in kept:
                    kept.add(key)
                    continue
                with contextlib.suppress(ObjectNotFound):
                    client.delete_flow_run(run.id)
                dropped += 1
    return dropped


def end_leftovers(deployments: Iterable[UUID], *, stopped: bool) -> list[str]:
    """Give a final state to runs whose process is gone; returns their names.

    stopped: they ended because ``wencang serve`` was stopped (Cancelled); otherwise it, or they,
    were killed (Crashed). Called by the one process that starts runs of these deployments, while
    it runs none.
    """
    unfinished = (StateType.RUNNING, StateType.PENDING, StateType.CANCELLING)
    with get_client(sync_client=True) as client:
        left = client.read_flow_runs(flow_run_filter=_in_states(deployments, *unfinished))
        for run in left:
            state: State[Any] = (
                Cancelled(message="wencang serve was stopped. The next run goes on where this one ended.")
                if stopped
                else Crashed(message="Its process is gone. What was committed stays; the next run goes on.")
            )
            client.set_flow_run_state(run.id, state, force=True)
    return [run.name for run in left]


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


SERVED_BY = "_WENCANG_SERVED_BY"
"""Process id of the ``wencang serve`` that started a run."""


def end_with_server() -> None:
    """Called by a run that begins: end when the ``wencang serve`` that started it ends, however.

    Its server would be gone, so nobody could see the run, and the next start would begin another.
    """
    from flows.forked import die_with_parent

    served_by = os.environ.get(SERVED_BY)
    if served_by is None:
        return
    interrupt.hide_from_console()
    die_with_parent()
    if os.getppid() != int(served_by):
        raise SystemExit("wencang serve ended while this run was starting")
