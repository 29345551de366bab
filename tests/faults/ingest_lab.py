"""Real ingests for the tests of faults: their processes, what they leave, and what may never be."""

import json
import os
import subprocess
import sys
from pathlib import Path

from warehouse import doctor
from warehouse.catalog import Warehouse

ROOT = Path(__file__).resolve().parents[2]
PAGES = 48
BATCH_DOCS = 6
COMMON = ("--batch-docs", str(BATCH_DOCS), "--workers", "2", "--quiet")

ROWS = {
    "documents": "select article_id, uri, content_sha256, charset, content from documents",
    "articles": "select * exclude (run_id, loaded_at) from core.articles",
    "lines": "select article_id, line_no, label, rule, text from lines",
    "edits": "select article_id, line_no, start_char, end_char, before, after, rule from edits",
    "sightings": "select article_id, uri from sightings",
    "rejects": "select uri, step, reason from rejects",
}
"""What a document leaves in the tables, whatever batch it came in."""
SHOWN = "select article_id, uri, is_canonical, duplicate_of, duplicate_kind from all_articles"


class Ingests:
    """The process that forks ingests."""

    def __init__(self, url: str) -> None:
        environment = {**os.environ, "PREFECT_API_URL": url, "PYTHONPATH": str(ROOT)}
        self.process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("ingests.py"))],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            env=environment,
        )

    def _ask(self, task: object) -> int:
        self.process.stdin.write(json.dumps(task) + "\n")
        self.process.stdin.flush()
        return int(self.process.stdout.readline())

    def start(self, source: Path, root: Path) -> int:
        """Start an ingest; returns its pid, which is also its process group."""
        return self.run(root, "ingest", str(source), *COMMON)

    def run(self, root: Path, *command: str) -> int:
        """Start a command; returns its pid."""
        return self._ask([*command, "--warehouse", str(root)])

    def run_logged(self, root: Path, said: Path, source: Path) -> int:
        """Run an ingest whose messages go to a file elsewhere; returns its exit status."""
        said.unlink(missing_ok=True)
        return self.wait(self._ask([f"log={said}", "ingest", str(source), *COMMON, "--warehouse", str(root)]))

    def wait(self, pid: int) -> int:
        """Wait for an ingest; returns its exit status (negative: the signal)."""
        return self._ask({"wait": pid})

    def close(self) -> None:
        """End the process."""
        self.process.communicate(timeout=60)


def write_source(file):
    """Made-up pages as rows of a file, every ninth once more on another site, and some that are no article."""
    sys.path.insert(0, str(ROOT / "tests" / "bench"))
    import articles

    rows = [
        {"id": f"p{n}", "url": f"http://h{n % 3}.example/{n}", "text": page}
        for n, (_, page) in enumerate(articles.pages(PAGES))
    ]
    copies = [
        {**row, "id": f"c{n}", "url": f"http://mirror.example/{n}"}
        for n, row in enumerate(rows)
        if n % 9 == 0
    ]
    empty = [{"id": f"e{n}", "text": "首页 | 新闻 | 登录"} for n in range(3)]
    mixed = [*rows[:30], *copies[:3], *empty, *rows[30:], *copies[3:]]
    file.write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in mixed), "utf-8")


def log_of(root):
    """What the ingests of a warehouse said."""
    return root.with_name(root.name + ".log").read_text("utf-8", "replace")[-3000:]


def held_by(root):
    """Rows by name of the query."""
    with Warehouse.open(root, read_only=True) as warehouse, warehouse.connect() as con:
        found = {name: sorted(map(repr, con.execute(query).fetchall())) for name, query in ROWS.items()}
        found["shown"] = sorted(map(repr, con.execute(SHOWN).fetchall()))
    return found


def check_promise(root, whole):
    """No row that an undisturbed ingest does not leave, none twice, no article in part, every check passes."""
    if not (root / "catalog.sqlite").exists():
        return 0
    with Warehouse.open(root) as warehouse, warehouse.connect() as con:
        assert [f for f in doctor.examine(warehouse) if not f.is_ok] == []
        loaded = {row[0] for row in con.execute("select article_id from core.documents").fetchall()}
    held = held_by(root)
    for name in ROWS:
        assert len(set(held[name])) == len(held[name]), f"{name}: a row is there twice"
    for name in ("documents", "articles", "lines", "edits"):
        assert held[name] == [row for row in whole[name] if row.split("'")[1] in loaded], name
    for name in ("sightings", "rejects"):
        assert set(held[name]) <= set(whole[name]), name
    return len(loaded)


def commits(root):
    """Number of batches loaded, nearly: files of the ledger."""
    return len(list((root / "data" / "core" / "ledger").glob("*.parquet")))


def workers_of(group):
    """Processes of a group that are not its first, the flow."""
    found = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = stat.read_text().rsplit(")", 1)[1].split()
        except OSError:
            continue
        if int(fields[3]) == group and int(stat.parent.name) != group and fields[0] != "Z":
            found.append(int(stat.parent.name))
    return found


def is_alive(pid):
    """Has the process not ended yet?"""
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
