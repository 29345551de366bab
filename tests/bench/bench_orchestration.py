"""bench_orchestration: what Prefect costs of an ingest: its server, its task runs, the dashboard's report.

    python tests/bench/bench_orchestration.py                     2,000 articles in 10 batches
    python tests/bench/bench_orchestration.py --documents 20000   the real thing: 10 batches of 2,000

Runs the same ingest three times, in batches of the same number and by two workers: with the same functions
called without Prefect; as ``wencang ingest``, with a temporary server; and on a server that runs
already, as under ``wencang serve`` (its CPU time during the run counts). The difference in CPU time is
orchestration. It depends on the number of batches and not on their size, so 10 small batches cost what
those of 20,000 documents (2,000 each, the default) cost; the last column relates it to their work. Where
cores are free it costs less time than that, where they are not it costs more: compare the wall seconds.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_BATCH = 2000
WORKERS = 2


def plain(source: Path, warehouse: Path, batch_docs: int) -> None:
    """Ingest without Prefect: the same steps in the same workers, as many batches in flight."""
    from flows import steps
    from flows.counts import RunPlan, new_run_id
    from flows.progress import Progress
    from flows.run import IngestRun
    from flows.workers import close_pool, open_pool, run_in_worker
    from tasks.batch import DOCUMENT_STEPS, BatchRef, run_step
    from tasks.fetch import FetchOptions
    from tasks.prepare import prepare_rows
    from tasks.rules import rules_version
    from tasks.sources import Source
    from warehouse.catalog import Warehouse
    from warehouse.runs import RunRef

    plan = RunPlan((Source(location=str(source)),), warehouse, batch_docs, 32_000_000, FetchOptions())
    seconds: list[float] = []
    with Warehouse.open(warehouse) as opened:
        run = IngestRun(
            plan, opened, RunRef(new_run_id(), rules_version=rules_version()), Progress(quiet=True)
        )
        open_pool(WORKERS)

        def read(ref: BatchRef) -> BatchRef:
            for step in DOCUMENT_STEPS:
                ref = run_in_worker(run_step, step, ref)
                seconds.append(ref.seconds)
            ref = run_in_worker(prepare_rows, ref, run.run.run_id, rules_version())
            seconds.append(ref.seconds)
            return ref

        with run, ThreadPoolExecutor(WORKERS * steps.IN_FLIGHT_PER_WORKER) as threads:
            run.reader.discover()
            number, more = 1, True
            waiting: deque[Future[BatchRef]] = deque()
            began = time.process_time()
            while more or waiting:
                while more and len(waiting) < WORKERS * steps.IN_FLIGHT_PER_WORKER:
                    ref = run.fetch(number)
                    more, number = ref is not None, number + 1
                    if ref is not None:
                        waiting.append(threads.submit(read, ref))
                if waiting:
                    run.load(waiting.popleft().result())
            summary = run.report()
            took = time.process_time() - began
        close_pool()
    print(json.dumps({**summary, "worker_s": sum(seconds), "stream_s": took}))


def cpu_of(command: list[str], **settings: str) -> tuple[float, float, dict[str, Any]]:
    """Run a command; returns the CPU and wall seconds of it and of what it waited for, and its summary."""
    before, began = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "WENCANG_"))}
    environment |= {"PYTHONPATH": str(ROOT), **settings}
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, time.monotonic() - began, json.loads(done.stdout)


def process_seconds(pid: int) -> float:
    """Return the CPU seconds of a running process."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def standing_server(home: Path) -> Iterator[tuple[str, int]]:
    """Run the server of ``wencang serve`` until it has nothing to do; yields its address and process id."""
    from flows.prefect_env import QUIET
    from flows.serve_server import SERVER_SETTINGS, DashboardServer

    os.environ.update({**QUIET, **SERVER_SETTINGS})
    with DashboardServer(home) as server:
        url = server.wait()
        assert server._process is not None
        time.sleep(10)
        yield url, server._process.pid
    for name in {**QUIET, **SERVER_SETTINGS}:
        os.environ.pop(name, None)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--batches", type=int, default=10)
    parser.add_argument(
        "--plain", nargs=3, metavar=("SOURCE", "WAREHOUSE", "BATCH_DOCS"), help=argparse.SUPPRESS
    )
    chosen = parser.parse_args()
    if chosen.plain:
        plain(Path(chosen.plain[0]), Path(chosen.plain[1]), int(chosen.plain[2]))
        return
    with tempfile.TemporaryDirectory(prefix="wencang-bench-") as name:
        folder = Path(name)
        source = folder / "articles.jsonl"
        count = str(chosen.documents)
        make = [sys.executable, "tests/bench/articles.py", "--count", count, "--out", str(source)]
        subprocess.run(make, cwd=ROOT, check=True)
        batch = str(max(1, chosen.documents // chosen.batches))
        this = [sys.executable, str(Path(__file__).resolve())]
        bare = cpu_of([*this, "--plain", str(source), str(folder / "bare"), batch])
        flow = [
            sys.executable,
            "-m",
            "flows.cli",
            "ingest",
            str(source),
            "--json",
            "--quiet",
            "--workers",
            str(WORKERS),
        ]
        flow += ["--batch-docs", batch]
        alone = cpu_of([*flow, "--warehouse", str(folder / "alone")])
        with standing_server(folder / "prefect") as (url, pid):
            before = process_seconds(pid)
            cpu, wall, summary = cpu_of([*flow, "--warehouse", str(folder / "served")], PREFECT_API_URL=url)
            time.sleep(10)  # it records in batches, some seconds later
            served = (cpu + process_seconds(pid) - before, wall, summary)
    assert bare[2]["articles"] == alone[2]["articles"] == served[2]["articles"], "all must load the same"
    per_document = (bare[2]["stream_s"] + bare[2]["worker_s"]) / chosen.documents
    whole = per_document * DEFAULT_BATCH * chosen.batches
    print(
        f"{chosen.documents:,} documents, {alone[2]['batches']} batches; {DEFAULT_BATCH * chosen.batches:,} are {whole:.0f} s of work\n"
    )
    print("| | CPU s | wall s | orchestration CPU s | of 20,000 documents |")
    print("|---|---:|---:|---:|---:|")
    for label, (cpu, wall, _) in (("without Prefect", bare), ("own server", alone), ("on `serve`", served)):
        cost = cpu - bare[0]
        share = f"{cost:.1f} | {cost / (whole + cost):.1%}" if cost else "– | –"
        print(f"| {label} | {cpu:.1f} | {wall:.1f} | {share} |")


if __name__ == "__main__":
    main()
