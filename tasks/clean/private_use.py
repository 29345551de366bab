"""private_use: private-use characters whose meaning is known become the characters they stand for.

Reads    a line after the mirror repair, which needs them as received
Adds     edits of rule ``private_use``
Source   private_use.csv: GB/T 18030-2022 and the fonts of list marks. The same cells mean other things
         in Big5 sets, so the GBK rows are for pages that are not traditional.
"""

import csv
import re
from functools import cache
from pathlib import Path

from tasks.edit import Change

RULE = "private_use@1"
GATE = "\ue000-\uf8ff"


@cache
def known_glyphs(*, is_traditional: bool = False) -> dict[str, str]:
    """Return private-use character -> character."""
    text = (Path(__file__).parent / "private_use.csv").read_text("utf-8")
    rows = csv.reader(line for line in text.splitlines() if not line.startswith("#"))
    return {
        chr(int(code, 16)): chr(int(after, 16))
        for code, after, *source in rows
        if not (is_traditional and source[0].startswith("GBK"))
    }


@cache
def _known(is_traditional: bool) -> re.Pattern[str]:
    return re.compile(f"[{''.join(known_glyphs(is_traditional=is_traditional))}]")


def load_glyphs() -> None:
    """Make the patterns of both scripts now, not at their first use."""
    for is_traditional in (False, True):
        _known(is_traditional)


def find_private_use(line: str, *, is_traditional: bool = False) -> list[Change]:
    """Return the changes that replace known private-use characters; others stay.

    >>> [c.after for c in find_private_use("\\uf06c 第一项 \\ue001")]
    ['●']
    """
    glyphs = known_glyphs(is_traditional=is_traditional)
    return [Change(m.start(), m.end(), glyphs[m[0]]) for m in _known(is_traditional).finditer(line)]
