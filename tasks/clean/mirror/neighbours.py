"""neighbours: what one character costs beside each of all others, as arrays.

Reads    the model
Adds     costs in steps of ``model.STEP``, so that sums are exact; indexed as ``ids`` says
Source   the search asks for a hundred characters at once which of them fits best; one by one that took
         half of its time
"""

import functools
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tasks.clean.mirror.model import MODEL, STEP, UNSEEN_BEGIN, UNSEEN_END

Steps = npt.NDArray[np.int16]

KEPT = 256
"""Characters whose arrays are kept at a time, 24 KB each."""


def steps(cost: float) -> int:
    """Return a cost as a number of steps."""
    return round(cost / STEP)


@dataclass(frozen=True, slots=True)
class Pairs:
    """Pairs sorted by one of their characters.

    starts: for each place of that character where its pairs begin, and behind the last one their number;
    other: places of the other characters; cost: costs of the pairs.
    """

    starts: list[int]
    other: Steps
    cost: Steps


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The pairs of the model, by first and by second character.

    ids: character -> its place in every array; begin, end: as in ``Model``.
    by_first, by_second: the pairs, sorted by that character.
    """

    ids: dict[str, int]
    begin: Steps
    end: Steps
    by_first: Pairs
    by_second: Pairs


@functools.cache
def load_neighbours() -> Neighbours:
    """Return the pairs of the model."""
    with np.load(MODEL) as file:
        chars = file["chars"].tobytes().decode("utf-8")
        begin, end = file["begin"].astype(np.int16), file["end"].astype(np.int16)
        pairs, cost = file["pairs"], file["pair"].astype(np.int16)
    place = np.zeros(0x10000, np.int16)
    place[[ord(char) for char in chars]] = np.arange(len(chars))
    first, second = place[pairs >> np.uint32(16)], place[pairs & np.uint32(0xFFFF)]
    order = np.argsort(second, kind="stable")
    return Neighbours(
        ids={char: index for index, char in enumerate(chars)},
        begin=begin,
        end=end,
        by_first=_sorted_pairs(first, second, cost, len(chars)),
        by_second=_sorted_pairs(second[order], first[order], cost[order], len(chars)),
    )


def _sorted_pairs(one: Steps, other: Steps, cost: Steps, chars: int) -> Pairs:
    return Pairs(np.searchsorted(one, np.arange(chars + 1, dtype=one.dtype)).tolist(), other, cost)


@functools.lru_cache(maxsize=KEPT)
def costs_after(char: str) -> Steps:
    """Return what each character costs after this one."""
    known = load_neighbours()
    at = known.ids.get(char, -1)
    ending = int(known.end[at]) if at >= 0 else steps(UNSEEN_END)
    return _with_pairs(known.begin + np.int16(ending), known.by_first, at)


@functools.lru_cache(maxsize=KEPT)
def costs_before(char: str) -> Steps:
    """Return what this character costs after each one."""
    known = load_neighbours()
    at = known.ids.get(char, -1)
    beginning = int(known.begin[at]) if at >= 0 else steps(UNSEEN_BEGIN)
    return _with_pairs(known.end + np.int16(beginning), known.by_second, at)


def _with_pairs(costs: Steps, pairs: Pairs, at: int) -> Steps:
    """Put the costs of the pairs of one character in place of those of any two words."""
    if at >= 0:
        low, high = pairs.starts[at : at + 2]
        costs[pairs.other[low:high]] = pairs.cost[low:high]
    return costs
