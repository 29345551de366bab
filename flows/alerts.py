"""alerts: automations that tell people, by a webhook.

    python -m flows.alerts                                    only the automation for dead runs
    python -m flows.alerts https://hooks.example.org/…        and a message for each thing worth one

The message is JSON with ``text`` (most chat systems show it), ``event``, ``resource`` and ``payload``.
For e-mail, make a block of type "Sendgrid Email" (or of the package prefect-email) in the
dashboard and choose it in the automation's action instead.
"""

import sys
from collections.abc import Sequence

from prefect.blocks.webhook import Webhook
from prefect.events.actions import CallWebhook
from prefect.events.schemas.automations import AutomationCore, EventTrigger, Posture
from pydantic import SecretStr

from flows.notify import set_up_automations

BLOCK = "wencang-alerts"
RUN_EVENTS = frozenset({"prefect.flow-run.Failed", "prefect.flow-run.Crashed"})
OUR_EVENTS = frozenset(
    {
        "wencang.check.failed",
        "wencang.source.failing",
        "wencang.source.missing",
        "wencang.source.silent",
        "wencang.rejects.high",
    }
)
BODY = (
    '{"text": "wencang: {{ event.event }} · {{ event.resource.name or event.resource.id }}", '
    '"event": "{{ event.event }}", "resource": "{{ event.resource.id }}", '
    '"at": "{{ event.occurred }}", "payload": {{ event.payload | tojson }} }'
)


def tell_by_webhook(url: str) -> None:
    """Make or change the block and the automations that call it."""
    block = Webhook(method="POST", url=SecretStr(url), allow_private_urls=True)
    block_id = block.save(BLOCK, overwrite=True)
    call = CallWebhook(block_document_id=block_id, payload=BODY)
    wanted = (
        _automation("wencang: tell of failed and crashed runs", RUN_EVENTS, call),
        _automation("wencang: tell of checks, sources and rejects", OUR_EVENTS, call),
    )
    set_up_automations(wanted)


def _automation(name: str, events: frozenset[str], call: CallWebhook) -> AutomationCore:
    # one message for each resource in an hour: a source that fails at every run is news once
    trigger = EventTrigger(
        expect=set(events),
        for_each={"prefect.resource.id"},
        posture=Posture.Reactive,
        threshold=1,
        within=3600,
    )
    return AutomationCore(name=name, trigger=trigger, actions=[call])


def main(arguments: Sequence[str]) -> None:
    """Set up what the command line asks for."""
    set_up_automations()
    for url in arguments:
        tell_by_webhook(url)


if __name__ == "__main__":
    main(sys.argv[1:])
