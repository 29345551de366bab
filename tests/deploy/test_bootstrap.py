"""The container's commands, outside of it: server, bootstrap, worker, and a scheduled run."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from http.server import BaseHTTPRequestHandler, HTTPServer
from itertools import pairwise
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent

RowsIn = Callable[[Path, str], list[tuple[Any, ...]]]


def post(url: str, body: dict[str, Any]) -> Any:
    """Post JSON; again while the server says 503, with which Prefect asks its clients to (its database was busy)."""
    request = urllib.request.Request(url, json.dumps(body).encode(), {"content-type": "application/json"})
    for attempt in range(10):
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return json.loads(answer.read() or "null")
        except urllib.error.HTTPError as error:
            if error.code != 503 or attempt == 9:
                raise
        time.sleep(1)
    raise AssertionError("the last attempt answers or raises")


def wait_for(question: Any, timeout_s: float, what: str) -> Any:
    """Ask until the answer is true."""
    ends = time.monotonic() + timeout_s
    while time.monotonic() < ends:
        try:
            if answer := question():
                return answer
        except OSError:
            pass
        time.sleep(0.5)
    raise AssertionError(f"not within {timeout_s:.0f} s: {what}")


def descendants(pid: int) -> list[int]:
    """Return the processes below one."""
    try:
        files = list(Path(f"/proc/{pid}/task").glob("*/children"))
        children = [int(child) for file in files for child in file.read_text().split()]
    except OSError:
        return []
    return [*children, *(each for child in children for each in descendants(child))]


@pytest.fixture
def told():
    """A web hook: its address, and what it was told."""
    heard: list[dict[str, Any]] = []

    class Hook(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            heard.append(json.loads(self.rfile.read(int(self.headers["content-length"]))))
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Hook)
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/hook", heard
    server.shutdown()


class Site:
    """The containers of compose.yaml as processes: one state folder, one warehouse, one inbox."""

    def __init__(self, folder: Path, rows_in: RowsIn, **settings: str) -> None:
        from flows.local_server import listening_socket

        self.folder = folder
        self.rows_in = rows_in
        with listening_socket(0) as probe:
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}/api"
        self.inbox = folder / "inbox"
        self.inbox.mkdir()
        self.services = yaml.safe_load((PROJECT / "deploy" / "compose.yaml").read_text("utf-8"))["services"]
        config = folder / "wencang.toml"
        config.write_text(
            f'[[source]]\nname = "inbox"\nlocation = "{self.inbox}"\n'
            f'[[source]]\nname = "gone"\nlocation = "{folder}/gone"\n'
        )
        base = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "WENCANG_"))}
        self.environment = {
            **base,
            "PATH": f"{BIN}:{base['PATH']}",
            "PYTHONPATH": str(PROJECT),
            "PREFECT_HOME": str(folder / "state"),
            "PREFECT_API_URL": self.url,
            "PREFECT_UI_STATIC_DIRECTORY": str(folder / "state" / "dashboard"),
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "WENCANG_HOME": str(folder / "lake"),
            "WENCANG_CONFIG": str(config),
            "WENCANG_VENV": str(BIN.parent),
            "PREFECT_WORKER_QUERY_SECONDS": "3",
            **settings,
        }
        self.started: list[subprocess.Popen[bytes]] = []

    def start(self, command: list[str], log: str) -> subprocess.Popen[bytes]:
        """Start a process that is stopped with the site."""
        with (self.folder / log).open("ab") as file:
            process = subprocess.Popen(
                command, cwd=PROJECT, env=self.environment, stdout=file, stderr=file, start_new_session=True
            )
        self.started.append(process)
        return process

    def start_server(self) -> None:
        """Start the server as the container does, on loopback, and wait until it answers."""
        words = self.services["server"]["command"]
        self.start(
            [word.replace("0.0.0.0", "127.0.0.1").replace("4200", str(self.port)) for word in words],
            "server.log",
        )
        wait_for(
            lambda: urllib.request.urlopen(f"{self.url}/health", timeout=2).status == 200,
            120,
            "the server answers",
        )

    def bootstrap(self, **settings: str) -> None:
        """Make pool, deployments and automations."""
        subprocess.run(
            [str(PROJECT / command) for command in self.services["bootstrap"]["command"]],
            env={**self.environment, **settings},
            check=True,
            capture_output=True,
            timeout=240,
        )

    def start_worker(self) -> subprocess.Popen[bytes]:
        """Start a worker as the container does."""
        words = [word for word in self.services["worker"]["command"] if word != "--with-healthcheck"]
        return self.start(words, "worker.log")

    def deployments(self) -> dict[str, Any]:
        """Return the deployments by name."""
        return {each["name"]: each for each in post(f"{self.url}/deployments/filter", {})}

    def ask_for_ingest(self) -> str:
        """Ask for a run; returns its id."""
        deployment = self.deployments()["ingest"]["id"]
        asked = post(f"{self.url}/deployments/{deployment}/create_flow_run", {"state": {"type": "SCHEDULED"}})
        return str(asked["id"])

    def runs(self, *states: str) -> list[dict[str, Any]]:
        """Return the runs in some states."""
        return list(
            post(f"{self.url}/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": list(states)}}}})
        )

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the warehouse; nothing while there is none."""
        return self.rows_in(self.folder / "lake", query)

    def stop(self) -> None:
        """Stop what was started, the last first."""
        for process in reversed(self.started):
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()


@pytest.fixture
def make_site(tmp_path, rows_in):
    """Make a site; it is stopped after the test."""
    made: list[Site] = []

    def make(**settings: str) -> Site:
        made.append(Site(tmp_path, rows_in, **settings))
        return made[-1]

    yield make
    for site in made:
        site.stop()


@pytest.mark.slow
def test_server_bootstrap_and_worker_load_a_file(make_site, told):
    """The commands of compose.yaml in their order: an article in SQL, a failed source told to the hook."""
    hook, heard = told
    site = make_site()
    text = "河湾步道今天通车，镇上的人都来看。" * 20
    row = json.dumps({"text": text, "title": "步道"}, ensure_ascii=False)
    (site.inbox / "rows.jsonl").write_text(row + "\n")
    site.start_server()
    for _ in range(2):  # safe to repeat
        site.bootstrap(WENCANG_WEBHOOK=hook)
    names = [each["name"] for each in post(f"{site.url}/automations/filter", {})]
    assert len(names) == len(set(names)) >= 4
    site.start_worker()
    deployments = site.deployments()
    assert set(deployments) == {"ingest", "upkeep", "report", "reclean"}
    assert {name for name, each in deployments.items() if not each["schedules"]} == {"reclean"}
    site.ask_for_ingest()
    wait_for(lambda: site.runs("COMPLETED"), 150, "the run completes")
    assert site.sql("select title from articles") == [("步道",)]
    wait_for(lambda: heard, 60, "the hook is told of the missing source")
    assert heard[0]["event"] == "wencang.source.missing"
    assert heard[0]["resource"] == "wencang.source.gone"


@pytest.mark.slow
def test_a_lost_worker_is_made_good(make_site):
    """kill -9 of a worker and of its run, as when a machine is lost: Crashed, and a new worker does the rest once."""
    site = make_site(WENCANG_BATCH_DOCS="2", WENCANG_WORKERS="1")
    for n in range(30):
        lines = (
            f"渡口{n}号船{(n * k) % 97}趟，船工把{k}筐菱角搬上岸，第{n + k}户人家来取。" for k in range(2, 14)
        )
        (site.inbox / f"{n}.txt").write_text(f"渡口日志第{n}则\n\n" + "\n".join(lines), "utf-8")
    site.start_server()
    site.bootstrap()
    worker = site.start_worker()
    first = site.ask_for_ingest()
    wait_for(lambda: site.sql("select 1 from documents limit 1"), 150, "a batch is committed")
    for pid in [*descendants(worker.pid), worker.pid]:
        os.kill(pid, signal.SIGKILL)
    worker.wait()
    site.start_worker()
    second = site.ask_for_ingest()
    wait_for(lambda: first in {run["id"] for run in site.runs("CRASHED")}, 240, "the lost run is crashed")
    wait_for(lambda: second in {run["id"] for run in site.runs("COMPLETED")}, 240, "the next run completes")

    assert site.sql("select count(*), count(distinct article_id) from documents") == [(30, 30)]
    spans = sorted((run["start_time"], run["end_time"]) for run in site.runs("CRASHED", "COMPLETED"))
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
