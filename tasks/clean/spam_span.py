"""spam_span: injected advertising inside a line that is otherwise good text.

Reads    a line that has a telling term and is not spam as a whole
Adds     edits of rule ``spam_span`` that cut the stretch out
Source   the same signs as ``tasks.clean.spam``, asked of a chain of pieces joined by bars, and of
         what stands before the first or behind the last sentence of the line
"""

import re

from tasks.clean.spam import is_spam_line
from tasks.edit import Change

RULE = "spam_span@3"

MIN_CHARS = 10
"""Shortest stretch that is judged; a shorter one may be any three words."""

_RUN = re.compile(r"[^\s。！？；!?;“”]+")
_BAR = re.compile(r"\w[_|｜]\w")
_HEAD = re.compile(r"^[^。！？；!?;“”]{10,}?(?=[\s\u3000]|【|——)")
_SENTENCE_END = re.compile("[。！？!?…”]")
_TAIL = re.compile(r"(?<=[。！？!?”…\s\u3000])[^。！？；!?;“”…\s][^。！？；!?;“”…]{9,}$")


def _stretches(line: str) -> list[tuple[int, int]]:
    """Return what might be injected: chains, the head and the tail of a line of sentences."""
    spans = [match.span() for match in _RUN.finditer(line) if _BAR.search(match[0])]
    if not _SENTENCE_END.search(line):
        return spans
    for pattern in (_HEAD, _TAIL):
        match = pattern.search(line)
        if match and not any(start < match.end() and match.start() < end for start, end in spans):
            spans.append(match.span())
    return sorted(spans)


def find_spam_spans(line: str) -> list[Change]:
    """Return the changes that cut injected stretches out of a line.

    >>> line = "河水退了。国产无码视频_亚洲精品在线观看_久久综合"
    >>> [(c.start, c.end) for c in find_spam_spans(line)]
    [(5, 25)]
    """
    changes: list[Change] = []
    for start, end in _stretches(line):
        stretch = line[start:end]
        if end - start < len(line) and len(stretch) >= MIN_CHARS and is_spam_line(stretch, at_edge=True):
            changes.append(Change(start, end, ""))
    return changes
