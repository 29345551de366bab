"""Measure dedupe: quality on made copies, speed, growth and size of the index, beside peers.

    python tests/bench/bench_dedup.py quality --docs docs.jsonl --pred pred.jsonl [--batches 10] [--untitled]
    python tests/bench/bench_dedup.py speed --base base.jsonl --chars 1500
    python tests/bench/bench_dedup.py growth --to 1000000 [--batch 10000]
    python tests/bench/bench_dedup.py peers --base base.jsonl       (datasketch, rensa; where installed)

base.jsonl: rows with title and text (``written_articles.py`` writes them). docs: rows with doc_id, title
and text, as a generator of near-duplicates makes them; ``--pred FILE`` writes the clusters for its
evaluator. Times are CPU seconds of this process. Growth takes synthetic fingerprints: random numbers
instead of hashed texts, a quarter of each batch copies of earlier documents; the rows say what a batch
costs when that many documents are loaded already. A first load: ``bench_dedup_bulk.py``.
"""

import argparse
import hashlib
import json
import resource
import shutil
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np

sys.path.insert(0, str(Path(__file__).parents[2]))

from tasks.dedupe import ArticleText, Fingerprints, assign, fingerprint
from tasks.dedupe.fingerprint import NO_TIME
from tasks.dedupe.fold import fold_table
from tasks.dedupe.ragged import Ragged, offsets_of, unique_by_owner
from tasks.dedupe.traits import with_title
from warehouse.dedup import DedupIndex


def timed(times: dict[str, float], name: str, work: Callable[[], Any]) -> Any:
    """Run work and add its CPU seconds to ``times``."""
    start = time.process_time()
    result = work()
    times[name] = times.get(name, 0.0) + time.process_time() - start
    return result


def take_in(index: DedupIndex, batch: Fingerprints, snapshot: int, times: dict[str, float]) -> Any:
    """Assign and apply one batch."""
    outcome = timed(times, "assign", lambda: assign(batch, index))
    timed(times, "apply", lambda: index.apply(batch, outcome.memberships, snapshot))
    return outcome


def quality(options: argparse.Namespace) -> None:
    """Cluster labelled documents in batches and print predictions or a summary."""
    docs = [json.loads(line) for line in options.docs.open(encoding="utf-8")]
    ids = {hashlib.sha256(doc["doc_id"].encode()).hexdigest()[:32]: doc["doc_id"] for doc in docs}
    articles = [
        ArticleText(article_id, doc["text"], None if options.untitled else doc["title"])
        for article_id, doc in zip(ids, docs, strict=True)
    ]
    fold_table()
    times: dict[str, float] = {}
    clusters: dict[str, str] = {}
    with tempfile.TemporaryDirectory() as folder:
        index = DedupIndex(Path(folder))
        for number in range(options.batches):
            low, high = (len(docs) * n // options.batches for n in (number, number + 1))
            batch = timed(times, "fingerprint", lambda part=articles[low:high]: fingerprint(part))
            rows = take_in(index, batch, number + 1, times).memberships
            for article_id, cluster in zip(
                rows["article_id"].to_pylist(), rows["cluster_id"].to_pylist(), strict=True
            ):
                clusters[ids[article_id]] = cluster
    if options.pred:
        with options.pred.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps({"doc_id": d, "cluster_id": c}) + "\n" for d, c in clusters.items())
    print(f"{len(docs)} documents, {len(set(clusters.values()))} clusters")
    report(times, len(docs))


def report(times: dict[str, float], documents: int) -> None:
    """Print microseconds a document and documents a second."""
    parts = "  ".join(f"{name} {seconds / documents * 1e6:.0f}" for name, seconds in times.items())
    print(f"us/document: {parts}   documents/s/core: {documents / sum(times.values()):.0f}")


def texts_of(base: Path, chars: int, count: int) -> list[ArticleText]:
    """Cut base texts to one length."""
    articles: list[ArticleText] = []
    rest = ""
    for line in base.open(encoding="utf-8"):
        row = json.loads(line)
        rest += row["text"]
        while len(rest) >= chars and len(articles) < count:
            articles.append(ArticleText(f"{len(articles):032x}", rest[:chars], row["title"]))
            rest = rest[chars:]
    return articles


def with_copies(articles: list[ArticleText]) -> list[ArticleText]:
    """Make every fourth article a lightly changed copy of one some thousand places before."""
    return [
        ArticleText(a.article_id, "今日转载。" + articles[n * 7 % max(n, 1)].text[:-20], a.title)
        if n % 4 == 3
        else a
        for n, a in enumerate(articles)
    ]


def speed(options: argparse.Namespace) -> None:
    """Measure documents a second in batches of 10,000, a quarter of them copies."""
    fold_table()
    articles = with_copies(texts_of(options.base, options.chars, options.count))
    times: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as folder:
        index = DedupIndex(Path(folder))
        for start in range(0, len(articles), options.batch):
            part = articles[start : start + options.batch]
            batch = timed(times, "fingerprint", lambda part=part: fingerprint(part))
            take_in(index, batch, start + 1, times)
    print(f"{len(articles)} documents of {options.chars} characters")
    report(times, len(articles))


def made_up(
    rng: np.random.Generator, first: int, count: int, length: int, earlier: dict[int, Any]
) -> Fingerprints:
    """Make fingerprints of random texts, a quarter of them copies of earlier documents with a tenth changed."""
    level, shingle_level = (max(2, int(np.ceil(np.log2(length / most)))) for most in (256, 32))
    size = length >> level
    hashes = rng.integers(0, 1 << 63, (count, size), np.uint64) << np.uint64(level)
    for row in range(3, count, 4):
        if earlier:
            seed = int(rng.integers(0, len(earlier)))
            old = earlier[seed]
            hashes[row, : size * 9 // 10] = old[: size * 9 // 10]
    for row in range(0, count, 50):
        earlier[len(earlier)] = hashes[row].copy()
    grams = ((hashes >> np.uint64(39)) << np.uint64(3)) | ((hashes >> np.uint64(2)) & np.uint64(7))
    places = (np.arange(size) * 16 // size).astype(np.uint64)
    owners = np.repeat(np.arange(count), size)
    sketches = unique_by_owner(((grams << np.uint64(4)) | places).astype(np.uint32).ravel(), owners, count)
    chosen = hashes & np.uint64((1 << shingle_level) - 1) == 0
    shingles = Ragged(hashes[chosen], offsets_of(chosen.sum(axis=1)))
    traits = Ragged(rng.integers(0, 1 << 32, count * 10, np.uint32), offsets_of(np.full(count, 10)))
    title_keys = rng.integers(1, 1 << 63, count, np.uint64)
    ids = [f"{n * 0xBF58476D1CE4E5B9 % (1 << 64):016x}{n:016x}" for n in range(first, first + count)]
    return Fingerprints(
        ids,
        rng.integers(0, 1 << 63, (count, 2), np.uint64),
        np.full(count, length),
        np.full(count, level, np.uint8),
        title_keys,
        np.full(count, NO_TIME),
        np.zeros(count, np.uint8),
        sketches,
        with_title(shingles, traits, title_keys),
        traits,
        traits,
    )


MARKS = (10_000, 30_000, 100_000, 300_000, 500_000, 1_000_000, 3_000_000)


def growth(options: argparse.Namespace) -> None:
    """Fill an index and print the cost of a batch, its size and this process's memory on the way."""
    rng = np.random.default_rng(1)
    earlier: dict[int, Any] = {}
    folder = options.folder or Path(tempfile.mkdtemp())
    index = DedupIndex(folder)
    print("loaded  assign  apply  together (CPU s/batch, mean of 5 from there)  bytes/document  peak MB")
    measured: list[dict[str, float]] = []
    mark = 0
    while index.count < options.to + 5 * options.batch:
        if index.count in MARKS:
            mark, measured = index.count, []
        batch = made_up(rng, index.count, options.batch, options.chars, earlier)
        times: dict[str, float] = {}
        take_in(index, batch, index.count + 1, times)
        measured.append(times)
        if mark and len(measured) == min(5, mark // options.batch or 1):
            size = sum(path.stat().st_size for path in folder.iterdir())
            mean = {name: sum(each[name] for each in measured) / len(measured) for name in times}
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            print(
                f"{mark:9d}  {mean['assign']:6.3f}  {mean['apply']:5.3f}  {sum(mean.values()):8.3f}"
                f"  {size / index.count:8.0f}  {peak}",
                flush=True,
            )
    index.close()
    if not options.folder:
        shutil.rmtree(folder)


def peers(options: argparse.Namespace) -> None:
    """Measure peers on the same documents, character 5-grams, 128 permutations, threshold 0.7."""
    fold_table()
    articles = with_copies(texts_of(options.base, options.chars, options.count))
    for name, work in (("wencang", _wencang), ("datasketch", _datasketch), ("rensa", _rensa)):
        times: dict[str, float] = {}
        try:
            found = timed(times, name, lambda work=work: work([a.text for a in articles], articles))
        except ImportError:
            print(f"{name}: not installed")
            continue
        print(f"{name}: {found} copies found", end="  ")
        report(times, len(articles))


def _shingles(text: str) -> set[str]:
    return {text[start : start + 5] for start in range(len(text) - 4)}


def _wencang(_: list[str], articles: list[ArticleText]) -> int:
    with tempfile.TemporaryDirectory() as folder:
        index, batch = DedupIndex(Path(folder)), fingerprint(articles)
        outcome = assign(batch, index)
        index.apply(batch, outcome.memberships, 1)
        return outcome.duplicates


def _datasketch(texts: list[str], _: list[ArticleText]) -> int:
    from datasketch import MinHash, MinHashLSH

    lsh, found = MinHashLSH(threshold=0.7, num_perm=128), 0
    for number, text in enumerate(texts):
        grams = _shingles(text)
        signature = MinHash(num_perm=128)
        signature.update_batch([gram.encode() for gram in grams])
        found += bool(lsh.query(signature))
        lsh.insert(number, signature)
    return found


def _rensa(texts: list[str], _: list[ArticleText]) -> int:
    from rensa import RMinHash, RMinHashLSH

    lsh, found = RMinHashLSH(threshold=0.7, num_perm=128, num_bands=16), 0
    for number, text in enumerate(texts):
        grams = _shingles(text)
        signature = RMinHash(num_perm=128, seed=42)
        signature.update(list(grams))
        found += bool(lsh.query(signature))
        lsh.insert(number, signature)
    return found


def main() -> None:
    """Run one measurement."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("what", choices=["quality", "speed", "growth", "peers"])
    parser.add_argument("--docs", type=Path)
    parser.add_argument("--pred", type=Path)
    parser.add_argument("--batches", type=int, default=10)
    parser.add_argument("--untitled", action="store_true")
    parser.add_argument("--base", type=Path)
    parser.add_argument("--chars", type=int, default=1500)
    parser.add_argument("--count", type=int, default=20_000)
    parser.add_argument("--batch", type=int, default=10_000)
    parser.add_argument("--to", type=int, default=100_000)
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    needs = {"quality": "docs", "speed": "base", "peers": "base"}.get(options.what)
    if needs and getattr(options, needs) is None:
        parser.error(f"{options.what} needs --{needs} FILE; written_articles.py writes one")
    works = {"quality": quality, "speed": speed, "growth": growth, "peers": peers}
    works[options.what](options)


if __name__ == "__main__":
    main()
