"""bench_ingest: how fast a whole ingest is, and whether its memory grows with the input.

    python tests/bench/bench_ingest.py                    1,000 and 20,000 articles
    python tests/bench/bench_ingest.py --counts 500 5000
    python tests/bench/bench_ingest.py --counts 2000 --batch-docs 200 --runners thread dask

Prints documents/s and MB/s per core (CPU time of all processes of the command), wall time, and the
peak of the memory of the whole process tree (proportional set size, Linux).
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import threading
import time
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]


def _children(pid: int) -> list[int]:
    found = [pid]
    try:
        for task in Path(f"/proc/{pid}/task").iterdir():
            for child in (task / "children").read_text().split():
                found += _children(int(child))
    except OSError:
        return found
    return found


def _pss_kb(pid: int) -> int:
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
    except (OSError, ValueError):
        return 0
    return 0


def _cpu_s(pid: int) -> float:
    try:
        fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return 0.0


class Watch(threading.Thread):
    """Samples memory and CPU time of a process tree until it ends: workers are not waited for by us."""

    def __init__(self, pid: int) -> None:
        super().__init__(daemon=True)
        self.pid = pid
        self.peak_mb = 0.0
        self.cpu_s: dict[int, float] = {}
        self.done = threading.Event()

    def run(self) -> None:
        while not self.done.wait(0.25):
            tree = _children(self.pid)
            self.peak_mb = max(self.peak_mb, sum(map(_pss_kb, tree)) / 1000)
            for pid in tree:
                self.cpu_s[pid] = max(self.cpu_s.get(pid, 0.0), _cpu_s(pid))


def measure(count: int, batch_docs: int | None, runner: str, folder: Path) -> dict[str, float | str]:
    """Ingest ``count`` made-up pages into a new warehouse; returns the figures."""
    source = folder / f"{count}.jsonl"
    subprocess.run(
        [sys.executable, str(ROOT / "tests/bench/articles.py"), "--count", str(count), "--out", str(source)],
        check=True,
    )
    options = ["--batch-docs", str(batch_docs)] if batch_docs else []
    began = time.monotonic()
    process = subprocess.Popen(
        [sys.executable, "-m", "flows.cli", "ingest", str(source), "--json", "--quiet",
         "--warehouse", str(folder / f"lake-{count}-{runner}"), "--runner", runner, *options],
        cwd=ROOT, stdout=subprocess.PIPE, env={**os.environ, "PREFECT_API_URL": ""},
    )  # fmt: skip
    watch = Watch(process.pid)
    watch.start()
    out, _ = process.communicate()
    watch.done.set()
    wall = time.monotonic() - began
    cpu = sum(watch.cpu_s.values())
    summary = json.loads(out)
    size = source.stat().st_size / 1e6
    return {
        "runner": runner,
        "documents": count,
        "MB": size,
        "wall s": wall,
        "run s": summary["seconds"],
        "CPU s": cpu,
        "docs/s": count / wall,
        "docs/s/core": count / cpu,
        "MB/s/core": size / cpu,
        "peak MB": watch.peak_mb,
        "articles": summary["articles"],
        "copies": summary["duplicates"],
    }


def main() -> None:
    """Print a row per count."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--counts", type=int, nargs="+", default=[1000, 20_000])
    parser.add_argument("--batch-docs", type=int)
    parser.add_argument("--runners", nargs="+", default=["thread"], help="thread, dask")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="wencang-bench-") as folder:
        for number, (count, runner) in enumerate(product(chosen.counts, chosen.runners)):
            found = measure(count, chosen.batch_docs, runner, Path(folder))
            if not number:
                print(f"| {' | '.join(found)} |\n|{'---:|' * len(found)}")
            print(f"| {' | '.join(map(shown, found.values()))} |")


def shown(value: float | str) -> str:
    """Return a figure as the table shows it."""
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if value >= 50 else f"{value:,.2f}"


if __name__ == "__main__":
    main()
