"""bench_extractors: bodies and fields of HTML pages, beside trafilatura, readability-lxml and GNE.

    pip install trafilatura readability-lxml lxml_html_clean gne
    python tests/bench/bench_extractors.py            those that are installed; the others are left out

On our own pages under tests/pages (made up, so no peer has seen them, but made by the authors of
the rules: see tests/bench/README.md for what that means). Body: precision, recall and F1 of character
4-grams, white space and punctuation dropped, averaged over pages; title, date: equal after folding.
"""

import importlib
import json
import re
import time
import unicodedata
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from tasks.article import read_article
from tasks.extract import split_page

PAGES = Path(__file__).resolve().parents[1] / "pages"
Found = dict[str, str | None]


def ours(html: bytes) -> Found:
    """wencang."""
    found = read_article(html, content_type="text/html")
    date = found.published_at.date().isoformat() if found.published_at else None
    return {"body": found.text, "title": found.title, "date": date}


def trafilatura(html: bytes) -> Found:
    """trafilatura with its metadata."""
    module = importlib.import_module("trafilatura")
    found = module.bare_extraction(html, with_metadata=True, favor_precision=False)
    if found is None:
        return {}
    values = found if isinstance(found, dict) else found.as_dict()
    return {"body": values.get("text"), "title": values.get("title"), "date": values.get("date")}


def readability(html: bytes) -> Found:
    """readability-lxml; its summary is HTML, read as visible text."""
    module = importlib.import_module("readability")
    document = module.Document(html.decode("utf-8", "replace"))
    page = split_page(document.summary(), is_html=True)
    return {
        "body": "\n".join(line.text for line in page.lines),
        "title": document.short_title(),
        "date": None,
    }


def gne(html: bytes) -> Found:
    """GeneralNewsExtractor."""
    module = importlib.import_module("gne")
    found = module.GeneralNewsExtractor().extract(html.decode("utf-8", "replace"))
    return {"body": found.get("content"), "title": found.get("title"), "date": found.get("publish_time")}


EXTRACTORS: tuple[tuple[str, str, Callable[[bytes], Found]], ...] = (
    ("wencang", "tasks", ours),
    ("trafilatura", "trafilatura", trafilatura),
    ("readability-lxml", "readability", readability),
    ("GNE", "gne", gne),
)


def squeeze(text: str | None) -> str:
    """Return letters, digits and characters only, in one form."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", text or ""))


def grams(text: str | None) -> Counter[str]:
    """Return the character 4-grams of a text."""
    plain = squeeze(text)
    return Counter(plain[i : i + 4] for i in range(max(len(plain) - 3, 1))) if plain else Counter()


def wanted_of(folder: Path) -> dict[str, Any]:
    """Return the expected body (text), title and date of one of our pages; absent keys are not scored."""
    expected = json.loads((folder / "expected.json").read_text("utf-8"))
    if "fields" in expected:
        fields = expected["fields"]
        return {"title": fields.get("title"), "date": (fields.get("published_at") or "")[:10] or None}
    lines = split_page((folder / "page.html").read_text("utf-8"), is_html=True).lines
    text = {line.number: line.text for line in lines}
    return {"body": "\n".join(text[number] for number in expected.get("body", []))}


def main() -> None:
    """Print a row per extractor that is installed."""
    pages = [
        (folder / "page.html", wanted_of(folder))
        for folder in sorted(PAGES.iterdir())
        if (folder / "page.html").exists()
    ]
    print(
        "| extractor | body P | body R | body F1 | title | date | pages/s |\n|---|---:|---:|---:|---:|---:|---:|"
    )
    for name, module, extract in EXTRACTORS:
        try:
            importlib.import_module(module)
        except ImportError:
            print(f"| {name} | not installed | | | | | |")
            continue
        score: Counter[str] = Counter()
        asked: Counter[str] = Counter()
        spent = 0.0
        for path, wanted in pages:
            html = path.read_bytes()
            began = time.process_time()
            try:
                found = extract(html)
            except Exception:  # noqa: BLE001 - a peer that fails on a page has found nothing on it
                found = {}
            spent += time.process_time() - began
            if wanted.get("body"):
                one, other = grams(found.get("body")), grams(wanted["body"])
                both = sum((one & other).values())
                precision, recall = both / max(sum(one.values()), 1), both / sum(other.values())
                score.update(P=precision, R=recall, F1=2 * precision * recall / max(precision + recall, 1e-9))  # type: ignore[call-overload]
                asked["body"] += 1
            if wanted.get("title"):
                asked["title"] += 1
                score["title"] += squeeze(found.get("title")) == squeeze(wanted["title"])
            if wanted.get("date"):
                asked["date"] += 1
                score["date"] += re.sub(r"\D", "", found.get("date") or "")[:8] == wanted["date"].replace(
                    "-", ""
                )
        body = [score[key] / asked["body"] for key in ("P", "R", "F1")]
        rest = [score[key] / asked[key] for key in ("title", "date")]
        print(
            f"| {name} | "
            + " | ".join(f"{each:.3f}" for each in (*body, *rest))
            + f" | {len(pages) / spent:.0f} |"
        )


if __name__ == "__main__":
    main()
