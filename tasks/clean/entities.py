"""entities: HTML character references left in the visible text.

Reads    a line after the repair of its characters
Adds     edits of rule ``entities``
Source   HTML Standard, named character references; only those closed by ``;``, because an open one is
         often a query string (``?a=1&copy=2``), and ``&nbsp``, which is none. Twice, because ``&amp;nbsp;`` is common.
         Kept: references that the text is about: in quotes, or beside words such as 转义.
"""

import html
import re

from tasks.edit import Change

RULE = "entities@3"
GATE = "&"

_REFERENCE = re.compile(
    r"&(?:amp;)?(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});|&nbsp(?![A-Za-z0-9_=;])"
)
_ABOUT = re.compile(
    r"实体|實體|转义|轉義|HTML|html|代码|代碼|编码|編碼|entity|escape|[<>]\s*/?\s*[a-z]+\s*>|`"
    r"|[换換][行页頁]空格|空格符|小[于於][号號]|大[于於][号號]|特殊(?:字符|字元|符号|符號)"
)
_EXAMPLE = re.compile(r"(?:如|例如|写作|寫作|写成|寫成)\s?[:：]?\s?$")
_QUOTES = {'"': '"', "'": "'", "“": "”", "‘": "’", "「": "」", "『": "』", "`": "`"}


def _is_quoted(line: str, start: int, end: int) -> bool:
    """Say whether the reference itself is meant: in quotes, or given as an example."""
    if _EXAMPLE.search(line, max(start - 6, 0), start):
        return True
    return _QUOTES.get(line[start - 1 : start], "\0") == line[end : end + 1]


def find_entities(line: str) -> list[Change]:
    """Return the changes that replace references by their characters.

    >>> [c.after for c in find_entities("甲&nbsp;乙&amp;middot;丙 &unknown; a&copy=1")]
    ['\\xa0', '·']
    """
    if not _REFERENCE.search(line) or _ABOUT.search(line):
        return []
    changes: list[Change] = []
    for match in _REFERENCE.finditer(line):
        after = html.unescape(html.unescape(match[0]))
        is_known = after not in ("", match[0]) and len(after) <= 2 and "\ufffd" not in after
        if is_known and not _is_quoted(line, match.start(), match.end()):
            changes.append(Change(match.start(), match.end(), after))
    return changes
