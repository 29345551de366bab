"""serve_runner: registers the deployments and starts their runs, in a thread of ``wencang serve``."""

import asyncio
import os
import sys
import threading
import time
from dataclasses import dataclass
from types import TracebackType
from typing import TYPE_CHECKING
from uuid import UUID

import httpx
from prefect.client.orchestration import get_client
from prefect.deployments.runner import RunnerDeployment
from prefect.events import emit_event
from prefect.runner import Runner

from flows.backlog import drop_overdue, waiting_runs
from flows.beginning import SERVED_BY
from flows.dead_runs import end_leftovers
from flows.deployments import Schedules, deployments
from flows.errors import UsageError
from flows.notify import set_up_automations
from flows.serve_server import HEARTBEAT_S

if TYPE_CHECKING:
    from flows.serve import ServePlan

POLL_S = 3.0
"""Between two looks for runs that are due."""
STOP_TIMEOUT_S = 40.0
"""For the runs to end after a stop; the service file allows 90 s for all of it."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """Deployments as registered. ids: flow name -> deployment id."""

    deployments: dict[str, RunnerDeployment]
    ids: dict[str, UUID]


def prepare(plan: "ServePlan", name: str) -> Prepared:
    """Register deployments and automations, and clear what an earlier process left.

    name: of the warehouse on this server.
    """
    schedules = Schedules(plan.every_s, plan.upkeep, plan.report, plan.timezone)
    try:
        sources = plan.current_sources()
        wanted = deployments(name, sources, schedules, from_file=plan.config is not None)
    except ValueError as error:
        raise UsageError(
            f"A schedule means nothing: {error}. Nothing was run. Write five fields such as '0 4 * * *' (at four); "
            "wencang sources check names those of wencang.toml that are wrong."
        ) from error
    ids = {flow: _register(each) for flow, each in wanted.items()}
    end_leftovers(ids.values(), stopped=False)
    drop_overdue(ids.values())
    set_up_automations()
    return Prepared(wanted, ids)


def _register(deployment: RunnerDeployment) -> UUID:
    registered = deployment.apply()
    return UUID(str(registered))


class RunnerThread(threading.Thread):
    """Prefect's runner in a thread, so that signals stay with the main thread."""

    def __init__(self, prepared: Prepared, at_once: int) -> None:
        super().__init__(name="runner", daemon=True)
        self.error: BaseException | None = None
        self._prepared = prepared
        self._ids = prepared.ids
        self._session = int(time.time())
        self._runner = Runner(
            name="wencang",
            query_seconds=POLL_S,
            heartbeat_seconds=HEARTBEAT_S,
            limit=at_once,
            # a restart must not leave anything paused
            pause_on_shutdown=False,
        )

    def run(self) -> None:
        """Start what is due until stopped."""
        try:
            asyncio.run(self._main())
        except BaseException as error:  # noqa: BLE001 - the main thread reports it
            self.error = error

    async def _main(self) -> None:
        for deployment in self._prepared.deployments.values():
            await self._runner.aadd_deployment(deployment)
        await self._runner.start()

    def ask_for_ingest(self, digest: int) -> bool:
        """Ask for an ingest because the sources changed; one that waits already will do.

        Returns whether there is such a run now.
        """
        ingest = self._ids["ingest"]
        try:
            if waiting_runs(ingest):
                return True
            with get_client(sync_client=True) as client:
                run = client.create_flow_run_from_deployment(
                    ingest, idempotency_key=f"arrived-{self._session}-{digest:x}", tags=["arrived"]
                )
            emit_event(
                event="wencang.input.arrived",
                resource={"prefect.resource.id": f"prefect.deployment.{ingest}"},
                related=[
                    {"prefect.resource.id": f"prefect.flow-run.{run.id}", "prefect.resource.role": "flow-run"}
                ],
            )
        except Exception:  # noqa: BLE001 - the server may be busy or restarting; the next look asks again
            return False
        return True

    def __enter__(self) -> "RunnerThread":
        os.environ[SERVED_BY] = str(os.getpid())
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the runs, then give those that could not say so themselves their final state."""
        ends = time.monotonic() + STOP_TIMEOUT_S
        while self.is_alive() and not self._runner.started and time.monotonic() < ends:
            time.sleep(0.05)
        if self.is_alive() and self._runner.started:
            self._runner.execute_in_background(self._runner.astop)
        self.join(max(0.0, ends - time.monotonic()))
        try:
            end_leftovers(self._ids.values(), stopped=True)
        except httpx.HTTPError as error:
            print(
                f"wencang: Prefect's server does not answer ({error}); runs that were ended with this stop "
                "are called so at the next start.",
                file=sys.stderr,
            )
