"""Written articles, and indexes filled in batches."""

import importlib.util
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tasks.dedupe import ArticleText, Fingerprints, assign, fingerprint
from warehouse.dedup import DedupIndex

WRITER = Path(__file__).parents[2] / "bench" / "written_articles.py"


def written(seed: int, count: int) -> list[dict[str, str]]:
    spec = importlib.util.spec_from_file_location("written_articles", WRITER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found: list[dict[str, str]] = module.Writer(seed).articles(count)
    return found


@pytest.fixture(scope="session")
def texts() -> list[str]:
    """Two long texts of our own that share nothing, with their titles as first lines."""
    found = [each for each in written(5, 60) if len(each["text"]) > 900][:2]
    return [f"{each['title']}\n{each['text']}" for each in found]


@pytest.fixture(scope="session")
def batches() -> list[Fingerprints]:
    """Six batches of 40 articles; from the second on half are copies of earlier ones."""
    found = [(each["text"], each["title"]) for each in written(3, 140)]
    texts = list(found[:40])
    for batch in range(1, 6):
        new = found[20 + 20 * batch : 40 + 20 * batch]
        old = [
            (text[: len(text) * 2 // 3] if n % 2 else f"今日转载。{text}", title)
            for n, (text, title) in enumerate(texts[-40:-20])
        ]
        texts += [pair for both in zip(new, old, strict=True) for pair in both]
    articles = [ArticleText(f"{n:032x}", text, title) for n, (text, title) in enumerate(texts)]
    return [fingerprint(articles[start : start + 40]) for start in range(0, len(articles), 40)]


@pytest.fixture
def contents() -> Callable[[Path], dict[str, Any]]:
    """Read everything an index holds, independent of how its runs are cut."""

    def read(folder: Path) -> dict[str, Any]:
        index = DedupIndex(folder)
        store = index._store
        keys = np.concatenate([run.keys for run in store.runs]) if store.runs else np.zeros(0, np.uint64)
        documents = (
            np.concatenate([run.documents for run in store.runs]) if store.runs else np.zeros(0, np.int32)
        )
        order = np.lexsort((documents, keys))
        found = {
            "watermark": index.watermark(),
            "documents": store.documents.tobytes(),
            "members": store.members.tobytes(),
            "sketch": (folder / "sketch.bin").read_bytes()[: store.state.sketch * 4],
            "traits": store.traits.tobytes(),
            "grams": store.grams.tobytes(),
            "titles": store.titles.tobytes(),
            "keys": keys[order].tobytes(),
            "key documents": documents[order].tobytes(),
        }
        index.close()
        return found

    return read


@pytest.fixture
def load() -> Callable[..., list[Any]]:
    """Assign and apply batches to the index in a folder; return the membership tables."""

    def run(folder: Path, batches: list[Fingerprints], first: int = 1) -> list[Any]:
        index = DedupIndex(folder)
        tables = []
        for snapshot, batch in enumerate(batches, first):
            tables.append(assign(batch, index).memberships)
            index.apply(batch, tables[-1], snapshot)
        index.close()
        return tables

    return run
