"""whitespace: every blank is a space, runs become one, a line begins and ends with text.

Reads    a line after all other rules, or all lines of a page
Adds     edits of rule ``whitespace``
Source   Unicode white space, with the blanks that Chinese pages use to indent and to lay out
"""

import re

import numpy as np
import numpy.typing as npt

from tasks.decode.evidence import LineCodes
from tasks.edit import Change, Span

RULE = "whitespace@1"

ODD_BLANKS = "\t\x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
GATE = f" {ODD_BLANKS}"
_ODD = re.compile(rf"^[ {ODD_BLANKS}]+|[ {ODD_BLANKS}]+$| *[{ODD_BLANKS}][ {ODD_BLANKS}]*|  +")


def has_loose_spaces(codes: npt.NDArray[np.uint32]) -> bool:
    """Return whether a line, each with its line feed, has two spaces together, or one at its ends."""
    space = codes == 0x20
    blank = space | (codes == 0x0A)
    return bool(space[0] or (space[1:] & blank[:-1]).any() or (blank[1:] & space[:-1]).any())


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


def whitespace_of_lines(found: LineCodes, blanks: npt.NDArray[np.bool_]) -> dict[int, list[Span]]:
    """Return what ``find_whitespace`` finds on each line with work to do: index -> changes; one look at all.

    blanks: marks the characters of ``GATE``.
    """
    blank = np.concatenate(([False], blanks))
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
