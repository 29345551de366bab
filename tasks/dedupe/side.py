"""side: the documents that stand on one side of pairs to be compared."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from tasks.dedupe.fingerprint import Fingerprints
from tasks.dedupe.ragged import Ints, Ragged


@dataclass(frozen=True, slots=True)
class Side:
    """One side of pairs: the documents that take part, each once. rows: which of them each pair means.

    digests: (n, 2).
    """

    rows: Ints
    sketches: Ragged
    levels: NDArray[np.uint8]
    lengths: Ints
    numbers: Ragged
    titles: Ragged
    title_keys: NDArray[np.uint64]
    digests: NDArray[np.uint64]


def side_of(batch: Fingerprints, numbers: Ints) -> Side:
    """Return documents of a batch as one side of pairs, each once."""
    documents, rows = np.unique(numbers, return_inverse=True)
    part = batch.take(documents)
    return Side(
        rows.astype(np.int64),
        part.sketches,
        part.levels,
        part.lengths,
        part.numbers,
        part.titles,
        part.title_keys,
        part.digests,
    )
