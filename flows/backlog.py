"""backlog: one run for all the schedules that came due, and none left behind.

A run reads everything that is new, so of several waiting runs the first does the work of all.
"""

import contextlib
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.exceptions import ObjectNotFound
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


def take_along_waiting(mine: FlowRun) -> int:
    """Drop the scheduled runs that one run, which begins, makes needless; returns how many.

    Only runs made by a schedule with the same parameters are dropped; what a person or the watcher
    asked for is run.
    """
    if mine.deployment_id is None:
        return 0
    dropped = 0
    with get_client(sync_client=True) as client:
        for waiting in waiting_runs(mine.deployment_id):
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
