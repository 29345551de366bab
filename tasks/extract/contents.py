"""contents: the entries of a table of contents, which stand again below as the headings they lead to."""

import re
from collections.abc import Sequence

from tasks.extract.kinds import Kind
from tasks.extract.scored import Scored

ENTRY = Kind("contents_entry", "navigation", 2)
"""Text goes on below a table that stands in it: it costs hardly anything."""
MOST = 60
"""Entries of the longest table."""
FEWEST = 2
_NUMBER = re.compile(r"^[\d一二三四五六七八九十.、()\s-]+(?=\S)")


def mark_contents(scored: Sequence[Scored], named: Sequence[int]) -> None:
    """Name the lines right below a heading 目录 that stand once more below them.

    named: the indexes of lines that have a kind. Headings may have other numbers than their entries.
    """
    for index in named:
        kind = scored[index].kind
        if kind is None or kind.rule != "contents_heading":
            continue
        texts = [_NUMBER.sub("", line.folded) for line in scored[index + 1 :]]
        places = {text: place for place, text in enumerate(texts)}
        size = next((i for i, text in enumerate(texts[:MOST]) if places[text] == i), len(texts[:MOST]))
        if size < FEWEST:
            continue
        for line in scored[index + 1 : index + 1 + size]:
            line.kind, line.weight = ENTRY, -ENTRY.cost
