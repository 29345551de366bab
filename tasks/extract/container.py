"""container: what markup adds to the weights of lines.

The element that holds most of the running text is looked for from the outside in. Inside it a
line that is no sentence costs less, and boxes (related articles, share rows) are insets that do
not end the article; text outside it weighs less. Links and the names of elements take weight.
"""

from collections.abc import Sequence

from tasks.extract.furniture import Kind
from tasks.extract.score import GAP, Scored
from tasks.lines import Page, PageLine

AGAINST = frozenset(("comment", "related", "navigation", "share", "legal", "promotion"))
"""Hints that speak against body text; also the labels of what they name."""
MOST = 0.75
"""Share of the text an element must hold of what the element around it holds."""
INSIDE = 0.45
"""What a line that is no sentence costs inside the main element, of its cost elsewhere."""
OUTSIDE = 0.6
"""What text weighs outside the main element."""
INSET = -6.0
"""Weight of a line in a box inside the main element."""
FIGURE = Kind("figure_caption", "caption", 5)


def read_markup(scored: Sequence[Scored], page: Page) -> None:
    """Change weights and kinds of the lines by what their elements are."""
    for line, source in zip(scored, page.lines, strict=True):
        if source.link_share > 0.5 and (line.weight > 0 or source.link_share > 0.8):
            line.weight = min(line.weight, -GAP)
        if source.hints:
            _read_hints(line, source)
    main = _main_element(scored, page)
    if not main:
        return
    inside = _descendants(page.parents, main)
    outer = len(min((s.hints for s in page.lines if inside[s.group]), key=len, default=()))
    for line, source in zip(scored, page.lines, strict=True):
        if not inside[source.group]:
            line.weight *= OUTSIDE if line.weight > 0 else 1.0
        elif len(source.hints) > outer and source.hints[-1] in AGAINST and source.hints[-1] != "comment":
            line.inset, line.weight = True, max(line.weight, INSET)
        elif line.kind is None and line.weight < 0:
            line.weight *= INSIDE


def _read_hints(line: Scored, source: PageLine) -> None:
    hints = source.hints
    if line.weight > 0:
        line.weight *= _trust(hints)
    if line.kind is None and line.size < 120 and (source.tag == "figcaption" or hints[-1] == "caption"):
        line.kind, line.weight = FIGURE, -FIGURE.cost


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
        parent = page.parents[number]
        held[parent] += held[number]
        if held[number] > held[heaviest[parent]] or not heaviest[parent]:
            heaviest[parent] = number
    main = 0
    while heaviest[main] and held[heaviest[main]] >= MOST * held[main] > 0:
        main = heaviest[main]
    return main


def _descendants(parents: Sequence[int], main: int) -> list[bool]:
    inside = [False] * len(parents)
    inside[main] = True
    for number in range(main + 1, len(parents)):
        inside[number] = inside[parents[number]]
    return inside
