"""How fast and how well title and fields are found; CPU time, not wall time.

python tests/bench/bench_metadata.py                    the pages of tests/pages/meta-*
python tests/bench/bench_metadata.py --folder DIRECTORY any folder of saved HTML pages (UTF-8 or not)
"""

import argparse
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[2]))

from tasks.decode import decode
from tasks.extract import label_page, looks_like_html, split_page
from tasks.metadata import find_fields, find_title, relabel

ROUNDS = 7
"""The fastest of so many rounds counts: the machine is shared."""


def load(paths):
    """Return (page, texts, labels) for files, so that only the metadata step is measured."""
    pages = []
    for path in paths:
        text = decode(path.read_bytes(), None).text
        page = split_page(text, is_html=looks_like_html(text))
        texts = [line.text for line in page.lines]
        title = find_title(page, texts)
        labelled = label_page(page, texts, [*title.lines, *title.subtitle_lines])
        pages.append((page, texts, [label for label, _ in labelled.labels]))
    return pages


def measure(pages):
    """Return milliseconds of CPU per page for title, and for fields with labels."""
    titles = fields = float("inf")
    for _ in range(ROUNDS):
        begin = time.process_time()
        found = [find_title(page, texts) for page, texts, _ in pages]
        middle = time.process_time()
        for (page, texts, labels), title in zip(pages, found, strict=True):
            relabel(page, texts, labels, title, find_fields(page, texts, labels, title))
        end = time.process_time()
        titles, fields = min(titles, middle - begin), min(fields, end - middle)
    return titles / len(pages) * 1000, fields / len(pages) * 1000


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--folder", type=Path)
    options = parser.parse_args()
    own = Path(__file__).parents[1] / "pages"
    paths = sorted(options.folder.glob("*.htm*") if options.folder else own.glob("meta-*/page.*"))
    pages = load(paths)
    title, fields = measure(pages)
    lines = sum(len(texts) for _, texts, _ in pages) / len(pages)
    print(f"{len(pages)} pages of {lines:.0f} lines: title {title:.2f} ms, fields {fields:.2f} ms a page")


if __name__ == "__main__":
    main()
