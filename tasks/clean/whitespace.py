"""whitespace: every blank is a space, runs become one, a line begins and ends with text.

Reads    a line after all other rules
Adds     edits of rule ``whitespace``
Source   Unicode white space, with the blanks that Chinese pages use to indent and to lay out
"""

import re

from tasks.edit import Change

RULE = "whitespace@1"

GATE = "\t\x0b\x0c\x1c-\x1f\x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000"
_ODD = re.compile(rf"^[ {GATE}]+|[ {GATE}]+$| *[{GATE}][ {GATE}]*|  +")


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
