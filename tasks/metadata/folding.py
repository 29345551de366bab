"""folding: text as printed -> text that a pattern can read, one character for one character.

Patterns of this package are written in simplified characters and ASCII marks only. Folding
keeps the length, so a span found in the folded text is the same span of the printed text and
every value is returned as printed.
"""

from collections.abc import Sequence
from functools import cache, lru_cache
from typing import Final

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


def fold_lines(lines: Sequence[str]) -> tuple[str, ...]:
    """Return ``fold`` of each line, stripped; all of them are folded as one text.

    The last answer is kept: title and fields are looked for in the same lines.
    """
    return _fold_page(tuple(lines))


_page: dict[str, str] = {}
"""Lines of the page that was folded last, as they are and folded: most texts that are asked for are lines."""


@lru_cache(maxsize=1)
def _fold_page(lines: tuple[str, ...]) -> tuple[str, ...]:
    folded = replace_characters(_BETWEEN.join(lines), _codes()).split(_BETWEEN)
    if len(folded) != len(lines):  # none, or one that holds what stands between them
        return tuple(fold(line).strip() for line in lines)
    _page.clear()
    _page.update(zip(lines, folded, strict=True))
    return tuple(map(str.strip, folded))


@lru_cache(maxsize=8192)
def fold_first(character: str) -> str:
    """Return one character as ``key`` folds it."""
    folded = _table()[ord(character)] if character < "\U00010000" else character
    return key_of_folded(folded)


def key(text: str) -> str:
    """Return what two printings of one text have in common: no spaces, one kind of quote."""
    return key_of_folded(fold(text))


def key_of_folded(folded: str) -> str:
    """Return the key of a text that is folded already."""
    found = "".join(folded.split())
    for quote in _QUOTES:
        found = found.replace(quote, '"')
    return found.replace("…", "...").lower()
