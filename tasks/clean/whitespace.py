"""whitespace: every blank is a space, runs become one, a line begins and ends with text.

Reads    a line after all other rules, or all lines of a page
Adds     edits of rule ``whitespace``
Source   Unicode white space, with the blanks that Chinese pages use to indent and to lay out
"""

import re

import numpy as np
import numpy.typing as npt

from tasks.code_table import LINE_FEED
from tasks.decode.evidence import LineCodes
from tasks.edit import Change, Span

RULE = "whitespace@1"

ODD_BLANKS = "\t\x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
GATE = f" {ODD_BLANKS}"
_SPACE = 0x20

MANY_BLANKS = 32
"""Runs of blanks from which numpy leaves out the single spaces inside lines sooner than the loop passes over them."""

_ODD = re.compile(rf"^[ {ODD_BLANKS}]+|[ {ODD_BLANKS}]+$| *[{ODD_BLANKS}][ {ODD_BLANKS}]*|  +")


def has_loose_spaces(text: str) -> bool:
    """Return whether a line, each with its line feed, has two spaces together, or one at its ends."""
    return text[0] == " " or "  " in text or " \n" in text or "\n " in text


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
    edges = (blanks[1:] != blanks[:-1]).nonzero()[0] + 1
    if blanks[0]:
        edges = np.concatenate(([0], edges))
    starts, ends = edges[::2], edges[1::2]
    if starts.size > MANY_BLANKS:
        codes = found.codes
        at_edge = (codes.take(starts - 1) == LINE_FEED) | (codes.take(ends) == LINE_FEED)
        odd = at_edge | (ends - starts > 1) | (codes.take(starts) != _SPACE)
        starts, ends = starts[odd], ends[odd]
    changes: dict[int, list[Span]] = {}
    text, stops = found.text, found.ends.tolist()
    line, begin, stop = 0, 0, stops[0] - 1
    for start, end in zip(starts.tolist(), ends.tolist(), strict=True):
        while start > stop:
            line += 1
            begin, stop = stop + 1, stops[line] - 1
        if start == begin or end == stop:
            after = ""
        elif end - start > 1 or text[start] != " ":
            after = " "
        else:
            continue
        changes.setdefault(line, []).append((start - begin, end - begin, after))
    return changes
