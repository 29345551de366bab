"""Batches of a run: what bounds them."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from flows.counts import RunPlan
from flows.reading import InputReader
from tasks.document import Document
from tasks.fetch import FetchOptions
from warehouse.catalog import Warehouse


@pytest.mark.parametrize(
    ("place", "sizes"),
    [
        pytest.param("https://a.cn/{}", [3, 3, 1], id="pages"),
        pytest.param("https://a.cn/dump.jsonl#id={}", [5, 2], id="rows-over-http"),
        pytest.param("file:///in/{}.txt", [5, 2], id="files"),
    ],
)
def test_a_crawl_is_committed_in_small_batches(tmp_path: Path, monkeypatch, place, sizes):
    """What was asked of a server must not be asked again after a kill; files and dumps are read in large ones."""
    monkeypatch.setattr("flows.reading.WEB_BATCH_DOCS", 3)
    found = [
        Document(place.format(i), b"x%d" % i, f"{i}" * 64, f"{i}" * 32, datetime.now(UTC)) for i in range(7)
    ]
    with Warehouse.open(tmp_path / "lake") as warehouse:
        plan = RunPlan((), warehouse.paths.root, 5, 10**6, FetchOptions())
        reader = InputReader(plan, warehouse, tmp_path / "staging")
        (tmp_path / "staging").mkdir()
        reader._stream = iter(found)
        refs = [reader.next_batch(number) for number in range(1, 5)]

    assert [ref.documents for ref in refs if ref] == sizes
