"""copyright_mark: ``(?)`` and ``?`` where a charset without the mark lost a ©.

Reads    a line after the repair of its characters
Adds     edits of rule ``copyright_mark``
Source   GBK has no ©, so pages converted to it show a question mark in its place
"""

import re

from tasks.edit import Change

RULE = "copyright_mark@2"
GATE = "?？"

_YEAR = r"(?:19|20)\d\d\b(?!\s*年[^-—–~至,，])"
"""A year of a notice; in a sentence it is written 2003年."""
_OWNER = (
    r"(?:版权|版權|公司|集团|集團|企业|企業|[网網报報社局台院厅廳]\b|电视台|電視台|大[学學]|中心|委[员員][会會]|协会|協會"
    r"|政府|研究所|rights|ICP|\bInc\b|\bLtd\b|\bCorp|\bLLC\b|\bCo\.|\.(?:com|cn|net|org)\b)"
)
_LOST = re.compile(
    r"(?i)(?:\b(?:copyrights?|copy\s?right)\s*|(?:版权所有|版權所有|著作權所有)\s*[:：]?\s*)"
    rf"(?P<a>[(（]\s?[?？]\s?[)）])(?=\s*(?:by\s+)?(?:{_YEAR}|[^。！？?!，,]{{0,40}}{_OWNER}))"
    rf"|(?:^|[\s|])(?P<b>[(（][?？][)）])\s*(?=copyright|版权|版權|{_YEAR}.{{0,120}}{_OWNER})"
    rf"|\bcopyright\s*(?P<c>\?)\s*(?={_YEAR}\s*[-—–年,. ]?.{{0,120}}{_OWNER})"
)
_MAY_BE_LOST = re.compile(r"[(（tT]\s*[?？]")
"""Found where ``_LOST`` is, and soon: a bracket or the end of copyright before the mark."""


def find_copyright_mark(line: str) -> list[Change]:
    """Return the changes that put the © back.

    >>> [c.after for c in find_copyright_mark("Copyright (?) 2018 某某网 版权所有")]
    ['©']
    """
    if not _MAY_BE_LOST.search(line):  # a question, mostly
        return []
    spans = (next(m.span(g) for g in "abc" if m[g] is not None) for m in _LOST.finditer(line))
    return [Change(start, end, "©") for start, end in spans]
