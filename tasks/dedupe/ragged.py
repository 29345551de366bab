"""ragged: many short arrays, one for each document, stored end to end."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


def ranges(starts: Ints, counts: Ints) -> Ints:
    """Return the positions start, start + 1, … of each range, one range after the other."""
    total = int(counts.sum())
    if not total:
        return np.zeros(0, np.int64)
    before = np.cumsum(counts) - counts
    positions: Ints = np.repeat(starts - before, counts)
    positions += np.arange(total)
    return positions


@dataclass(frozen=True, slots=True)
class Ragged:
    """values: all entries; offsets: n + 1 positions; entry i is ``values[offsets[i]:offsets[i + 1]]``."""

    values: NDArray[Any]
    offsets: Ints

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, index: int) -> NDArray[Any]:
        return self.values[self.offsets[index] : self.offsets[index + 1]]

    @property
    def counts(self) -> Ints:
        """Entries of each document."""
        return np.diff(self.offsets)

    @property
    def owners(self) -> Ints:
        """The document of each value."""
        return np.repeat(np.arange(len(self), dtype=np.int64), self.counts)

    def take(self, rows: Ints) -> "Ragged":
        """Return the given documents, in the given order."""
        counts = self.counts[rows]
        return Ragged(self.values[ranges(self.offsets[rows], counts)], offsets_of(counts))


def offsets_of(counts: Ints) -> Ints:
    """Return the n + 1 offsets for the given counts."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)))


def concatenate(parts: Sequence[Ragged]) -> Ragged:
    """Return the documents of all parts, in order."""
    return Ragged(
        np.concatenate([part.values for part in parts]),
        offsets_of(np.concatenate([part.counts for part in parts])),
    )


def unique_by_owner(values: NDArray[np.uint32], owners: Ints, documents: int) -> Ragged:
    """Return the values of each document sorted and without repeats."""
    packed = (owners.astype(np.uint64) << np.uint64(32)) | values
    packed.sort()
    if len(packed):
        packed = packed[np.concatenate(([True], packed[1:] != packed[:-1]))]
    counts = np.bincount((packed >> np.uint64(32)).astype(np.int64), minlength=documents)
    return Ragged(packed.astype(np.uint32), offsets_of(counts))
