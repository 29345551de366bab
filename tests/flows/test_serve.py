"""``wencang serve`` from end to end: a real server, real schedules, real processes."""

import os
import signal
import time
from itertools import pairwise

import pytest


def test_a_file_becomes_an_article_in_sql(make_serve, write_article, wait_until):
    """A file in the folder is in SQL within 90 s of the start, and a second one without a command.

    The 90 s hold for a machine that is not overloaded: with four processes and more waiting for each
    core they are not asked for.
    """
    serve = make_serve(every=60)
    write_article(serve.inbox, 0)
    began = time.monotonic()
    serve.start()
    wait_until(lambda: serve.sql("select 1 from articles") == [(1,)], 240, "the first article is in SQL")
    took = time.monotonic() - began
    wait_until(lambda: serve.runs("ingest", "COMPLETED"), 60, "the run is completed")

    if os.getloadavg()[0] < 4 * (os.cpu_count() or 1):
        assert took < 90
    assert serve.runs("ingest", "COMPLETED")[0]["name"] == "ingest inbox: 1 new"
    write_article(serve.inbox, 1)
    wait_until(
        lambda: serve.sql("select count(*) from articles") == [(2,)], 120, "the second article is in SQL"
    )

    assert serve.stop() == 0
    assert "Traceback" not in serve.messages


@pytest.mark.slow
def test_the_schedule_makes_runs(make_serve, write_article, wait_until):
    """A schedule really produces a run: one that nobody asked for and no file caused."""
    serve = make_serve(every=0.5)
    serve.start()
    wait_until(
        lambda: [r for r in serve.runs("ingest", "COMPLETED") if r["auto_scheduled"]], 120, "a scheduled run"
    )
    schedules = {flow: len(each["schedules"]) for flow, each in serve.deployments().items()}

    assert schedules == {"ingest": 1, "upkeep": 1, "report": 1, "reclean": 0}


@pytest.mark.slow
def test_a_killed_run_is_crashed_and_done_exactly_once(make_serve, write_article, wait_until):
    """kill -9 of a run ends as Crashed within a minute; after a restart each article is there once."""
    serve = make_serve(every=60, settings={"WENCANG_BATCH_DOCS": "4"})
    for n in range(60):
        write_article(serve.inbox, n)
    serve.start()
    wait_until(lambda: serve.sql("select 1 from documents limit 1"), 120, "a batch is committed")
    for pid in serve.flow_processes():
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: serve.runs("ingest", "CRASHED"), 60, "the run is called crashed")
    serve.stop()
    serve.start()
    wait_until(lambda: serve.sql("select count(*) from documents") == [(60,)], 180, "the rest is loaded")
    wait_until(lambda: serve.runs("ingest", "COMPLETED"), 60, "the next run completes")

    assert serve.sql("select count(*), count(distinct article_id) from all_articles") == [(60, 60)]
    assert not serve.runs("ingest", "RUNNING", "PENDING", "CANCELLING")
    assert not any(each["paused"] for each in serve.deployments().values())


@pytest.mark.slow
def test_two_triggers_do_not_overlap(make_serve, write_article, wait_until):
    """Two runs asked for at once run one after the other."""
    serve = make_serve(every=60)
    for n in range(6):
        write_article(serve.inbox, n)
    serve.start()
    ids = {serve.start_run("ingest") for _ in range(2)}
    done = wait_until(
        lambda: (
            [r for r in serve.runs("ingest", "COMPLETED") if r["id"] in ids]
            if len([r for r in serve.runs("ingest", "COMPLETED") if r["id"] in ids]) == 2
            else None
        ),
        180,
        "both runs complete",
    )
    spans = sorted((run["start_time"], run["end_time"]) for run in serve.runs("ingest", "COMPLETED"))

    assert len(done) == 2
    assert all(before[1] <= after[0] for before, after in pairwise(spans))
    assert serve.sql("select count(*) from all_articles") == [(6,)]


@pytest.mark.slow
def test_a_stop_leaves_nothing_running_or_paused(make_serve, write_article, wait_until):
    """SIGTERM during a run: it is Cancelled; kill -9 of all of it: the next start calls it ended."""
    serve = make_serve(every=60)
    for n in range(200):
        write_article(serve.inbox, n)
    serve.start()
    wait_until(lambda: serve.runs("ingest", "RUNNING"), 90, "a run")
    assert serve.stop() == 0
    serve.start()
    states = {run["state_type"] for run in serve.runs("ingest")}
    assert "CANCELLED" in states
    wait_until(lambda: serve.runs("ingest", "RUNNING"), 90, "the next run")
    serve.stop(signal.SIGKILL)
    serve.start()
    wait_until(lambda: serve.sql("select count(*) from documents") == [(200,)], 180, "everything is loaded")
    wait_until(lambda: not serve.runs("ingest", "RUNNING", "PENDING"), 60, "nothing runs")

    assert not any(each["paused"] for each in serve.deployments().values())
    assert serve.sql("select count(*), count(distinct article_id) from all_articles") == [(200, 200)]


@pytest.fixture
def stop():
    """Ctrl-C, SIGTERM and SIGHUP go to a serve that starts; afterwards to whom they went before."""
    from flows.serve import Stop

    before = [(number, signal.getsignal(number)) for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)]
    yield Stop()
    for number, handler in before:
        signal.signal(number, handler)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_a_stop_while_starting_is_not_waited_for(stop, number):
    """A start is broken off at once, and its tidying up is not, however often one asks."""
    with pytest.raises(KeyboardInterrupt):
        signal.raise_signal(number)
    signal.raise_signal(number)

    assert stop.wait(0)


def test_a_stop_of_what_runs_is_noted(stop):
    """Once there is something to end in order, a signal interrupts nothing."""
    stop.started()
    assert not stop.wait(0)
    signal.raise_signal(signal.SIGTERM)

    assert stop.wait(0)


def test_a_stop_without_the_server_says_so(monkeypatch, capsys):
    """The server of others is gone before we stop: a sentence, no fault of ours."""
    import httpx

    from flows import serve_runner

    def gone(*_: object, **__: object) -> None:
        raise httpx.ConnectError("Connection refused")

    monkeypatch.setattr(serve_runner, "end_leftovers", gone)
    monkeypatch.setattr(serve_runner.RunnerThread, "run", lambda _self: None)
    monkeypatch.setenv(serve_runner.SERVED_BY, "")
    with serve_runner.RunnerThread(serve_runner.Prepared({}, {}), 1):
        pass

    assert "does not answer (Connection refused)" in capsys.readouterr().err


def test_one_serve_for_a_warehouse(tmp_path):
    """A second serve of the same warehouse says so and leaves the first alone."""
    from flows.serve_server import ServeError, only_one

    with only_one(tmp_path), pytest.raises(ServeError, match="runs already"), only_one(tmp_path):
        pass


def test_warehouses_of_one_name_are_told_apart_on_a_shared_server(tmp_path):
    """Two folders called lake have two names, each the same at every start."""
    from flows.serve_server import name_among_others, only_one

    names = []
    for folder in (tmp_path / "a" / "lake", tmp_path / "b" / "lake"):
        for _ in range(2):
            with only_one(folder):
                names.append(name_among_others(folder))

    assert names[0] == names[1] != names[2] == names[3]
    assert all(name.startswith("lake-") for name in names)


def test_a_server_that_does_not_answer_is_said():
    """PREFECT_API_URL of nobody: a sentence with the address and what to do, before anything is started."""
    from flows.serve_server import ServeError, check_answers

    with pytest.raises(ServeError, match=r"127\.0\.0\.1:9/api.*Nothing was started"):
        check_answers("http://127.0.0.1:9/api")


def test_a_port_in_use_is_said():
    """A port that was asked for and is taken is an error; without one another port is taken."""
    from flows.serve_server import ServeError, open_port

    with open_port(None) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(ServeError, match=f"Port {port} cannot be listened on"):
            open_port(port)
        with open_port(None) as other:
            assert other.getsockname()[1] != port


def test_a_schedule_that_means_nothing_is_wrong_usage(tmp_path):
    """A wrong cron expression is told as such, and is the caller's mistake."""
    from flows.errors import UsageError
    from flows.serve import ServePlan
    from flows.serve_runner import prepare
    from tasks.sources import Source

    sources = (Source(location=str(tmp_path)),)
    plan = ServePlan(tmp_path, sources, None, None, 300, "every night", "0 8 * * *", "Asia/Shanghai")
    with pytest.raises(UsageError, match=r"A schedule means nothing: .*every night"):
        prepare(plan, "lake")
