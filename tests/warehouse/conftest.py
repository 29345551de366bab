"""Batches written by us, and questions to the warehouse of a test."""

import hashlib
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

import pyarrow as pa
import pytest

from warehouse.catalog import Warehouse
from warehouse.runs import RunRef
from warehouse.upkeep import UPKEEP_STEPS, UpkeepOptions, UpkeepStep, run_step

START = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)
RUN = RunRef("run-1", flow_run_id="flow-1", task_run_id="task-1", rules_version="1", started_at=START)


def make_id(content: str) -> str:
    """Return the article id of a content."""
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def make_batch(pages: Sequence[tuple[str, str]], minute: int = 0) -> dict[str, pa.Table]:
    """Return the tables of a batch for (uri, content) pairs, seen ``minute`` minutes after the start."""
    seen = START + timedelta(minutes=minute)
    ids = [make_id(content) for _, content in pages]
    rows: dict[str, list[dict[str, Any]]] = {
        "documents": [
            {
                "article_id": i,
                "content_sha256": i * 2,
                "uri": uri,
                "fetched_at": seen,
                "size_bytes": len(content.encode()),
                "content": content.encode(),
            }
            for i, (uri, content) in zip(ids, pages, strict=True)
        ],
        "articles": [
            {
                "article_id": i,
                "uri": uri,
                "title": content[:8],
                "authors": ["张三"],
                "photographers": [],
                "editors": [],
                "breadcrumb": [],
                "script": "hans",
                "text": content,
                "text_hans": content,
                "char_count": len(content),
                "rules_version": "1",
                "published_at": START,
                "published_on": START.date(),
            }
            for i, (uri, content) in zip(ids, pages, strict=True)
        ],
        "lines": [
            {"article_id": i, "line_no": n, "label": "body", "rule": "test@1", "text": text}
            for i, (_, content) in zip(ids, pages, strict=True)
            for n, text in enumerate(content.splitlines(), 1)
        ],
        "sightings": [
            {"article_id": i, "uri": uri, "seen_at": seen} for i, (uri, _) in zip(ids, pages, strict=True)
        ],
    }
    return {name: pa.Table.from_pylist(found) for name, found in rows.items() if found}


@pytest.fixture(scope="session", name="make_batch")
def _make_batch() -> Callable[..., dict[str, pa.Table]]:
    """Make a batch from (uri, content) pairs, for fixtures that live longer than a test."""
    return make_batch


@pytest.fixture(scope="session", name="make_run")
def _make_run() -> RunRef:
    """A run, for fixtures that live longer than a test."""
    return RUN


@pytest.fixture
def batch_of() -> Callable[..., dict[str, pa.Table]]:
    """Make a batch from (uri, content) pairs."""
    return make_batch


@pytest.fixture
def id_of() -> Callable[[str], str]:
    """Article id of a content."""
    return make_id


@pytest.fixture
def run() -> RunRef:
    """A run."""
    return RUN


@pytest.fixture
def ask(warehouse: Warehouse) -> Callable[[str], list[tuple[Any, ...]]]:
    """Ask the warehouse in SQL."""

    def run_query(query: str) -> list[tuple[Any, ...]]:
        with warehouse.connect() as con:
            return con.execute(query).fetchall()

    return run_query


@pytest.fixture(scope="session")
def run_upkeep() -> Callable[..., list[UpkeepStep]]:
    """Run steps of upkeep, all of them by default, in order."""

    def run_steps(
        warehouse: Warehouse, options: UpkeepOptions | None = None, steps: Sequence[str] = tuple(UPKEEP_STEPS)
    ) -> list[UpkeepStep]:
        return [run_step(warehouse, name, options) for name in steps]

    return run_steps
