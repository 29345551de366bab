"""notify: events that people want to hear of, and the automations that answer them.

An event says what happened; who is told, and how, is decided in Prefect's automations
(``python -m flows.alerts URL`` makes those that call a webhook; deploy/RUNBOOK.md, "Alerts").
"""

from collections.abc import Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import StateType
from prefect.events import emit_event
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from prefect.runtime import flow_run

from flows.health import SourceCount, SourceHistory
from warehouse.doctor import Finding

FLOWS = ("ingest", "upkeep", "report", "reclean")
"""Names of our flows: others on the same server may have other heartbeats, or none."""

HEARTBEAT = "prefect.flow-run.heartbeat"
ZOMBIE_WITHIN_S = 100
"""A run that has not been heard of for this long is dead; more than three heartbeats of 30 s."""

REJECTS_SHARE, REJECTS_FROM = 0.5, 20
"""More rejects than this share of at least this many documents are news."""

ZOMBIES = AutomationCore(
    name="wencang: a run that died is called crashed",
    description=f"No heartbeat and no end for {ZOMBIE_WITHIN_S} s: the process, or its machine, is gone.",
    trigger=EventTrigger(
        # the first heartbeat follows at once; if it is lost, the watch has begun all the same
        after={"prefect.flow-run.Running", HEARTBEAT},
        expect={
            HEARTBEAT,
            "prefect.flow-run.Completed",
            "prefect.flow-run.Failed",
            "prefect.flow-run.Cancelled",
            "prefect.flow-run.Crashed",
        },
        match={"prefect.resource.id": ["prefect.flow-run.*"]},
        match_related={"prefect.resource.role": "flow", "prefect.resource.name": list(FLOWS)},
        for_each={"prefect.resource.id"},
        posture=Posture.Proactive,
        threshold=1,
        within=ZOMBIE_WITHIN_S,
    ),
    actions=[
        ChangeFlowRunState(
            state=StateType.CRASHED, message="No heartbeat: the process or its machine is gone."
        )
    ],
)


def tell_of_run(warehouse: Path, summary: Mapping[str, Any], sources: Sequence[SourceCount]) -> None:
    """Raise the events of one ingest: sources that fail or are not there, and rejects beyond measure."""
    for each in sources:
        if each.is_missing:
            _emit("wencang.source.missing", f"wencang.source.{each.title}", {"run_id": summary["run_id"]})
        elif each.is_failing:
            payload = {"run_id": summary["run_id"], "rejected": each.rejected}
            _emit("wencang.source.failing", f"wencang.source.{each.title}", payload)
    read = summary["new"] + summary["rejects"]
    if read >= REJECTS_FROM and summary["rejects"] > REJECTS_SHARE * read:
        payload = {"run_id": summary["run_id"], "rejects": summary["rejects"], "documents": read}
        _emit("wencang.rejects.high", f"wencang.warehouse.{warehouse.name}", payload)


def tell_of_silence(histories: Mapping[str, SourceHistory], now: datetime) -> list[SourceHistory]:
    """Raise an event for each source that went silent; returns them."""
    silent = [each for each in histories.values() if each.is_silent(now)]
    for each in silent:
        last = each.last_new.isoformat() if each.last_new else None
        _emit("wencang.source.silent", f"wencang.source.{each.title}", {"last_new": last})
    return silent


def tell_of_checks(findings: Sequence[Finding]) -> list[Finding]:
    """Raise an event for each check that failed; returns them."""
    failed = [each for each in findings if not each.is_ok]
    for each in failed:
        payload = {"question": each.question, "faults": each.faults, "remedy": each.remedy}
        _emit("wencang.check.failed", f"wencang.check.{each.check}", payload)
    return failed


def _emit(event: str, resource: str, payload: dict[str, Any]) -> None:
    related = []
    if flow_run.id:
        related.append(
            {"prefect.resource.id": f"prefect.flow-run.{flow_run.id}", "prefect.resource.role": "flow-run"}
        )
    emit_event(event=event, resource={"prefect.resource.id": resource}, related=related, payload=payload)


AUTOMATIONS = (ZOMBIES,)
"""Set up by ``wencang serve``; the same for a work pool: ``python -m flows.alerts``."""


def set_up_automations(automations: Sequence[AutomationCore] = AUTOMATIONS) -> None:
    """Create the automations that are missing; one with the same name is brought up to date."""
    with get_client(sync_client=True) as client:
        for automation in automations:
            found = client.read_automations_by_name(automation.name)
            if found:
                client.update_automation(found[0].id, automation)
            else:
                client.create_automation(automation)
