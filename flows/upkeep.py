"""upkeep: the nightly flow that keeps the warehouse small and quick. Rows do not change."""

import time
from collections.abc import Callable
from pathlib import Path

from prefect import flow, task
from prefect.artifacts import create_markdown_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.orchestration import get_client
from prefect.runtime import flow_run
from pydantic import BaseModel, Field

from flows.beginning import begin_run
from flows.counted import counted
from flows.dedup import Deduplicator
from flows.markdown import table
from flows.notify import tell_of_checks
from flows.settings import load_settings
from flows.site_memory import SiteKnowledge
from warehouse.catalog import Warehouse
from warehouse.doctor import Finding, examine
from warehouse.upkeep import (
    KEEP_FILES_DAYS,
    KEEP_HISTORY_DAYS,
    ORPHAN_HOURS,
    UPKEEP_STEPS,
    UpkeepOptions,
    UpkeepStep,
    run_step,
)


class UpkeepParams(BaseModel):
    """How long things are kept."""

    keep_history_days: float = Field(KEEP_HISTORY_DAYS, ge=0, description="how far back `--at` can go")
    keep_files_days: float = Field(
        KEEP_FILES_DAYS, ge=0, description="how long replaced files stay for slow readers"
    )
    orphan_hours: float = Field(
        ORPHAN_HOURS, ge=1, description="age from which a file that nothing names is removed"
    )
    warehouse: Path | None = Field(None, description="warehouse folder; WENCANG_HOME when empty")


@flow(
    name="upkeep",
    flow_run_name="upkeep",
    description="Compact, expire, remove orphans, bring the indexes along, check everything.",
)
def upkeep(params: UpkeepParams = UpkeepParams()) -> int:  # noqa: B008 - never changed
    """Run the upkeep of the warehouse, then every check; returns how many checks failed."""
    begin_run()
    options = UpkeepOptions(params.keep_history_days, params.keep_files_days, params.orphan_hours)
    with Warehouse.open(params.warehouse or load_settings().home) as warehouse:
        done = [follow(warehouse)]
        done += [_step(name)(warehouse, options) for name in UPKEEP_STEPS]
        findings = check(warehouse)
    failed = tell_of_checks(findings)
    words = f"{counted(len(failed), 'check')} failed" if failed else "all checks passed"
    create_markdown_artifact(as_markdown(done, findings), key="upkeep-report", description=f"**{words}**")
    name_run(f"upkeep: {words}")
    return len(failed)


def _step(name: str) -> Callable[[Warehouse, UpkeepOptions], UpkeepStep]:
    @task(
        name=name,
        task_run_name=name,
        cache_policy=NO_CACHE,
        tags=["upkeep"],
        retries=1,
        retry_delay_seconds=30,
    )
    def step(warehouse: Warehouse, options: UpkeepOptions) -> UpkeepStep:
        return run_step(warehouse, name, options)

    return step


@task(name="follow", task_run_name="follow", cache_policy=NO_CACHE, tags=["upkeep"])
def follow(warehouse: Warehouse) -> UpkeepStep:
    """Bring along what runs bring along only when they need it: the index of copies, the site memory.

    They would hold up the expiry of history that they have not read.
    """
    began = time.monotonic()
    dedup = Deduplicator(warehouse)
    try:
        with warehouse.lock(), warehouse.connect() as con:
            documents = dedup.catch_up(con).count
    finally:
        dedup.close()
    SiteKnowledge(warehouse)
    return UpkeepStep("follow", {"documents_compared": documents}, time.monotonic() - began)


@task(name="check", task_run_name="check", cache_policy=NO_CACHE, tags=["upkeep"])
def check(warehouse: Warehouse) -> list[Finding]:
    """Run every check of ``wencang doctor``."""
    return list(examine(warehouse))


def name_run(name: str) -> None:
    """Name the flow run of this process."""
    if flow_run.id:
        with get_client(sync_client=True) as client:
            client.update_flow_run(flow_run.id, name=name)


def as_markdown(done: list[UpkeepStep], findings: list[Finding]) -> str:
    """Return what was done and what was found."""
    steps = [
        (
            each.name,
            ", ".join(f"{v:,} {k.replace('_', ' ')}" for k, v in each.counts.items()),
            f"{each.seconds:.1f}",
        )
        for each in done
    ]
    return (
        "# Upkeep\n\n"
        + table(("step", "what it did", "seconds"), steps)
        + "\n\n"
        + checks_as_markdown(findings)
    )


def checks_as_markdown(findings: list[Finding]) -> str:
    """Return the checks, failed ones first and with their remedy."""
    failed = [each for each in findings if not each.is_ok]
    if not failed:
        return f"## Checks\n\nAll {len(findings)} checks passed."
    rows = [
        (each.check, each.question, each.faults, "; ".join(each.examples), each.remedy) for each in failed
    ]
    head = ("check", "question", "faults", "examples", "what to do")
    return f"## Checks\n\n**{len(failed)} of {len(findings)} failed.**\n\n" + table(head, rows)
