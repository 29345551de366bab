"""whitespace: every blank is a space, runs become one, a line begins and ends with text.

Reads    a line after all other rules, or all lines of a page
Adds     edits of rule ``whitespace``
Source   Unicode white space, with the blanks that Chinese pages use to indent and to lay out
"""

import re
from functools import cache

import numpy as np
import numpy.typing as npt

from tasks.clean.gates import code_ranges
from tasks.decode.evidence import LineCodes
from tasks.edit import Change, Span

RULE = "whitespace@1"

_BLANKS = "\t\x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
GATE = f" {_BLANKS}"
_ODD = re.compile(rf"^[ {_BLANKS}]+|[ {_BLANKS}]+$| *[{_BLANKS}][ {_BLANKS}]*|  +")


def find_whitespace(line: str) -> list[Change]:
    """Return the changes that lay out a line with single spaces.

    >>> [(c.start, c.end, c.after) for c in find_whitespace("　　你好\\xa0 世界 ")]
    [(0, 2, ''), (4, 6, ' '), (8, 9, '')]
    """
    end = len(line)
    return [
        Change(m.start(), m.end(), "" if m.start() == 0 or m.end() == end else " ")
        for m in _ODD.finditer(line)
    ]


@cache
def blank_table() -> npt.NDArray[np.bool_]:
    """Mark the code points up to U+FFFF that are blanks; the last entry stands for all above."""
    blank = np.zeros(0x10001, bool)
    for codes in code_ranges(GATE):
        blank[codes] = True
    return blank


def whitespace_of_lines(found: LineCodes) -> dict[int, list[Span]]:
    """Return what ``find_whitespace`` finds on each line with work to do: index -> changes; one look at all."""
    blank = np.concatenate(([False], blank_table()[found.codes]))
    edges = (blank[1:] != blank[:-1]).nonzero()[0]
    starts, ends = edges[::2], edges[1::2]
    lines = np.searchsorted(found.ends, starts, "right")
    begins = np.concatenate(([0], found.ends[:-1]))[lines]
    at_edge = (starts == begins) | (ends == found.ends[lines] - 1)
    odd = (at_edge | (ends - starts > 1) | (found.codes[starts] != 0x20)).nonzero()[0]
    if not odd.size:
        return {}
    changes: dict[int, list[Span]] = {}
    columns = (lines, starts - begins, ends - begins, at_edge)
    for line, start, end, edge in zip(*(column[odd].tolist() for column in columns), strict=True):
        change = start, end, "" if edge else " "
        if line in changes:
            changes[line].append(change)
        else:
            changes[line] = [change]
    return changes
