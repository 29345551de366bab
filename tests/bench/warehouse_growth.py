"""Does a batch cost the same in a large warehouse? Loads many batches, with upkeep in between.

python tests/bench/warehouse_growth.py --batches 1000 --articles 300 --upkeep 100
"""

import argparse
import hashlib
import random
import resource
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pyarrow as pa

from warehouse.catalog import Warehouse
from warehouse.runs import RunRef
from warehouse.upkeep import UpkeepOptions, run_upkeep

START = datetime(2026, 1, 1, tzinfo=UTC)
WORDS = [
    "天气",
    "晴朗",
    "道路",
    "施工",
    "学校",
    "开学",
    "图书",
    "展览",
    "河流",
    "治理",
    "农田",
    "丰收",
    "车站",
    "通车",
]


def batch_of(number: int, articles: int) -> dict[str, pa.Table]:
    """Make a batch of small articles, a tenth of them pages of an earlier batch with new content."""
    chance = random.Random(number)
    seen = START + timedelta(minutes=number)
    texts = [
        "\n".join("".join(chance.choices(WORDS, k=30)) + "。" for _ in range(5)) for _ in range(articles)
    ]
    ids = [hashlib.sha256(text.encode()).hexdigest()[:32] for text in texts]
    older = max(number - 7, 0)
    uris = [f"http://h/{older if n % 10 == 0 else number}/{n}" for n in range(articles)]
    empty = pa.array([[]] * articles, pa.list_(pa.string()))
    times = pa.array([seen] * articles, pa.timestamp("us", tz="UTC"))
    days = [START.date() - timedelta(days=chance.randrange(7000)) for _ in range(articles)]
    return {
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
                "title": [t[:12] for t in texts],
                "published_on": days,
                "authors": empty,
                "photographers": empty,
                "editors": empty,
                "breadcrumb": empty,
                "script": ["hans"] * articles,
                "text": texts,
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


def timed(warehouse: Warehouse, query: str) -> float:
    """Seconds of a query."""
    began = time.perf_counter()
    with warehouse.connect() as con:
        con.execute(query).fetchall()
    return time.perf_counter() - began


def main() -> None:
    """Print a line for every tenth of the batches."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--batches", type=int, default=100)
    parser.add_argument("--articles", type=int, default=300)
    parser.add_argument("--upkeep", type=int, default=50, help="after so many batches")
    chosen = parser.parse_args()
    step = max(chosen.batches // 10, 1)
    print(
        "batches  articles   commit CPU ms  commit ms   files  catalog MB  count ms  one page ms  month ms  peak MB"
    )
    with tempfile.TemporaryDirectory() as folder, Warehouse.open(Path(folder) / "lake") as warehouse:
        run = RunRef("bench")
        cpu = wall = 0.0
        for number in range(1, chosen.batches + 1):
            tables = batch_of(number, chosen.articles)
            began, began_cpu = time.perf_counter(), time.process_time()
            warehouse.load_batch(tables, unit=f"batch {number}", run=run)
            wall, cpu = wall + time.perf_counter() - began, cpu + time.process_time() - began_cpu
            if number % step == 0:
                files = len(list(warehouse.paths.data.rglob("*.parquet")))
                queries = (
                    "select count(*) from articles",
                    f"select title, text from articles where uri = 'http://h/{number}/3'",
                    "select count(*), sum(char_count) from articles where published_on between '2020-03-01' and '2020-03-31'",
                )
                count, one, month = (timed(warehouse, query) * 1000 for query in queries)
                print(
                    f"{number:7} {number * chosen.articles:9} {cpu / step * 1000:14.0f} {wall / step * 1000:10.0f} "
                    f"{files:7} {warehouse.paths.catalog.stat().st_size / 1e6:11.1f} {count:9.0f} {one:12.0f} "
                    f"{month:9.0f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1e3:8.0f}",
                    flush=True,
                )
                cpu = wall = 0.0
            if number % chosen.upkeep == 0:
                steps = run_upkeep(warehouse, UpkeepOptions(keep_history_days=0, keep_files_days=0))
                print(
                    "   upkeep: " + ", ".join(f"{s.name} {s.seconds:.1f}s {s.counts}" for s in steps),
                    flush=True,
                )


if __name__ == "__main__":
    main()
