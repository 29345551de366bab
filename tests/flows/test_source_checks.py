"""Whether sources can be read: what ``sources check`` says of folders and addresses."""

import os
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from flows.source_checks import check_sources
from tasks.sources import Source


def test_local_sources_are_checked(tmp_path):
    """A folder is counted, also one that is still empty; what is missing is said, its name once."""
    (tmp_path / "in").mkdir()
    (tmp_path / "empty").mkdir()
    (tmp_path / "in" / "a.txt").write_text("x")
    places = [Source(location=str(tmp_path / name)) for name in ("in", "empty", "no")]
    good, empty, missing = check_sources(places, tmp_path / "lake")

    assert (good.is_good, good.detail) == (True, "1 input")
    assert (empty.is_good, empty.detail) == (True, "empty so far")
    assert (missing.is_good, missing.detail) == (False, "no such file or folder")


def test_what_an_ingest_passes_over_is_not_counted(tmp_path):
    """Neither the sources file in a folder nor the warehouse, nor hidden names."""
    (tmp_path / "lake" / "data").mkdir(parents=True)
    for name in ("a.txt", "wencang.toml", ".hidden", "lake/catalog.sqlite", "lake/data/x.parquet"):
        (tmp_path / name).write_text("x")
    (check,) = check_sources([Source(location=str(tmp_path))], tmp_path / "lake")

    assert (check.is_good, check.detail) == (True, "1 input")


def test_a_source_that_cannot_be_read_is_wrong(tmp_path):
    """A pipe is there and holds nothing to read."""
    os.mkfifo(tmp_path / "pipe")
    (check,) = check_sources([Source(location=str(tmp_path / "pipe"))], tmp_path / "lake")

    assert not check.is_good
    assert "1 cannot be read" in check.detail


def test_urls_that_may_not_be_asked_for_are_said(tmp_path):
    """A private address needs ``allow_private``."""
    (check,) = check_sources([Source(location="http://127.0.0.1:9/")], tmp_path / "lake")

    assert not check.is_good
    assert "allow_private" in check.detail


@pytest.fixture
def site():
    """A web server with a page, a feed, and nothing else."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            feed = f"<rss><channel>{'<item><link>/p</link></item>' * 3}</channel></rss>"
            body = {"/page": "<html><p>春天。</p></html>", "/feed": feed}.get(self.path)
            self.send_response(200 if body else 404)
            self.end_headers()
            self.wfile.write((body or "").encode())

        def log_message(self, *_):
            pass

    server = HTTPServer(("127.0.0.1", 0), Site)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(
    ("path", "is_good", "detail"),
    [
        ("/page", True, "1 document "),
        ("/feed", True, "a list of pages"),
        ("/none", False, "not_found: HTTP 404"),
    ],
)
def test_urls_are_asked_once(site, tmp_path, path, is_good, detail):
    """A page, a list of pages, or what is wrong."""
    (check,) = check_sources([Source(location=site + path, allow_private=True, delay_s=0)], tmp_path)

    assert check.is_good is is_good
    assert detail in check.detail
