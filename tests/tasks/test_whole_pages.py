"""Whole pages through every step: repair, title, labels and fields as ``read_article`` gives them."""

import json
from pathlib import Path
from typing import Any

import pytest

from tasks.article import Article, read_article

PAGES = sorted((Path(__file__).parents[1] / "pages").glob("whole-*"))


def read_page(folder: Path) -> tuple[Article, dict[str, Any]]:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    path = next(folder.glob("page.*"))
    kind = "text/html" if path.suffix == ".html" else "text/plain"
    return read_article(path.read_bytes(), expected.get("url"), f"{kind}; charset=utf-8"), expected


def shown(article: Article, name: str) -> Any:
    value = getattr(article, name)
    return value.isoformat() if name == "published_at" and value is not None else value


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: folder.name)
def test_page_is_read_as_a_careful_person_would(folder: Path) -> None:
    """Fields, labels and text are what the page's ``expected.json`` says."""
    article, expected = read_page(folder)
    labels = {str(line.number): line.label for line in article.lines}

    assert article.reject is None, article.reject_detail
    assert {name: shown(article, name) for name in expected.get("fields", {})} == expected.get("fields", {})
    assert {number: labels[number] for number in expected["labels"]} == expected["labels"]
    for part in expected.get("text", []):
        assert part in article.text
    for part in expected.get("not_text", []):
        assert part not in article.text
