"""local_server: Prefect's API for the length of one command, when no server is configured.

Prefect can start such a temporary server by itself, but then loads all of itself twice. Here the
process is forked after it has loaded Prefect (half of the CPU time), and what it becomes
records and no more (``flows/recording_server.py``). It listens on loopback, on a free port, and
ends with this process, however that ends.
"""

import os
import shutil
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from importlib.metadata import version
from pathlib import Path
from types import TracebackType
from typing import ClassVar, Self

from flows.forked import ForkedProcess, can_fork, die_with_parent, without_collection
from tasks.errors import WencangError

STARTUP_TIMEOUT_S = 120.0
"""A start takes 2 to 7 s, on a busy machine ten times that."""
STOP_TIMEOUT_S = 5.0
"""After it the server is killed: what it recorded is in its database."""
RECORDING_SETTINGS = {
    "PREFECT_UI_ENABLED": "0",
    # loading every type of block is a quarter of the server's start; a run uses none
    "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
    # how Prefect itself marks a server that serves one process: fewer background services
    "PREFECT__SERVER_EPHEMERAL": "1",
}


class ServerDidNotStart(WencangError):
    """The temporary server gave no answer."""


def template() -> Path:
    """Return where a database of this version of Prefect, with its migrations done, is kept.

    It is made with the environment, or by the first run: migrating takes seconds in each new warehouse.
    """
    return Path(sys.prefix) / "share" / "wencang" / f"prefect-{version('prefect')}.db"


def listening_socket(port: int) -> socket.socket:
    """Return a socket that listens on a port of the loopback interface, 0 for any; raises ``OSError``.

    It is handed to the server, so that no other process can take the port while the server starts,
    and an answer on it can only come from our server.
    """
    listening = socket.socket()
    try:
        listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        listening.bind(("127.0.0.1", port))
        listening.listen(128)
    except OSError:
        listening.close()
        raise
    return listening


class LocalServer:
    """A Prefect server on loopback; ``start`` returns at once, ``wait`` when it answers."""

    module: ClassVar[str] = "flows.recording_server"
    """What its process runs; the argument is the descriptor of the socket."""

    def __init__(self, home: Path, listening: socket.socket | None = None) -> None:
        self.home = home
        self._socket = listening or listening_socket(0)
        self.port = int(self._socket.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}/api"
        self._process: subprocess.Popen[bytes] | ForkedProcess | None = None

    def environment(self) -> dict[str, str]:
        """Return the settings of the server process."""
        return {**os.environ, "PREFECT_HOME": str(self.home), **RECORDING_SETTINGS}

    def start(self) -> None:
        """Start the server process; its messages go to ``server.log`` in its home."""
        self._make_home()
        with (self.home / "server.log").open("ab") as log, self._socket:
            self._process = subprocess.Popen(
                [sys.executable, "-m", self.module, str(self._socket.fileno())],
                env=self.environment(),
                pass_fds=[self._socket.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )

    def fork(self) -> None:
        """Start the server as a fork of this process, which loads Prefect before; else like ``start``.

        ``PREFECT_HOME``, ``PREFECT_API_URL`` and ``RECORDING_SETTINGS`` must be in the environment.
        """
        if not can_fork():
            self.start()
            return
        self._make_home()
        with without_collection():
            import prefect.context
            import prefect.flows
            import prefect.tasks  # noqa: F401 - what flow and server both need, loaded once
        if not can_fork():
            self.start()
            return
        descriptor = self._socket.fileno()

        def serve() -> None:
            from flows.recording_server import main

            main(descriptor)

        self._process = ForkedProcess(serve, self.home / "server.log", descriptor)
        self._socket.close()

    def _make_home(self) -> None:
        self.home.mkdir(parents=True, exist_ok=True)
        database = self.home / "prefect.db"
        if not database.exists() and template().exists():
            part = self.home / f"prefect.db.{os.getpid()}.part"
            shutil.copyfile(template(), part)
            part.replace(database)

    def wait(self) -> str:
        """Return the API address once the server answers; raises ``ServerDidNotStart``."""
        began = time.monotonic()
        while time.monotonic() - began < STARTUP_TIMEOUT_S:
            if self._process is None or self._process.poll() is not None:
                break
            try:
                with urllib.request.urlopen(f"{self.url}/health", timeout=2) as answer:
                    if answer.status == 200:
                        return self.url
            except (OSError, urllib.error.URLError):
                time.sleep(0.05)
        raise ServerDidNotStart(
            f"Prefect's temporary server did not start. Nothing was loaded. Its messages: {self.home}/server.log"
        )

    def stop(self) -> None:
        """End the server; what it recorded stays in its database."""
        process, self._process = self._process, None
        if process is None:
            return
        process.terminate()
        try:
            process.wait(STOP_TIMEOUT_S)
        except (subprocess.TimeoutExpired, TimeoutError):
            process.kill()
            process.wait()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
