"""Written articles, copies of them, and an empty index."""

import importlib.util
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from tasks.dedupe import ArticleText, assign, fingerprint
from warehouse.dedup import DedupIndex

WRITER = Path(__file__).parents[2] / "bench" / "written_articles.py"


def article_id(number: int) -> str:
    return f"{number:032x}"


@pytest.fixture(scope="session")
def written() -> list[ArticleText]:
    """Three hundred different articles."""
    spec = importlib.util.spec_from_file_location("written_articles", WRITER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    found = module.Writer(7).articles(300)
    return [ArticleText(article_id(n), each["text"], each["title"]) for n, each in enumerate(found)]


@pytest.fixture
def copy_of() -> Callable[..., ArticleText]:
    """Make another article of one: changed text or title, new id."""

    def make(
        article: ArticleText, number: int, text: str | None = None, title: str | None = None
    ) -> ArticleText:
        return ArticleText(article_id(1_000_000 + number), text or article.text, title or article.title)

    return make


@pytest.fixture
def index(tmp_path: Path) -> Iterator[DedupIndex]:
    """An empty index."""
    with closing(DedupIndex(tmp_path / "dedup")) as index:
        yield index


@pytest.fixture
def take_in() -> Callable[..., dict[str, dict[str, Any]]]:
    """Assign and apply a batch to an index; returns article id -> row."""

    def take(index: DedupIndex, articles: list[ArticleText], snapshot: int = 1) -> dict[str, dict[str, Any]]:
        batch = fingerprint(articles)
        outcome = assign(batch, index)
        index.apply(batch, outcome.memberships, snapshot)
        return {row["article_id"]: row for row in outcome.memberships.to_pylist()}

    return take
