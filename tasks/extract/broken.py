"""broken: text that its writer broke at every pause, as accounts of messengers set it, weighs as text.

A line of it is a clause: many end with a comma, which neither headlines nor menus nor comments do, and the block
holds function characters. Its sentences may be short, and some of its clauses end with nothing. A poem of the old
forms holds hardly any, but nearly every line of it ends with a mark, many with that of a sentence.
Wrong for a list whose entries are parted by commas and hold function characters.
"""

from collections.abc import Sequence

from tasks.extract.prose import CUT_OFF
from tasks.extract.scored import Scored
from tasks.extract.verse import BREAK, LONGEST, run_around
from tasks.lines import PageLine

FEWEST = 5
FEWEST_PAUSES = 2
PAUSED = 0.14
"""Lines of a block; those that end with a comma, and their share."""
MARKED = 0.5
"""Share of lines that end with a comma or a sentence."""
SHARE = 0.1
"""Share of function characters."""
POEM_LINES, POEM_MARKED, POEM_ENDED = 8, 0.9, 0.2
"""Lines of a poem, their shares that end with a mark, and with that of a sentence."""
MOST_ABOVE = 3
SHORTEST_ABOVE = 4
"""Lines without a mark above the first that has one, and the size of the shortest: a clause may be two of them."""


def allow_broken(scored: Sequence[Scored], lines: Sequence[PageLine]) -> None:
    """Weigh the lines of blocks that are text broken at its pauses."""
    paused = [
        index
        for index, line in enumerate(scored)
        if line.size <= LONGEST and line.kind is None and line.folded[-1:] == ","
    ]
    if len(paused) < FEWEST_PAUSES:
        return
    end = 0
    for index in paused:
        if index >= end:
            start, end = run_around(scored, lines, index)
            _weigh_block(_trimmed(scored[start:end]))


def _trimmed(block: Sequence[Scored]) -> Sequence[Scored]:
    """Return a block without the lines around it that are none of its clauses."""
    marked = [index for index, line in enumerate(block) if _is_marked(line)]
    start = marked[0]
    while start > max(marked[0] - MOST_ABOVE, 0) and block[start - 1].size >= SHORTEST_ABOVE:
        start -= 1
    return block[start : marked[-1] + 1]


def _is_marked(line: Scored) -> bool:
    return line.ends or line.folded[-1:] == ","


def _weigh_block(block: Sequence[Scored]) -> None:
    pauses = sum(line.folded[-1:] == "," for line in block)
    if (
        len(block) >= FEWEST
        and pauses >= max(FEWEST_PAUSES, PAUSED * len(block))
        and (_is_told(block) or _is_poem(block))
        and not any(CUT_OFF.search(line.folded) for line in block)
    ):
        for line in block:
            line.weight = max(line.weight, line.size + BREAK)


def _is_told(block: Sequence[Scored]) -> bool:
    """Do the lines hold marks and function characters as text does?"""
    size = sum(line.size for line in block)
    marked = sum(map(_is_marked, block))
    return marked >= MARKED * len(block) and sum(line.function for line in block) >= SHARE * size


def _is_poem(block: Sequence[Scored]) -> bool:
    """Do the lines end as those of an old poem do?"""
    ended = sum(line.ends for line in block)
    marked = sum(map(_is_marked, block))
    is_long = len(block) >= POEM_LINES
    return is_long and marked >= POEM_MARKED * len(block) and ended >= POEM_ENDED * len(block)
