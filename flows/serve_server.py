"""serve_server: Prefect's server with its dashboard, for as long as ``wencang serve`` runs.

The same server as ``prefect server start``, on loopback, with the settings that were measured to
matter: batched recording, leases on disk (a restart must not crash the runs that hold one),
vacuum of old runs and events, no telemetry.
"""

import fcntl
import json
import os
import secrets
import socket
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flows.local_server import LocalServer, listening_socket
from flows.prefect_env import SERVER_FILE, running_server
from tasks.errors import WencangError

DEFAULT_PORT = 4200
"""Prefect's own default; another free port is taken when it is in use and none was asked for."""

HEARTBEAT_S = 30
"""How often a run says that it is alive; ``flows/notify.py`` calls it crashed after three missing ones."""

SERVER_SETTINGS = {
    "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": "prefect.server.concurrency.lease_storage.filesystem",
    "PREFECT_SERVER_CONCURRENCY_MAXIMUM_CONCURRENCY_SLOT_WAIT_SECONDS": "10",
    "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
    "PREFECT_SERVER_UI_V2_ENABLED": "true",
    "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
}
FLOW_SETTINGS = {
    "PREFECT_FLOWS_HEARTBEAT_FREQUENCY": str(HEARTBEAT_S),
    "PREFECT_LOGGING_LEVEL": "INFO",
    # "Finished in state Completed()" for each step of each batch hides the lines that say something
    "PREFECT_LOGGING_LOGGERS_PREFECT_TASK_RUNS_LEVEL": "WARNING",
    # what a run logs is on its page; here only what needs attention
    "PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL": "WARNING",
}


class ServeError(WencangError):
    """``wencang serve`` cannot start; the message says why and what to do."""


def open_port(wanted: int | None) -> socket.socket:
    """Return a socket that listens on the port asked for, else on 4200, else on any.

    Raises ``ServeError`` when the one asked for is in use.
    """
    if wanted is not None:
        try:
            return listening_socket(wanted)
        except OSError as error:
            raise ServeError(
                f"Port {wanted} cannot be listened on ({error.strerror}). Nothing was started. "
                "Name another: --port N"
            ) from error
    try:
        return listening_socket(DEFAULT_PORT)
    except OSError:
        return listening_socket(0)


def check_answers(api_url: str) -> None:
    """Raise ``ServeError`` unless a Prefect server answers at an address."""
    try:
        with urllib.request.urlopen(f"{api_url.rstrip('/')}/health", timeout=10):
            return
    except (OSError, ValueError) as error:
        raise ServeError(
            f"No Prefect server answers at PREFECT_API_URL={api_url} ({error}). Nothing was started. "
            "Start it, or unset the name: then wencang serve starts one of its own."
        ) from error


class DashboardServer(LocalServer):
    """Prefect's server with its dashboard and all its services."""

    module = "flows.server_process"

    def environment(self) -> dict[str, str]:
        """Return the settings of the server process."""
        return {
            **os.environ,
            "PREFECT_HOME": str(self.home),
            "PREFECT_API_URL": self.url,
            "PREFECT_SERVER_API_HOST": "127.0.0.1",
            "PREFECT_SERVER_API_PORT": str(self.port),
            "PREFECT_UI_API_URL": self.url,
            # by default the dashboard's files are copied into the installed package
            "PREFECT_UI_STATIC_DIRECTORY": str(self.home / "dashboard"),
        }

    @property
    def alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None


def dashboard_of(api_url: str) -> str:
    """Return the address to open in a browser for an API address.

    >>> dashboard_of("http://127.0.0.1:4200/api")
    'http://127.0.0.1:4200/v2'
    """
    return f"{api_url.removesuffix('/').removesuffix('/api')}/v2"


@contextmanager
def only_one(warehouse: Path) -> Iterator[None]:
    """Hold the right to serve a warehouse; raises ``ServeError`` when another process has it."""
    folder = (warehouse / SERVER_FILE).parent
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "serve.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            url = running_server(warehouse)
            where = f" Its dashboard: {dashboard_of(url)}" if url else ""
            raise ServeError(
                f"wencang serve runs already for {warehouse}.{where} Nothing was started. "
                "Use that one, or stop it first."
            ) from error
        yield


def name_among_others(warehouse: Path) -> str:
    """Return the name of a warehouse on a server that may serve others, too; it stays the same.

    Most are called "lake", and two of one name would run each other's runs.
    """
    path = (warehouse / SERVER_FILE).with_name("name")
    if not path.exists():
        path.write_text(f"{warehouse.name}-{secrets.token_hex(3)}")
    return path.read_text().strip()


@contextmanager
def announced(warehouse: Path, api_url: str) -> Iterator[None]:
    """Tell other commands of this warehouse which server to join."""
    path = warehouse / SERVER_FILE
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    part.write_text(json.dumps({"url": api_url, "pid": os.getpid()}))
    part.replace(path)
    try:
        yield
    finally:
        path.unlink(missing_ok=True)
