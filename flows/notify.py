"""notify: events that people want to hear of, and the automations that answer them.

An event says what happened; who is told, and how, is decided in Prefect's automations
(``deploy/automations.yaml`` has examples for a webhook and for e-mail).
"""

from prefect.client.orchestration import get_client
from prefect.client.schemas.objects import StateType
from prefect.events.actions import ChangeFlowRunState
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture

ZOMBIE_WITHIN_S = 100
"""A run that has not been heard of for this long is dead; more than three heartbeats of 30 s."""

ZOMBIES = AutomationCore(
    name="wencang: a run that died is called crashed",
    description=f"No heartbeat and no end for {ZOMBIE_WITHIN_S} s: the process, or its machine, is gone.",
    trigger=EventTrigger(
        after={"prefect.flow-run.heartbeat"},
        expect={
            "prefect.flow-run.heartbeat",
            "prefect.flow-run.Completed",
            "prefect.flow-run.Failed",
            "prefect.flow-run.Cancelled",
            "prefect.flow-run.Crashed",
        },
        match={"prefect.resource.id": ["prefect.flow-run.*"]},
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

AUTOMATIONS = (ZOMBIES,)
"""Set up by ``wencang serve``; the same for a work pool: ``python -m flows.notify``."""


def set_up_automations() -> None:
    """Create the automations that are missing; one with the same name is brought up to date."""
    with get_client(sync_client=True) as client:
        for automation in AUTOMATIONS:
            found = client.read_automations_by_name(automation.name)
            if found:
                client.update_automation(found[0].id, automation)
            else:
                client.create_automation(automation)


if __name__ == "__main__":
    set_up_automations()
