"""Whole pages: lines, labels, title and fields together, one phenomenon each."""

import json
from pathlib import Path
from typing import Any

import pytest

from tasks.document import Fields
from tasks.extract import label_page, split_page
from tasks.lines import Page
from tasks.metadata import RULES, find_fields, find_title, relabel

PAGES = sorted((Path(__file__).parents[2] / "pages").glob("meta-*"))


def read_page(folder: Path) -> tuple[Page, dict[str, Any]]:
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    path = next(folder.glob("page.*"))
    return split_page(path.read_text(encoding="utf-8"), is_html=path.suffix == ".html"), expected


def read_fields(page: Page, url: str | None) -> tuple[Fields, dict[int, tuple[str, str]], list[str]]:
    texts = [line.text for line in page.lines]
    title = find_title(page, texts)
    labels = [label for label, _ in label_page(page, texts, [*title.lines, *title.subtitle_lines]).labels]
    fields = find_fields(page, texts, labels, title, None, url)
    return fields, relabel(page, texts, labels, title, fields), labels


def shown(fields: Fields) -> dict[str, Any]:
    found = {name: getattr(fields, name) for name in Fields.__slots__ if name != "evidence"}
    moment = found["published_at"]
    return found | {"published_at": moment.isoformat() if moment else None}


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: folder.name)
def test_page_gives_its_fields(folder: Path) -> None:
    """A page gives the fields it prints, as it prints them, and no others."""
    page, expected = read_page(folder)
    fields, _, _ = read_fields(page, expected.get("url"))

    found = shown(fields)
    assert {name: found[name] for name in expected["fields"]} == expected["fields"]


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: folder.name)
def test_every_field_names_its_line(folder: Path) -> None:
    """Evidence points to a received line that prints the value, or is 0 for markup."""
    page, expected = read_page(folder)
    fields, labels, _ = read_fields(page, expected.get("url"))
    by_number = {line.number: line.text for line in page.lines}

    for name, number in fields.evidence.items():
        assert number == 0 or number in by_number
        value = getattr(fields, name)
        for text in value if isinstance(value, list) else [value]:
            if number and isinstance(text, str) and name in ("title", "source_name", "site"):
                joined = "".join(by_number.get(n, "") for n in range(number, number + 2))
                assert "".join(text.split()) in "".join(joined.split())
    assert all(rule.split("@")[0] in RULES for _, rule in labels.values())


def test_there_are_pages() -> None:
    """The folder of pages is found: an empty parametrisation would pass silently."""
    assert len(PAGES) >= 30
