"""punctuation_width: half-width marks between Chinese characters get their full width back.

Reads    a line after the repair of its characters
Adds     edits of rule ``punctuation_width``, when asked for (``RepairOptions.punctuation_width``);
         ``restore_width`` for readers. ``warehouse/sql/macros/full_width.sql`` is the same rule in SQL.
Source   GB/T 15834-2011: marks of Chinese text are full-width. Left alone: code, addresses, times
         (07:47), numbers (1,000), versions, Latin words and whatever stands between them.
"""

import re

from tasks.edit import Change

RULE = "punctuation_width@3"
GATE = ",:;?!()"

_HAN = "々〇\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_CLOSING = "”’」』》〉】〕）…—。、％℃"
_OPENING = "“‘「『《〈【〔（"
_BLANK = "[ \t\u00a0\u3000]"
_MARK = re.compile(
    rf"(?<=[{_HAN}{_CLOSING}])(?:[,;?!]+|:)(?=[{_HAN}{_OPENING}]|{_BLANK}*\Z)"
    rf"|(?<=[{_HAN}{_CLOSING}])[,;?!]+(?=[{_CLOSING}0-9]|{_BLANK}+[{_HAN}{_OPENING}])"
    rf"|(?<=[{_HAN}{_CLOSING}])[?!]+(?=\))"
    rf"|(?<=[0-9%A-Za-z)\]])[,;](?=[{_HAN}{_OPENING}])"
)
_BRACKETS = re.compile(
    rf"(?:\A|(?<=[{_HAN}{_CLOSING},;:，；：]))\((?=[^()（）]*\))([^()（）]*[{_HAN}][^()（）]*)\)"
)
"""Whether it is closed is asked first: from each character of an open one the end of the line would be looked for."""
_CODE = re.compile(
    r"[{}<>=`$\\]|\"\"\"|/\*|\*/|[A-Za-z0-9_]\(\)|[\[(][\"']"
    rf"|[)A-Za-z0-9_\"'];{_BLANK}*\Z|(?:\A|{_BLANK})(?:#|--)[ !]|(?:\A|{_BLANK}|;)//"
    rf"|\A{_BLANK}*[A-Za-z_.]+{_BLANK}*[\"']"
)
_OPEN_ADDRESS = re.compile(rf"(?<![!-~])(?:(?!://)[!-~])*://[!-~]*[/?&#_-][{_HAN}]")
"""An address in which Chinese goes on, from the first :// of a row of signs: its others would look at the same."""
_ADDRESS = re.compile(
    r"://[A-Za-z0-9._~/%:@+-]*(?:\?[A-Za-z0-9._~/%:@+&#?-]*(?:=[A-Za-z0-9._~/%:@+=&#?-]*)?)?"
)
"""An address with its query, passed over once, whatever it holds."""
_IS_HAN, _IS_LATIN = re.compile(f"[{_HAN}]"), re.compile("[A-Za-z]")
_FULL = {ord(c): ord(c) + 0xFEE0 for c in GATE}
_UNUSED = re.compile("[\ufdd0-\ufdd2]")
"""Code points of no character; the rule in SQL needs them and leaves a text that holds them alone."""


def find_punctuation_width(line: str) -> list[Change]:
    """Return the changes that widen marks in Chinese text.

    >>> [(c.start, c.after) for c in find_punctuation_width("今天07:47,气温3.5度(多云),见a,b")]
    [(7, '，'), (14, '（'), (17, '）'), (18, '，')]
    """
    wide = _widened(line)
    return [Change(i, i + 1, wide[i]) for i in range(len(line)) if wide[i] != line[i]]


def restore_width(text: str) -> str:
    """Return a text for reading, line by line, with full-width marks where Chinese is written.

    >>> restore_width("雨停了,天晴了(傍晚)。")
    '雨停了，天晴了（傍晚）。'
    """
    if _UNUSED.search(text):
        return text
    return "\n".join(map(_widened, text.split("\n")))


def _widened(line: str) -> str:
    """Return a line, as long as before, with wide marks; code and lines of Latin words as they are."""
    if not any(mark in line for mark in GATE) or _is_code(line):
        return line
    if len(_IS_LATIN.findall(line)) > 2 * len(_IS_HAN.findall(line)):
        return line
    line = _BRACKETS.sub(r"（\1）", line)
    return _MARK.sub(lambda match: match[0].translate(_FULL), line)


def _is_code(line: str) -> bool:
    """Return whether a line is code, or holds an address in which Chinese goes on."""
    if "://" in line:
        line = _ADDRESS.sub(_without_query, line)
        if _OPEN_ADDRESS.search(line):
            return True
    return _CODE.search(line) is not None


def _without_query(match: re.Match[str]) -> str:
    """Return what is left of an address: its query goes, whose = makes no code of the sentence around it.

    Not where Chinese goes on in it: the sign before that stays.
    """
    address = match[0]
    end = len(address.rstrip("._~/%:@+=&#?-"))
    return "://" + address[end:] if -1 < address.find("=") < end else address
