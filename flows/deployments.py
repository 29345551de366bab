"""deployments: what is scheduled, when, and what happens when two runs meet.

Each deployment runs once at a time (``ONE_AT_A_TIME``): a second run waits in the queue, and the
run that starts takes along whatever schedule came due before it (``flows/backlog.py``), so a
backlog after a pause is one run. A run that does not begin within ``GRACE_S`` gives its slot back.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, cast

from prefect import Flow
from prefect.client.schemas.objects import ConcurrencyLimitConfig, ConcurrencyLimitStrategy
from prefect.deployments.runner import RunnerDeployment
from prefect.schedules import Cron, Interval, Schedule
from prefect.types.entrypoint import EntrypointType

from flows.dashboard import short_name
from flows.ingest import IngestParams, ingest
from flows.reclean import reclean
from flows.report import report
from flows.upkeep import upkeep
from tasks.sources import Source

GRACE_S = 120
"""Starting a run takes some seconds, more on a busy machine; less than 60 is not accepted by Prefect."""

ONE_AT_A_TIME = ConcurrencyLimitConfig(
    limit=1, collision_strategy=ConcurrencyLimitStrategy.ENQUEUE, grace_period_seconds=GRACE_S
)


@dataclass(frozen=True, slots=True)
class Schedules:
    """When things run. every_s: seconds between ingests; upkeep, report: cron expressions in timezone."""

    every_s: float = 300.0
    upkeep: str = "30 3 * * *"
    report: str = "0 8 * * *"
    timezone: str = "Asia/Shanghai"


def deployments(
    name: str, sources: Sequence[Source], schedules: Schedules, *, from_file: bool = False
) -> dict[str, RunnerDeployment]:
    """Return the deployments of a warehouse by flow; ``name`` tells warehouses on one server apart.

    from_file: the sources are those of wencang.toml, which a run reads for itself.
    Raises ``ValueError`` when a cron expression or the time zone means nothing.
    """
    zone = schedules.timezone
    return {
        "ingest": _deployment(
            ingest,
            name,
            "Reads all sources and loads what is new. Safe to run at any time: what is loaded is not "
            "loaded again. Custom run: one source (`only`), a range of days, or other sources.",
            _ingest_schedules(sources, schedules),
            _params(IngestParams(sources=[] if from_file else list(sources))),
            [short_name(each) for each in sources],
        ),
        "upkeep": _deployment(
            upkeep,
            name,
            "Joins small files, drops what no snapshot needs, brings the indexes along. Rows do not change.",
            [Cron(schedules.upkeep, timezone=zone)],
        ),
        "report": _deployment(
            report,
            name,
            "The last day on one page: growth, sources, rejects. Raises an event for what needs a look.",
            [Cron(schedules.report, timezone=zone)],
        ),
        "reclean": _deployment(
            reclean,
            name,
            "Cleans stored documents again with today's rules. `dry_run` shows what would change; without it "
            "the result is published in one commit. Only when asked.",
            [],
            {"params": {"dry_run": True}},
        ),
    }


def _params(params: IngestParams) -> dict[str, Any]:
    return {"params": params.model_dump(mode="json", exclude_defaults=True)}


def _ingest_schedules(sources: Sequence[Source], schedules: Schedules) -> list[Schedule]:
    """Return one schedule for all sources, and one for each source that has its own."""
    own = [each for each in sources if each.schedule]
    rest = [each for each in sources if not each.schedule]
    found = [_own_schedule(each, schedules.timezone) for each in own]
    if not rest:
        return found
    parameters = _params(IngestParams(without_scheduled=True)) if own else {}
    return [_every(schedules.every_s, schedules.timezone, parameters), *found]


def _own_schedule(source: Source, timezone: str) -> Schedule:
    """Return the schedule of a source that has its own; raises ``ValueError`` that names the source."""
    only = _params(IngestParams(only=[source.title]))
    try:
        return Cron(source.schedule or "", timezone=timezone, parameters=only)
    except ValueError as error:
        raise ValueError(f"source {source.title}: {error}") from error


def _every(seconds: float, timezone: str, parameters: dict[str, Any]) -> Schedule:
    """Return an interval; as cron where that says the same, because the dashboard shows it in words."""
    minutes = seconds / 60
    if minutes.is_integer() and 60 % minutes == 0:
        cron = "0 * * * *" if minutes == 60 else f"*/{int(minutes)} * * * *"
        return Cron(cron, timezone=timezone, parameters=parameters)
    return Interval(timedelta(seconds=seconds), timezone=timezone, parameters=parameters)


def _deployment(
    flow: Flow[Any, Any],
    name: str,
    description: str,
    schedules: list[Schedule],
    parameters: dict[str, Any] | None = None,
    tags: Sequence[str] = (),
) -> RunnerDeployment:
    made = flow.to_deployment(
        name=f"{flow.name}-{name}",
        description=description,
        schedules=schedules,
        parameters=parameters or {},
        tags=["wencang", *tags][:12],
        concurrency_limit=ONE_AT_A_TIME,
        entrypoint_type=EntrypointType.MODULE_PATH,
        paused=False,
    )
    deployment = cast(RunnerDeployment, made)  # a coroutine only when called from one
    # no work pool: the runs are started by this process, also when an older version used a pool
    deployment.work_pool_name = None
    deployment.work_queue_name = None
    return deployment
