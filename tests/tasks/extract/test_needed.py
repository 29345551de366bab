"""Tests of tasks/extract/needed.py."""

import re
from pathlib import Path

import pytest

from tasks.errors import ContractError
from tasks.extract.fold import fold
from tasks.extract.needed import alternatives_of, beginnings, needed
from tasks.extract.vocabulary import FURNITURE

PAGES = Path(__file__).parents[2] / "pages"


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("版权所有", {"版权"}),
        (".{0,24}(?:版权所有|©)", {"版权", "©"}),
        ("相关(?:新闻|阅读)", {"相关"}),
        ("(?:相关|热门)?(?:新闻|阅读)[:>]", {"新闻", "阅读"}),
        ("责任?编", {"责任", "责编"}),
        ("大\\s*中\\s*小", {"大 ", "大中"}),
        ("[上下]一篇", {"一篇"}),
        ("a{2,3}b", {"ab"}),
        ("(?<=。)记者(?!手记)$", {"记者"}),
        ("\\b图[:/]", {"图:", "图/"}),
        ("[^。]{2,8}|版权", None),
        ("[a-z]{4}", None),
        ("(?:版权)?\\d+", None),
        ("", None),
    ],
)
def test_what_a_pattern_needs(pattern, found):
    """Of what stands side by side in every match, that which tells most; nothing where a match may be anything."""
    assert needed(pattern) == (None if found is None else frozenset(found))


def test_what_is_not_understood_is_refused():
    """A pattern with a bracket too many stops the start and is never half read."""
    with pytest.raises(ContractError):
        needed("版权)所有")


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("版权(?:所有|归)|.{0,8}转载", ["版权(?:所有|归)", ".{0,8}转载"]),
        ("[a|b]c\\|d|e", ["[a|b]c\\|d", "e"]),
        ("版权", ["版权"]),
    ],
)
def test_alternatives_are_told_apart(pattern, found):
    """At bars of the pattern itself, not at those in a group, in a class or behind a backslash."""
    assert alternatives_of(pattern) == found


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        ("转载|版权", "转版"),
        ("(?:转载|版权).{0,8}", "转版"),
        ("\\s?[(\\[]?图", " ([图"),
        ("(?:(?:最新|热门)*的)?新闻", "最热的新"),
        ("(?<=。)记者.", "记"),
        ("\\b图(?!书)", "图"),
        (".{0,8}转载", None),
        ("[\\[(]?[^。]{2}转载", None),
        ("转载|\\S+版权", None),
        ("(?=.*a).b", None),
        ("(?:\\d年)?版权", None),
        ("(?:转载)?", None),
        ("", None),
    ],
)
def test_what_a_match_begins_with(pattern, found):
    """Characters, as far as all of them are known; none where a match may be empty or begin with anything."""
    assert beginnings(pattern) == (None if found is None else frozenset(found))


def test_every_match_holds_what_its_pattern_needs():
    """On lines of pages of every kind, and on their first and last halves."""
    lines = {
        part
        for page in sorted(PAGES.glob("*/page.txt"))[::4]
        for line in map(fold, page.read_text("utf-8", "replace").split("\n"))
        for part in (line, line[: len(line) // 2], line[len(line) // 2 :])
    }
    for entry in FURNITURE:
        for each in entry.patterns:
            tokens, first, pattern = needed(each), beginnings(each), re.compile(each)
            for match in filter(None, map(pattern.match, lines if tokens else ())):
                assert any(token in match.string for token in tokens), (each, match.string)
                assert first is None or match.string[0] in first, (each, match.string)
