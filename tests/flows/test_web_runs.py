"""What runs over the web leave to the next ones in the warehouse; a server on loopback, a clock of the test's."""

import threading
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from flows.counts import RunPlan
from flows.reading import InputReader
from tasks.batch import read_staged
from tasks.fetch import FetchOptions
from tasks.rows import batch_tables
from tasks.sources import Source
from warehouse.catalog import Warehouse
from warehouse.doctor import run_check
from warehouse.runs import RunRef

NOW = datetime(2024, 5, 1, 8, tzinfo=UTC)


@pytest.fixture
def site():
    """A server: ``site.answers[path]`` is (status, headers, text), ``site.asked`` the paths asked for."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            server.asked.append(self.path)
            status, headers, text = server.answers.get(self.path, (404, {}, ""))
            is_known = headers.get("ETag") and headers["ETag"] == self.headers.get("If-None-Match")
            self.send_response(304 if is_known else status)
            for header in headers.items():
                self.send_header(*header)
            self.send_header("Content-Length", "0" if is_known else str(len(text.encode())))
            self.end_headers()
            self.wfile.write(b"" if is_known else text.encode())

        def log_message(self, *_):
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    server.answers, server.asked = {}, []
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    yield server
    server.shutdown()
    server.server_close()


@pytest.fixture
def warehouse(tmp_path: Path):
    """An empty one."""
    with Warehouse.open(tmp_path / "lake") as opened:
        yield opened


@pytest.fixture
def run(site, warehouse):
    """Read pages at an hour and load what comes: ``run(hour, path, …)`` returns the paths asked for.

    is_killed: before its commit.
    """
    count = 0

    def run_at(hour, *paths, is_killed=False, **options):
        nonlocal count
        count += 1
        del site.asked[:]
        url = f"http://127.0.0.1:{site.server_port}"
        sources = tuple(
            Source(location=url + path, kind="page", allow_private=True, delay_s=0) for path in paths
        )
        now = NOW + timedelta(hours=hour)
        options = FetchOptions(now=lambda: now, **options)
        ref = RunRef(f"run-{count}", "ingest", rules_version="1", started_at=datetime.now(UTC))
        plan = RunPlan(sources, warehouse.paths.root, 100, 10**6, options)
        reader = InputReader(plan, warehouse, warehouse.paths.staging / ref.run_id)
        reader.discover()
        number = 1
        while staged := reader.next_batch(number):
            batch = read_staged(Path(staged.path))
            batch.stopped, batch.documents = batch.documents, []
            if not is_killed:
                tables = batch_tables(batch, ref.run_id, "1")
                warehouse.load_batch(tables, unit=f"batch {staged.batch_id}", run=ref)
            number += 1
        return sorted(site.asked)

    return run_at


@pytest.fixture
def ask(warehouse):
    """Ask the warehouse in SQL."""

    def answer(query):
        with warehouse.connect() as con:
            return con.execute(query).fetchall()

    return answer


def test_a_host_that_wants_silence_is_remembered_in_the_warehouse(site, run, ask, warehouse):
    """By the run after it, and by one whose key index was deleted; its row tells who said so, and the counts are right."""
    site.answers["/a"] = (429, {"Retry-After": "3600"}, "")
    run(0, "/a")
    assert run(0.2, "/a", "/b") == []
    warehouse.keys.drop()
    assert run(0.4, "/a") == []

    held = ask("select host, status, until from core.pauses")
    assert held == [("127.0.0.1", 429, NOW + timedelta(hours=1))]
    ((reason, attempts),) = ask("select reason, attempts from rejects where uri like '%/a'")
    assert (reason, attempts) == ("left_alone", 1)
    assert run_check(warehouse, "ledger_counts_rows").is_ok
    assert run_check(warehouse, "batch_counts_rows").is_ok

    site.answers["/a"] = (200, {}, "<html><p>春天来了。</p></html>")
    assert run(1, "/a") == ["/a"]
    assert ask("select count(*) from rejects where uri like '%/a'") == [(0,)]


def test_a_run_that_is_killed_before_its_commit_has_heard_nothing(site, run):
    """The next one asks once more, hears it again, and from then on it holds."""
    site.answers["/a"] = (503, {"Retry-After": "3600"}, "")
    run(0, "/a", is_killed=True)
    assert run(0.1, "/a") == ["/a", "/robots.txt"]
    assert run(0.2, "/a") == []


def test_a_host_that_is_silent_is_remembered_in_the_warehouse(site, run, ask, warehouse):
    """By later runs, also with a new key index, until it answers; a row each time tells of it."""
    options = {"attempts": 1, "read_timeout_s": 0.05}
    site.answers["/robots.txt"] = (503, {}, "")
    assert run(0, "/a", **options) == ["/robots.txt"]
    assert run(0.1, "/a", **options) == ["/robots.txt"]
    warehouse.keys.drop()
    assert run(0.15, "/a", **options) == []
    site.answers["/robots.txt"] = (404, {}, "")
    assert run(0.2, "/a", **options) == ["/a", "/robots.txt"]

    held = ask("select status, round(epoch(until - noted_at) / 60)::int from core.pauses order by noted_at")
    assert held == [(0, 0), (0, 5), (404, 0)]
    assert run(0.21, "/a", **options) == ["/a"]
    assert ask("select count(*) from core.pauses") == [(3,)]
    assert run_check(warehouse, "ledger_counts_rows").is_ok


def test_rules_are_remembered_in_the_warehouse(site, run, ask):
    """A site is asked for its robots.txt once a day, and then only for news of it."""
    site.answers["/robots.txt"] = (200, {"ETag": '"1"'}, "User-agent: *\nDisallow: /no\n")
    assert run(0, "/no") == ["/robots.txt"]
    assert run(12, "/no") == []
    assert run(25, "/no") == ["/robots.txt"]
    assert run(26, "/no") == []

    held = ask("select text, etag, epoch(expires_at - fetched_at) from core.robots order by fetched_at")
    assert held == [("User-agent: *\nDisallow: /no\n", '"1"', 86400.0)] * 2


def test_a_run_that_only_finds_all_as_it_was_is_remembered_too(site, run, ask):
    """Batches that hold nothing but answers are different batches: each is committed."""
    site.answers["/a"] = (200, {"ETag": '"1"'}, "<html><p>春天来了。</p></html>")
    for hour in range(4):
        run(hour, "/a")

    assert ask("select status, hour(fetched_at) from core.http_state order by fetched_at") == [
        (200, 16), (304, 17), (304, 18), (304, 19)
    ]  # fmt: skip
