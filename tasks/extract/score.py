"""score: the lines of a page -> how much each looks like running text.

Each line is weighed alone (``look``), then by what stands around it: interviews,
announcements, tables, lists, wrapped and repeated text. One scorer for text and HTML; what
markup adds is in ``container``.
"""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import pairwise

from tasks.extract.contents import mark_contents
from tasks.extract.fields import allow_announced, allow_enclosed, allow_fields, allow_letters
from tasks.extract.hours import allow_hours
from tasks.extract.kinds import Kind
from tasks.extract.look import look_at
from tasks.extract.prose import CUT_OFF, DATELINE, PERIOD, weigh
from tasks.extract.scored import Scored
from tasks.extract.sections import allow_sources
from tasks.extract.tables import allow_lists, allow_tables
from tasks.extract.wrap import find_wrapped
from tasks.lines import PageLine

_SPEAKER = re.compile(r"([^\s:。,]{1,8}):")
FEWEST_SPOKEN = 3
"""Lines with the name of a speaker that make an interview."""


def score_page(texts: Sequence[str], lines: Sequence[PageLine]) -> tuple[list[Scored], set[int]]:
    """Weigh all lines of a page; ``lines`` give what markup said of each text.

    Also returns the indexes of lines that were broken to fit a width and go on in the next.
    """
    scored = look_at(texts)
    _doubt_unmarked(scored)
    colons = [index for index, line in enumerate(scored) if ":" in line.folded]
    _free_speakers([scored[index] for index in colons])
    allow_fields(scored, colons)
    allow_announced(scored, colons)
    named = [index for index, line in enumerate(scored) if line.kind is not None]
    allow_enclosed(scored, named)
    allow_letters(scored, named)
    allow_sources(scored, lines, named)
    allow_hours(scored, lines, named)
    allow_tables(scored)
    allow_lists(scored, colons)
    mark_contents(scored, named)
    if _holds_pointer("".join(texts)):
        _mark_pointers(scored)
    _mark_edit_links([scored[index] for index in named])
    plain = {index for index, line in enumerate(scored) if line.kind is None}
    wrapped = find_wrapped(texts, lines, plain)
    for index in wrapped:
        scored[index].weight = float(scored[index].size)
    _drop_repeats(scored)
    _free_captions(scored)
    return scored, wrapped


POINTER = Kind("pointer", "related", 10)
_POINTERS = frozenset("►▶▷▸➤👉")
FEWEST_POINTED = 10


def _holds_pointer(text: str) -> bool:
    return any(pointer in text for pointer in _POINTERS)


def _mark_pointers(scored: Sequence[Scored]) -> None:
    """Name headlines behind an arrow, which lead to other articles; several apart, each above text, are subheadings."""
    at = [
        index
        for index, line in enumerate(scored)
        if line.size >= FEWEST_POINTED and line.kind is None and line.folded[:1] in _POINTERS
    ]
    if not at or any(scored[index].folded[-1:] in ("。", ":") for index in at):
        return
    apart = all(b - a > 1 for a, b in pairwise(at))
    if len(at) > 1 and apart and all(i + 1 < len(scored) and scored[i + 1].weight > 0 for i in at):
        return
    for index in at:
        scored[index].kind, scored[index].weight = POINTER, -POINTER.cost


EDIT_LINK = Kind("edit_link", "boilerplate", 4)
_EDIT_LINKS = frozenset(("编辑", "[编辑]"))
FEWEST_EDIT_LINKS = 2


def _mark_edit_links(named: Sequence[Scored]) -> None:
    """Name the words with which a section of an encyclopaedia is changed: several lines of a page, and no editors.

    named: the lines that have a kind.
    """
    links = [line for line in named if line.folded in _EDIT_LINKS]
    if len(links) >= FEWEST_EDIT_LINKS:
        for line in links:
            line.kind, line.weight = EDIT_LINK, -EDIT_LINK.cost


COPIED = 30
"""Size from which a line that stands twice is a copy; shorter ones are with a neighbour that is one too."""
REPEAT = Kind("repeat", "boilerplate", 10)


UNBROKEN = 80
"""Size from which a line without any mark is a row of headlines; hard-wrapped text is not as long."""
SCANT = 30.0
"""Weight under which a page has no text."""
MODEST = 200.0
"""Weight of the text of a page that a row of captions may outweigh."""
SHORTEST_TOLD = 20
FEWEST_CUT = 4
"""Texts cut off with three dots that make a list of teasers."""
LITTLE = 60.0
"""Weight of the text of a page that a caption of several sentences outweighs."""


def _free_captions(scored: Sequence[Scored]) -> None:
    """A page with hardly any other text is photo news, and the caption its article, or shows the beginning of one."""
    text = 0.0
    for line in scored:
        if line.weight > 0:
            text += line.weight
            if text >= MODEST:
                return
    _free_series(scored, text)
    if text >= LITTLE:
        return
    cut = sum(line.kind is None and CUT_OFF.search(line.folded) is not None for line in scored)
    for line in scored:
        if (
            line.kind is None
            and text < SCANT
            and cut < FEWEST_CUT
            and line.size >= LITTLE
            and "。" in line.folded
        ):
            line.weight = max(line.weight, float(line.size))  # cut off with three dots
        if line.kind is None or line.kind.label != "caption" or line.size < SCANT:
            continue
        told = line.is_sentence or "," in line.folded
        if told and (text < SCANT or (line.size >= LITTLE and "。" in line.folded)):
            line.kind, line.weight = None, float(line.size)


def _free_series(scored: Sequence[Scored], text: float) -> None:
    """A row of pictures told in captions, some with a credit and some without, is an article of all of them."""
    told = [
        line
        for line in scored
        if line.kind is not None
        and line.kind.rule == "caption_end"
        and line.size >= SHORTEST_TOLD
        and "," in line.folded
    ]
    if len(told) > 1 and sum(line.size for line in told) >= text:
        for line in told:
            line.kind, line.weight = None, float(line.size)


def _doubt_unmarked(scored: Sequence[Scored]) -> None:
    """On a page with full stops, a line without any mark is a heading; else it may be verse or a note."""
    text = [line for line in scored if line.weight > 0]
    unmarked = [
        line
        for line in text
        if not line.is_sentence
        and not line.ends
        and (line.size < 40 or (line.size >= UNBROKEN and "," not in line.folded))
    ]
    marked = sum(line.weight for line in text if "。" in line.folded)
    if marked > sum(line.size for line in unmarked):
        for line in unmarked:
            if not PERIOD.match(line.folded) and not DATELINE.match(line.folded):
                line.weight = -4.0


def _free_speakers(lines: Sequence[Scored]) -> None:
    """An interview names its speakers line after line: ``记者：`` is then no byline. lines: those with a colon."""
    spoken = [line for line in lines if ":" in line.folded[:9]]
    if len(spoken) < FEWEST_SPOKEN:
        return
    names: Counter[str] = Counter()
    for line in spoken:
        found = _SPEAKER.match(line.folded)
        if found and line.size >= 8:
            names[found[1]] += 1
    speakers = {name for name, count in names.items() if count >= FEWEST_SPOKEN}
    if not speakers:
        return
    for line in spoken:
        found = _SPEAKER.match(line.folded)
        if found and found[1] in speakers and line.kind and line.kind.label == "byline" and line.size >= 6:
            line.kind = None
            line.weight = weigh(line.folded, line.size, line.is_sentence, line.ends, line.function)


def _drop_repeats(scored: list[Scored]) -> None:
    """A paragraph printed twice (teaser, mobile copy) counts once: first where it has text around it."""
    texts = [(line.folded, index) for index, line in enumerate(scored) if line.weight > 0 and line.size >= 12]
    if len(dict(texts)) == len(texts):
        return
    places: dict[str, list[int]] = {}
    for folded, index in texts:
        places.setdefault(folded, []).append(index)
    dropped: set[int] = set()
    shorts: dict[int, int] = {}
    kept_of: dict[int, int] = {}
    groups = [indexes for indexes in places.values() if len(indexes) > 1]
    for indexes in groups:
        around = [_text_around(scored, index) for index in indexes]
        most = max(around)
        kept = next(i for i, text in zip(indexes, around, strict=True) if text * 2 >= most)
        kept_of.update(dict.fromkeys(indexes, kept))
    for indexes in groups:
        kept = _beside_its_block(indexes[0], kept_of)
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


def _beside_its_block(first: int, kept_of: dict[int, int]) -> int:
    """Return which copy to keep: the first one when it opens a block of which the first copy is kept."""
    kept = kept_of[first]
    below = first + 1
    return first if kept_of.get(below) == below == kept_of.get(below + kept - first) else kept


def _text_around(scored: list[Scored], index: int) -> float:
    near = scored[max(0, index - 2) : index] + scored[index + 1 : index + 3]
    return sum(max(line.weight, 0.0) for line in near)
