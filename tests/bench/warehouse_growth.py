"""Does a batch cost the same in a large warehouse? Loads many batches, with upkeep in between.

python tests/bench/warehouse_growth.py --batches 1000 --articles 300 --upkeep 100
python tests/bench/warehouse_growth.py --batches 1000 --upkeep 100 --warehouse DIR --stop 200   # a part of it

Each batch goes the way of a run without its reading: duplicates decided against everything loaded, one
commit, the search index brought along; every tenth batch begins a run (its row, the site memory).
"""

import argparse
import hashlib
import random
import tempfile
import time
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

import pyarrow as pa

from flows.dedup import Deduplicator
from flows.site_memory import SiteKnowledge
from tasks.dedupe import ArticleText, Fingerprints, fingerprint
from warehouse.catalog import Warehouse
from warehouse.doctor import examine
from warehouse.runs import RunRecord, RunRef
from warehouse.search import SearchIndex
from warehouse.upkeep import UPKEEP_STEPS, UpkeepOptions, run_step

START = datetime(2026, 1, 1, tzinfo=UTC)
BATCHES_IN_A_RUN = 10
WORDS = [chr(0x4E00 + 7 * a) + chr(0x4E00 + 11 * b + 3) for a in range(60) for b in range(50)]
"""Made-up words of two characters."""
COMMONNESS = [1 / (rank + 10) for rank in range(len(WORDS))]
"""A few words are common and most are rare, as in a language."""

HEAD = (
    "batches  articles  commit CPU ms  commit ms  search ms  open ms   files  data MB  index MB  catalog MB  "
    "count CPU ms  one page CPU ms  month CPU ms  search CPU ms  own MB  peak MB"
)


@dataclass(slots=True)
class Spent:
    """Seconds since the last line, by what they were spent on."""

    seconds: defaultdict[str, float] = field(default_factory=lambda: defaultdict(float))

    def time(self, name: str, began: tuple[float, float]) -> None:
        """Add what has passed since ``began``."""
        self.seconds[name] += time.perf_counter() - began[0]
        self.seconds[f"{name} CPU"] += time.process_time() - began[1]

    def ms(self, name: str, times: int) -> float:
        """Milliseconds, each time."""
        return self.seconds[name] / max(times, 1) * 1000


@lru_cache(maxsize=16)
def texts_of(number: int, articles: int) -> tuple[str, ...]:
    """Make the texts of a batch; every twentieth is a text of an earlier batch."""
    chance = random.Random(number)
    texts = [
        "\n".join("".join(chance.choices(WORDS, COMMONNESS, k=30)) + "。" for _ in range(5))
        for _ in range(articles)
    ]
    if number > 9:
        for row in range(0, articles, 20):
            texts[row] = texts_of(9 - number % 9, articles)[row + 1]
    return tuple(texts)


def batch_of(number: int, articles: int) -> tuple[dict[str, pa.Table], Fingerprints]:
    """Make a batch of small articles, a tenth of them pages of an earlier batch with new content."""
    chance = random.Random(-number)
    seen = START + timedelta(minutes=number)
    texts = texts_of(number, articles)
    ids = [hashlib.sha256(f"{number} {text}".encode()).hexdigest()[:32] for text in texts]
    places = [(max(number - 7, 1), n + 1) if n % 10 == 3 else (number, n) for n in range(articles)]
    uris = [f"http://h{n % 40}/{first}/{n}" for first, n in places]
    hosts = [f"h{n % 40}" for _, n in places]
    empty = pa.array([[]] * articles, pa.list_(pa.string()))
    times = pa.array([seen] * articles, pa.timestamp("us", tz="UTC"))
    days = [START.date() - timedelta(days=chance.randrange(7000)) for _ in range(articles)]
    tables = {
        "documents": pa.table(
            {
                "article_id": ids,
                "content_sha256": ids,
                "uri": uris,
                "fetched_at": times,
                "size_bytes": [len(t) for t in texts],
                "content": [t.encode() for t in texts],
            }
        ),
        "articles": pa.table(
            {
                "article_id": ids,
                "uri": uris,
                "host": hosts,
                "title": [t[:12] for t in texts],
                "published_on": days,
                "authors": empty,
                "photographers": empty,
                "editors": empty,
                "breadcrumb": empty,
                "script": ["hans"] * articles,
                "text": texts,
                "text_hans": texts,
                "char_count": pa.array([len(t) for t in texts], pa.int32()),
                "rules_version": ["1"] * articles,
            }
        ),
        "lines": pa.table(
            {
                "article_id": [i for i in ids for _ in range(5)],
                "line_no": pa.array([n for _ in ids for n in range(1, 6)], pa.int32()),
                "label": ["body"] * (5 * articles),
                "rule": ["bench@1"] * (5 * articles),
                "text": [line for t in texts for line in t.split("\n")],
            }
        ),
        "sightings": pa.table({"article_id": ids, "uri": uris, "seen_at": times}),
    }
    prints = fingerprint([ArticleText(i, t[:12], t) for i, t in zip(ids, texts, strict=True)])
    return tables, prints


def timed(warehouse: Warehouse, query: str) -> float:
    """Milliseconds of this process's time for a query, the best of three."""
    best = float("inf")
    for _ in range(3):
        began = time.process_time()
        with warehouse.connect() as con:
            con.execute(query).fetchall()
        best = min(best, time.process_time() - began)
    return best * 1000


def megabytes(folder: Path) -> float:
    """Size of the files in a folder."""
    return sum(file.stat().st_size for file in folder.rglob("*") if file.is_file()) / 1e6


def memory(name: str) -> float:
    """Megabytes of this process: ``RssAnon`` (its own, without mapped files) or ``VmHWM`` (its peak)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith(name)) / 1e3


def line_of(
    warehouse: Warehouse, search: SearchIndex, spent: Spent, number: int, step: int, size: int
) -> str:
    """One line of the table: the mean of the last batches, and queries now."""
    queries = (
        "select count(*) from articles",
        f"select title, text from articles where uri = 'http://h4/{number}/4'",
        "select count(*), sum(char_count) from articles where published_on between '2020-03-01' and '2020-03-31'",
    )
    count, one, month = (timed(warehouse, query) for query in queries)
    began = time.process_time()
    search.hits(WORDS[2000] + WORDS[17])
    find = (time.process_time() - began) * 1000
    paths = warehouse.paths
    return (
        f"{number:7} {number * size:9} {spent.ms('load CPU', step):14.0f} {spent.ms('load', step):10.0f} "
        f"{spent.ms('search', step):10.0f} {spent.ms('begin', step // BATCHES_IN_A_RUN):8.0f} "
        f"{len(list(paths.data.rglob('*.parquet'))):7} {megabytes(paths.data):8.0f} {megabytes(paths.index):9.0f} "
        f"{paths.catalog.stat().st_size / 1e6:11.1f} {count:13.0f} {one:16.0f} {month:13.0f} {find:14.1f} "
        f"{memory('RssAnon'):7.0f} {memory('VmHWM'):8.0f}"
    )


def soak(folder: Path, batches: int, articles: int, upkeep: int, stop: int) -> None:
    """Load the batches that are not loaded, up to ``stop``, and print a line for every tenth of all."""
    step = max(batches // 10, 1)
    print(HEAD, flush=True)
    with Warehouse.open(folder) as warehouse:
        search = SearchIndex(warehouse.paths)
        dedup = Deduplicator(warehouse)
        spent = Spent()
        run = RunRef("bench 1", rules_version="1")
        with warehouse.connect() as con:
            loaded = con.execute("select count(*) from core.ledger where unit like 'batch %'").fetchall()[0][
                0
            ]
        for number in range(loaded + 1, stop + 1):
            if number % BATCHES_IN_A_RUN == 1:
                began = time.perf_counter(), time.process_time()
                run = RunRef(f"bench {number}", rules_version="1")
                warehouse.begin_run(run)
                SiteKnowledge(warehouse)
                spent.time("begin", began)
            load(warehouse, dedup, search, run, number, articles, spent)
            if number % BATCHES_IN_A_RUN == 0:
                warehouse.finish_run(RunRecord(run, "completed"))
            if number % step == 0:
                print(line_of(warehouse, search, spent, number, step, articles), flush=True)
                spent = Spent()
                Path("/proc/self/clear_refs").write_text("5")  # the peak is measured anew
            if number % upkeep == 0:
                with warehouse.lock(), warehouse.connect() as con:
                    dedup.catch_up(con)
                at_once = UpkeepOptions(keep_history_days=0, keep_files_days=0)
                steps = [run_step(warehouse, name, at_once) for name in UPKEEP_STEPS]
                took = ", ".join(f"{s.name} {s.seconds:.1f}s {s.counts}" for s in steps)
                print(f"   upkeep: {took}", flush=True)
        dedup.close()
        print("   after the last upkeep:", flush=True)
        print(line_of(warehouse, search, spent, stop, step, articles))
        failed = [finding for finding in examine(warehouse) if not finding.is_ok]
        print("   doctor:", failed or "all checks passed")


def load(
    warehouse: Warehouse,
    dedup: Deduplicator,
    search: SearchIndex,
    run: RunRef,
    number: int,
    articles: int,
    spent: Spent,
) -> None:
    """Load one batch and index it."""
    tables, prints = batch_of(number, articles)
    began = time.perf_counter(), time.process_time()

    def decide(context: Any) -> Any:
        return dedup.decide(prints, context)

    warehouse.load_batch(tables, unit=f"batch {number}", run=run, decide=decide)
    spent.time("load", began)
    began = time.perf_counter(), time.process_time()
    with warehouse.connect() as con:
        search.catch_up(con)
    spent.time("search", began)


def main() -> None:
    """Read the options."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", type=int, default=100)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--upkeep", type=int, default=50, help="after so many batches")
    parser.add_argument(
        "--warehouse", type=Path, help="folder of the warehouse, kept; default: a temporary one"
    )
    parser.add_argument(
        "--stop",
        type=int,
        help="after this batch, a multiple of ten; the same command with a later one goes on",
    )
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        lake = chosen.warehouse or Path(folder) / "lake"
        soak(lake, chosen.batches, chosen.articles, chosen.upkeep, chosen.stop or chosen.batches)


if __name__ == "__main__":
    main()
