"""Loading processes that can be killed, and what a warehouse holds, to be compared."""

import contextlib
import importlib.util
import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from flows.local_server import LocalServer
from warehouse import doctor
from warehouse.catalog import Warehouse
from warehouse.schema import TABLES

LOADER = Path(__file__).parent / "loader.py"
PASSING = {"run_id", "flow_run_id", "task_run_id", "loaded_at", "decided_at", "retired_at", "committed_at",
           "rejected_at"}  # fmt: skip
"""Columns that differ from run to run."""


class Loaders:
    """The process that forks workers."""

    def __init__(self) -> None:
        self.process = subprocess.Popen(
            [sys.executable, str(LOADER)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )

    def _ask(self, task: dict[str, Any]) -> int:
        assert self.process.stdin is not None
        assert self.process.stdout is not None
        self.process.stdin.write(json.dumps(task) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def start(self, root: Path, units: int, **more: Any) -> int:
        """Start a worker; returns its pid."""
        more.setdefault("ack", str(root.parent / f"{root.name}.ack"))
        return self._ask({"root": str(root), "units": units, **more})

    def wait(self, pid: int) -> int:
        """Wait for a worker; returns its exit status (negative: the signal)."""
        return self._ask({"wait": pid})

    def kill(self, pid: int) -> int:
        """Kill a worker as power would; returns its exit status."""
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)
        return self.wait(pid)

    def close(self) -> str:
        """End the process; returns what the workers wrote to stderr."""
        _, errors = self.process.communicate(timeout=60)
        return errors


@pytest.fixture(scope="session")
def loaders() -> Iterator[Loaders]:
    """A process that starts loading processes quickly."""
    made = Loaders()
    yield made
    errors = made.close()
    if errors:
        print(errors, file=sys.stderr)


@pytest.fixture(scope="session")
def contents() -> Callable[..., dict[str, list[str]]]:
    """What a warehouse holds: table -> rows in order of their text, without ids and times of runs."""

    def read(root: Path, after: str = "%") -> dict[str, list[str]]:
        """Read it as it is, or as it was after the last commit with a message like this."""
        found = {}
        with Warehouse.open(root, read_only=True) as warehouse, warehouse.connect() as con:
            query = "select max(snapshot_id) from lake.snapshots() where commit_message like ?"
            (version,) = con.execute(query, [after]).fetchall()[0]
            for table in TABLES.values():
                columns = ", ".join(c.name for c in table.columns if c.name not in PASSING)
                if table.name not in ("runs", "migrations"):
                    query = f"select {columns} from core.{table.name} at (version => {version})"
                    found[table.name] = sorted(map(repr, con.execute(query).fetchall()))
        return found

    return read


@pytest.fixture(scope="session")
def faults() -> Callable[[Path], list[str]]:
    """What the doctor finds wrong."""

    def find(root: Path) -> list[str]:
        with Warehouse.open(root) as warehouse:
            return [f"{f.check}: {f.examples}" for f in doctor.examine(warehouse) if not f.is_ok]

    return find


@pytest.fixture(scope="session")
def undisturbed(
    loaders: Loaders,
    contents: Callable[..., dict[str, list[str]]],
    tmp_path_factory: pytest.TempPathFactory,
) -> Callable[[int], dict[str, list[str]]]:
    """What a warehouse holds after so many units of a run that nothing disturbed."""
    held: dict[int, dict[str, list[str]]] = {}
    root = tmp_path_factory.mktemp("undisturbed") / "lake"
    most = 0

    def after(units: int) -> dict[str, list[str]]:
        nonlocal most
        if units > most:
            most = units
            assert loaders.wait(loaders.start(root, most)) == 0
        if units not in held:
            held[units] = contents(root, f"load unit {units - 1}" if units else "migrate%")
        return held[units]

    return after


@pytest.fixture(scope="session")
def batch() -> Callable[..., dict[str, Any]]:
    """The tables of a unit, as the loading processes make them."""
    tables: Callable[..., dict[str, Any]] = _module_of(LOADER).tables_of
    return tables


def _module_of(file: Path) -> Any:
    spec = importlib.util.spec_from_file_location(f"faults_{file.stem}", file)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def lab() -> Any:
    """Helpers around real ingests."""
    return _module_of(LOADER.with_name("ingest_lab.py"))


@pytest.fixture(scope="session")
def ingests(lab: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A process that starts ingests quickly, and the Prefect server they join."""
    with LocalServer(tmp_path_factory.mktemp("prefect")) as server:
        made = lab.Ingests(server.wait())
        yield made
        made.close()


@pytest.fixture(scope="session")
def source(lab: Any, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Pages to ingest."""
    file = tmp_path_factory.mktemp("source") / "pages.jsonl"
    lab.write_source(file)
    return file


@pytest.fixture(scope="session")
def undisturbed_ingest(
    lab: Any, ingests: Any, source: Path, tmp_path_factory: pytest.TempPathFactory
) -> dict[str, list[str]]:
    """What the source leaves in a warehouse when nothing disturbs."""
    root = tmp_path_factory.mktemp("undisturbed") / "lake"
    assert ingests.wait(ingests.start(source, root)) == 0, lab.log_of(root)
    found: dict[str, list[str]] = lab.held_by(root)
    return found
