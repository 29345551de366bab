"""wencang status: what is loaded, the last runs, the next schedules."""

import argparse
import json
from collections.abc import Iterator, Mapping
from datetime import datetime
from pathlib import Path
from typing import Any

import duckdb

from flows import prefect_env
from flows.commands.formats import plain
from flows.counted import counted
from flows.serve_server import dashboard_of
from flows.settings import Settings
from tasks.china_time import CHINA
from warehouse.paths import WarehousePaths
from warehouse.readers import close_reader, read_only_connection
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

LEFT_ALONE = """
select host, max_by(until, noted_at) as until_at, max_by(status, noted_at) = 0 as is_silent
from core.pauses group by host having until_at > now() order by host
"""
"""Web hosts that are not asked now, because they said so or did not answer."""

ZONE = "+08:00"
"""Of the times that a connection to the warehouse gives."""

GONE = "running, but its process is gone (what it committed stays; the next run goes on and calls it crashed)"
"""What is said of a run that was killed, until another one begins, or upkeep, on this machine."""


def add_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Declare the arguments."""
    parser.add_argument("--json", action="store_true", help="print one JSON object")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print the state of the warehouse."""
    found = _state_of(arguments.warehouse)
    print(json.dumps(found, ensure_ascii=False) if arguments.json else "\n".join(_lines(found)))
    return 0


def _state_of(warehouse: Path) -> dict[str, Any]:
    """Return what ``--json`` prints: counts, the last runs, the server that is running and its next runs."""
    found: dict[str, Any] = {"warehouse": str(warehouse), "server": prefect_env.running_server(warehouse)}
    con = read_only_connection(warehouse)
    try:
        for key, query in (("counts", COUNTS), ("runs", RUNS)):
            found[key] = _rows(con, query)
        try:
            found["left_alone"] = _rows(con, LEFT_ALONE)
        except duckdb.CatalogException:  # made by an earlier release, and not written to since
            found["left_alone"] = []
    finally:
        close_reader(con)
    killed = RunLocks(WarehousePaths.of(warehouse)).abandoned()
    for each in found["runs"]:
        each["is_gone"] = each["state"] == "running" and each["run_id"] in killed
    (found["counts"],) = found["counts"]
    found["next_runs"] = _next_runs(found["server"])
    return found


def _rows(con: duckdb.DuckDBPyConnection, query: str) -> list[dict[str, Any]]:
    rows = con.execute(query).fetchall()
    names = [column[0] for column in con.description or []]
    return [dict(zip(names, map(plain, row), strict=True)) for row in rows]


def _lines(found: Mapping[str, Any]) -> Iterator[str]:
    counts = found["counts"]
    copies = counted(counts["all_articles"] - counts["articles"], "copy", "copies")
    days = f"{counts['first_day'] or '–'} to {counts['last_day'] or '–'}"
    served = found["server"] and dashboard_of(found["server"])
    yield f"warehouse  {found['warehouse']}"
    yield f"articles   {counts['articles']:,} ({copies} beside them), published {days}"
    yield (
        f"documents  {counts['documents']:,} received, {counted(counts['rejects'], 'reject')}, "
        f"{counted(counts['edits'], 'edit')}"
    )
    yield f"dashboard  {served or 'none running; start one with: wencang serve'}"
    for each in found["next_runs"]:
        yield f"next       {each['at']}  {each['name']}"
    for each in found["left_alone"]:
        why = "as it did not answer" if each["is_silent"] else "as it asked"
        yield f"left alone {each['host']}, {why}, until {str(each['until_at'])[:16]} (UTC+8)"
    for each in found["runs"]:
        told = [counted(each[name] or 0, name[:-1]) for name in ("documents", "articles", "rejects")]
        yield (
            f"run        {str(each['started_at'])[:19]}{ZONE}  {each['flow']} "
            f"{GONE if each['is_gone'] else each['state']}, {', '.join(told)} ({each['run_id']})"
        )


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
