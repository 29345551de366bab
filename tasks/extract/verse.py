"""verse: the lines of a poem, which have no punctuation and few characters, weigh as text.

Lines without links follow each other in one element, or in a plain text, and a good part of their
characters are function characters: two fifths in verse, a sixth in menus and headlines (180 pages).
Wrong for classical verse without punctuation, which has hardly any function characters.
"""

import re
from collections.abc import Collection, Sequence

from tasks.extract.hints import AGAINST
from tasks.extract.scored import Scored
from tasks.lines import PageLine

FEWEST = 6
LONGEST = 24
"""Lines of a poem, and the size of the longest."""
SHARE = 0.2
SHARE_IN_TEXT = 0.38
SHARE_ALONE = 0.25
"""Share of function characters from which lines are verse, in an element, among plain lines, and where a page has
no sentence besides."""
SCANT = 30.0
"""Weight under which a page has no sentence besides."""
ROW = 3
"""Gaps in a line of plain text that make it a row of words."""
LAST = 4
"""Lines of a last sentence set as verse is."""
EVEN = (5, 7)
EVEN_LINES = 8
"""Characters of the lines of a poem without marks, and how many of them follow each other."""
_HAN = re.compile("[\u3400-\u9fff]+")
BREAK = 4.0
"""What the end of a verse is worth, in characters."""
LONGEST_LINE = 40
"""Size of a line from which it is one of a note."""
FEWEST_LINES = 3
"""Lines of a run that may be verse or a note."""
FEWEST_PAUSES = 3
SPOKEN = 0.15
"""Commas of a long line of a note that has no full stop, and its share of function characters."""
_NUMBERED = re.compile(r"[一二三四五六七八九十]{1,2}、|\d{1,2}[.、]\D")
"""Sections and entries; verse has none."""
_TAGS = frozenset(("p", "div", "td", ""))


def share_in_text(scored: Sequence[Scored]) -> float:
    """Return the share of function characters that makes plain lines verse, by the text that stands besides."""
    text = 0.0
    for line in scored:
        if line.weight > 0:
            text += line.weight
            if text >= SCANT:
                return SHARE_IN_TEXT
    return SHARE_ALONE


def allow_verse(scored: Sequence[Scored], lines: Sequence[PageLine], share: float) -> None:
    """Weigh runs of verse as text; ``share`` is the least share of function characters."""
    # of a poem at least one line has that share by itself, of most menus none
    likely = [
        index
        for index, line in enumerate(scored)
        if line.function
        and line.kind is None
        and 1 < line.size <= LONGEST
        and line.function >= share * line.size
    ]
    end = 0
    for index in likely:
        if index < end:
            continue  # in the run of the one before
        start, end = run_around(scored, lines, index)
        if end - start >= FEWEST:
            _weigh_run(scored[start:end], lines[start:end], share)


def allow_even(scored: Sequence[Scored], lines: Sequence[PageLine]) -> None:
    """Weigh poems of lines of five or seven Chinese characters without a mark as text: no list is so even."""
    likely = [index for index, line in enumerate(scored) if line.size in EVEN and line.kind is None]
    if len(likely) < EVEN_LINES:
        return
    run: list[int] = []
    for index in [*likely, len(scored)]:
        goes_on = run and index == run[-1] + 1 and index < len(scored)
        if run and not (goes_on and scored[index].size == scored[run[-1]].size):
            _weigh_even([scored[each] for each in run])
            run = []
        if index < len(scored) and not lines[index].link_share and _HAN.fullmatch(scored[index].folded):
            run.append(index)


def _weigh_even(run: Sequence[Scored]) -> None:
    """Weigh lines of one length as text when they are a poem."""
    if len(run) >= EVEN_LINES:
        for line in run:
            line.weight = max(line.weight, line.size + BREAK)


def run_around(scored: Sequence[Scored], lines: Sequence[PageLine], index: int) -> tuple[int, int]:
    """Return the first of the short lines around one in its element, and the line behind the last."""
    if not _is_short(scored[index], lines[index]):
        return index, index + 1
    start, end, group = index, index + 1, lines[index].group
    while start > 0 and lines[start - 1].group == group and _is_short(scored[start - 1], lines[start - 1]):
        start -= 1
    while end < len(lines) and lines[end].group == group and _is_short(scored[end], lines[end]):
        end += 1
    return start, end


def _is_short(line: Scored, source: PageLine) -> bool:
    if line.kind is not None or line.size > LONGEST or source.link_share or source.tag not in _TAGS:
        return False
    return bool(source.tag) or line.folded.count(" ") < ROW


def _weigh_run(run: Sequence[Scored], lines: Sequence[PageLine], share: float) -> None:
    """Weigh the lines of one element as text when they are verse."""
    if not all(line.size > 1 and _may_be(source.hints) for line, source in zip(run, lines, strict=True)):
        return
    if sum(line.function for line in run) >= share * sum(line.size for line in run):
        for line in run:
            line.weight = max(line.weight, line.size + BREAK)


def _may_be(hints: tuple[str, ...]) -> bool:
    """May an element with these hints hold a poem? One named for its text, and for the advertisements in it, may."""
    against = AGAINST.intersection(hints)
    return not against or (against == {"promotion"} and hints[-1] == "body")


def broken_lines(scored: Sequence[Scored], start: int, closers: Collection[str]) -> int:
    """Return the number of lines from ``start`` that are a last sentence set as verse, right above what closes a page.

    closers: rules of the lines that stand right below an article. The last line alone may hold a mark.
    """
    end = start
    while end < len(scored) and scored[end].kind is None and 3 <= scored[end].size <= LONGEST:
        end += 1
        if scored[end - 1].is_sentence:
            break
    kind = scored[end].kind if end < len(scored) else None
    lines = scored[start:end]
    if len(lines) < LAST or kind is None or kind.rule not in closers:
        return 0
    is_text = sum(line.function for line in lines) >= SHARE * sum(line.size for line in lines)
    return len(lines) if is_text else 0


def extend_verse(scored: Sequence[Scored], titles: Collection[int], span: tuple[int, int]) -> tuple[int, int]:
    """Widen a run of lines without end marks to all such lines around it: a verse or note has no last sentence."""
    first, last = span
    lines = [line for line in scored[first : last + 1] if line.kind is None]
    if len(lines) < FEWEST_LINES or sum(line.ends for line in lines) * 10 > len(lines) * 3:
        return span
    if any(_NUMBERED.match(line.folded) for line in lines):
        return span
    while first - 1 >= 0 and first - 1 not in titles and _is_verse(scored[first - 1]):
        first -= 1
    while last + 1 < len(scored) and last + 1 not in titles and _is_verse(scored[last + 1]):
        last += 1
    return first, last


def _is_verse(line: Scored) -> bool:
    if line.size > LONGEST_LINE:
        return (
            line.kind is None
            and line.function >= SPOKEN * line.size
            and line.folded.count(",") >= FEWEST_PAUSES
        )
    return line.kind is None and line.size >= 4 and not _is_menu(line.folded)


def _is_menu(folded: str) -> bool:
    """A row of short words, or a path of them; verse set on one line has longer ones."""
    words = folded.split()
    return len(words) > 3 and max(map(len, words)) < 5
