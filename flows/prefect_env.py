"""prefect_env: Prefect's settings for a run without a server, made before Prefect is imported.

With ``PREFECT_API_URL`` set (or a profile that sets it) the run joins that server. Otherwise a
running ``wencang serve`` of the same warehouse is joined, and without one a temporary server is
started for this run. Nothing is sent anywhere: telemetry is off.
"""

import json
import logging
import os
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.errors import UsageError
from flows.local_server import RECORDING_SETTINGS, LocalServer, ServerDidNotStart, listening_socket

SERVER_FILE = "prefect/server.json"
"""Written by ``wencang serve`` inside the warehouse: {"url": …, "pid": …}."""

SEND_TIMEOUT_S = 10.0
"""Longest wait for records that were not sent yet when a run ended."""

QUIET = {
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_CLOUD_ENABLE_ORCHESTRATION_TELEMETRY": "false",
    # the temporary server shares a SQLite file with its own background writers, and reports every
    # short wait for it as an error; the run is not affected
    "PREFECT_LOGGING_INTERNAL_LEVEL": "CRITICAL",
    "PREFECT_SERVER_LOGGING_LEVEL": "CRITICAL",
    "PREFECT_LOGGING_LEVEL": "CRITICAL",
    # a run that joins a server is taken for dead when it says nothing for 100 s (flows/notify.py)
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": "30",
    # batched recording: a quarter of the server's CPU time for the same records
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_TASK_RUN_RECORDER_READ_BATCH_SIZE": "200",
    "PREFECT_SERVER_SERVICES_TRIGGERS_READ_BATCH_SIZE": "100",
    "PREFECT_SERVER_SERVICES_EVENT_PERSISTER_READ_BATCH_SIZE": "100",
}


def running_server(warehouse: Path) -> str | None:
    """Return the API address of the ``wencang serve`` of this warehouse if it answers."""
    try:
        url = str(json.loads((warehouse / SERVER_FILE).read_text())["url"])
        with urllib.request.urlopen(f"{url}/health", timeout=2) as answer:
            return url if answer.status == 200 else None
    except (OSError, ValueError, KeyError, urllib.error.URLError):
        return None


def configure(warehouse: Path) -> str | None:
    """Set Prefect's environment for this process; returns the server to join, if there is one.

    Without one a ``LocalServer`` is to be started.
    """
    for name, value in QUIET.items():
        os.environ.setdefault(name, value)
    url = os.environ.get("PREFECT_API_URL") or running_server(warehouse)
    if url:
        os.environ["PREFECT_API_URL"] = url
        return url
    own_home(warehouse)
    return None


def own_home(warehouse: Path) -> Path:
    """Return the folder of Prefect's records, the warehouse's own unless ``PREFECT_HOME`` names another.

    Raises ``UsageError`` if Prefect, which opens its database by an address, would take it for another folder.
    """
    home = os.environ.get("PREFECT_HOME") or str(warehouse / "prefect")
    if "?" in home:
        raise UsageError(
            f"{home}: Prefect cannot keep its records under a path with a question mark. Nothing was loaded. "
            "Rename the folder, or set PREFECT_HOME to another one."
        )
    os.environ["PREFECT_HOME"] = home
    return Path(home)


_port = 0
"""Of the first temporary server of this process, 0 before there was one."""


@contextmanager
def server_for(warehouse: Path) -> Iterator[Callable[[], str]]:
    """Configure Prefect and see to a server; yields a function that waits until it answers.

    Import flows, and prepare what needs no server, between the two: that is done while it starts.
    """
    has_home = "PREFECT_HOME" in os.environ
    url = configure(warehouse)
    if url is not None:
        yield lambda: str(url)
        return
    server = _temporary_server(own_home(warehouse))
    # all of this must be known before Prefect is imported, the server need not answer yet
    os.environ["PREFECT_API_URL"] = server.url
    for name, value in RECORDING_SETTINGS.items():
        os.environ.setdefault(name, value)
    server.fork()
    try:
        with _without_heartbeat():
            yield server.wait
    finally:
        _finish_sending()
        server.stop()
        os.environ.pop("PREFECT_API_URL")
        if not has_home:
            os.environ.pop("PREFECT_HOME")  # the next call may be for another warehouse


def _temporary_server(home: Path) -> LocalServer:
    """Return a server for one run; in one process always on one port.

    Prefect reads the address once, and its clients (events, concurrency, logs) outlive a run: a second run of the
    process has to find its server where that of the first was.
    """
    global _port
    try:
        server = LocalServer(home, listening_socket(_port))
    except OSError as error:
        raise ServerDidNotStart(
            f"Port {_port}, on which Prefect's temporary server was for an earlier run of this process, is in use by "
            "now. Nothing was loaded. Start Python anew, or keep a server: wencang serve"
        ) from error
    _port = server.port
    return server


def _finish_sending() -> None:
    """Have this process's records reach the server before it ends; later ones would be sent to the next one."""
    from prefect.events.worker import EventsWorker

    # its logger is not below Prefect's own, whose level is set; it warns of every record that waits
    logging.getLogger(EventsWorker.__name__).setLevel(logging.ERROR)
    EventsWorker.drain_all(timeout=SEND_TIMEOUT_S, at_exit=False)


@contextmanager
def _without_heartbeat() -> Iterator[None]:
    """Nobody waits for the heartbeat of such a run, and its end would wait up to a second for the next one."""
    from prefect.settings import PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

    with temporary_settings({PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
        yield
