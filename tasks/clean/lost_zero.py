"""lost_zero: ``?`` in a year written in Chinese numerals, where a charset lost the 〇.

Reads    a line after the repair of its characters
Adds     edits of rule ``lost_zero``
Source   signatures of notices: GB2312 has no 〇, so 二〇一一年五月 became 二?一一年五月
"""

import re

from tasks.edit import Change

RULE = "lost_zero@2"
GATE = "?？"

_YEAR = re.compile(
    r"(?<![\u3400-\u9fff“「『\"])二[?？][?？〇○零一二三四五六七八九]{2}年(?=[一二三四五六七八九十]{1,3}月)"
)
"""A year from 2000 on, whose second numeral can be no other; in 一九?三年 it may be one that nobody knows."""
_MARK = re.compile(r"[?？]")


def find_lost_zero(line: str) -> list[Change]:
    """Return the changes that put the zeros of a year back.

    >>> [(c.start, c.end, c.after) for c in find_lost_zero("二?一一年五月十三日")]
    [(1, 2, '〇')]
    """
    if "二" not in line:
        return []
    return [
        Change(year.start() + mark.start(), year.start() + mark.end(), "〇")
        for year in _YEAR.finditer(line)
        for mark in _MARK.finditer(year[0])
    ]
