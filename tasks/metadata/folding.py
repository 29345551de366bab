"""folding: text as printed -> text that a pattern can read, one character for one character.

Patterns of this package are written in simplified characters and ASCII marks only. Folding
keeps the length, so a span found in the folded text is the same span of the printed text and
every value is returned as printed.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Final

import numpy as np

from tasks.code_table import CodeTable, code_table, replace_characters
from tasks.script.simple import simple_characters

_WIDTH: Final = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)}
_MARKS: Final = {
    **dict.fromkeys(map(ord, "\u3000\u00a0\u2000\u2001\u2002\u2003\u2009\t\r\n\u200b\ufeff"), ord(" ")),
    **dict.fromkeys(map(ord, "︱｜丨│┃∣¦"), ord("|")),
    **dict.fromkeys(map(ord, "∶︰﹕"), ord(":")),
    **dict.fromkeys(map(ord, "・•‧∙●⋅"), ord("·")),
    **dict.fromkeys(map(ord, "╱∕⁄"), ord("/")),
    **dict.fromkeys(map(ord, "〔〖﹝【"), ord("[")),
    **dict.fromkeys(map(ord, "〕〗﹞】"), ord("]")),
    **dict.fromkeys(map(ord, "﹙❨"), ord("(")),
    **dict.fromkeys(map(ord, "﹚❩"), ord(")")),
    **dict.fromkeys(map(ord, "“”„‟「」『』﹁﹂"), ord('"')),
    **dict.fromkeys(map(ord, "‘’‚‛"), ord("'")),
    **dict.fromkeys(map(ord, "–—―─━﹣‐‑"), ord("-")),
}
"""Marks that printers use for one and the same thing."""

REMEMBERED: Final = 128
"""Characters of the longest text whose folded form is remembered: lines of metadata are asked for several times."""
_QUOTES: Final = "′`´'"
_BETWEEN: Final = "\x00"
"""Between lines that are folded as one text."""


@cache
def _codes() -> CodeTable:
    """Return the table of code points; script by OpenCC's character table (t2s)."""
    return code_table({**simple_characters(), **_WIDTH, **_MARKS})


@cache
def _table() -> str:
    """Return what each code point up to U+FFFF becomes, for ``str.translate``.

    A text answers for every character; a mapping that lacks one makes an exception, and takes twice as long.
    """
    return str(_codes()[:0x10000].tobytes(), "utf-32-le", "surrogatepass")


def fold(text: str) -> str:
    """Return the text in simplified characters and ASCII width, as long as before.

    >>> fold("記者：王小明／台北報導")
    '记者:王小明/台北报导'
    """
    if text.isascii():
        return text
    known = _page.get(text)
    if known is not None:
        return known
    return _remembered(text) if len(text) <= REMEMBERED else text.translate(_table())


@lru_cache(maxsize=2048)
def _remembered(text: str) -> str:
    return text.translate(_table())


@dataclass(slots=True)
class _FoldedPage:
    """The lines of the page that was folded last, and what became of them, stripped."""

    lines: list[str] = field(default_factory=list)
    folded: tuple[str, ...] = ()


_last = _FoldedPage()
_page: dict[str, str] = {}
"""The same lines as they are and folded: most texts that are asked for are lines."""


def fold_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """Return ``fold`` of each line, stripped; all of them are folded as one text.

    The last answer is kept: title and fields are looked for in the same lines, or in the first of them.
    """
    given = list(lines)
    if given != _last.lines[: len(given)]:
        folded = replace_characters(_BETWEEN.join(given), _codes()).split(_BETWEEN)
        if len(folded) != len(given):  # one that holds what stands between them
            return tuple(fold(line).strip() for line in given)
        _page.clear()
        _page.update(zip(given, folded, strict=True))
        _last.lines, _last.folded = given, tuple(map(str.strip, folded))
    return _last.folded[: len(given)]


@cache
def _printings() -> dict[str, frozenset[str]]:
    """Return character of a key -> the other characters up to U+FFFF of which it is the key."""
    found: dict[str, set[str]] = {}
    table = _table()
    folded = np.flatnonzero(_codes()[:0x10000] != np.arange(0x10000)).tolist()
    for code in (*range(0x3000), *range(0xA640, 0xABC0), *folded):  # in other blocks nothing has capitals
        character, small = chr(code), table[code].lower()
        if small != character:
            found.setdefault(small, set()).add(character)
    for quote in _QUOTES:
        found.setdefault('"', set()).update({quote}, found.pop(quote, ()))
    return {folded: frozenset(characters) for folded, characters in found.items()}


def printings(characters: Collection[str]) -> set[str]:
    """Return the characters that ``key`` makes one of these of.

    >>> sorted(printings("记"))
    ['記', '记']
    """
    known = _printings()
    return {*characters}.union(*(known.get(character, ()) for character in characters))


def key(text: str) -> str:
    """Return what two printings of one text have in common: no spaces, one kind of quote."""
    return key_of_folded(fold(text))


def key_of_folded(folded: str) -> str:
    """Return the key of a text that is folded already."""
    found = "".join(folded.split())
    if not found.isalnum():
        for quote in _QUOTES:
            found = found.replace(quote, '"')
        found = found.replace("…", "...")
    return found.lower()
