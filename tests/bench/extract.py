"""How fast extract reads: pages of HTML per second, lines per second.

    python tests/bench/extract.py

Reads our own pages under tests/pages and, when they are there, those of ../shared/pages.
CPU seconds of one process; the best of five rounds.
"""

import sys
import time
from collections.abc import Callable
from pathlib import Path

from tasks.decode import decode
from tasks.extract import keep_lines, label_page, split_page
from tasks.extract.look import forget_lines

ROOT = Path(__file__).parents[2]
ROUNDS = 5


def pages() -> list[str]:
    """Return the texts of all HTML pages at hand."""
    folders = (ROOT / "tests" / "pages").glob("*/page.html")
    shared = (ROOT.parent / "shared" / "pages" / "html").glob("*.html")
    return [decode(path.read_bytes(), None).text for path in (*sorted(folders), *sorted(shared))]


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds of the fastest of some rounds; no line is remembered from round to round."""
    best = float("inf")
    for _ in range(ROUNDS):
        forget_lines()
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best


def main() -> int:
    """Print the figures."""
    texts = pages()
    split = [split_page(text, is_html=True) for text in texts]
    lines = [[line.text for line in page.lines] for page in split]
    count = sum(map(len, lines))
    print(
        f"{len(texts)} pages, {count} lines, {sum(map(len, texts)) / len(texts) / 1000:.0f} k characters each"
    )
    spent = seconds(lambda: [split_page(text, is_html=True) for text in texts])
    print(f"split   {len(texts) / spent:8.0f} pages/s")
    spent = seconds(lambda: [label_page(page, x) for page, x in zip(split, lines, strict=True)])
    print(f"label   {len(texts) / spent:8.0f} pages/s  {count / spent / 1000:6.0f} k lines/s")
    spent = seconds(lambda: [keep_lines(x) for x in lines])
    print(f"as text {len(texts) / spent:8.0f} pages/s  {count / spent / 1000:6.0f} k lines/s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
