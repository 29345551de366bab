"""contents: the entries of a table of contents, each of which is printed again below as a heading."""

import re
from collections.abc import Sequence

from tasks.extract.kinds import Kind
from tasks.extract.scored import Scored

ENTRY = Kind("contents_entry", "navigation", 2)
"""A table of contents in a text does not end it, so its lines cost hardly anything."""
MOST = 60
"""Entries of the longest table."""
FEWEST = 2
_NUMBER = re.compile(r"^[\d一二三四五六七八九十.、()\s•·●■◆-]+(?=\S)")


def mark_contents(scored: Sequence[Scored], named: Sequence[int]) -> None:
    """Name the lines right below a heading 目录 that are printed once more further down.

    named: the indexes of lines that have a kind. Headings may have other numbers than their entries.
    """
    headings = [index for index in named if _is_heading(scored[index].kind)]
    if not headings:
        return
    texts = [_NUMBER.sub("", line.folded) for line in scored]
    last = {text: index for index, text in enumerate(texts)}
    for heading in headings:
        below = range(heading + 1, min(heading + 1 + MOST, len(scored)))
        end = next((index for index in below if last[texts[index]] == index), below.stop)
        if end - below.start < FEWEST or not _is_heading(scored[heading].kind):  # an entry of the one above
            continue
        for line in scored[below.start : end]:
            line.kind, line.weight = ENTRY, -ENTRY.cost


def _is_heading(kind: Kind | None) -> bool:
    return kind is not None and kind.rule == "contents_heading"
