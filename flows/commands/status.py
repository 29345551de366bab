"""wencang status: what is loaded, the last runs, the next schedules."""

import argparse
import json
from datetime import datetime
from typing import Any

from flows import prefect_env
from flows.china_time import CHINA
from flows.commands.formats import plain
from flows.counted import counted
from flows.serve_server import dashboard_of
from flows.settings import Settings
from warehouse.paths import WarehousePaths
from warehouse.readers import read_only_connection
from warehouse.runs import RunLocks

EXAMPLES = """examples:
  wencang status
  wencang status --json
"""

COUNTS = """
select (select count(*) from articles) as articles, (select count(*) from all_articles) as all_articles,
       (select count(*) from documents) as documents, (select count(*) from rejects) as rejects,
       (select count(*) from edits) as edits,
       (select min(published_on) from articles) as first_day, (select max(published_on) from articles) as last_day
"""
RUNS = """
select run_id, flow, state, started_at, ended_at - started_at as took, documents, articles, duplicates, rejects
from runs order by started_at desc limit 5
"""

ZONE = "+08:00"
"""Of the times that a connection to the warehouse gives."""

GONE = "running, but its process is gone (what it committed stays; the next run goes on and calls it crashed)"
"""What is said of a run that was killed, until another one begins, or upkeep, on this machine."""


def add_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the state of the warehouse."""
    con = read_only_connection(arguments.warehouse)
    try:
        found: dict[str, Any] = {"warehouse": str(arguments.warehouse)}
        found["server"] = prefect_env.running_server(arguments.warehouse)
        for key, query in (("counts", COUNTS), ("runs", RUNS)):
            rows = con.execute(query).fetchall()
            names = [column[0] for column in con.description or []]
            found[key] = [dict(zip(names, map(plain, row), strict=True)) for row in rows]
    finally:
        con.close()
    killed = RunLocks(WarehousePaths.of(arguments.warehouse)).abandoned()
    for each in found["runs"]:
        each["is_gone"] = each["state"] == "running" and each["run_id"] in killed
    found["counts"] = found["counts"][0]
    found["next_runs"] = _next_runs(found["server"])
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False))
        return 0
    counts = found["counts"]
    print(f"warehouse  {found['warehouse']}")
    print(
        f"articles   {counts['articles']:,} ({counted(counts['all_articles'] - counts['articles'], 'copy', 'copies')} beside them), "
        f"published {counts['first_day'] or '–'} to {counts['last_day'] or '–'}"
    )
    print(
        f"documents  {counts['documents']:,} received, {counted(counts['rejects'], 'reject')}, {counted(counts['edits'], 'edit')}"
    )
    served = found["server"] and dashboard_of(found["server"])
    print(f"dashboard  {served or 'none running; start one with: wencang serve'}")
    for each in found["next_runs"]:
        print(f"next       {each['at']}  {each['name']}")
    for each in found["runs"]:
        print(
            f"run        {str(each['started_at'])[:19]}{ZONE}  {each['flow']} {GONE if each['is_gone'] else each['state']}, "
            f"{counted(each['documents'] or 0, 'document')}, {counted(each['articles'] or 0, 'article')}, "
            f"{counted(each['rejects'] or 0, 'reject')} ({each['run_id']})"
        )
    return 0


def _next_runs(url: str | None) -> list[dict[str, str]]:
    """Return the next scheduled run of each deployment of a running server: name and time, the first first."""
    if url is None:
        return []
    import httpx

    query = {
        "flow_runs": {"state": {"type": {"any_": ["SCHEDULED"]}}},
        "sort": "EXPECTED_START_TIME_ASC",
        "limit": 200,
    }
    try:
        runs = httpx.post(f"{url}/flow_runs/filter", json=query, timeout=5).raise_for_status().json()
        deployments = httpx.post(f"{url}/deployments/filter", json={}, timeout=5).raise_for_status().json()
    except (httpx.HTTPError, ValueError):
        return []
    names = {each["id"]: str(each["name"]) for each in deployments}
    first: dict[str, str] = {}
    for each in runs:
        first.setdefault(names.get(each["deployment_id"], str(each["name"])), each["expected_start_time"])
    return [{"name": name, "at": _in_china(at)} for name, at in first.items()]


def _in_china(moment: str) -> str:
    """Return a server's time as the warehouse shows its own."""
    return datetime.fromisoformat(moment).astimezone(CHINA).isoformat("T", "seconds")
