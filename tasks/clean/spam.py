"""spam: adult and gambling lines that were injected into a good page.

Reads    repaired lines of a page
Adds     index of a line -> rule; the lines stay in ``lines``, labelled spam
Source   spam_terms.txt. Injected lines are piles of stock nouns: no sentence mark, hardly a function
         word, nearly covered by the terms; most stand first or last on the page, and they are simplified
         even on a traditional page. An article *about* gambling is made of sentences and passes, and so do
         its keywords, of which its sentences speak.
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from tasks.script import Script, detect_script

RULE = "spam_line@4"

MAX_FUNCTION_SHARE = 0.04
"""Largest share of function words in a pile of nouns."""
MIN_COVER_LOW, MIN_COVER, MIN_COVER_HIGH = 0.35, 0.50, 0.70
"""Smallest share of a line's characters inside terms; the low one with further evidence, the high one
without a word of what such sites offer."""
MIN_SAID = 5
"""Fewest characters of what a headline says behind its colon."""
EDGE_LINES = 5
"""Lines with text at the top and at the bottom of a page where most injections stand."""

MIN_TOPIC, MIN_TOPIC_SHARE = 2, 0.5
"""Telling terms of a line, and their share, of which the page's own sentences speak: then it is about them."""

_SENTENCE = re.compile(r"[。！？；!?;]")
_FUNCTION = re.compile(r"(?!在线|在線)(?<!麻将胡)[的了是在和与與及或也都就而但被把对對从從这這那为為于於]")
_SEPARATORS = re.compile(r"[_|｜,，、\s/\-—–·~>»]+")
_LETTERS = re.compile(r"[^\W_]")


_DOORWAY = re.compile(
    r"[·・•][（(](?:中国|中國)[)）](?:官方网站|官网|有限公司)"
    r"|[A-Za-z]{1,10}[0-9]{2,6}[A-Za-z]{0,3}[（(](?:中国|股份)[^()（）]{0,6}[)）]"
    r"|[·・•][A-Za-z]{1,4}[0-9]{1,4}(?:官方网站|官网)(?=.{0,40}(?:真人|棋牌|购彩|投注))"
)
"""Titles of doorway pages for betting sites, which change their brands every week."""

_DOORWAY_WORDS = ("官网", "官方网站", "(股份", "（股份", "中国)有限公司", "中国）有限公司")
"""A line without one of these is no such title."""

_REPEATED = re.compile(
    r"(?P<brand>[\u4e00-\u9fff]{2}(?:体育|电竞|娱乐|棋牌|国际|彩票))(?:官网|app|APP)"
    r".{0,12}(?P=brand)(?:官网|app|APP)"
    r"|^(?=.*(?:真人|棋牌|购彩|投注))(?P<name>[\u4e00-\u9fff]{2})[^-_|]{0,6}(?:官网|app|APP|登录|下载)[^-_|]{0,4}"
    r"(?:[-_|](?P=name)[^-_|]{1,10}){2}"
)


class _Look(NamedTuple):
    """What a line shows.

    cover: share of its characters in terms, 0 to 1. terms to services: numbers of different terms, in all and
    of each sort. segments, bars: numbers of segments, and of bars between them.
    """

    cover: float
    terms: int
    strong: int
    brands: int
    sites: int
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
    return _pattern({"strong", "site", "weak", "service", "brand"})


@cache
def _telling_term() -> re.Pattern[str]:
    return _pattern({"strong", "brand"})


def load_terms() -> None:
    """Make the patterns of all terms now, not at their first use."""
    for make in (_any_term, _telling_term):
        make()


def telling_terms() -> list[str]:
    """Return the terms and words of which a line must hold one to be looked at."""
    return [*(term for term, kind in _terms().items() if kind in ("strong", "brand")), *_DOORWAY_WORDS]


def _telling_places(text: str) -> list[int]:
    """Return where something stands that only injected lines have, or hardly any other text."""
    places = [match.start() for match in _telling_term().finditer(text)]
    if any(word in text for word in _DOORWAY_WORDS):
        places += [match.start() for match in _DOORWAY.finditer(text)]
        places += [match.start() for match in _REPEATED.finditer(text)]
    return places


def _is_headline(line: str) -> bool:
    """Say whether words of a topic stand before a colon, and behind it what is said about them."""
    before, colon, after = line.replace(":", "：").partition("：")
    letters = len(_LETTERS.findall(after))
    covered = sum(len(match[0]) for match in _any_term().finditer(after))
    return bool(colon and before) and letters >= MIN_SAID and covered < MIN_COVER * letters


def _look(line: str) -> _Look:
    found = [m[0] for m in _any_term().finditer(line)]
    kinds = _terms()
    different = set(found)
    counts = Counter(kinds[term] for term in different)
    doorways = bool(_DOORWAY.search(line)) + bool(_REPEATED.search(line))
    letters = len(_LETTERS.findall(line)) or 1
    return _Look(
        cover=sum(map(len, found)) / letters,
        terms=len(different),
        strong=counts["strong"] + counts["brand"] + doorways,
        brands=counts["brand"] + doorways,
        sites=counts["site"],
        services=counts["service"],
        segments=sum(1 for part in _SEPARATORS.split(line) if part),
        bars=sum(map(line.count, "_|｜")),
    )


def is_spam_line(line: str, *, at_edge: bool = False, page_script: Script = "unknown") -> bool:
    """Say whether a line is injected advertising for adult or gambling sites.

    at_edge: among the first or last lines of the page; page_script: script of the page around it.
    """
    if not _telling_places(line) or _SENTENCE.search(line) or _is_headline(line):
        return False
    letters = len(_LETTERS.findall(line)) or 1
    if len(_FUNCTION.findall(line)) > MAX_FUNCTION_SHARE * letters:
        return False
    look = _look(line)
    if not (look.sites or look.services or (look.strong >= 2 and look.cover >= MIN_COVER_HIGH)):
        return False
    is_pile = look.segments >= 2 or at_edge
    if look.cover >= MIN_COVER and look.terms >= 3 and look.strong and is_pile:
        return True
    if look.brands and look.services >= 2 and look.cover >= MIN_COVER_LOW and is_pile:
        return True
    if look.cover >= MIN_COVER_LOW and look.strong >= 2 and look.bars >= 2:
        return True
    return page_script == "hant" and look.cover >= MIN_COVER_LOW and detect_script(line) == "hans"


def find_spam_lines(lines: Sequence[str], suspects: Sequence[int]) -> dict[int, str]:
    """Return the injected lines of a page: index -> rule. suspects: those of ``spam_gate``."""
    # what may be one on any page and at any place: hardly ever is there one, and only then is more asked
    likely = [index for index in suspects if is_spam_line(lines[index], at_edge=True, page_script="hant")]
    if not likely:
        return {}
    page_script = detect_script("\n".join(lines))
    filled = [index for index, line in enumerate(lines) if line.strip()]
    edges = {*filled[:EDGE_LINES], *filled[-EDGE_LINES:]}
    spoken = _spoken_of(lines[index] for index in suspects)
    return {
        index: RULE
        for index in likely
        if is_spam_line(lines[index], at_edge=index in edges, page_script=page_script)
        and not _is_topic(lines[index], spoken)
    }


def _spoken_of(lines: Iterable[str]) -> set[str]:
    """Return the telling terms that stand in sentences."""
    sentences = [line for line in lines if _SENTENCE.search(line) and _look(line).cover < MIN_COVER_HIGH]
    return {term for line in sentences for term in _telling_term().findall(line)}


def _is_topic(line: str, spoken: set[str]) -> bool:
    """Return whether a line names what the page's sentences speak of, and advertises no brand."""
    told = set(_telling_term().findall(line))
    own = len(told & spoken)
    return own >= max(MIN_TOPIC, MIN_TOPIC_SHARE * len(told)) and not _look(line).brands
