"""bench_orchestration: what Prefect costs of an ingest: its server, its task runs, the dashboard's report.

    python tests/bench/bench_orchestration.py                     2,000 articles in 20 batches
    python tests/bench/bench_orchestration.py --documents 20000 --batches 20

Runs the same ingest twice, in batches of the same number: as the flow, with its own server; and with the
same functions called one after the other, without Prefect. The difference in CPU time is orchestration.
It depends on the number of batches and not on their size, so 20 small batches cost what those of 20,000
documents (1,000 each, the default) cost; the last line relates it to the work of 20,000 documents.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
DEFAULT_BATCH = 1000


def plain(source: Path, warehouse: Path, batch_docs: int) -> None:
    """Ingest without Prefect: the same steps in the same workers, one batch after the other."""
    from flows.counts import RunPlan, new_run_id
    from flows.progress import Progress
    from flows.run import IngestRun
    from flows.workers import close_pool, open_pool, run_in_worker
    from tasks.batch import DOCUMENT_STEPS, run_step
    from tasks.fetch import FetchOptions
    from tasks.prepare import prepare_rows
    from tasks.rules import rules_version
    from tasks.sources import Source
    from warehouse.catalog import Warehouse
    from warehouse.runs import RunRef

    plan = RunPlan((Source(location=str(source)),), warehouse, batch_docs, 32_000_000, FetchOptions())
    seconds = 0.0
    with Warehouse.open(warehouse) as opened:
        run = IngestRun(
            plan, opened, RunRef(new_run_id(), rules_version=rules_version()), Progress(quiet=True)
        )
        open_pool(1)
        with run:
            run.reader.discover()
            number = 1
            while ref := run.fetch(number):
                for step in DOCUMENT_STEPS:
                    ref = run_in_worker(run_step, step, ref)
                    seconds += ref.seconds
                ref = run_in_worker(prepare_rows, ref, run.run.run_id, rules_version())
                seconds += ref.seconds
                run.load(ref)
                number += 1
            summary = run.report()
        close_pool()
    print(json.dumps({**summary, "worker_s": seconds}))


def cpu_of(command: list[str]) -> tuple[float, dict[str, object]]:
    """Run a command; returns the CPU seconds of it and of what it waited for, and its summary."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {k: v for k, v in os.environ.items() if not k.startswith(("PREFECT_", "WENCANG_"))}
    environment["PYTHONPATH"] = str(ROOT)
    done = subprocess.run(command, cwd=ROOT, stdout=subprocess.PIPE, check=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return cpu, json.loads(done.stdout)


def main() -> None:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--documents", type=int, default=2000)
    parser.add_argument("--batches", type=int, default=20)
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
        bare_s, bare = cpu_of([*this, "--plain", str(source), str(folder / "bare"), batch])
        flow = [
            sys.executable,
            "-m",
            "flows.cli",
            "ingest",
            str(source),
            "--json",
            "--quiet",
            "--workers",
            "1",
        ]
        flow_s, flown = cpu_of([*flow, "--warehouse", str(folder / "flow"), "--batch-docs", batch])
    work = sum(
        float(v) for k, v in flown["step_seconds"].items() if k not in ("fetch", "load", "search index")
    )
    per_document = (work + bare_s) / chosen.documents
    cost = flow_s - bare_s
    share = cost / (per_document * DEFAULT_BATCH * chosen.batches + cost)
    print("| documents | batches | work in workers s | without Prefect s | as a flow s | orchestration s |")
    print("|---:|---:|---:|---:|---:|---:|")
    print(
        f"| {chosen.documents:,} | {flown['batches']} | {work:.1f} | {bare_s:.1f} | {flow_s:.1f} | {cost:.1f} |"
    )
    print(
        f"\n{cost:.1f} s is {share:.1%} of the CPU time of {DEFAULT_BATCH * chosen.batches:,} documents in {chosen.batches} batches"
    )
    assert bare["articles"] == flown["articles"], "both must load the same"


if __name__ == "__main__":
    main()
