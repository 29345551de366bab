"""Text -> search tokens: overlapping pairs of Chinese characters, words of everything else.

Pairs need no dictionary, treat text and query alike, and a phrase of pairs is exactly a substring.
The last character of a run is a token of its own, so that a single character is found as the
beginning of a token wherever it stands. Text and query are folded by one table of characters:
traditional to simplified (OpenCC t2s, character by character) and full-width to ASCII.
"""

import re
from collections.abc import Iterator
from functools import cache

import opencc

_HAN = r"\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff\u3007"
HAN_SQL = "㐀-䶿一-鿿豈-﫿〇𠀀-𿿽"
"""The same ranges for DuckDB's regular expressions."""

RUN = re.compile(rf"[{_HAN}]+|[^\W_{_HAN}]+")


@cache
def fold_table() -> dict[int, str]:
    """Character -> folded character; one to one, so that places in the text stay what they are."""
    ranges = ((0x3400, 0x4DC0), (0x4E00, 0xA000), (0xF900, 0xFB00))
    characters = [chr(code) for start, stop in ranges for code in range(start, stop)]
    folded = opencc.OpenCC("t2s").convert("\n".join(characters)).split("\n")
    table = {ord(a): b for a, b in zip(characters, folded, strict=True) if a != b and len(b) == 1}
    table.update({code: chr(code - 0xFEE0) for code in range(0xFF01, 0xFF5F)})
    return table


def fold(text: str) -> str:
    """Return text in the form in which it is compared; same length.

    >>> fold("環境ＧＤＰ")
    '环境gdp'
    """
    folded = text.translate(fold_table())
    lower = folded.lower()
    return lower if len(lower) == len(folded) else folded


def tokens(text: str) -> Iterator[str]:
    """Return the tokens of a text to be indexed.

    >>> " ".join(tokens("环境保护GDP"))
    '环境 境保 保护 护 gdp'
    """
    for match in RUN.finditer(fold(text)):
        run = match.group()
        if is_han(run):
            yield from (run[i : i + 2] for i in range(len(run)))
        else:
            yield run


def match_expression(words: str) -> str | None:
    """Return the FTS5 query for what a person typed: every word must occur; ``None`` without words.

    >>> match_expression("環境保護 GDP 法")
    '"环境 境保 保护" AND "gdp" AND "法" *'
    """
    phrases = [phrase for word in words.split() for phrase in _phrases(word)]
    return " AND ".join(phrases) or None


def _phrases(word: str) -> Iterator[str]:
    for match in RUN.finditer(fold(word)):
        run = match.group()
        if not is_han(run):
            yield f'"{run}"'
        elif len(run) == 1:
            yield f'"{run}" *'
        else:
            yield '"' + " ".join(run[i : i + 2] for i in range(len(run) - 1)) + '"'


def is_han(run: str) -> bool:
    """Is this run Chinese characters?"""
    return re.match(f"[{_HAN}]", run) is not None
