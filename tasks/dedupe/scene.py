"""scene: the index together with the batch that is being assigned, as one numbered set of documents."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from tasks.dedupe.compare import Side
from tasks.dedupe.fingerprint import Fingerprints
from tasks.dedupe.ragged import Ints, Ragged, concatenate
from tasks.dedupe.reader import IndexReader
from tasks.dedupe.rules import Standing

_Read = Callable[[Ints], tuple[NDArray[np.uint32], Ints]]


class Scene:
    """Documents of the index (numbers below ``first``) and of the batch (from ``first`` on).

    Clusters, survivors and anchors as they stand after the decisions taken so far.
    """

    def __init__(self, batch: Fingerprints, index: IndexReader) -> None:
        self.batch = batch
        self.index = index
        self.first = index.count
        self.clusters: dict[int, int] = {}
        self.survivors: dict[int, int] = {}
        self.anchors: dict[int, int] = {}
        self.rings: dict[int, list[int]] = {}

    # Facts

    def side(self, numbers: Ints) -> Side:
        """Return documents as one side of pairs, each fetched once."""
        documents, rows = np.unique(numbers, return_inverse=True)
        old, new = documents[documents < self.first], documents[documents >= self.first] - self.first
        records = self.index.records(old)
        fetched = [(Ragged(*read(old)), mine.take(new)) for read, mine in self._arrays()]
        sketches, traits, titles = (concatenate(parts) for parts in fetched)
        return Side(
            rows.astype(np.int64),
            sketches,
            np.concatenate((records["level"], self.batch.levels[new])),
            np.concatenate((records["length"].astype(np.int64), self.batch.lengths[new])),
            traits,
            titles,
        )

    def _arrays(self) -> tuple[tuple[_Read, Ragged], ...]:
        index, batch = self.index, self.batch
        return (
            (index.sketches, batch.sketches),
            (index.numbers, batch.numbers),
            (index.titles, batch.titles),
        )

    def title_keys(self, numbers: Ints) -> NDArray[np.uint64]:
        """Return the title keys of documents."""
        keys = np.zeros(len(numbers), np.uint64)
        old = numbers < self.first
        keys[old] = self.index.records(numbers[old])["title_key"]
        keys[~old] = self.batch.title_keys[numbers[~old] - self.first]
        return keys

    def standing(self, number: int) -> Standing:
        """Return what decides whether a document stands for its cluster."""
        if number >= self.first:
            row = number - self.first
            batch = self.batch
            return Standing(number, int(batch.lengths[row]), int(batch.published[row]), int(batch.flags[row]))
        record = self.index.records(np.array([number]))[0]
        return Standing(number, int(record["length"]), int(record["published"]), int(record["flags"]))

    # Decisions so far

    def cluster(self, number: int) -> int:
        """Return the cluster of a document."""
        if number not in self.clusters:
            if number >= self.first:
                return number
            self.clusters[number] = int(self.index.members(np.array([number]))["cluster"][0])
        return self.clusters[number]

    def survivor(self, cluster: int) -> int:
        """Return the document that stands for a cluster."""
        if cluster not in self.survivors:
            if cluster >= self.first:
                return cluster
            self.survivors[cluster] = int(self.index.members(np.array([cluster]))["survivor"][0])
        return self.survivors[cluster]

    def anchor(self, number: int) -> int:
        """Return a much shorter member that this document holds, or -1."""
        if number not in self.anchors:
            if number >= self.first:
                return -1
            self.anchors[number] = int(self.index.members(np.array([number]))["anchor"][0])
        return self.anchors[number]

    def ring(self, cluster: int) -> list[int]:
        """Return the living members of a cluster."""
        if cluster not in self.rings:
            self.rings[cluster] = self.index.ring(cluster) if cluster < self.first else [cluster]
        return self.rings[cluster]

    def join(self, number: int, cluster: int) -> None:
        """Put a document of the batch into a cluster."""
        self.ring(cluster).append(number)
        self.clusters[number] = cluster

    def merge(self, younger: int, older: int) -> None:
        """Put all members of a cluster into an older one."""
        moved = self.ring(younger)
        self.ring(older).extend(moved)
        for number in [younger, *moved]:
            self.clusters[number] = older
        self.rings.pop(younger)
