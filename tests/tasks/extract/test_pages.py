"""Promises of extract on the pages under tests/pages/body-*: the article, and what stands around it."""

import json
from pathlib import Path
from typing import Any

import pytest

from tasks.extract import label_page, looks_like_html, paragraphs, split_page

PAGES = sorted((Path(__file__).parents[2] / "pages").glob("body-*"))


def read(folder: Path) -> tuple[str, bool, dict[str, Any]]:
    """Return text, whether it is HTML, and what is expected of a page."""
    page = next(path for path in folder.iterdir() if path.stem == "page")
    expected = json.loads((folder / "expected.json").read_text(encoding="utf-8"))
    return page.read_bytes().decode("utf-8"), page.suffix == ".html", expected


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: folder.name)
def test_page(folder: Path) -> None:
    """Every body line is body, no other line is, and the labels that are written down are given."""
    text, is_html, expected = read(folder)
    if "known_failure" in expected:
        pytest.xfail(expected["known_failure"])
    page = split_page(text, is_html=is_html)
    texts = [line.text for line in page.lines]
    titles = [i for i, line in enumerate(page.lines) if line.number in expected["title"]]

    labelled = label_page(page, texts, titles)

    labels = {line.number: label for line, (label, _) in zip(page.lines, labelled.labels, strict=True)}
    body = [number for number, label in labels.items() if label == "body"]
    assert body == expected["body"], expected["stands_for"]
    named = expected.get("labels", {})
    assert {number: labels[int(number)] for number in named} == named
    if "paragraphs" in expected:
        for index, change, _ in labelled.cuts:
            texts[index] = texts[index][: change.start] + change.after + texts[index][change.end :]
        assert paragraphs(texts, labelled) == expected["paragraphs"]


@pytest.mark.parametrize("folder", PAGES, ids=lambda folder: folder.name)
def test_markup_is_told_from_text(folder: Path) -> None:
    """A page in HTML looks like HTML, a text does not."""
    text, is_html, _ = read(folder)

    assert looks_like_html(text) is is_html
