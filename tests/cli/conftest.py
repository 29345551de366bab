"""The command line as a person uses it: one Prefect server for the session, a warehouse for each test."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from flows import prefect_env
from flows.cli import run
from flows.local_server import LocalServer

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "tests" / "bench"))  # the made-up articles


@dataclass
class Answer:
    """What a command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


@pytest.fixture(scope="session")
def prefect_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A real Prefect server for the session."""
    for name, value in prefect_env.QUIET.items():
        os.environ.setdefault(name, value)
    os.environ["PREFECT_HOME"] = str(tmp_path_factory.mktemp("prefect"))
    with LocalServer(Path(os.environ["PREFECT_HOME"])) as server:
        os.environ["PREFECT_API_URL"] = server.url
        server.wait()
        from prefect.settings import PREFECT_API_URL, PREFECT_FLOWS_HEARTBEAT_FREQUENCY, temporary_settings

        # another test may have imported Prefect before: it reads the environment only then. The end of a
        # run waits up to a second for its heartbeat
        with temporary_settings({PREFECT_API_URL: server.url, PREFECT_FLOWS_HEARTBEAT_FREQUENCY: None}):
            yield server.url


@pytest.fixture
def lake(tmp_path: Path) -> Path:
    """Where the test's warehouse is made."""
    return tmp_path / "lake"


@pytest.fixture
def wencang(
    prefect_server: str, lake: Path, capfdbinary: pytest.CaptureFixture[bytes]
) -> Callable[..., Answer]:
    """Run a command in this process against the test's warehouse."""

    def call(command: str, *arguments: str | Path) -> Answer:
        capfdbinary.readouterr()
        try:
            code = run([command, *map(str, arguments), "--warehouse", str(lake)])
        except SystemExit as end:
            code = int(end.code or 0)
        sys.stdout.flush()
        found = capfdbinary.readouterr()
        return Answer(code, found.out.decode(), found.err.decode())

    return call


@pytest.fixture
def rows(wencang: Callable[..., Answer]) -> Callable[[str], list[dict[str, Any]]]:
    """Ask the test's warehouse in SQL."""

    def ask(query: str) -> list[dict[str, Any]]:
        answer = wencang("sql", query, "--format", "json")
        assert answer.code == 0, answer.err
        found: list[dict[str, Any]] = answer.json
        return found

    return ask


@pytest.fixture
def start(prefect_server: str, lake: Path) -> Callable[..., "subprocess.Popen[bytes]"]:
    """Start a command as a process of its own, which knows of no server."""
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "WENCANG_"))}

    def call(*arguments: str | Path) -> "subprocess.Popen[bytes]":
        return subprocess.Popen(
            [sys.executable, "-m", "flows.cli", *map(str, arguments), "--warehouse", str(lake)],
            cwd=ROOT,
            env=environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            start_new_session=True,
        )

    return call


@pytest.fixture(scope="session")
def readme_lake(prefect_server: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The warehouse of the README, made once: three pages, one of them a mirror copy."""
    lake = tmp_path_factory.mktemp("readme") / "lake"
    assert run(["ingest", str(ROOT / "tests" / "seeds"), "--quiet", "--warehouse", str(lake)]) == 0
    return lake


@pytest.fixture
def loaded(readme_lake: Path, lake: Path, wencang: Any) -> Any:
    """A copy of that warehouse of the test's own: a warehouse may stand anywhere."""
    shutil.copytree(readme_lake, lake)
    return wencang
