"""runs: sorted keys with the document that holds them, in files that never change.

A run is a file of n sorted 8-byte keys followed by n 4-byte document numbers. Runs of about one size
are merged when ``FANOUT`` of them have come together, so a key is rewritten once per size class.
"""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from warehouse.dedup.layout import Ints, Keys, ranges

FANOUT = 8
"""Runs of one size class that are merged; each class is so many times the one below."""
SLICE = 1_000_000
"""Rows merged at a time."""

SMALLEST = 4096
"""Rows; smaller runs count as one size class."""


@dataclass(slots=True)
class Run:
    """One run. keys: sorted; documents: same length."""

    name: str
    keys: Keys
    documents: NDArray[np.int32]

    @property
    def size_class(self) -> int:
        """Runs of one class are merged together."""
        size, size_class = len(self.keys), 0
        while size > SMALLEST:
            size //= FANOUT
            size_class += 1
        return size_class


def open_run(path: Path, rows: int) -> Run:
    """Map a run of a known number of rows."""
    keys = np.asarray(np.memmap(path, np.uint64, "r", 0, (rows,)))
    return Run(path.name, keys, np.asarray(np.memmap(path, np.int32, "r", rows * 8, (rows,))))


def write_run(path: Path, keys: Keys, documents: NDArray[np.int32]) -> Run:
    """Write sorted keys with their documents and map them."""
    with path.open("wb") as file:
        file.write(np.ascontiguousarray(keys).data)
        file.write(np.ascontiguousarray(documents).data)
    return open_run(path, len(keys))


def sort_rows(keys: Keys, documents: NDArray[np.int32]) -> tuple[Keys, NDArray[np.int32]]:
    """Return rows by key, then document."""
    order = np.lexsort((documents, keys))
    return keys[order], documents[order]


def merge(path: Path, runs: list[Run]) -> Run:
    """Write the rows of some runs as one; older documents of a key come first.

    Works through the keys in slices, so that memory does not grow with the runs.
    """
    rows = sum(len(run.keys) for run in runs)
    slices = rows // SLICE + 1
    cuts = np.array([(number << 64) // slices for number in range(1, slices)], np.uint64)
    bounds = [np.concatenate(([0], np.searchsorted(run.keys, cuts), [len(run.keys)])) for run in runs]
    written = 0
    with path.open("wb") as file:
        for number in range(slices):
            parts = [
                (run, *each[number : number + 2].tolist()) for run, each in zip(runs, bounds, strict=True)
            ]
            keys = np.concatenate([run.keys[low:high] for run, low, high in parts])
            documents = np.concatenate([run.documents[low:high] for run, low, high in parts])
            order = np.argsort(keys, kind="stable")
            file.seek(written * 8)
            file.write(keys[order].data)
            file.seek(rows * 8 + written * 4)
            file.write(documents[order].data)
            written += len(keys)
    return open_run(path, rows)


def due(runs: list[Run]) -> list[Run]:
    """Return runs that should be merged now, oldest first; empty when none is due."""
    classes: dict[int, list[Run]] = {}
    for run in runs:
        classes.setdefault(run.size_class, []).append(run)
    full = [group for group in classes.values() if len(group) >= FANOUT]
    return min(full, key=lambda group: group[0].size_class) if full else []


def lookup(runs: list[Run], keys: Keys, most: int) -> tuple[Ints, Ints]:
    """Return (index into keys, document) of all rows with these sorted keys.

    Keys with more than ``most`` rows are left out: they belong to everybody.
    """
    totals = np.zeros(len(keys), np.int64)
    found: list[tuple[Run, Ints, Ints, Ints]] = []
    for run in runs:
        if not len(run.keys):
            continue
        low = np.searchsorted(run.keys, keys)
        hit = np.flatnonzero(run.keys[np.minimum(low, len(run.keys) - 1)] == keys)
        hit = hit[low[hit] < len(run.keys)]
        count = np.searchsorted(run.keys, keys[hit], side="right") - low[hit]
        totals[hit] += count
        found.append((run, hit, low[hit], count))
    rows: list[Ints] = []
    documents: list[Ints] = []
    for run, hit, low, count in found:
        few = totals[hit] <= most
        rows.append(np.repeat(hit[few], count[few]))
        documents.append(run.documents[ranges(low[few], count[few])].astype(np.int64))
    if not rows:
        return np.zeros(0, np.int64), np.zeros(0, np.int64)
    return np.concatenate(rows), np.concatenate(documents)
