"""compare: how much of their text two documents share, from their sketches.

Reads    sketches, numbers and titles of pairs; how many clusters hold each gram
Returns  ``Likeness``, by columns, one entry per pair
"""

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from tasks.dedupe.counts import VALUE_BITS, Counts
from tasks.dedupe.fingerprint import MIN_LEVEL, PLACE_BITS
from tasks.dedupe.ragged import Ints, Ragged, offsets_of, ranges
from tasks.dedupe.side import Side

PLACES = 1 << PLACE_BITS
RARE = 8
"""Clusters. A gram held by more counts (RARE / clusters) squared; 4, 8 and 16 were tried."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Likeness:
    """Of pairs (a, b); shares are 0 to 1.

    shared: grams in both. jaccard: of all grams. contained: of the smaller set. rare_contained,
    rare_jaccard: the same with rare grams counting more. rarity: mean weight of the shared grams.
    ratio: smaller to larger length. spread_a, spread_b: share of the sixteenths of a (of b) that have a
    shared rare gram. hole: sixteenths that lie between shared ones and share nothing, the longest run of them,
    in the document where it is shorter: two articles in one frame have it, copies do not. dense: shared part of
    the stretch between first and last shared sixteenth, in the document where it is smaller: a passage taken
    over whole is dense, a form filled in anew is not. title: shared part of
    the shorter title; -1 when one has none, or only three letters and the other not the very same. numbers:
    shared part of the smaller set of numbers; number_count: size of that set; telling, telling_count: the same of
    those that do not agree by chance.
    """

    shared: Floats
    jaccard: Floats
    contained: Floats
    rare_jaccard: Floats
    rare_contained: Floats
    rarity: Floats
    ratio: Floats
    spread_a: Floats
    spread_b: Floats
    hole: Floats
    dense: Floats
    title: Floats
    numbers: Floats
    number_count: Floats
    telling: Floats
    telling_count: Floats

    def and_more(self, more: "Likeness", order: Ints) -> "Likeness":
        """Return these pairs and then those of another comparison, all in this order."""
        names = [field.name for field in fields(self)]
        columns = [np.concatenate((getattr(self, name), getattr(more, name)))[order] for name in names]
        return Likeness(*columns)


def gram_weights(sketches: Ragged, counts: Counts) -> NDArray[np.float32]:
    """Return the weight of each gram: 1 for rare ones, near 0 for those that everybody has."""
    held = counts.held(sketches.values >> np.uint32(PLACE_BITS))
    weights: NDArray[np.float32] = _WEIGHTS[held]
    return weights


_WEIGHTS = np.minimum(1, (RARE / np.maximum(np.arange(256), 1)) ** 2).astype(np.float32)


def compare(a: Side, b: Side, counts: Counts) -> Likeness:
    """Compare a[i] with b[i] for each pair i; both sides have the same number of pairs."""
    pairs = len(a.rows)
    level = np.maximum(a.levels[a.rows], b.levels[b.rows]).astype(np.uint32)
    weights_a, weights_b = gram_weights(a.sketches, counts), gram_weights(b.sketches, counts)
    size_a, weight_a = _sizes(a, level, weights_a)
    size_b, weight_b = _sizes(b, level, weights_b)
    owner, at_a, at_b = matches(a, b)
    shared = np.bincount(owner, minlength=pairs).astype(np.float64)
    weight = weights_a[at_a]
    rare = np.bincount(owner, weight, minlength=pairs)
    smaller = np.where(size_a <= size_b, weight_a, weight_b)
    rare_ones = weight > 0.3
    spread_a, hole_a, dense_a = _spread(a, owner[rare_ones], at_a[rare_ones], level)
    spread_b, hole_b, dense_b = _spread(b, owner[rare_ones], at_b[rare_ones], level)
    numbers, number_count = _overlap(a.numbers, a.rows, b.numbers, b.rows)
    title, title_count = _overlap(a.titles, a.rows, b.titles, b.rows)
    same_title = a.title_keys[a.rows] == b.title_keys[b.rows]
    length_a, length_b = a.lengths[a.rows].astype(np.float64), b.lengths[b.rows].astype(np.float64)
    return Likeness(
        shared,
        shared / np.maximum(size_a + size_b - shared, 1),
        shared / np.maximum(np.minimum(size_a, size_b), 1),
        rare / np.maximum(weight_a + weight_b - rare, 1),
        np.minimum(rare / np.maximum(smaller, 1), 1),
        rare / np.maximum(shared, 1),
        np.minimum(length_a, length_b) / np.maximum(np.maximum(length_a, length_b), 1),
        spread_a,
        spread_b,
        np.minimum(hole_a, hole_b),
        np.minimum(dense_a, dense_b),
        np.where((title_count >= 3) | ((title_count == 2) & same_title), title, -1.0),
        numbers,
        number_count,
        *_overlap(_telling(a.numbers), a.rows, _telling(b.numbers), b.rows),
    )


def _sizes(side: Side, level: NDArray[np.uint32], weights: NDArray[np.float32]) -> tuple[Floats, Floats]:
    """Return number and weight of the grams that each pair's document has at the pair's level."""
    totals = np.bincount(side.sketches.owners, weights, minlength=len(side.sketches))
    sizes: Floats = side.sketches.counts[side.rows].astype(np.float64)
    sums: Floats = totals[side.rows].astype(np.float64)
    for one in np.unique(level).tolist():
        chosen = np.flatnonzero((level == one) & (side.levels[side.rows] < one))
        if not len(chosen):
            continue
        rows, inverse = np.unique(side.rows[chosen], return_inverse=True)
        part = side.sketches.take(rows)
        kept = (part.values >> np.uint32(PLACE_BITS)) & np.uint32((1 << (one - MIN_LEVEL)) - 1) == 0
        owners = part.owners[kept]
        weight = weights[ranges(side.sketches.offsets[rows], part.counts)][kept]
        sizes[chosen] = np.bincount(owners, minlength=len(rows))[inverse]
        sums[chosen] = np.bincount(owners, weight, minlength=len(rows))[inverse]
    return sizes, sums


def matches(a: Side, b: Side) -> tuple[Ints, Ints, Ints]:
    """Return (pair, position in a's values, position in b's values) of each shared gram."""
    grams_a = (a.sketches.values >> np.uint32(PLACE_BITS)).astype(np.int64)
    keys = (a.sketches.owners << VALUE_BITS) | grams_a
    if not len(keys):
        none = np.zeros(0, np.int64)
        return none, none, none
    positions = Ragged(np.arange(len(b.sketches.values)), b.sketches.offsets).take(b.rows)
    grams = b.sketches.values[positions.values] >> np.uint32(PLACE_BITS)
    owner = positions.owners
    wanted = (a.rows[owner] << VALUE_BITS) | grams
    place = np.minimum(np.searchsorted(keys, wanted), len(keys) - 1)
    hit = np.flatnonzero(keys[place] == wanted)
    return owner[hit], place[hit], positions.values[hit]


def _spread(side: Side, owner: Ints, at: Ints, level: NDArray[np.uint32]) -> tuple[Floats, Floats, Floats]:
    """Return what the shared grams cover of each pair's document, by sixteenths of it.

    The share of sixteenths that have one; the longest hole between them; the shared part of all grams from the
    first to the last of them, these two counted by half, for the passage begins and ends inside them.
    Sixteenths without any gram in the sketch count for neither.
    """
    pairs = len(level)
    places = (side.sketches.values & np.uint32(PLACES - 1)).astype(np.int64)
    held = np.bincount((side.sketches.owners << PLACE_BITS) + places, minlength=len(side.sketches) * PLACES)
    held = held.reshape(-1, PLACES)[side.rows]
    shared = np.bincount((owner << PLACE_BITS) + places[at], minlength=pairs * PLACES).reshape(-1, PLACES)
    present, touched = held > 0, shared > 0
    missing = present & ~touched
    run, longest = np.zeros(pairs), np.zeros(pairs)
    begun = np.zeros(pairs, bool)
    for place in range(PLACES):
        longest = np.where(touched[:, place], np.maximum(longest, run), longest)
        begun |= touched[:, place]
        run = np.where(touched[:, place], 0, run + (missing[:, place] & begun))
    spread: Floats = touched.sum(axis=1) / np.maximum(present.sum(axis=1), 1)
    return spread, longest, _dense(held, shared, level - side.levels[side.rows])


def _dense(held: Ints, shared: Ints, thinned: NDArray[np.uint32]) -> Floats:
    """Return the shared part of the stretch of sixteenths that share. thinned: levels the sketch is above the pair's."""
    touched = shared > 0
    first, last = touched.argmax(axis=1), PLACES - 1 - touched[:, ::-1].argmax(axis=1)
    pairs = np.arange(len(held))
    upto = np.concatenate((np.zeros((len(held), 1), np.int64), np.cumsum(held, axis=1)), axis=1)
    stretch = upto[pairs, last + 1] - upto[pairs, first] - (held[pairs, first] + held[pairs, last]) / 2
    dense: Floats = np.minimum(shared.sum(axis=1) / np.maximum(stretch / 2.0**thinned, 1), 1)
    return dense


def _telling(numbers: Ragged) -> Ragged:
    kept = numbers.values >> np.uint32(31) == 1
    return Ragged(numbers.values[kept], offsets_of(np.bincount(numbers.owners[kept], minlength=len(numbers))))


def _overlap(a: Ragged, a_rows: Ints, b: Ragged, b_rows: Ints) -> tuple[Floats, Floats]:
    """Return the shared part of the smaller of two sets, and the size of that set."""
    left, right = a.take(a_rows), b.take(b_rows)
    both = np.concatenate(((left.owners << 32) | left.values, (right.owners << 32) | right.values))
    both.sort()
    twice = both[1:][both[1:] == both[:-1]] >> 32
    shared = np.bincount(twice, minlength=len(a_rows))
    smaller = np.minimum(left.counts, right.counts).astype(np.float64)
    return shared / np.maximum(smaller, 1), smaller
