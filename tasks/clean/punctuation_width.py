"""punctuation_width: half-width marks between Chinese characters get their full width back.

Reads    a line after the repair of its characters
Adds     edits of rule ``punctuation_width``, when asked for (``RepairOptions.punctuation_width``)
Source   GB/T 15834-2011: marks of Chinese text are full-width. Left alone: code, addresses, times
         (07:47), numbers (1,000), versions, Latin words and whatever stands between them.
"""

import re

from tasks.edit import Change

RULE = "punctuation_width@1"
GATE = ",:;?!()"

_HAN = "\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U000323af々〇"
_CLOSING = "”’」』》〉】〕）…—。、％℃"
_OPENING = "“‘「『《〈【〔（"
_MARK = re.compile(
    rf"(?<=[{_HAN}{_CLOSING}])[,;?!]+(?=[{_HAN}{_OPENING}{_CLOSING}0-9)]|\s*$|\s+[{_HAN}{_OPENING}])"
    rf"|(?<=[0-9%A-Za-z])[,;](?=[{_HAN}{_OPENING}])"
    rf"|(?<=[{_HAN}{_CLOSING}]):(?=[{_HAN}{_OPENING}]|\s*$)"
)
_BRACKETS = re.compile(rf"(?:^|(?<=[{_HAN}{_CLOSING},;:，；：]))\([^()（）]*[{_HAN}][^()（）]*\)")
_CODE = re.compile(r"[{}<>=`$\\]|;\s*$(?<=[)\w\"'];)|https?://|www\.|\w\(\)")
_FULL = {ord(c): ord(c) + 0xFEE0 for c in GATE}


def find_punctuation_width(line: str) -> list[Change]:
    """Return the changes that widen marks in Chinese text.

    >>> [(c.start, c.after) for c in find_punctuation_width("今天07:47,气温3.5度(多云),见a,b")]
    [(7, '，'), (14, '（'), (17, '）'), (18, '，')]
    """
    if _CODE.search(line):
        return []
    spans = [(m.start(), m.end()) for m in _MARK.finditer(line)]
    for match in _BRACKETS.finditer(line):
        spans += [(match.start(), match.start() + 1), (match.end() - 1, match.end())]
        if match.end() < len(line) and line[match.end()] in ",;:?!" and _closes(line, match.end() + 1):
            spans.append((match.end(), match.end() + 1))
    return [Change(start, end, line[start:end].translate(_FULL)) for start, end in sorted(set(spans))]


def restore_width(text: str) -> str:
    """Return a text for reading, line by line, with full-width marks where Chinese is written.

    >>> restore_width("雨停了,天晴了(傍晚)。")
    '雨停了，天晴了（傍晚）。'
    """
    lines = text.split("\n")
    for index, line in enumerate(lines):
        chars = list(line)
        for change in find_punctuation_width(line):
            chars[change.start : change.end] = change.after
        lines[index] = "".join(chars)
    return "\n".join(lines)


def _closes(line: str, position: int) -> bool:
    """Say whether Chinese text or the end of the line follows a mark."""
    return not line[position:].strip() or bool(re.match(rf"\s*[{_HAN}{_OPENING}0-9]", line[position:]))
