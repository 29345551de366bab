"""hours: the times of day above the entries of a live report are text.

Reads    scored lines, what markup says of them, indexes of those that have a kind
Adds     hardly any cost for a heading that is a time, where three or more of them stand above paragraphs, in order
Wrong for text without markup, where lists of other dispatches look the same: its lines are left alone
"""

import re
from collections.abc import Sequence
from itertools import pairwise

from tasks.extract.scored import Scored
from tasks.lines import PageLine

FEWEST = 3
"""Entries of a live report."""
REACH = 12
"""Lines from one hour to the next."""
HOUR = -2.0
"""What such a line costs."""
_CLOCK = re.compile(r"(?:[01]?\d|2[0-3]):[0-5]\d$")


def allow_hours(scored: Sequence[Scored], lines: Sequence[PageLine], named: Sequence[int]) -> None:
    """Read the hours of a live report as text: each right above a sentence, all but the first right below one.

    named: indexes of the lines that have a kind.
    """
    hours = [
        i for i in named if len(scored[i].folded) <= 5 and lines[i].is_heading and _heads_entry(scored, i)
    ]
    if len(hours) < FEWEST or any(b - a > REACH for a, b in pairwise(hours)):
        return
    if not all(scored[index - 1].ends for index in hours[1:]):
        return
    clocks = [scored[index].folded.rjust(5, "0") for index in hours]
    if clocks in (sorted(clocks), sorted(clocks, reverse=True)):
        for index in hours:
            scored[index].kind, scored[index].weight = None, HOUR


def _heads_entry(scored: Sequence[Scored], index: int) -> bool:
    line = scored[index]
    if line.kind is None or line.kind.rule != "date_line" or not _CLOCK.match(line.folded):
        return False
    below = scored[index + 1] if index + 1 < len(scored) else line
    return below.kind is None and below.ends
