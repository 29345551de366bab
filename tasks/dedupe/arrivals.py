"""arrivals: the keys of the documents of a batch that have been decided so far.

What the index is for everything loaded, this is for the batch: a document finds those before it, whether
they came in one batch or in ten. Sorted runs in memory, merged two by two as they grow.
"""

import numpy as np
from numpy.typing import NDArray

from tasks.dedupe.ragged import Ints, ranges

HOT = 64
"""Rows of one key; a key with more is common text and finds nothing (as in the index)."""

Keys = NDArray[np.uint64]


class Arrivals:
    """Sorted keys with the document that holds them."""

    def __init__(self) -> None:
        self._runs: list[tuple[Keys, Ints]] = []

    def add(self, keys: Keys, documents: Ints) -> None:
        """Enter rows; a key is to be entered once per cluster."""
        order = np.argsort(keys, kind="stable")
        self._runs.append((keys[order], documents[order]))
        while len(self._runs) > 1 and len(self._runs[-2][0]) <= 2 * len(self._runs[-1][0]):
            (one, first), (other, second) = self._runs[-2:]
            keys = np.concatenate((one, other))
            order = np.argsort(keys, kind="stable")
            self._runs[-2:] = [(keys[order], np.concatenate((first, second))[order])]

    def lookup(self, keys: Keys) -> tuple[Ints, Ints]:
        """Return (index into keys, document) of all rows with these keys, in any order."""
        totals = np.zeros(len(keys), np.int64)
        found: list[tuple[Ints, Ints, Ints, Ints]] = []
        for held, documents in self._runs:
            low = np.searchsorted(held, keys)
            count = np.searchsorted(held, keys, side="right") - low
            hit = np.flatnonzero(count)
            totals += count
            found.append((documents, hit, low[hit], count[hit]))
        rows, others = [np.zeros(0, np.int64)], [np.zeros(0, np.int64)]
        for documents, hit, low, count in found:
            few = totals[hit] <= HOT
            rows.append(np.repeat(hit[few], count[few]))
            others.append(documents[ranges(low[few], count[few])])
        return np.concatenate(rows), np.concatenate(others)
