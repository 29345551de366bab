"""Measure a first load of many documents: through the index, and by joins in DuckDB.

    python tests/bench/bench_dedup_bulk.py join --to 1000000           (at each size: the keys of one batch)
    python tests/bench/bench_dedup_bulk.py first --to 300000           (the candidates of everything)
    python tests/bench/bench_dedup_bulk.py one --to 300000             (all documents in one batch)

Fingerprints are made up as in ``bench_dedup.py growth``. join: CPU seconds to find the rows of a batch's keys
in the index, and by a hash join with the same rows in DuckDB. first: CPU seconds of ``assign`` and ``apply`` in
batches, of the look-ups within them, and of one join in DuckDB that finds all pairs with two keys in common, in
``--memory`` and on one thread. one: what a single batch costs. Memory is the peak of this process, in MB.
"""

import argparse
import resource
import tempfile
import time
from pathlib import Path
from typing import Any

import duckdb
import numpy as np
import pyarrow as pa
from bench_dedup import MARKS, made_up, take_in, timed

from tasks.dedupe import join_fingerprints
from tasks.dedupe.candidates import Candidates
from warehouse.dedup import DedupIndex

LOOKUPS = 3
"""Times a look-up is repeated; the mean is told."""

PAIRS = """
select count(*) from (
    select a.document, b.document as other from held as a join held as b using (key)
    where a.document > b.document group by all having count(*) >= 2
)
"""
FOUND = "select count(*) from (select key, row_number() over () as n from wanted) join held using (key)"


def peak() -> int:
    """Return the peak memory of this process, in MB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024


def rows_of(index: DedupIndex) -> pa.Table:
    """Return the rows of an index: key, document."""
    runs = index._store.runs
    return pa.table({
        "key": np.concatenate([run.keys for run in runs]),
        "document": np.concatenate([run.documents for run in runs]),
    })  # fmt: skip


def database(folder: Path, held: pa.Table, memory: str) -> duckdb.DuckDBPyConnection:
    """Return a database with the rows as a table sorted by key."""
    (folder / "join.duckdb").unlink(missing_ok=True)
    con = duckdb.connect(str(folder / "join.duckdb"), config={"threads": 1, "memory_limit": memory})
    con.execute("create table held as select * from held order by key")
    return con


def join(options: argparse.Namespace, folder: Path) -> None:
    """Find the rows of a batch's keys in a filled index, and by a join of the same rows in DuckDB."""
    rng, earlier = np.random.default_rng(1), dict[int, Any]()
    index = DedupIndex(folder / "index")
    print("loaded  keys held  keys asked  index CPU s  join CPU s")
    while index.count <= options.to:
        batch = made_up(rng, index.count, options.batch, options.chars, earlier)
        if index.count in MARKS:
            held = rows_of(index)
            con = database(folder, held, options.memory)
            keys = np.sort(batch.shingles.values)
            con.register("wanted", pa.table({"key": keys}))
            times: dict[str, float] = {}
            for _ in range(LOOKUPS):
                timed(times, "index", lambda keys=keys: index.lookup(keys))
                timed(times, "join", lambda con=con: con.execute(FOUND).fetchone())
            con.close()
            each = [times[name] / LOOKUPS for name in ("index", "join")]
            print(index.count, len(held), len(keys), *(f"{seconds:.3f}" for seconds in each), flush=True)
        take_in(index, batch, index.count + 1, {})


def first(options: argparse.Namespace, folder: Path) -> None:
    """Load everything in batches; then find all candidates by one join."""
    rng, earlier, times = np.random.default_rng(1), dict[int, Any](), dict[str, float]()
    index = DedupIndex(folder / "index")
    keys: list[Any] = []
    documents: list[Any] = []
    for name in ("__init__", "of", "arrived"):
        _count_time(Candidates, name, times)
    while index.count < options.to:
        batch = made_up(rng, index.count, options.batch, options.chars, earlier)
        keys.append(batch.shingles.values)
        documents.append(batch.shingles.owners.astype(np.int32) + index.count)
        take_in(index, batch, index.count + 1, times)
    total = times["assign"] + times["apply"]
    print(
        f"{index.count} documents in batches of {options.batch}: {total:.1f} CPU s ({index.count / total:.0f}/s),"
    )
    print(f"of it candidates {times['candidates']:.1f} s; peak {peak()} MB with the keys kept for the join")
    held = pa.table({"key": np.concatenate(keys), "document": np.concatenate(documents)})
    start = time.process_time()
    con = database(folder, held, options.memory)
    (pairs,) = con.execute(PAIRS).fetchone() or (0,)
    print(
        f"one join over {len(held)} rows: {time.process_time() - start:.1f} CPU s, {pairs} pairs; peak {peak()} MB"
    )


def _count_time(owner: Any, name: str, times: dict[str, float]) -> None:
    work = getattr(owner, name)
    setattr(owner, name, lambda *given: timed(times, "candidates", lambda: work(*given)))


def one(options: argparse.Namespace, folder: Path) -> None:
    """Take everything in as one batch."""
    times: dict[str, float] = {}
    index = DedupIndex(folder / "index")
    rng, earlier = np.random.default_rng(1), dict[int, Any]()
    starts = range(0, options.to, options.batch)
    batch = join_fingerprints([made_up(rng, at, options.batch, options.chars, earlier) for at in starts])
    before = peak()
    take_in(index, batch, 1, times)
    total = sum(times.values())
    print(f"{index.count} documents in one batch: {total:.1f} CPU s ({index.count / total:.0f}/s); ", end="")
    print(f"peak {peak()} MB, {before} MB of it the batch")


def main() -> None:
    """Run one measurement."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=["join", "first", "one"])
    parser.add_argument("--to", type=int, default=100_000)
    parser.add_argument("--batch", type=int, default=10_000)
    parser.add_argument("--chars", type=int, default=1500)
    parser.add_argument("--memory", default="1GB", help="of DuckDB; beyond it spills")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        {"join": join, "first": first, "one": one}[options.what](options, Path(folder))


if __name__ == "__main__":
    main()
