"""A run whose process is gone, and whoever started it too: nobody is left to say so but the server."""

import os
import signal
import subprocess
import sys

import pytest


@pytest.mark.slow
def test_a_run_that_nobody_watches_is_called_crashed(make_serve, write_article, wait_until, own_environment):
    """kill -9 of a command's whole session: Crashed when heartbeats are missed; the next run does the rest."""
    serve = make_serve(every=60)
    serve.start()
    other = serve.folder / "other"
    for n in range(60):
        write_article(other, n)
    command = [sys.executable, "-m", "flows.cli", "ingest", str(other), "--warehouse", str(serve.warehouse)]
    command += ["--batch-docs", "2", "--workers", "1", "--quiet"]
    killed = subprocess.Popen(command, env=own_environment, start_new_session=True)
    wait_until(lambda: serve.sql("select 1 from documents limit 1"), 120, "a batch is committed")
    os.killpg(killed.pid, signal.SIGKILL)
    killed.wait()
    (run,) = [each for each in serve.runs("ingest", "RUNNING") if each["deployment_id"] is None]
    crashed = wait_until(lambda: serve.runs("ingest", "CRASHED"), 240, "the run is called crashed")

    assert [each["id"] for each in crashed] == [run["id"]]
    assert "No heartbeat" in crashed[0]["state"]["message"]
    subprocess.run(command, env=own_environment, check=True, timeout=240)
    assert serve.sql("select count(*), count(distinct article_id) from all_articles") == [(60, 60)]
    told = serve.sql(f"select state from runs where flow_run_id = '{run['id']}'")
    assert told == [("crashed",)]
