"""counts: how many clusters hold a gram or a title, in the index and in the batch so far.

The batch counts into a small table of its own, so nothing of the index is copied or changed. Both tables
are indexed by the top bits of a value; values that share them are counted together, which is harmless up
to about three values a counter.
"""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from tasks.dedupe.ragged import Ints

VALUE_BITS = 28
"""Bits of a counted value; a table has a power of two entries, at most 2 ** VALUE_BITS."""


class Counts:
    """Counts of 28-bit values. known: the table of the index; entering: values that may be added, at most."""

    def __init__(self, known: NDArray[np.uint8], entering: int) -> None:
        self.known = known
        bits = min(max(entering, 1).bit_length(), VALUE_BITS)
        self.added = np.zeros(1 << bits, np.uint8)

    def held(self, values: NDArray[Any]) -> NDArray[np.uint8]:
        """Return how many clusters hold each value, 255 for more."""
        known, added = self.known[_place(values, self.known)], self.added[_place(values, self.added)]
        return _saturated(known, added)

    def add(self, values: Ints) -> None:
        """Count one more cluster for each value."""
        places, counts = np.unique(_place(values, self.added), return_counts=True)
        self.added[places] = np.minimum(self.added[places] + counts, 255)


def _place(values: NDArray[Any], table: NDArray[np.uint8]) -> NDArray[Any]:
    shift = VALUE_BITS - (len(table).bit_length() - 1)
    places: NDArray[Any] = values >> values.dtype.type(shift)
    return places


def _saturated(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Return the sum, 255 at most."""
    total = one + other
    total[total < one] = 255
    return total
