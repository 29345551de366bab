"""The container's commands, outside of it: server, bootstrap, worker, and a scheduled run."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
import yaml

PROJECT = Path(__file__).resolve().parents[2]
BIN = Path(sys.executable).parent


def post(url: str, body: dict[str, Any]) -> Any:
    """Post JSON."""
    request = urllib.request.Request(url, json.dumps(body).encode(), {"content-type": "application/json"})
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read() or "null")


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


@pytest.mark.slow
def test_server_bootstrap_and_worker_load_a_file(tmp_path, told):
    """The commands of compose.yaml in their order: an article in SQL, a failed source told to the hook."""
    from flows.local_server import free_port
    from warehouse.readers import read_only_connection

    hook, heard = told
    services = yaml.safe_load((PROJECT / "deploy" / "compose.yaml").read_text("utf-8"))["services"]
    port = free_port()
    url = f"http://127.0.0.1:{port}/api"
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    text = "河湾步道今天通车，镇上的人都来看。" * 20
    (inbox / "rows.jsonl").write_text(json.dumps({"text": text, "title": "步道"}, ensure_ascii=False) + "\n")
    config = tmp_path / "wencang.toml"
    config.write_text(
        f'[[source]]\nname = "inbox"\nlocation = "{inbox}"\n[[source]]\nname = "gone"\nlocation = "{tmp_path}/gone"\n'
    )
    base = {
        name: value for name, value in os.environ.items() if not name.startswith(("PREFECT_", "WENCANG_"))
    }
    environment = {
        **base,
        "PATH": f"{BIN}:{base['PATH']}",
        "PYTHONPATH": str(PROJECT),
        "PREFECT_HOME": str(tmp_path / "state"),
        "PREFECT_API_URL": url,
        "PREFECT_UI_STATIC_DIRECTORY": str(tmp_path / "state" / "dashboard"),
        "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
        "DO_NOT_TRACK": "1",
        "WENCANG_HOME": str(tmp_path / "lake"),
        "WENCANG_CONFIG": str(config),
        "WENCANG_VENV": str(BIN.parent),
        "PREFECT_WORKER_QUERY_SECONDS": "3",
    }
    started: list[subprocess.Popen[bytes]] = []

    def start(command: list[str], log: str) -> None:
        with (tmp_path / log).open("wb") as file:
            started.append(
                subprocess.Popen(
                    command, cwd=PROJECT, env=environment, stdout=file, stderr=file, start_new_session=True
                )
            )

    try:
        server = [
            word.replace("0.0.0.0", "127.0.0.1").replace("4200", str(port))
            for word in services["server"]["command"]
        ]
        start(server, "server.log")
        wait_for(
            lambda: urllib.request.urlopen(f"{url}/health", timeout=2).status == 200,
            120,
            "the server answers",
        )
        for _ in range(2):  # safe to repeat
            subprocess.run(
                [str(PROJECT / command) for command in services["bootstrap"]["command"]],
                env={**environment, "WENCANG_WEBHOOK": hook},
                check=True,
                capture_output=True,
                timeout=240,
            )
        names = [each["name"] for each in post(f"{url}/automations/filter", {})]
        assert len(names) == len(set(names)) >= 4
        worker = [word for word in services["worker"]["command"] if word != "--with-healthcheck"]
        start(worker, "worker.log")
        deployments = {each["name"]: each for each in post(f"{url}/deployments/filter", {})}
        assert set(deployments) == {"ingest", "upkeep", "report", "reclean"}
        assert {name for name, each in deployments.items() if not each["schedules"]} == {"reclean"}
        post(
            f"{url}/deployments/{deployments['ingest']['id']}/create_flow_run",
            {"state": {"type": "SCHEDULED"}},
        )
        wait_for(
            lambda: post(
                f"{url}/flow_runs/filter", {"flow_runs": {"state": {"type": {"any_": ["COMPLETED"]}}}}
            ),
            150,
            "the run completes",
        )
        con = read_only_connection(tmp_path / "lake")
        assert con.execute("select title from articles").fetchall() == [("步道",)]
        con.close()
        wait_for(lambda: heard, 60, "the hook is told of the missing source")
        assert heard[0]["event"] == "wencang.source.missing"
        assert heard[0]["resource"] == "wencang.source.gone"
    finally:
        for process in reversed(started):
            process.send_signal(signal.SIGTERM)
            try:
                process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
