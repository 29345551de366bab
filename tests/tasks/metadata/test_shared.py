"""The pages and documents beside the project: floors that may only rise."""

import importlib.util
import json
import sys
from pathlib import Path

import pytest

from tasks.article import read_article
from tasks.metadata.folding import key

SHARED = Path(__file__).parents[4] / "shared"
FLOORS = {"title": 0.98, "date": 0.98, "source": 0.92, "author": 0.86}

pytestmark = pytest.mark.shared


@pytest.fixture(scope="module")
def page_eval():
    """The evaluator of the page benchmark, loaded from its file."""
    path = SHARED / "tools" / "page_eval.py"
    if not path.exists():
        pytest.skip("no ../shared beside the project")
    spec = importlib.util.spec_from_file_location("page_eval", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules["page_eval"] = module
    spec.loader.exec_module(module)
    return module


def test_fields_of_the_pages_stay_above_the_floors(page_eval):
    """Title, date, outlet and author of the labelled pages; no date is invented."""
    rows = []
    for line in (SHARED / "pages" / "gold.jsonl").read_text(encoding="utf-8").splitlines():
        record = json.loads(line)
        article = read_article(
            (SHARED / "pages" / "html" / f"{record['id']}.html").read_bytes(), record["url"]
        )
        found = {
            "title": article.title,
            "date": article.published_at,
            "author": article.authors,
            "source": article.source_name,
        }
        rows.append(page_eval.score_page(record, found, ["x" * 9], ["x" * 9], False))
    for name, floor in FLOORS.items():
        assert page_eval.mean(rows, name) >= floor, name
    assert sum(row.get("date_invented") or 0 for row in rows) == 0


def test_fields_of_the_seeds_all_match():
    """Every field of the five documents, compared without script, width and spaces."""
    path = SHARED / "gold" / "seeds.jsonl"
    if not path.exists():
        pytest.skip("no ../shared beside the project")
    for line in path.read_text(encoding="utf-8").splitlines():
        gold = json.loads(line)
        article = read_article((SHARED / "seeds" / gold["file"]).read_bytes())
        day = "%Y-%m-%d" if article.date_precision == "day" else "%Y-%m-%dT%H:%M"
        found = {
            "title": article.title,
            "subtitle": article.subtitle,
            "source": article.source_name,
            "site": article.site,
            "published": article.published_at.strftime(day) if article.published_at else None,
            "byline": article.authors,
            "photographer": article.photographers,
            "editor": article.editors,
            "breadcrumb": article.breadcrumb,
        }
        for name, value in found.items():
            assert folded(value) == folded(gold[name]), (gold["file"], name)


def folded(value):
    if isinstance(value, list):
        return [key(text) for text in value]
    return key(value) if value else None
