"""The temporary server of a command, and several commands in one process."""

import json
import os
import sqlite3
import subprocess
import sys
from contextlib import closing, nullcontext
from pathlib import Path

import pytest

from flows import prefect_env
from flows.local_server import LocalServer, ServerDidNotStart, listening_socket

ROOT = Path(__file__).resolve().parents[2]
TWO_RUNS = """
import sys
from flows.cli import run

if __name__ == "__main__":
    for folder, lake in zip(sys.argv[1::2], sys.argv[2::2]):
        run(["ingest", folder, "--quiet", "--json", "--workers", "1", "--warehouse", lake])
"""


@pytest.fixture
def no_server(monkeypatch, tmp_path):
    """A process that knows of no server, and whose temporary ones are not started."""
    for name in ("PREFECT_API_URL", "PREFECT_HOME"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(os, "environ", os.environ.copy())
    monkeypatch.setattr(prefect_env, "_port", 0)
    monkeypatch.setattr(prefect_env, "_without_heartbeat", nullcontext)
    monkeypatch.setattr(prefect_env, "_finish_sending", lambda: None)
    monkeypatch.setattr(LocalServer, "fork", lambda self: None)
    monkeypatch.setattr(LocalServer, "stop", lambda self: self._socket.close())


def test_the_servers_of_one_process_have_one_address(no_server, tmp_path):
    """Prefect reads it once. Each warehouse has its own records; the environment is left as it was."""
    seen = []
    for lake in ("a", "b"):
        with prefect_env.server_for(tmp_path / lake):
            seen.append((os.environ["PREFECT_API_URL"], os.environ["PREFECT_HOME"]))
        assert not {"PREFECT_API_URL", "PREFECT_HOME"} & os.environ.keys()

    assert len({url for url, _ in seen}) == 1
    assert [home for _, home in seen] == [str(tmp_path / lake / "prefect") for lake in ("a", "b")]


def test_an_address_that_is_taken_meanwhile_is_said(no_server, tmp_path):
    """With what to do about it."""
    with prefect_env.server_for(tmp_path):
        pass
    with (
        listening_socket(prefect_env._port),
        pytest.raises(ServerDidNotStart, match="Start Python anew"),
        prefect_env.server_for(tmp_path),
    ):
        pass


@pytest.mark.slow
def test_two_ingests_in_one_process(tmp_path, write_article, own_environment):
    """As in a notebook: each loads, into whichever warehouse, and is recorded with its tasks."""
    places = []
    for number, lake in enumerate(("one", "one", "two")):
        folder = tmp_path / str(number)
        folder.mkdir()
        write_article(folder, number)
        places += [str(folder), str(tmp_path / lake)]
    (tmp_path / "two_runs.py").write_text(TWO_RUNS)
    done = subprocess.run(
        [sys.executable, str(tmp_path / "two_runs.py"), *places],
        env={**own_environment, "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )

    assert [json.loads(line)["new"] for line in done.stdout.splitlines()] == [1, 1, 1], done.stderr
    for lake, runs in (("one", 2), ("two", 1)):
        with closing(sqlite3.connect(tmp_path / lake / "prefect" / "prefect.db")) as records:
            query = "select state_name, count(distinct flow_run_id) from task_run group by 1"
            assert records.execute(query).fetchall() == [("Completed", runs)]
