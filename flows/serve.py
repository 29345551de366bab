"""serve: one process that holds the dashboard, the schedules, the watcher and the runs.

    wencang serve
    ├── Prefect's server with the dashboard     (unless PREFECT_API_URL names one)
    ├── thread "runner": starts what is due, a process for each run
    └── thread "watcher": asks for a run when a local source has changed

A stop (Ctrl-C, SIGTERM) ends the runs as Cancelled, then the server. A start gives runs that were
killed their final state, drops schedules that came due meanwhile, and begins with one run that
catches up. Nothing is paused at any time.
"""

import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flows import prefect_env
from flows.own_files import own_files
from flows.serve_server import (
    FLOW_SETTINGS,
    SERVER_SETTINGS,
    DashboardServer,
    announced,
    check_answers,
    dashboard_of,
    name_among_others,
    only_one,
    open_port,
)
from flows.sources_file import SourcesFileError, read_sources_file
from flows.watch import Watcher
from tasks.sources import Source
from warehouse.paths import WarehousePaths

if TYPE_CHECKING:
    from flows.serve_runner import RunnerThread

RUNS_AT_ONCE = 4
"""Different flows may run together; each deployment runs once at a time."""


@dataclass(frozen=True, slots=True)
class ServePlan:
    """What to serve. config: sources file, read again at each run; every_s: seconds between ingests."""

    warehouse: Path
    sources: tuple[Source, ...]
    config: Path | None
    port: int | None
    every_s: float
    upkeep: str
    report: str
    timezone: str

    def current_sources(self) -> Sequence[Source]:
        """Return the sources as they are now; raises ``SourcesFileError`` while the file is wrong."""
        if self.config is None:
            return self.sources
        return [each for each in read_sources_file(self.config) if each.enabled]

    def watched_sources(self) -> Sequence[Source]:
        """Return the sources whose files are watched: those without a schedule of their own."""
        try:
            return [each for each in self.current_sources() if each.schedule is None]
        except SourcesFileError:
            return ()  # being edited; the next run says what is wrong with it


def serve(plan: ServePlan) -> int:
    """Serve until SIGINT or SIGTERM; returns the exit code."""
    os.environ["WENCANG_HOME"] = str(plan.warehouse)
    if plan.config is not None:
        os.environ["WENCANG_CONFIG"] = str(plan.config)
    for name, value in {**prefect_env.QUIET, **SERVER_SETTINGS, **FLOW_SETTINGS}.items():
        os.environ.setdefault(name, value)
    stopped = Stop()
    try:
        return _serve(plan, stopped)
    except KeyboardInterrupt:
        _say("stopped while it was starting. Nothing was run.")
        return 0


def _serve(plan: ServePlan, stopped: "Stop") -> int:
    with ExitStack() as stack:
        stack.enter_context(only_one(plan.warehouse))
        server = stack.enter_context(_server(plan))
        url = os.environ["PREFECT_API_URL"]
        _say("starting …")
        from flows.serve_runner import RunnerThread, prepare

        if server is not None:
            server.wait()
        stack.enter_context(announced(plan.warehouse, url))
        name = plan.warehouse.name if server is not None else name_among_others(plan.warehouse)
        prepared = prepare(plan, name)
        stopped.started()
        with RunnerThread(prepared, RUNS_AT_ONCE) as runner:
            own = own_files(WarehousePaths.of(plan.warehouse))
            watcher = Watcher(plan.watched_sources, runner.ask_for_ingest, own)
            watcher.start()
            _say(_welcome(plan, url))
            code = _wait(stopped, server, runner)
            watcher.stop()
            _say("stopping …")
        _say("stopped. What was loaded stays; the next start goes on.")
    return code


@contextmanager
def _server(plan: ServePlan) -> Iterator[DashboardServer | None]:
    """Start a server unless one is named; sets ``PREFECT_API_URL`` before Prefect is imported."""
    if named := os.environ.get("PREFECT_API_URL"):
        check_answers(named)
        yield None
        return
    listening = open_port(plan.port)
    with DashboardServer(prefect_env.own_home(plan.warehouse), listening) as server:
        os.environ["PREFECT_API_URL"] = server.url
        yield server


class Stop:
    """Ctrl-C, SIGTERM or SIGHUP: end the start at once (``KeyboardInterrupt``), and what runs in order."""

    def __init__(self) -> None:
        self._asked = threading.Event()
        self._starting = True
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._ask)

    def _ask(self, *_: object) -> None:
        self._asked.set()
        if self._starting:
            self._starting = False  # a second signal must not break off the tidying up
            raise KeyboardInterrupt

    def started(self) -> None:
        """Say that there is something to be ended in order from now on."""
        self._starting = False

    def wait(self, seconds: float) -> bool:
        """Wait for a signal; returns whether there was one."""
        return self._asked.wait(seconds)


def _wait(stopped: Stop, server: DashboardServer | None, runner: "RunnerThread") -> int:
    """Wait for a signal; 1 when the server or the runner ended by itself."""
    while not stopped.wait(0.5):
        if server is not None and not server.alive:
            _say(f"Prefect's server ended by itself; its messages: {server.home}/server.log")
            return 1
        if not runner.is_alive():
            _say(f"the runner ended by itself: {runner.error}")
            return 1
    return 0


def _welcome(plan: ServePlan, url: str) -> str:
    names = ", ".join(each.title for each in plan.current_sources()) or f"nothing yet in {plan.config}"
    own = [f"{each.title} ({each.schedule})" for each in plan.current_sources() if each.schedule]
    minutes = "minute" if plan.every_s == 60 else f"{plan.every_s / 60:g} minutes"
    every = minutes if plan.every_s >= 60 else f"{plan.every_s:g} seconds"
    return "\n".join(
        (
            f"dashboard  {dashboard_of(url)}",
            f"           warehouse {plan.warehouse}",
            f"           ingest    now, every {every}, and when a file arrives: {names}",
            f"           upkeep    {plan.upkeep}   report    {plan.report}   ({plan.timezone})",
            *([f"           own times {', '.join(own)}"] if own else []),
            "           Ctrl-C stops all of it.",
        )
    )


def _say(text: str) -> None:
    print(f"wencang: {text}", file=sys.stderr, flush=True)
