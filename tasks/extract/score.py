"""score: the lines of a page -> how much each looks like running text.

Every line gets a weight in characters of running text: a sentence weighs what it holds, any
other line costs. One scorer for text and HTML; what markup adds is in ``container``.
"""

import re
from collections import Counter
from collections.abc import Sequence

from tasks.extract.fields import allow_fields
from tasks.extract.fold import EDGE, fold
from tasks.extract.kinds import Kind
from tasks.extract.scored import Scored
from tasks.extract.tables import allow_lists, allow_tables
from tasks.extract.vocabulary import kind_of
from tasks.extract.wrap import find_wrapped
from tasks.lines import PageLine

GAP = 20.0
"""Cost of a line that is no sentence; 15 to 25 give the same articles."""
LONGEST = 200.0
"""Weight no line exceeds: one huge paragraph must not outweigh an article of many."""

CRY = 0.4
"""Worth of a short question or cry, of that of a statement; 2 in 3 of them are headlines (58 pages)."""
LONGEST_CRY = 34
_ENDS = frozenset("。！？!?；;…：:.")
_CLOSING = " \t\r\n\u3000\u00a0”\"’'」』）)】]"
_QUOTES = frozenset("”」』")
_PAUSES = frozenset(",:")
_MARKS = frozenset("。!?;…")
_ENGLISH = re.compile(r"[a-z][,.] [\w ,'-]+[a-z]\.")
_CRIES = re.compile(r"[^\"“「『(][^。…;]*[!?][)\]]?$")
"""A question or cry outside quotation marks; teasers and advertisements speak so."""
_CUT_OFF = re.compile(r"(?<![.…])(?:\.{2,3}|…)\s*$")
"""A text cut off by the page with three dots; an author's own ellipsis is twice as long (……)."""
_QUOTED = re.compile(r"^[“\"「『].*[”\"」』]$")
_ITEM = re.compile(
    r"(?:第?[一二三四五六七八九十百]{1,3}[、.,章节条款:]|\([一二三四五六七八九十\d]{1,3}\)|\d{1,2}[、.)]\D|[①-⑳]|"
    r"[●■◆※○◎▲★]\s?\S|[\[【].{2,12}[\]】]|(?:问|答|q|a)\d*:|-{2,}\S)"
)
_PERIOD = re.compile(r"(?:19|20)\d\d(?:[.年]\s?\d{0,2}月?)?\s?(?:[-至到~][\d\s.年月-]*|\s)[\u3400-\u9fff]{2}")
"""A line of a career or chronicle: 1992.07-2001.08 and what was done."""
_DATELINE = re.compile(
    r"[\[(]?(?:据)?[^\s。,;:!?]{2,16}(?:\d{1,2}月\d{1,2}日)?(?:[电讯]|消息|报[道导]|电题)(?:[\s:,(\])]|\S*记者)"
)
_SPEAKER = re.compile(r"([^\s:。,]{1,8}):")
FUNCTION = frozenset(
    "的了是在也就都很还又这那我你他她它们着过吧呢啊而与但却因所以如果来到去会能可要有没不只最更才再被把让给从对于并或及其之一样时后前里中上下出起"
)
"""Function characters: a fifth of running text, a twentieth of headlines and menus (58 pages)."""


def score_page(texts: Sequence[str], lines: Sequence[PageLine]) -> tuple[list[Scored], set[int]]:
    """Weigh all lines of a page; ``lines`` give what markup said of each text.

    Also returns the indexes of lines that were broken to fit a width and go on in the next.
    """
    scored = [_score_line(text) for text in texts]
    _doubt_unmarked(scored)
    _free_speakers(scored)
    allow_fields(scored)
    allow_tables(scored)
    allow_lists(scored)
    wrapped = find_wrapped(texts, lines, [line.kind for line in scored])
    for index in wrapped:
        scored[index].weight = float(scored[index].size)
    _drop_repeats(scored)
    return scored, wrapped


COPIED = 30
"""Size from which a line that stands twice is a copy; shorter ones are with a neighbour that is one too."""
REPEAT = Kind("repeat", "boilerplate", 10)


def size_of(text: str) -> int:
    """Return the number of characters beyond ASCII, plus a quarter of the ASCII ones."""
    plain = len(text.encode("ascii", "ignore"))
    return len(text) - plain + plain // 4


def _score_line(text: str) -> Scored:
    folded = fold(text)
    size = size_of(text)
    kind = kind_of(folded)
    sentence = "。" in text or not _MARKS.isdisjoint(folded) or _marked_elsewhere(text, folded)
    ends = _ends(text[-40:], folded)
    if kind is not None:
        return Scored(folded, size, sentence, ends, kind, -kind.cost)
    return Scored(folded, size, sentence, ends, None, _weight(folded, size, sentence, ends))


def _ends(tail: str, folded: str) -> bool:
    """Does a line end a sentence: with a mark, or with a quotation after a comma or colon?"""
    if tail.rstrip(_CLOSING)[-1:] in _ENDS:
        return True
    return tail.rstrip()[-1:] in _QUOTES and not _PAUSES.isdisjoint(folded)


def _marked_elsewhere(text: str, folded: str) -> bool:
    """Sentences of English, and marks in the middle of a long line, which the folded one lacks."""
    if "." in folded and _ENGLISH.search(folded):
        return True
    return len(text) > 2 * EDGE and any(mark in text for mark in "！？；!?;…")


def _weight(folded: str, size: int, sentence: bool, ends: bool) -> float:
    if size >= 16 and _CUT_OFF.search(folded):
        return -GAP
    if sentence and (ends or size >= 60 or "。" in folded):
        weight = min(size, LONGEST) if size >= 12 else max(size - 7.0, 1.0)
        return weight * CRY if size <= LONGEST_CRY and "。" not in folded and _CRIES.match(folded) else weight
    if size >= 12 and _DATELINE.match(folded):
        return size * 0.8
    if size >= (20 if ends else 40) and "," in folded:
        return size * 0.6
    if ends or _QUOTED.match(folded):
        return -4.0
    if _PERIOD.match(folded):
        return size * 0.4
    if _ITEM.match(folded):
        return -8.0
    if size < 10 or folded.count(" ") * 9 > size * 2:
        return -GAP * (1.5 if folded.count(" ") >= 4 else 1.0)
    share = sum(1 for character in folded if character in FUNCTION) / len(folded)
    return min(-GAP + size * share * 4.0, 10.0 if size >= 14 else -4.0) if not sentence else -6.0


def _doubt_unmarked(scored: Sequence[Scored]) -> None:
    """On a page with full stops, a line without any mark is a heading; else it may be verse or a note."""
    unmarked = [
        line
        for line in scored
        if line.weight > 0 and not line.is_sentence and not line.ends and line.size < 40
    ]
    marked = sum(line.weight for line in scored if line.weight > 0 and "。" in line.folded)
    if marked > sum(line.size for line in unmarked):
        for line in unmarked:
            if not _PERIOD.match(line.folded) and not _DATELINE.match(line.folded):
                line.weight = -4.0


def _free_speakers(scored: Sequence[Scored]) -> None:
    """An interview names its speakers line after line: ``记者：`` is then no byline."""
    names: Counter[str] = Counter()
    spoken = [line for line in scored if ":" in line.folded[:9]]
    for line in spoken:
        found = _SPEAKER.match(line.folded)
        if found and line.size >= 8:
            names[found[1]] += 1
    speakers = {name for name, count in names.items() if count >= 3}
    if not speakers:
        return
    for line in spoken:
        found = _SPEAKER.match(line.folded)
        if found and found[1] in speakers and line.kind and line.kind.label == "byline" and line.size >= 6:
            line.kind = None
            line.weight = _weight(line.folded, line.size, line.is_sentence, line.ends)


def _drop_repeats(scored: list[Scored]) -> None:
    """A paragraph printed twice (teaser, mobile copy) counts once: first where it has text around it."""
    places: dict[str, list[int]] = {}
    for index, line in enumerate(scored):
        if line.size >= 12 and line.weight > 0:
            places.setdefault(line.folded, []).append(index)
    dropped: set[int] = set()
    shorts: dict[int, int] = {}
    for indexes in places.values():
        if len(indexes) > 1:
            around = [_text_around(scored, index) for index in indexes]
            most = max(around)
            kept = next(i for i, text in zip(indexes, around, strict=True) if text * 2 >= most)
            copies = {index: index - kept for index in indexes if index != kept}
            if scored[kept].size >= COPIED:
                dropped.update(copies)
            else:
                shorts |= copies
    for index, shift in shorts.items():
        if any(shorts.get(i) == shift or (i in dropped) for i in (index - 1, index + 1)):
            dropped.add(index)
    for index in dropped:
        scored[index].kind, scored[index].weight = REPEAT, -REPEAT.cost


def _text_around(scored: list[Scored], index: int) -> float:
    near = scored[max(0, index - 2) : index] + scored[index + 1 : index + 3]
    return sum(max(line.weight, 0.0) for line in near)
