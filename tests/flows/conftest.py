"""Fixtures: documents written by us, a running ``wencang serve``, and a browser."""

import json
import os
import random
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

PROJECT = Path(__file__).resolve().parents[2]
CHROMIUM = Path("/usr/bin/chromium")

RowsIn = Callable[[Path, str], list[tuple[Any, ...]]]

PEOPLE = "林小满 周石头 何望山 沈秋池 罗大川 梁阿婆 郑木匠 许校长 韩船工 邓裁缝 曹会计 彭护士 陶师傅 姚站长 柳画匠 汪菜农".split()
PLACES = "河湾码头 东桥茶摊 西坡果园 老粮站 镇图书馆 采石场 北门菜市 渡口小学 南岭水库 旧戏台 竹器厂 卫生院 青石巷 养蜂场".split()
DEEDS = (
    "修好了一段漏水的石渠 抄完了三本旧账 种下成排的乌桕树 晒干了两船莲子 教会孩子们辨认星座 量过每一块青石板 搬走了堆了多年的废铁 \
试做了新式的竹篮 记下了潮水的高低 补齐了缺页的县志 请来会修钟的匠人 腌了整坛的芥菜 给旧船换上桐油 画出上游的水路图 清点了仓里的种子 \
把坏掉的路灯换成新的 为老人量了血压 收齐了去年的欠款 排演了失传的唱段 割完了坡上的荒草".split()
)
WHENS = "天还没亮 立夏前后 雨停以后 赶集那天 入冬头场雪里 汛期刚过 收完晚稻 元宵夜里 断电的那个傍晚 放学铃响过 大雾散开时 霜降清早".split()
MOODS = (
    "大家都说值得 谁也没有抱怨 邻居们凑来看热闹 账目贴在门口给人查 只花了原先一半的工夫 剩下的木料留给明年 孩子们围着问个不停 \
晚饭因此迟了一个时辰 消息很快传到对岸 村里的广播念了两遍 老人们听了直点头 连过路的货郎也停下脚步".split()
)
PAGE = """<html><head><meta charset="utf-8"><title>{title}_河湾日报</title></head><body>
<div class="nav"><a href="/">首页</a> | <a href="/news">新闻</a> | <a href="/life">生活</a></div>
<h1>{title}</h1><p>2024-03-0{day} 08:30 来源：河湾日报 作者：{author}</p>
{body}
<div class="footer">版权所有 河湾日报社</div></body></html>
"""


def article(n: int) -> str:
    """Return the n-th page of our own; no two have a paragraph in common."""
    rng = random.Random(n)
    people, places = rng.sample(PEOPLE, 4), rng.sample(PLACES, 4)

    def sentence() -> str:
        return (
            f"{rng.choice(WHENS)}，{rng.choice(people)}在{rng.choice(places)}{rng.choice(DEEDS)}，"
            f"前后用去{rng.randint(2, 900)}个工时，{rng.choice(MOODS)}。"
        )

    body = "\n".join(f"<p>{''.join(sentence() for _ in range(3))}</p>" for _ in range(5))
    title = f"{places[0]}：{people[0]}{rng.choice(DEEDS)}"
    return PAGE.format(title=title, day=n % 9 + 1, author=people[1], body=body)


@pytest.fixture(scope="session")
def write_article() -> Callable[[Path, int], Path]:
    """Write the n-th article of our own into a folder, all of it at once; returns the file."""

    def write(folder: Path, n: int) -> Path:
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"article-{n}.html"
        part = folder / f".article-{n}.part"
        part.write_text(article(n), "utf-8")
        part.replace(path)
        return path

    return write


def until(question: Callable[[], Any], timeout_s: float, what: str) -> Any:
    """Ask until the answer is true; fails with ``what`` after the time."""
    ends = time.monotonic() + timeout_s
    while time.monotonic() < ends:
        answer = question()
        if answer:
            return answer
        time.sleep(0.3)
    raise AssertionError(f"not within {timeout_s:.0f} s: {what}")


def post(url: str, body: dict[str, Any]) -> Any:
    """Post JSON to Prefect's API; a busy database (503) is asked again, as Prefect's own client does."""
    for _ in range(5):
        try:
            return _post(url, body)
        except urllib.error.HTTPError as error:
            if error.code != 503:
                raise
            time.sleep(2)
    return _post(url, body)


def _post(url: str, body: dict[str, Any]) -> Any:
    request = urllib.request.Request(
        url, json.dumps(body).encode(), {"content-type": "application/json"}, method="POST"
    )
    with urllib.request.urlopen(request, timeout=20) as answer:
        return json.loads(answer.read() or "null")


def clean_environment() -> dict[str, str]:
    """Return our environment without the settings of a server or warehouse of the one who tests."""
    names = ("PREFECT_", "WENCANG_")
    environment = {name: value for name, value in os.environ.items() if not name.startswith(names)}
    return {**environment, "PYTHONPATH": str(PROJECT), "PYTHONUNBUFFERED": "1"}


class Serve:
    """A ``wencang serve`` of a test: its process, its address, its runs."""

    def __init__(
        self, folder: Path, rows_in: RowsIn, *, every: float = 5.0, settings: dict[str, str] | None = None
    ) -> None:
        self.folder = folder
        self.rows_in = rows_in
        self.inbox = folder / "inbox"
        self.inbox.mkdir(parents=True, exist_ok=True)
        self.warehouse = folder / "lake"
        self.every = every
        self.settings = settings or {}
        self.process: subprocess.Popen[bytes] | None = None
        self.url = ""
        self.starts = 0

    @property
    def messages(self) -> str:
        """What it printed since its last start."""
        return (self.folder / f"serve-{self.starts}.log").read_text("utf-8", "replace")

    def start(self) -> None:
        """Start it and wait until its dashboard is announced."""
        self.starts += 1
        command = ["serve", str(self.inbox), "--warehouse", str(self.warehouse), "--every", str(self.every)]
        with (self.folder / f"serve-{self.starts}.log").open("wb") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "flows.cli", *command],
                cwd=self.folder,
                env={**clean_environment(), **self.settings},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        until(lambda: "dashboard  " in self.messages or self.process.poll() is not None, 150, "serve is up")
        assert self.process.poll() is None, self.messages
        self.url = json.loads((self.warehouse / "prefect" / "server.json").read_text())["url"]

    @property
    def dashboard(self) -> str:
        """Address of the dashboard."""
        return self.url.removesuffix("/api")

    def stop(self, number: int = signal.SIGTERM, timeout_s: float = 60) -> int:
        """Send a signal and wait; returns the exit code."""
        process, self.process = self.process, None
        if process is None:
            return 0
        if process.poll() is None:
            os.kill(process.pid, number)
        try:
            return process.wait(timeout_s)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
            raise

    def runs(self, flow: str = "ingest", *states: str) -> list[dict[str, Any]]:
        """Return the runs of a flow that were begun or are due, newest first."""
        state = {"state": {"type": {"any_": list(states)}}} if states else {}
        found = post(
            f"{self.url}/flow_runs/filter",
            {
                "flows": {"name": {"any_": [flow]}},
                "flow_runs": {
                    **state,
                    "expected_start_time": {"before_": time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime())},
                },
                "sort": "EXPECTED_START_TIME_DESC",
                "limit": 100,
            },
        )
        return list(found)

    def deployments(self) -> dict[str, dict[str, Any]]:
        """Return the deployments by the name of their flow."""
        return {each["name"].split("-")[0]: each for each in post(f"{self.url}/deployments/filter", {})}

    def artifact(self, run_id: str, key: str) -> str:
        """Return the id of what a run published under a key."""
        found = post(f"{self.url}/artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [run_id]}}})
        return str(next(each["id"] for each in found if each["key"] == key))

    def start_run(self, flow: str, parameters: dict[str, Any] | None = None) -> str:
        """Ask for a run; returns its id."""
        deployment = self.deployments()[flow]["id"]
        body = {"state": {"type": "SCHEDULED"}, "parameters": parameters or {}}
        return str(post(f"{self.url}/deployments/{deployment}/create_flow_run", body)["id"])

    def sql(self, query: str) -> list[tuple[Any, ...]]:
        """Ask the warehouse; nothing while there is none, or while it is being made."""
        return self.rows_in(self.warehouse, query)

    def flow_processes(self) -> list[int]:
        """Return the processes of running flows, children of serve."""
        assert self.process is not None
        children = Path(f"/proc/{self.process.pid}/task").glob("*/children")
        pids = [int(pid) for file in children for pid in file.read_text().split()]
        return [pid for pid in pids if b"prefect.engine" in _command_line(pid)]


def _command_line(pid: int) -> bytes:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes()
    except OSError:
        return b""


@pytest.fixture
def make_serve(tmp_path: Path, rows_in: RowsIn) -> Iterator[Callable[..., Serve]]:
    """Make a ``wencang serve`` over an empty inbox; it is stopped after the test."""
    made: list[Serve] = []

    def make(**settings: Any) -> Serve:
        made.append(Serve(tmp_path / f"serve-{len(made)}", rows_in, **settings))
        return made[-1]

    yield make
    for serve in made:
        serve.stop()


@pytest.fixture
def own_environment() -> dict[str, str]:
    """Environment for a process that knows no server and no warehouse but those of the test."""
    return clean_environment()


@pytest.fixture
def wait_until() -> Callable[[Callable[[], Any], float, str], Any]:
    """Ask until the answer is true."""
    return until


@pytest.fixture
def output() -> Path:
    """Folder for what people look at after a test; ignored by git."""
    folder = PROJECT / "tests" / "output"
    folder.mkdir(exist_ok=True)
    return folder


@pytest.fixture
def browser() -> Iterator[Any]:
    """A page of Chromium that reaches nothing but this machine."""
    if not CHROMIUM.exists():
        pytest.skip("no Chromium: apt-get install chromium")
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
    flags = [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ]  # fmt: skip
    with playwright.sync_playwright() as started:
        chromium = started.chromium.launch(executable_path=str(CHROMIUM), args=flags)
        page = chromium.new_page(viewport={"width": 1400, "height": 1000})
        page.set_default_timeout(60_000)
        yield page
        chromium.close()
