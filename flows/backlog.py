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
from prefect.exceptions import ObjectNotFound
from prefect.runtime import deployment, flow_run
from prefect.states import Cancelled, Crashed
from prefect.types._datetime import now


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

    Only runs made by a schedule are dropped; what a person or the watcher asked for is run.
    """
    if not deployment.id:
        return 0
    dropped = 0
    for waiting in waiting_runs(UUID(str(deployment.id))):
        if waiting.auto_scheduled and str(waiting.id) != str(flow_run.id):
            with contextlib.suppress(ObjectNotFound), get_client(sync_client=True) as client:
                client.delete_flow_run(waiting.id)
                dropped += 1
    return dropped


def drop_overdue(deployments: Iterable[UUID]) -> int:
    """Before a start: drop all runs whose time has passed; the first new run does their work."""
    with get_client(sync_client=True) as client:
        overdue = client.read_flow_runs(
            flow_run_filter=_in_states(deployments, StateType.SCHEDULED, due_by=now("UTC"))
        )
        for run in overdue:
            if run.auto_scheduled:
                with contextlib.suppress(ObjectNotFound):
                    client.delete_flow_run(run.id)
    return len(overdue)


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


SERVED_BY = "_WENCANG_SERVED_BY"
"""Process id of the ``wencang serve`` that started a run."""


def end_with_server() -> None:
    """Called by a run that begins: end when the ``wencang serve`` that started it ends, however.

    Its server would be gone, so nobody could see the run, and the next start would begin another.
    """
    from flows.local_server import die_with_parent

    served_by = os.environ.get(SERVED_BY)
    if served_by is None:
        return
    die_with_parent()
    if os.getppid() != int(served_by):
        raise SystemExit("wencang serve ended while this run was starting")
