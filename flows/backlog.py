"""backlog: what a run does first. One run for all the schedules that came due, and none left behind.

A run reads everything that is new, so of several waiting runs the first does the work of all.
"""

import contextlib
import os
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from prefect import get_run_logger
from prefect.client.orchestration import get_client
from prefect.client.schemas.filters import (
    FlowRunFilter,
    FlowRunFilterDeploymentId,
    FlowRunFilterNextScheduledStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import FlowRun, StateType
from prefect.context import FlowRunContext
from prefect.exceptions import ObjectNotFound
from prefect.types._datetime import now

from flows import interrupt
from flows.dead_runs import end_silent_runs
from flows.plain_errors import log_as_sentences


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


def begin_run() -> None:
    """What a run of any deployment does first, before it touches the warehouse."""
    log_as_sentences()
    end_with_server()
    context = FlowRunContext.get()
    if context is None or context.flow_run is None or context.flow_run.deployment_id is None:
        return
    take_along_waiting(context.flow_run)
    for name in end_silent_runs():
        get_run_logger().warning("%s: its process is gone, so it is ended", name)


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
    interrupt.listen_too()
    interrupt.hide_from_console()
    die_with_parent()
    if os.getppid() != int(served_by):
        raise SystemExit("wencang serve ended while this run was starting")
