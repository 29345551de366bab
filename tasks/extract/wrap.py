"""wrap: which lines were broken in mid-paragraph to fit a width, and continue in the next line.

A page is hard-wrapped when many of its lines that do not end a sentence have almost the same
width, contain commas or full stops, and lead to a line that ends a sentence. Lines of a list that
are cut to one width do neither.
Wrong for: verse set in lines of one width that hold two sentences each.
"""

import re
from collections import Counter
from collections.abc import Sequence

from tasks.lines import PageLine

NARROWEST = 24
"""Columns of the narrowest wrapped text looked for; an ideograph takes two."""
WIDEST = 400
"""Characters of the longest, counted as if each were an ideograph."""
SLACK = 4
"""Columns a wrapped line may be short of the width: punctuation that may not begin a line."""
FEWEST = 3
"""Lines of one width that make a page hard-wrapped."""

_ENDS = frozenset("。！？!?；;…：:.”」』）)】")
_INNER = re.compile(r"[，。、；：,;]")
_NARROWED = re.compile(r"(?<=[\u3400-\u9fff”’」』》）】])[,:;!?()]")
"""Marks of one column that stand where Chinese prints them in two."""
_INDENTS = ("\u3000", "\u00a0", "  ", "\t")


def find_wrapped(texts: Sequence[str], lines: Sequence[PageLine], plain: set[int]) -> set[int]:
    """Return the indexes of lines that go on in the next line; plain: those of which nothing is known yet."""
    open_ended = [
        index
        for index in plain
        if index + 1 in plain
        and NARROWEST <= 2 * len(texts[index]) <= WIDEST
        and lines[index + 1].number == lines[index].number + 1
        and texts[index].rstrip()[-1:] not in _ENDS
        and _goes_on(index, texts, lines)
    ]
    prose = {index for index in open_ended if _INNER.search(texts[index])}
    # of the lines of one width, which are half of these at least, half at least are prose
    if len(open_ended) < FEWEST or len(prose) * 4 < max(len(open_ended), 2 * FEWEST):
        return set()
    widths = {index: width_of(texts[index]) for index in open_ended}
    width = _common_width(widths)
    if width is None:
        return set()
    wrapped = {i for i, w in widths.items() if width - SLACK <= w <= width + 2}
    last = [i + 1 for i in wrapped if i + 1 not in wrapped]
    ended = sum(texts[index].rstrip()[-1:] in _ENDS for index in last)
    return wrapped if len(prose & wrapped) * 2 >= len(wrapped) and ended * 2 >= len(last) else set()


def _goes_on(index: int, texts: Sequence[str], lines: Sequence[PageLine]) -> bool:
    line, following = lines[index], lines[index + 1]
    return (
        following.group == line.group
        and following.tag == line.tag
        and line.link_share < 0.5
        and not texts[index + 1].startswith(_INDENTS)
    )


def width_of(text: str) -> int:
    """Return the columns of a line without its indent, marks that a corpus narrowed as wide as they were printed."""
    text = text.strip()
    narrow = len(text.encode("ascii", "ignore"))
    return 2 * len(text) - narrow + (len(_NARROWED.findall(text)) if "," in text else 0)


def _common_width(widths: dict[int, int]) -> int | None:
    """Return the width at which most of the open-ended lines end, or None."""
    counts = Counter(width for width in widths.values() if width >= NARROWEST)
    if not counts:
        return None
    best = max(counts, key=lambda width: (sum(counts[width - less] for less in range(SLACK + 1)), width))
    held = sum(counts[best - less] for less in range(SLACK + 1))
    longer = sum(count for width, count in counts.items() if width > best + 2)
    return best if held >= FEWEST and held * 2 >= len(widths) and longer * 4 <= held else None
