"""copyright_mark: ``(?)`` and ``?`` where a charset without the mark lost a ©.

Reads    a line after the repair of its characters
Adds     edits of rule ``copyright_mark``
Source   GBK has no ©, so pages converted to it show a question mark in its place
"""

import re

from tasks.edit import Change

RULE = "copyright_mark@1"
GATE = "?？"

_LOST = re.compile(
    r"(?i)(?:\b(?:copyright|copyrights|copy\s?right)\s*|(?:版权所有|版權所有|著作權所有)\s*[:：]?\s*)"
    r"(?P<a>[(（]\s?[?？]\s?[)）])"
    r"|(?:^|[\s|])(?P<b>[(（][?？][)）])\s*(?=(?:19|20)\d\d\b|copyright|版权|版權)"
    r"|\bcopyright\s*(?P<c>\?)\s*(?=(?:19|20)\d\d\s*[-—–年,. ]?.{0,120}(?:版权|版權|公司|rights|ICP|inc\b|ltd\b))"
)


def find_copyright_mark(line: str) -> list[Change]:
    """Return the changes that put the © back.

    >>> [c.after for c in find_copyright_mark("Copyright (?) 2018 某某网 版权所有")]
    ['©']
    """
    spans = (next(m.span(g) for g in "abc" if m[g] is not None) for m in _LOST.finditer(line))
    return [Change(start, end, "©") for start, end in spans]
