"""health: what each source gave in a run, counted by where its documents are."""

import json
from datetime import UTC, datetime
from typing import Any

import pyarrow as pa

from flows.health import SourceCount, as_summary, count_sources, source_histories, with_this_run
from tasks.sources import Source
from warehouse.catalog import Warehouse
from warehouse.runs import RunRecord, RunRef

NOW = datetime(2026, 1, 2, tzinfo=UTC)


def documents_at(*uris: str) -> list[dict[str, Any]]:
    """Rows of documents received there."""
    return [
        {"article_id": f"{number:032x}", "content_sha256": f"{number:064x}", "uri": uri, "fetched_at": NOW,
         "size_bytes": 1, "content": b"x"}
        for number, uri in enumerate(uris)
    ]  # fmt: skip


def test_each_source_is_told_what_it_gave(warehouse: Warehouse) -> None:
    """New documents, those seen again, rejects, and answers 304; a source called like another has none of its own."""
    documents = documents_at("file:///in/a.txt", "file:///in/b.txt", "https://e.example/1")
    again = {"article_id": documents[0]["article_id"], "uri": "file:///in/copy.txt"}
    seen = [*({name: row[name] for name in again} for row in documents), again]
    rows = {
        "documents": documents,
        "sightings": [{**each, "seen_at": NOW} for each in seen],
        "rejects": [{"uri": "file:///in/c.bin", "step": "decode", "reason": "binary"}],
        "http_state": [
            {"uri": f"https://e.example/{number}", "status": status, "fetched_at": NOW}
            for number, status in enumerate((304, 200, 304))
        ],
    }
    tables = {name: pa.Table.from_pylist(each) for name, each in rows.items()}
    warehouse.load_batch(tables, unit="one", run=RunRef("run-1"))
    warehouse.load_batch(
        {"sightings": pa.Table.from_pylist([{**again, "seen_at": NOW}])}, unit="two", run=RunRef("run-2")
    )
    sources = [Source(location=each) for each in ("/in", "/inbox", "https://e.example/feed", "/gone")]

    folder, other, web, gone = count_sources(
        warehouse, "run-1", sources, ["file:///in/d.txt", "file:///inbox/e.txt"], ["/gone"]
    )

    assert folder == SourceCount("/in", new=2, again=1, rejected=1, same=1)
    assert other == SourceCount("/inbox", same=1)
    assert web == SourceCount("https://e.example/feed", new=1, asked=3, not_modified=2)
    assert gone == SourceCount("/gone", is_missing=True)
    assert count_sources(warehouse, "run-1", [], [], []) == []


def test_a_source_whose_host_is_left_alone_does_not_fail(warehouse: Warehouse) -> None:
    """It has not been read, either: neither a failure nor a success. One that gave something all the same has."""
    tables = {
        "rejects": [{"uri": "https://a.example/feed", "step": "fetch", "reason": "left_alone"}],
        "documents": documents_at("https://b.example/1"),
    }
    rows = {name: pa.Table.from_pylist(each) for name, each in tables.items()}
    warehouse.load_batch(rows, unit="one", run=RunRef("run-1"))
    sources = [Source(location=f"https://{host}.example/feed") for host in "abc"]

    left = count_sources(warehouse, "run-1", sources, [], [], {"a.example", "b.example"})

    assert [each.is_left_alone for each in left] == [True, False, False]
    assert not left[0].is_failing
    assert with_this_run({}, left, NOW)["https://a.example/feed"].last_success is None
    ended = RunRecord(RunRef("run-1"), "completed", summary=json.dumps({"sources": as_summary(left)}))
    warehouse.finish_run(ended)
    told = source_histories(warehouse)
    assert told["https://a.example/feed"].last_success is None
    assert told["https://b.example/feed"].last_success is not None
