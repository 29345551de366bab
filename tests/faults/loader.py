"""A small loading process, to be killed: forks a worker for each line it reads from stdin.

A line is a JSON object: root, units (how many), order (seed, null: in order), upkeep (after so many units, 0: never),
at_once (upkeep without safe ages: no reader may be there),
ack (file to which a unit is written once its load returned), file_limit (bytes, null: none).
It answers with the worker's pid. The line {"wait": PID} is answered with the worker's exit status.
"""

import hashlib
import json
import os
import random
import resource
import sys
import traceback
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any, NoReturn

import pyarrow as pa

from warehouse import upkeep
from warehouse.catalog import Warehouse
from warehouse.load import LoadContext
from warehouse.runs import RunRef

START = datetime(2026, 1, 1, tzinfo=UTC)
PAGES_PER_UNIT = 6


def article_id(content: str) -> str:
    """Id of a content."""
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def pages_of(unit: int) -> list[tuple[str, str]]:
    """Pages of a unit: new ones, one of the unit before again, and a new version of an older page."""
    pages = [
        (f"http://host{n % 2}/{unit}/{n}", f"第{unit}批第{n}篇\n正文。") for n in range(PAGES_PER_UNIT - 2)
    ]
    pages.append((f"http://mirror/{unit}", f"第{max(unit - 1, 0)}批第0篇\n正文。"))
    pages.append(("http://front/", f"首页第{unit}版\n正文。"))
    return pages


def tables_of(unit: int, padding: int = 0) -> dict[str, pa.Table]:
    """The batch of a unit; ``padding``: bytes added to each document."""
    seen = START + timedelta(minutes=unit)
    rows: dict[str, list[dict[str, Any]]] = {"documents": [], "articles": [], "lines": [], "sightings": []}
    noise = random.Random(unit)
    for uri, text in pages_of(unit):
        content = text.encode() + noise.randbytes(padding)
        found = article_id(text)
        rows["documents"].append(
            {
                "article_id": found,
                "content_sha256": hashlib.sha256(content).hexdigest(),
                "uri": uri,
                "fetched_at": seen,
                "size_bytes": len(content),
                "content": content,
            }
        )
        rows["articles"].append(
            {
                "article_id": found,
                "uri": uri,
                "title": text.split("\n")[0],
                "authors": [],
                "photographers": [],
                "editors": [],
                "breadcrumb": [],
                "script": "hans",
                "text": text,
                "char_count": len(text),
                "rules_version": "1",
            }
        )
        rows["lines"] += [
            {"article_id": found, "line_no": n, "label": "body", "rule": "test@1", "text": line}
            for n, line in enumerate(text.split("\n"), 1)
        ]
        rows["sightings"].append({"article_id": found, "uri": uri, "seen_at": seen})
    rows["rejects"] = [{"uri": f"http://empty/{unit}", "step": "decode", "reason": "empty"}]
    return {name: pa.Table.from_pylist(found) for name, found in rows.items()}


def decide(context: LoadContext) -> Mapping[str, pa.Table]:
    """Page 1 of a unit is a copy of page 0, when both are new."""
    ids = context.tables["articles"].column("article_id").to_pylist()
    titles = context.tables["articles"].column("title").to_pylist()
    first = {title: found for title, found in zip(titles, ids, strict=True) if title.endswith("第0篇")}
    rows = [
        {
            "article_id": found,
            "cluster_id": first[title.replace("第1篇", "第0篇")],
            "is_canonical": False,
            "duplicate_of": first[title.replace("第1篇", "第0篇")],
            "duplicate_kind": "near",
            "similarity": 0.9,
        }
        for title, found in zip(titles, ids, strict=True)
        if title.endswith("第1篇") and title.replace("第1篇", "第0篇") in first
    ]
    return {"memberships": pa.Table.from_pylist(rows)} if rows else {}


def work(task: dict[str, Any]) -> None:
    """Load the units of a task."""
    if task.get("file_limit"):
        resource.setrlimit(resource.RLIMIT_FSIZE, (task["file_limit"], task["file_limit"]))
    upkeep.FILES_TO_MERGE = 3
    at_once = upkeep.UpkeepOptions(keep_history_days=0, keep_files_days=0, orphan_hours=1)
    ages = at_once if task.get("at_once") else upkeep.UpkeepOptions()
    order = list(range(task["units"]))
    if task.get("order") is not None:
        random.Random(task["order"]).shuffle(order)
    run = RunRef(f"run-{os.getpid()}", flow_run_id=str(os.getpid()), rules_version="1")
    with Warehouse.open(task["root"]) as warehouse, Path(task["ack"]).open("a") as ack:
        for place, unit in enumerate(order, 1):
            tables = tables_of(unit, task.get("padding", 0))
            warehouse.load_batch(tables, unit=f"unit {unit}", run=run, decide=decide)
            ack.write(f"{unit}\n")
            ack.flush()
            if task.get("upkeep") and place % task["upkeep"] == 0:
                for step in upkeep.UPKEEP_STEPS:
                    upkeep.run_step(warehouse, step, ages)


def main() -> None:
    """Fork a worker for each task; wait for it when asked to."""
    children: dict[int, int] = {}
    for line in sys.stdin:
        task = json.loads(line)
        if "wait" in task:
            status = children.pop(task["wait"], None)
            while status is None:
                pid, found = os.waitpid(-1, 0)
                children[pid] = os.waitstatus_to_exitcode(found)
                status = children.pop(task["wait"], None)
            print(status, flush=True)
            continue
        pid = os.fork()
        if pid == 0:
            _work_and_exit(task)
        print(pid, flush=True)


def _work_and_exit(task: dict[str, Any]) -> NoReturn:
    status = 0
    try:
        work(task)
    except BaseException:  # noqa: BLE001 - a child must end here, and say why
        traceback.print_exc()
        status = 1
    sys.stderr.flush()
    os._exit(status)


if __name__ == "__main__":
    main()
