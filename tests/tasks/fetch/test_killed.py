"""A crawl of thousands of pages, killed with SIGKILL again and again, ends as if it had not been."""

import random
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from tasks.fetch.http import WAITING_ANSWERS

PAGES = 10_000
KILLS = 10
ON_ITS_WAY = WAITING_ANSWERS + 8 + 1
"""What may be asked for twice for each kill: answers that wait, one for each connection, one being written."""
CRAWL = """
import json, sys
from datetime import datetime
from pathlib import Path
from tasks.discover import list_inputs
from tasks.fetch import FetchOptions, HttpState, InputDone, read_documents
from tasks.sources import Source

url, book = sys.argv[1], Path(sys.argv[2])
states = {}
for line in book.read_text().splitlines() if book.exists() else ():
    try:
        kind, row = json.loads(line)
    except ValueError:
        continue  # the line that was being written
    if kind == "state":
        states[row[0]] = HttpState(*row[:5], datetime.fromisoformat(row[5]), row[6], row[7] and datetime.fromisoformat(row[7]))
source = Source(location=url, allow_private=True, delay_s=0, host_connections=8)
with book.open("a") as file:
    for each in read_documents(list_inputs([source], {}), FetchOptions(http_state=states.get)):
        if isinstance(each, HttpState):
            row = [*each[:5], each.fetched_at.isoformat(), each.failures, each.read_at and each.read_at.isoformat()]
            print("\\n" + json.dumps(["state", row]), file=file, flush=True)
        elif isinstance(each, InputDone):
            print("\\n" + json.dumps(["done", each.uri]), file=file, flush=True)
"""


@pytest.mark.slow
def test_a_killed_crawl_goes_on_where_it_was(server, tmp_path):
    """No page is lost; none that was recorded is asked for again; only what was on its way is."""
    entries = "".join(f"<url><loc>/p/{i}</loc></url>" for i in range(PAGES))
    server.routes["/s.xml"] = server.tagged(f"<urlset>{entries}</urlset>", '"s"', kind="application/xml")
    for i in range(PAGES):
        server.text(f"/p/{i}", server.page(str(i)))
    book = tmp_path / "book"
    command = [sys.executable, "-c", CRAWL, server.url("/s.xml"), str(book)]
    root = Path(__file__).parents[3]
    rng = random.Random(7)
    for _ in range(KILLS):
        with subprocess.Popen(command, cwd=root) as crawl:
            time.sleep(rng.uniform(0.5, 5))
            crawl.kill()
    subprocess.run(command, cwd=root, check=True, timeout=400)

    done = Counter(line for line in book.read_text().splitlines() if line.startswith('["done"'))
    asked = Counter(path for path in server.paths() if path != "/s.xml")
    assert len(done) == PAGES + 1
    assert set(done.values()) == {1}
    assert sum(asked.values()) <= PAGES + KILLS * ON_ITS_WAY
