"""The same rows wherever the reading steps run."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

TABLES = {
    "articles": "select * exclude (run_id, loaded_at) from core.articles order by all",
    "lines": "select * from core.lines order by all",
    "edits": "select * from core.edits order by all",
    "memberships": "select * exclude (run_id, decided_at) from core.memberships order by all",
    "rejects": "select * exclude (run_id, rejected_at) from core.rejects order by all",
}


def reclean(warehouse: Path, environment: dict[str, str]) -> dict[str, object]:
    """Read every article again on Dask, as if other rules had read them; returns what was found."""
    from warehouse.catalog import Warehouse

    with Warehouse.open(warehouse) as opened, opened.connect() as con:
        con.execute("begin")
        con.execute("update core.articles set rules_version = 'other'")
        con.execute("call lake.set_commit_message('wencang', 'as if other rules had read them')")
        con.execute("commit")
    options = ["--warehouse", str(warehouse), "--batch-docs", "10", "--workers", "2", "--json", "--quiet"]
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "reclean", *options],
        env={**environment, "WENCANG_RUNNER": "dask"},
        capture_output=True,
        timeout=280,
        check=True,
    )
    return dict(json.loads(done.stdout))


def ingest(inbox: Path, warehouse: Path, runner: str, environment: dict[str, str]) -> dict[str, object]:
    """Ingest a folder with two workers and small batches; returns the summary."""
    options = ["--warehouse", str(warehouse), "--batch-docs", "5", "--workers", "2", "--runner", runner]
    done = subprocess.run(
        [sys.executable, "-m", "flows.cli", "ingest", str(inbox), *options, "--json", "--quiet"],
        env=environment,
        capture_output=True,
        timeout=280,
        check=True,
    )
    return dict(json.loads(done.stdout))


@pytest.mark.slow
def test_dask_gives_the_same_rows(tmp_path, write_article, own_environment):
    """Two Dask worker processes and two local ones load the same rows of every table."""
    pytest.importorskip("prefect_dask", reason="prefect-dask is not installed")
    from warehouse.readers import read_only_connection

    inbox = tmp_path / "inbox"
    for n in range(20):
        write_article(inbox, n)
    (inbox / "empty.html").write_bytes(b"")
    rows = {}
    for runner in ("thread", "dask"):
        summary = ingest(inbox, tmp_path / runner, runner, own_environment)
        assert (summary["new"], summary["failures"]) == (20, [])
        con = read_only_connection(tmp_path / runner)
        rows[runner] = {name: con.execute(query).fetchall() for name, query in TABLES.items()}
        con.close()

    assert rows["thread"] == rows["dask"]
    assert len(rows["dask"]["articles"]) == 20
    found = reclean(tmp_path / "dask", own_environment)
    assert (found["outdated"], found["changed"]) == (20, 0)
    con = read_only_connection(tmp_path / "dask")
    assert con.execute("select count(*), count(distinct rules_version) from articles").fetchone() == (20, 1)
    con.close()
