"""bench_read: how fast one document is read, from bytes to article, and which step takes how long.

    python tests/bench/bench_read.py             our own pages under tests/pages
    python tests/bench/bench_read.py FOLDER      pages (*.html) of your own

As HTML, and their visible lines as plain text. CPU time of one process: each page read once, of which nothing
is remembered, and the sum of each page's fastest of some rounds, with no line remembered from round to round.
"""

import argparse
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from tasks import article
from tasks.article import READ_STEPS, read_article
from tasks.document import Document
from tasks.extract.look import forget_lines
from tasks.reasons import Reject

ROOT = Path(__file__).parents[2]
ROUNDS = 8

SAMPLE = "<title>桥</title><p>今天下午，河湾镇的新桥通车了。</p>".encode()
"""Read first: tables are loaded and patterns compiled with the first document of a process."""

Spent = dict[str, float]
"""Name of a step -> CPU seconds."""


def pages(folder: Path | None) -> list[bytes]:
    """Return the bytes of the HTML pages of a folder, or of our own."""
    found = folder.rglob("*.html") if folder else (ROOT / "tests" / "pages").glob("*/page.html")
    return [path.read_bytes() for path in sorted(found)]


def timed(content: bytes, kind: str | None) -> Spent:
    """Read one document; return what each step took."""
    spent: Spent = {}

    def measure(number: int, document: Document) -> Reject | None:
        start = time.process_time()
        stopped = READ_STEPS[number](document)
        spent[READ_STEPS[number].__name__.removesuffix("_document")] = time.process_time() - start
        return stopped

    def step(number: int) -> Callable[[Document], Reject | None]:
        return lambda document: measure(number, document)

    article.READ_STEPS = tuple(step(number) for number in range(len(READ_STEPS)))  # type: ignore[assignment]
    try:
        read_article(content, None, kind)
    finally:
        article.READ_STEPS = READ_STEPS
    return spent


def fastest(contents: Sequence[bytes], kind: str | None) -> Spent:
    """Return the time of each step over all documents."""
    best: list[Spent] = [{} for _ in contents]
    for _ in range(ROUNDS):
        forget_lines()
        for known, content in zip(best, contents, strict=True):
            for name, seconds in timed(content, kind).items():
                known[name] = min(seconds, known.get(name, seconds))
    total: Spent = defaultdict(float)
    for known in best:
        for name, seconds in known.items():
            total[name] += seconds
    return total


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", nargs="?", type=Path)
    html = pages(parser.parse_args().folder)
    read_article(SAMPLE, None, "text/html")
    start = time.process_time()
    for page in html:
        read_article(page, None, "text/html")
    once = time.process_time() - start
    print(
        f"{len(html)} pages of {sum(map(len, html)) // len(html) // 1000} kB; once {len(html) / once:.0f} pages/s"
    )
    lines = [[line.text for line in read_article(page, None, "text/html").lines] for page in html]
    text = ["\n".join(page).encode("utf-8", "surrogatepass") for page in lines]
    for name, contents, kind in (("HTML", html, "text/html"), ("plain text", text, None)):
        spent = fastest(contents, kind)
        whole = sum(spent.values())
        steps = "  ".join(f"{step} {seconds / len(html) * 1000:.2f}" for step, seconds in spent.items())
        print(
            f"{name:<10}  {len(html) / whole:5.0f} pages/s  {sum(map(len, lines)) / whole / 1000:5.1f} k lines/s"
            f"  ms a page: {steps}"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main())
