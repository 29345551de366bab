"""local_server: Prefect's API for the length of one command, when no server is configured.

Prefect can start such a temporary server by itself, but then also loads the whole server into
the flow's own process (4 s of CPU time measured); started here it comes up beside our own
start-up and nothing of it is loaded twice. It listens on loopback, on a free port, and ends
with this process, however that ends.
"""

import ctypes
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from pathlib import Path
from types import TracebackType
from typing import Self

from tasks.errors import WencangError

STARTUP_TIMEOUT_S = 120.0
STOP_TIMEOUT_S = 5.0
TEMPLATE = Path(sys.prefix) / "share" / "wencang" / "prefect.db"
"""Prefect database with its migrations done, made once with the environment: saves 8 s in each new warehouse."""

_PR_SET_PDEATHSIG = 1


class ServerDidNotStart(WencangError):
    """The temporary server gave no answer."""


def die_with_parent() -> None:
    """Have the kernel end this process when its parent dies (Linux; elsewhere it is left running)."""
    libc = ctypes.CDLL(None)
    if hasattr(libc, "prctl"):
        libc.prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def free_port() -> int:
    """Return a port of the loopback interface that is free now."""
    with listening_socket(0) as probe:
        return int(probe.getsockname()[1])


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

    def __init__(self, home: Path, listening: socket.socket | None = None) -> None:
        self.home = home
        self._socket = listening or listening_socket(0)
        self.port = int(self._socket.getsockname()[1])
        self.url = f"http://127.0.0.1:{self.port}/api"
        self._process: subprocess.Popen[bytes] | None = None

    def environment(self) -> dict[str, str]:
        """Return the settings of the server process."""
        return {
            **os.environ,
            "PREFECT_HOME": str(self.home),
            "PREFECT_UI_ENABLED": "0",
            # loading every type of block is a quarter of the server's start; a run uses none
            "PREFECT_API_BLOCKS_REGISTER_ON_START": "false",
            # how Prefect itself marks a server that serves one process: fewer background services
            "PREFECT__SERVER_EPHEMERAL": "1",
            "PREFECT__SERVER_FINAL": "1",
        }

    def start(self) -> None:
        """Start the server process; its messages go to ``server.log`` in its home."""
        self.home.mkdir(parents=True, exist_ok=True)
        database = self.home / "prefect.db"
        if not database.exists() and TEMPLATE.exists():
            part = self.home / f"prefect.db.{os.getpid()}.part"
            shutil.copyfile(TEMPLATE, part)
            part.replace(database)
        with (self.home / "server.log").open("ab") as log, self._socket:
            self._process = subprocess.Popen(
                [sys.executable, "-m", "flows.server_process", str(self._socket.fileno())],
                env=self.environment(),
                pass_fds=[self._socket.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                preexec_fn=die_with_parent,
            )

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
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
