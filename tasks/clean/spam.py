"""spam: adult and gambling lines that were injected into a good page.

Reads    repaired lines of a page
Adds     index of a line -> rule; the lines stay in ``lines``, labelled spam
Source   spam_terms.txt. Injected lines are piles of stock nouns: no sentence mark, hardly a function
         word, nearly covered by the terms; most stand first or last on the page, and they are simplified
         even on a traditional page. An article *about* gambling is made of sentences and passes.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from functools import cache
from itertools import accumulate
from pathlib import Path
from typing import NamedTuple

from tasks.script import Script, detect_script

RULE = "spam_line@1"

MAX_FUNCTION_SHARE = 0.04
"""Largest share of function words in a pile of nouns."""
MIN_COVER, MIN_COVER_LOW = 0.50, 0.35
"""Smallest share of a line's characters inside terms; the low one with further evidence."""
EDGE_LINES = 5
"""Lines with text at the top and at the bottom of a page where most injections stand."""

_SENTENCE = re.compile(r"[。！？；!?;]")
_FUNCTION = re.compile(r"(?!在线|在線)[的了是在和与與及或也都就而但被把对對从從这這那为為于於]")
_SEPARATORS = re.compile(r"[_|｜,，、\s/\-—–·~>»]+")
_LETTERS = re.compile(r"[^\W_]")


class _Look(NamedTuple):
    """What a line shows: cover 0 to 1, terms and strong terms (different ones), segments, piles."""

    cover: float
    terms: int
    strong: int
    brands: int
    services: int
    segments: int
    bars: int


@cache
def _terms() -> dict[str, str]:
    """Return each stock term and its kind."""
    lines = (Path(__file__).parent / "spam_terms.txt").read_text("utf-8").splitlines()
    rows = (line.split() for line in lines if line and not line.startswith("#"))
    kinds: dict[str, str] = {}
    for kind, *terms in rows:
        for term in terms:
            kinds.setdefault(term, kind)
    return kinds


def _pattern(kinds: set[str]) -> re.Pattern[str]:
    terms = [term for term, kind in _terms().items() if kind in kinds]
    return re.compile("|".join(map(re.escape, sorted(terms, key=len, reverse=True))))


@cache
def _any_term() -> re.Pattern[str]:
    return _pattern({"strong", "weak", "service", "brand"})


@cache
def _telling_term() -> re.Pattern[str]:
    return _pattern({"strong", "brand"})


def _look(line: str) -> _Look:
    found = [m[0] for m in _any_term().finditer(line)]
    kinds = _terms()
    different = set(found)
    letters = len(_LETTERS.findall(line)) or 1
    return _Look(
        cover=sum(map(len, found)) / letters,
        terms=len(different),
        strong=sum(kinds[term] in ("strong", "brand") for term in different),
        brands=sum(kinds[term] == "brand" for term in different),
        services=sum(kinds[term] == "service" for term in different),
        segments=sum(1 for part in _SEPARATORS.split(line) if part),
        bars=len(re.findall(r"[_|｜]", line)),
    )


def is_spam_line(line: str, *, at_edge: bool = False, page_script: Script = "unknown") -> bool:
    """Say whether a line is injected advertising for adult or gambling sites.

    at_edge: among the first or last lines of the page; page_script: script of the page around it.
    """
    if not _telling_term().search(line) or _SENTENCE.search(line.rstrip("。！？；!?;")):
        return False
    letters = len(_LETTERS.findall(line)) or 1
    if len(_FUNCTION.findall(line)) > MAX_FUNCTION_SHARE * letters:
        return False
    look = _look(line)
    if look.cover >= MIN_COVER and look.terms >= 3 and look.strong and (look.segments >= 2 or at_edge):
        return True
    if look.brands and look.services >= 2 and look.cover >= MIN_COVER_LOW and (at_edge or look.segments >= 2):
        return True
    if look.cover >= MIN_COVER_LOW and look.strong >= 2 and look.bars >= 2:
        return True
    return page_script == "hant" and look.cover >= MIN_COVER_LOW and detect_script(line) == "hans"


def find_spam_lines(lines: Sequence[str]) -> Iterator[int]:
    """Yield the indexes of injected lines of a page."""
    text = "\n".join(lines)
    places = [match.start() for match in _telling_term().finditer(text)]
    if not places:
        return
    ends = list(accumulate(len(line) + 1 for line in lines))
    page_script = detect_script(text)
    filled = [index for index, line in enumerate(lines) if line.strip()]
    edges = {*filled[:EDGE_LINES], *filled[-EDGE_LINES:]}
    for index in sorted({bisect_right(ends, place) for place in places}):
        if is_spam_line(lines[index], at_edge=index in edges, page_script=page_script):
            yield index
