"""container: what markup adds to the weights of lines.

The element that holds most of the running text is searched from the outside in. Inside it a line
that is no sentence costs less, and boxes (related articles, share rows) are insets, which do not
end the article; text outside it weighs less. Links, and some class and id names, reduce weights.
"""

from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from tasks.extract.hints import AGAINST
from tasks.extract.kinds import Kind
from tasks.extract.letters import without_answers
from tasks.extract.prose import GAP
from tasks.extract.scored import Scored
from tasks.extract.tables import RULED
from tasks.extract.teasers import tell_teasers
from tasks.extract.verse import SHARE, allow_verse
from tasks.lines import Page, PageLine

MOST = 0.75
"""Share of the text an element must hold of what the element around it holds."""
INSIDE = 0.45
"""What a line that is no sentence costs inside the main element, of its cost elsewhere."""
OUTSIDE = 0.6
"""What text weighs outside the main element."""
INSET = -6.0
"""Weight of a line in a box inside the main element."""
WRAPPING = 0.9
"""Share of the lines from which a hint is that of a wrapper."""
WHOLE = 0.8
"""Share of the page's lines from which an element is only a wrapper around everything."""
PARAGRAPH = 20.0
"""Weight of a line that is a paragraph by itself."""
LARGEST_ABSTRACT = 0.34
"""Share of a page's text that an element named like an abstract may hold and be one."""
CODE = -4.0
"""Least weight of a line of preformatted text: words of a program say nothing of the page."""
ABSTRACT = Kind("summary_element", "summary", 5)
FIGURE = Kind("figure_caption", "caption", 5)
SIGNATURE = Kind("signature_element", "boilerplate", 30, closing=60)
"""What a member of a forum or weblog has printed under each post."""


def read_markup(scored: Sequence[Scored], page: Page) -> None:
    """Change weights and kinds of the lines by what their elements are."""
    telling = _telling_hints(page.lines)
    said = {hint for told in telling.values() for hint in told}
    for hint in ("caption", "signature"):
        if hint in said and _holds_most(scored, page.lines, hint):
            telling = {hints: told[:-1] if told[-1:] == (hint,) else told for hints, told in telling.items()}
    if "comment" in said:
        telling = without_answers(scored, page.lines, telling)
    captions = {hints for hints, told in telling.items() if told and told[-1] in _LONGEST_CAPTION}
    for line, source in zip(scored, page.lines, strict=True):
        share, tag, hints = source.link_share, source.tag, source.hints
        if share > 0.5 and line.weight > -GAP and (line.weight > 0 or share > 0.8):
            line.weight = -GAP
        if tag == "pre" and line.weight < CODE:
            line.kind, line.weight = None, CODE
        if tag == "figcaption" or (hints and (line.weight > 0 or (captions and hints in captions))):
            _read_hints(line, source, telling[hints])
    if any(hints[-1:] == ("summary",) for hints in telling):
        _read_abstracts(scored, page.lines)
    tell_teasers(scored, page.lines)
    _read_main(scored, page, telling)
    allow_verse(scored, page.lines, SHARE)


def _read_main(scored: Sequence[Scored], page: Page, telling: dict[tuple[str, ...], tuple[str, ...]]) -> None:
    """Find the main element; text outside of it weighs less, and boxes inside of it nothing."""
    main = _main_element(scored, page)
    if not main:
        return
    inside = _descendants(page.parents, main)
    within = [index for index, source in enumerate(page.lines) if inside[source.group]]
    _allow_cells(scored, page, within)
    outer = min((page.lines[index].hints for index in within), key=len)
    text = [i for i in within if scored[i].weight >= PARAGRAPH and page.lines[i].hints[len(outer) :] in _FOR]
    first, last = (text[0], text[-1]) if text else (0, 0)
    narrow = len(within) < WHOLE * len(scored)
    is_box = {hints: _is_box(hints[len(outer) :]) for hints in telling}
    for index, (line, source) in enumerate(zip(scored, page.lines, strict=True)):
        if not inside[source.group]:
            if line.weight > 0:
                line.outside, line.weight = True, line.weight * OUTSIDE
            continue
        between = first < index < last
        if between and is_box[source.hints]:
            line.inset, line.weight = True, max(min(line.weight, 0.0), INSET)
            continue
        if narrow and source.link_share <= 0.5 and not is_box[source.hints]:
            line.inside, line.cell = True, line.cell or source.tag in _CELLS
        if line.kind is None and line.weight < 0 and (narrow or between):
            line.weight *= INSIDE


def _allow_cells(scored: Sequence[Scored], page: Page, within: Sequence[int]) -> None:
    """Let the short cells of a table that stands beside the paragraphs of the article cost next to nothing."""
    cells = [i for i in within if page.lines[i].tag in _CELLS and not page.lines[i].link_share]
    if len(cells) < FEWEST_CELLS:
        return
    paragraphs = Counter(page.lines[i].group for i in within if scored[i].weight >= PARAGRAPH)
    beside = {group for group, count in paragraphs.items() if count > 1}
    top = next((i for i in within if page.lines[i].group in beside and scored[i].weight >= PARAGRAPH), 0)
    for index in cells:
        line, group = scored[index], page.lines[index].group
        is_day = line.kind is not None and line.kind.rule == "date_line" and index > top
        if (line.kind is None or is_day) and line.weight < 0 and group not in beside:
            around = (page.parents[group], *_parents(page.parents, page.parents[group]))
            if not beside.isdisjoint(around):
                line.cell, line.kind, line.weight = True, None, -RULED


def _parents(parents: Sequence[int], group: int) -> tuple[int, ...]:
    """Return the elements around a row: body, table, what the table stands in, and one box around the table."""
    found = []
    for _ in range(4):
        group = parents[group]
        found.append(group)
    return tuple(found)


FEWEST_CELLS = 6
"""Cells of a table of figures; fewer are layout."""
_LONGEST_CAPTION = {"caption": 120, "picture": 30}
"""Size of a caption, by the hint of its element."""
_FOR = ((), ("body",))
_CELLS = ("td", "th")


def _is_box(hints: tuple[str, ...]) -> bool:
    """Do the hints within the main element name a box that is no comment?"""
    return bool(hints) and hints[-1] in AGAINST and hints[-1] != "comment"


def _read_abstracts(scored: Sequence[Scored], lines: Sequence[PageLine]) -> None:
    """Name the lines of an element called abstract, when they are a small part of the text."""
    at = [
        index
        for index, (line, source) in enumerate(zip(scored, lines, strict=True))
        if source.hints[-1:] == ("summary",) and line.kind is None and line.weight > 0
    ]
    if at and _opens_entry(scored[at[-1] + 1 :]):
        return
    named = [scored[index] for index in at]
    text = sum(line.size for line in scored if line.weight > 0)
    if named and sum(line.size for line in named) <= LARGEST_ABSTRACT * text:
        for line in named:
            line.kind, line.weight = ABSTRACT, -ABSTRACT.cost


def _opens_entry(below: Sequence[Scored]) -> bool:
    """Tell whether a table of contents comes before the next paragraph, as below the opening of an encyclopaedia entry."""
    for line in below:
        if line.kind is not None and line.kind.rule == "contents_heading":
            return True
        if line.weight >= PARAGRAPH:
            return False
    return False


def _telling_hints(lines: Sequence[PageLine]) -> dict[tuple[str, ...], tuple[str, ...]]:
    """Return the hints of each line -> those of them that nearly all lines have not.

    Those of nearly all are names of an element around the whole page, which say nothing.
    """
    together = Counter([line.hints for line in lines])
    held: dict[str, int] = {}
    for hints, count in together.items():
        for hint in hints:
            held[hint] = held.get(hint, 0) + count
    most = WRAPPING * len(lines)
    wrapping = {hint for hint, count in held.items() if count >= most}
    if not wrapping:
        return {hints: hints for hints in together}
    return {hints: tuple(hint for hint in hints if hint not in wrapping) for hints in together}


def _holds_most(scored: Sequence[Scored], lines: Sequence[PageLine], hint: str) -> bool:
    """Tell whether most of the text is in elements with this hint, which then says nothing."""
    text = named = 0
    for line, source in zip(scored, lines, strict=True):
        if line.weight > 0:
            text += line.size
            if source.hints and source.hints[-1] == hint:
                named += line.size
    return 2 * named > text


def _read_hints(line: Scored, source: PageLine, hints: tuple[str, ...]) -> None:
    if line.weight > 0 and hints:
        line.weight *= _trust(hints)
    longest = 120 if source.tag == "figcaption" else _LONGEST_CAPTION.get(hints[-1], 0) if hints else 0
    if line.kind is None and line.size < longest:
        line.kind, line.weight = FIGURE, -FIGURE.cost
    elif line.weight > 0 and hints and hints[-1] == "signature":
        line.kind, line.weight = SIGNATURE, -SIGNATURE.cost


@lru_cache(maxsize=4096)
def _trust(hints: tuple[str, ...]) -> float:
    """Return what a weight is worth under these hints, outermost first: 0.2 to 1."""
    if "comment" in hints and hints[0] != "body":
        return 0.2
    if hints[-1] in AGAINST:
        return 0.3
    return 1.0 if AGAINST.isdisjoint(hints) else 0.7


def _main_element(scored: Sequence[Scored], page: Page) -> int:
    """Return the innermost element that holds most of the text, 0 when that is the page."""
    held = [0.0] * len(page.parents)
    for line, source in zip(scored, page.lines, strict=True):
        if line.weight > 0 and line.size >= 12:
            held[source.group] += line.weight
    heaviest = [0] * len(held)
    for number in range(len(held) - 1, 0, -1):
        if held[number]:
            parent = page.parents[number]
            held[parent] += held[number]
            if held[number] > held[heaviest[parent]] or not heaviest[parent]:
                heaviest[parent] = number
    main = 0
    while heaviest[main] and held[heaviest[main]] >= MOST * held[main] > 0:
        main = heaviest[main]
    return main


def _descendants(parents: Sequence[int], main: int) -> list[bool]:
    inside = [False] * main + [True]
    for parent in parents[main + 1 :]:
        inside.append(inside[parent])
    return inside
