"""article: where the article stands among the scored lines.

The article is the contiguous run of lines with the largest sum of weights (Kadane's maximum
sum subarray, linear), so that short lines between paragraphs come along and menus do not.
Knowledge of pages is added to it: a run does not cross the title, and an article comes after its
title and date line and before the first heading of comments or related articles.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field

from tasks.extract.kinds import Kind
from tasks.extract.prose import CUT_OFF, FUNCTION
from tasks.extract.scored import Scored

ENOUGH = 100.0
"""A run of this weight can be a whole article: what closes an article counts fully after it."""
SMALLEST = 30.0
"""Weight a run needs to be an article: one full sentence."""
ANCHOR_REACH = 8
"""Lines after title or date line within which an article usually begins."""
FOOT = 8
"""Lines below an article within which a date line is its own, printed at its foot."""
EARLY = 0.4
"""Factor for the weight of text above the title or the date line."""
OPENING = 25.0
"""Bonus for the first text below the title or the date line."""
ENDING = 50.0
"""Bonus for an end just above a line that names the editor or the source."""
LONG_GAP = 3
"""Lines without text that count fully; the further ones of a block inside an article count half."""
FADING = {"comment": 0.1, "legal": 0.15, "related": 0.25}
"""Factor for text below a heading of that label, once an article was found below title or date line."""
LONGEST_BOX = 14
"""Lines of a box within an article that says where it ends."""
BEYOND = 0.25
"""Factor for text below the element that holds title and article."""
SURE = 70.0
"""Weight from which a run there is the article and not a caption."""
UNSURE = {"comment": 0.3, "legal": 0.4, "related": 0.7}
"""The same factors while the article found is lighter than ``SURE``, or is below neither title nor date line."""


def find_article(
    scored: Sequence[Scored], titles: Collection[int], edge: int | None = None
) -> tuple[int, int] | None:
    """Return the first and last index of the article, or None when nothing reads as one.

    titles: indexes of lines that hold the title; no run holds them. edge: first index below the element
    that holds title and text, where markup tells.
    """
    search = _Search(min(titles, default=0))
    marked = {*titles, edge}
    for index, line in enumerate(scored):
        kind = line.kind
        if index in marked:
            if index == edge:
                search.fade = min(search.fade, BEYOND)
            if index in titles:
                search.restart(index, opens=index == search.first_title)
                continue
        if kind is None:
            if line.weight > 0:
                search.add(scored, index)
            elif search.current > 0:  # most lines: they cost the run, where there is one, and say nothing
                search.gap += 1
                search.current += line.weight * (0.5 if search.gap > LONG_GAP else 1.0)
        elif kind.rule in _OPENERS and search.is_date_line(index, line):
            search.restart(index, opens=True)
        elif search.current > 0 or line.weight > 0 or kind.opens or (search.box and kind.rule == "skip_end"):
            search.add(scored, index)
    span = search.span
    if span is None or span[1] < search.anchor:
        anchors = search.anchors[: -MOST_ANCHORS - 1 : -1] if span is None else search.anchors[-1:]
        found = next(filter(None, (_find_verse(scored, anchor) for anchor in anchors)), span)
        return found or next(filter(None, (_find_unmarked(scored, anchor) for anchor in anchors)), None)
    if search.best - OPENING < SMALLEST and search.settled:
        verse = _find_verse(scored, search.anchor) or _find_unmarked(scored, search.anchor)
        return verse if verse is not None and verse[0] <= span[0] and span[1] <= verse[1] else span
    return span


@dataclass(slots=True)
class _Search:
    """Kadane's scan, with what is known of the page so far.

    best, span: the heaviest run; settled: it began below the title or a date line;
    lessened: it was counted for less because one came below it.
    current, start: the run that ends at this line. anchor: index of that title or date line, the last of anchors.
    fade: what text weighs here. gap: lines without text since the last sentence.
    box: where the last heading stands that opened something else, run and fade above it.
    """

    first_title: int
    best: float = 0.0
    span: tuple[int, int] | None = None
    settled: bool = False
    lessened: bool = False
    current: float = 0.0
    start: int = 0
    anchor: int = -1
    anchors: list[int] = field(default_factory=list)
    fade: float = 1.0
    gap: int = 0
    box: tuple[int, float, float] | None = None

    def is_date_line(self, index: int, line: Scored) -> bool:
        """Does a line of ``_OPENERS`` open an article? Not when one was found, goes on, or ended just above.

        Nor among the comments on what stands below title or date line, however short that is.
        """
        if line.inset or self.current >= ENOUGH:
            return False
        if self.span is not None and self.best >= 2 * ENOUGH and index - self.span[1] <= FOOT:
            return False
        return not (self.settled and (self.best >= SURE or self.fade <= UNSURE["comment"]))

    def restart(self, index: int, *, opens: bool) -> None:
        """Start a new run below ``index``; when that line opens the article, the runs before it count for less."""
        self.current, self.start = 0.0, index + 1
        if opens:
            self.anchor, self.fade, self.settled = index, 1.0, False
            self.anchors.append(index)
            self.best *= 1.0 if self.lessened else EARLY
            self.lessened = True

    def add(self, scored: Sequence[Scored], index: int) -> None:
        """Add a line to the current run, which counts for more where the next line says that an article ended."""
        kind = scored[index].kind
        if kind is not None and (kind.opens or self.box) and self._ends_box(kind, index):
            return
        weight = self._weigh(index, scored[index])
        if self.current <= 0:
            self.current, self.start = 0.0, index
            if weight > 0 and index - self.anchor <= ANCHOR_REACH and self.anchor >= 0 and not self.settled:
                self.current = OPENING
        self.current += weight
        if weight <= 0 or self.current <= SMALLEST or self.current + ENDING <= self.best:
            return
        total = self.current + (ENDING if _ends_before(scored, index + 1) else 0.0)
        if total > self.best:
            self.best, self.span, self.settled = total, (self.start, index), self.anchor >= 0
            self.lessened = False

    def _ends_box(self, kind: Kind, index: int) -> bool:
        """Note where a box begins; tell whether one ends here, and go on as if it had not been there."""
        if self.box is not None and index - self.box[0] >= LONGEST_BOX:
            self.box = None
        if self.box is None:
            self.box = (index, self.current, self.fade) if kind.opens else None
            return False
        ends = kind.rule == "skip_end" and self.box[1] > 0
        if ends:
            _, self.current, self.fade = self.box
        return ends

    def _weigh(self, index: int, line: Scored) -> float:
        if line.weight > 0:
            self.gap = 0
            return line.weight * self.fade * (EARLY if index < self.first_title else 1.0)
        self.gap += 1
        kind = line.kind
        if kind is None or line.inset:
            return line.weight * (0.5 if self.gap > LONG_GAP else 1.0)
        may_end = self.current >= ENOUGH or (self.best > ENOUGH and index > self.first_title)
        if kind.opens and (self.settled or may_end):
            self.fade = min(
                self.fade, (FADING if self.settled and self.best >= SURE else UNSURE).get(kind.label, 1.0)
            )
        return -kind.closing if kind.closing and may_end else line.weight


def _ends_before(scored: Sequence[Scored], index: int) -> bool:
    """Tell whether the line at ``index`` says that an article ended above it."""
    return _has_rule(scored[index], _ENDINGS) if index < len(scored) else False


def _has_rule(line: Scored, rules: frozenset[str]) -> bool:
    return line.kind is not None and line.kind.rule in rules


_PAUSE = frozenset(("glyphs",))
_OPENERS = frozenset(("metadata_line", "source_line"))
_ENDINGS = frozenset(("editor", "source_line", "end_mark"))
MOST_ANCHORS = 4
"""Titles and date lines below which such lines are looked for; the last of them may be a line of counters."""
VERSE_LINES = 4
VERSE_SHARE = 0.2
"""Share of function characters in lines without marks; rows of headlines hold up to a sixth."""
PAUSED_LINES = 8
PAUSED_SHARE = 0.14
"""Lines of a diary without full stops, and their share, where a third of them pause at a comma."""
CREDITED_LINES = 8
LONGEST_CREDITED = 15
CREDITED_SHARE = 0.07
"""Lines right above who wrote them, characters they have at most on average, and their share."""


UNMARKED, UNMARKED_REACH = 40, 2
"""Characters of a line of a text without marks, longer than any headline, and lines that may stand above the first."""


def _find_verse(scored: Sequence[Scored], anchor: int) -> tuple[int, int] | None:
    """Return the lines below the title or date line when they read as text without any mark: verse, notes."""
    if anchor < 0:
        return None
    first = next((i for i in range(anchor + 1, len(scored)) if scored[i].kind is None), len(scored))
    last = first
    while last < len(scored) and (scored[last].kind is None or _has_rule(scored[last], _PAUSE)):
        if last - first >= VERSE_LINES and scored[last].folded.isascii() and scored[last].folded.isalpha():
            break  # the name of a picture, a word of a button
        last += 1
    lines = scored[first:last]
    if sum(CUT_OFF.search(line.folded) is not None for line in lines) * 2 > len(lines):
        return None  # teasers
    text = "".join(line.folded for line in lines)
    function = sum(character in FUNCTION for character in text)
    share = CREDITED_SHARE if _are_credited(scored, first, last) else VERSE_SHARE
    if len(lines) >= PAUSED_LINES and sum("," in line.folded for line in lines) * 3 >= len(lines):
        share = min(share, PAUSED_SHARE)
    if len(lines) < VERSE_LINES or function < share * len(text):
        return None
    return first, last - 1


def _find_unmarked(scored: Sequence[Scored], anchor: int) -> tuple[int, int] | None:
    """Return the long lines right below the title or date line that were written without a mark or a gap."""
    first = next((i for i in range(anchor + 1, len(scored)) if scored[i].kind is None), len(scored))
    while first < len(scored) and first <= anchor + UNMARKED_REACH and not _is_unmarked(scored[first]):
        first += 1
    last = first
    while last < len(scored) and _is_unmarked(scored[last]):
        last += 1
    return (first, last - 1) if sum(line.size for line in scored[first:last]) >= ENOUGH else None


def _is_unmarked(line: Scored) -> bool:
    return line.kind is None and line.size >= UNMARKED and " " not in line.folded and not line.is_sentence


def _are_credited(scored: Sequence[Scored], first: int, last: int) -> bool:
    """Do many lines, shorter than headlines, stand right above who wrote or edited them?"""
    kind = scored[last].kind if last < len(scored) else None
    if kind is None or kind.label != "byline" or last - first < CREDITED_LINES:
        return False
    return sum(line.size for line in scored[first:last]) <= LONGEST_CREDITED * (last - first)
