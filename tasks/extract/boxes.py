"""boxes: an article that is split by a box (further reading, an app) is one article.

A box is a few lines of such kinds, and short lines without a sentence. The text beyond it belongs to the
article when it opens with two paragraphs; a list of teasers does not, as each stands under its own title.
Comments, legal notices, editors and neighbours never stand inside a box.
"""

from collections.abc import Sequence

from tasks.extract.scored import Scored

LONGEST_BOX = 9
"""Lines of the longest box passed over."""
SHORTEST_BOX = 2
"""Short lines between paragraphs that are no box: a sub-heading of two lines."""
PARAGRAPH = 25.0
"""Weight of a line that is a paragraph by itself."""
_BOXED = frozenset(
    "related_heading related_list list_heading promotion skip_link skip_end advert_mark attachment caption caption_end glyphs contents_heading contents_entry edit_link".split()
)


def join_halves(scored: Sequence[Scored], span: tuple[int, int], floor: int) -> tuple[int, int]:
    """Return the run with the halves beyond boxes; nothing at or above ``floor`` is joined.

    Below a box two paragraphs are required; above it, between title and box, and within the element of the
    article, one is enough.
    """
    first, last = span
    while (end := _beyond(scored, range(last + 1, len(scored)), wanted=2)) is not None:
        last = end
    while (start := _beyond(scored, range(first - 1, floor, -1), wanted=1)) is not None:
        first = start
    return first, last


def _beyond(scored: Sequence[Scored], path: range, wanted: int) -> int | None:
    """Return the far edge of the half beyond the boxes that ``path`` begins with, or None."""
    paragraphs, boxed, far, named = 0, 0, None, False
    teased: int | None = None  # paragraphs since the heading of a list
    for index in path:
        line = scored[index]
        if _is_boxed(line):
            boxed += 1
            named = named or line.kind is not None
            if line.kind is not None and line.kind.label == "related":
                teased = 0
            if (teased and far is None) or boxed > (LONGEST_BOX if far is None else SHORTEST_BOX):
                break
            continue
        if line.kind is not None or not named:
            break
        boxed = 0
        enough = PARAGRAPH if line.inside else 2 * PARAGRAPH  # teasers have no stop
        if line.weight > 0 and (line.ends or line.weight >= enough):
            paragraphs += line.weight >= PARAGRAPH
            teased = None if teased is None else teased + 1
            far = index if paragraphs >= (1 if line.inside else wanted) else None
    return far


def _is_boxed(line: Scored) -> bool:
    if line.kind is not None:
        return line.kind.rule in _BOXED
    return line.weight <= 0 and not line.ends
