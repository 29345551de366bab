"""scene: the documents of the index and of the batch that is being assigned, numbered as one set."""

from collections.abc import Callable, Iterable
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from tasks.dedupe.fingerprint import MIN_LEVEL, PLACE_BITS, Fingerprints
from tasks.dedupe.ragged import Ints, Ragged, concatenate
from tasks.dedupe.reader import IndexReader
from tasks.dedupe.rules import Standing
from tasks.dedupe.side import Side

ASKED = 12
"""Members of a cluster that are looked at when in doubt."""

_Read = Callable[[Ints], tuple[NDArray[np.uint32], Ints]]


class Scene:
    """Documents of the index (numbers below ``first``) and of the batch (from ``first`` on).

    clusters, survivors (of clusters), anchors, standings: as they stand after the decisions so far.
    """

    def __init__(self, batch: Fingerprints, index: IndexReader) -> None:
        self.batch = batch
        self.index = index
        self.first = index.count
        own = list(range(self.first, self.first + len(batch)))
        self.clusters: dict[int, int] = dict(zip(own, own, strict=True))
        self.survivors: dict[int, int] = dict(zip(own, own, strict=True))
        self.anchors: dict[int, int] = dict.fromkeys(own, -1)
        self.rings: dict[int, list[int]] = {}
        self.joined: dict[int, list[int]] = {}
        """Members of this batch, of clusters whose ring was not needed so far."""
        self.asked: dict[int, list[int]] = {}
        columns = (values.tolist() for values in (batch.lengths, batch.published, batch.flags))
        self.standings = {row[0]: Standing(*row) for row in zip(own, *columns, strict=True)}
        self.placed = np.arange(self.first, self.first + len(batch), dtype=np.int64)
        """Clusters of the batch's documents, as an array."""
        self.merged: dict[int, int] = {}
        """Younger clusters, with the older one that each is part of now."""
        self.grams = lru_cache(maxsize=1024)(self._grams)
        self.level = lru_cache(maxsize=1 << 14)(self._level)
        self.title = lru_cache(maxsize=512)(self._title)
        self._contained = lru_cache(maxsize=1 << 16)(self._compare)

    def _load(self, numbers: Ints) -> None:
        """Fetch what is known of documents of the index, of their clusters and of what stands for these.

        What this batch has decided about them stays.
        """
        members = self.index.members(numbers)
        clusters = members["cluster"].astype(np.int64)
        _fill(self.clusters, numbers, clusters)
        self._load_anchors(numbers, members["anchor"])
        survivors = self.index.members(clusters)["survivor"].astype(np.int64)
        _fill(self.survivors, clusters, survivors)
        both = np.unique(np.concatenate((numbers, survivors)))
        records = self.index.records(both)
        columns = (records[name].tolist() for name in ("length", "published", "flags"))
        self.standings.update((row[0], Standing(*row)) for row in zip(both.tolist(), *columns, strict=True))
        rest = np.setdiff1d(survivors, numbers)
        self._load_anchors(rest, self.index.members(rest)["anchor"])

    def _load_anchors(self, numbers: Ints, anchors: NDArray[np.int32]) -> None:
        held = anchors.astype(np.int64)
        known = np.flatnonzero(held >= 0)
        held[known[~self.is_living(held[known])]] = -1
        _fill(self.anchors, numbers, held)

    def need(self, numbers: Iterable[int]) -> None:
        """Fetch what is known of many documents at once."""
        unknown = sorted({number for number in numbers if number not in self.clusters})
        if unknown:
            self._load(np.array(unknown))

    def _need(self, number: int) -> None:
        if number not in self.clusters:
            self._load(np.array([number]))

    # Facts

    def side(self, numbers: Ints) -> Side:
        """Return documents as one side of pairs, each fetched once."""
        documents, rows = np.unique(numbers, return_inverse=True)
        old, new = documents[documents < self.first], documents[documents >= self.first] - self.first
        index, batch = self.index, self.batch
        records = index.records(old)
        return Side(
            rows.astype(np.int64),
            _fetch(index.sketches, old, batch.sketches, new),
            np.concatenate((records["level"], batch.levels[new])),
            np.concatenate((records["length"].astype(np.int64), batch.lengths[new])),
            _fetch(index.numbers, old, batch.numbers, new),
            _fetch(index.titles, old, batch.titles, new),
            np.concatenate((records["title_key"], batch.title_keys[new])),
            np.concatenate((records["digest"], batch.digests[new])),
        )

    def _grams(self, number: int, level: int) -> frozenset[int]:
        """Return the grams of one document's sketch at a level that is not below its own."""
        if number >= self.first:
            values = self.batch.sketches[number - self.first]
        else:
            values, _ = self.index.sketches(np.array([number]))
        grams = values >> np.uint32(PLACE_BITS)
        return frozenset(grams[grams & np.uint32((1 << (level - MIN_LEVEL)) - 1) == 0].tolist())

    def _level(self, number: int) -> int:
        if number >= self.first:
            return int(self.batch.levels[number - self.first])
        return int(self.index.records(np.array([number]))["level"][0])

    def _title(self, number: int) -> frozenset[int]:
        """Return the 2-grams of one document's title."""
        if number >= self.first:
            return frozenset(self.batch.titles[number - self.first].tolist())
        values, _ = self.index.titles(np.array([number]))
        return frozenset(values.tolist())

    def contained(self, one: int, other: int) -> float:
        """Return the share of the smaller sketch that the other holds."""
        return self._contained(one, other) if one < other else self._contained(other, one)

    def _compare(self, one: int, other: int) -> float:
        level = max(self.level(one), self.level(other))
        mine, theirs = self.grams(one, level), self.grams(other, level)
        return len(mine & theirs) / min(len(mine), len(theirs)) if mine and theirs else 0.0

    def titles_agree(self, one: int, other: int, share: float = 0.5) -> bool:
        """Return whether two titles share this much of the shorter one; of three letters all."""
        few, many = sorted((self.title(one), self.title(other)), key=len)
        return (len(few) >= 3 and len(few & many) >= share * len(few)) or (len(few) == 2 and few == many)

    def titles_differ(self, one: int, other: int) -> bool:
        """Return whether both have a title that says something, and these share less than half of the shorter one."""
        return min(len(self.title(one)), len(self.title(other))) >= 3 and not self.titles_agree(one, other)

    # Decisions so far

    def clusters_of(self, numbers: Ints) -> Ints:
        """Return the clusters of many documents."""
        clusters = np.empty(len(numbers), np.int64)
        new = numbers >= self.first
        clusters[new] = self.placed[numbers[new] - self.first]
        held, place = np.unique(self.index.clusters(numbers[~new]), return_inverse=True)
        clusters[~new] = np.array([self._now(each) for each in held.tolist()], np.int64)[place]
        return clusters

    def _now(self, cluster: int) -> int:
        while cluster in self.merged:
            cluster = self.merged[cluster]
        return cluster

    def lengths_of(self, numbers: Ints) -> Ints:
        """Return the folded characters of many documents."""
        lengths, old = np.empty(len(numbers), np.int64), numbers < self.first
        lengths[old] = self.index.records(numbers[old])["length"]
        lengths[~old] = self.batch.lengths[numbers[~old] - self.first]
        return lengths

    def is_living(self, numbers: Ints) -> NDArray[np.bool_]:
        """Return which documents have not been removed."""
        living = np.ones(len(numbers), bool)
        old = numbers < self.first
        living[old] = self.index.members(numbers[old])["gone"] == 0
        return living

    def cluster(self, number: int) -> int:
        """Return the cluster of a document."""
        self._need(number)
        return self.clusters[number]

    def survivor(self, cluster: int) -> int:
        """Return the document that stands for a cluster."""
        if cluster not in self.survivors:
            self._load(np.array([cluster]))
        return self.survivors[cluster]

    def anchor(self, number: int) -> int:
        """Return a shorter member that this document holds, or -1."""
        if number not in self.anchors:
            self._load(np.array([number]))
        return self.anchors[number]

    def standing(self, number: int) -> Standing:
        """Return what decides whether a document stands for its cluster."""
        if number not in self.standings:
            self._load(np.array([number]))
        return self.standings[number]

    def ring(self, cluster: int) -> list[int]:
        """Return the living members of a cluster."""
        if cluster not in self.rings:
            held = self.index.ring(cluster) if cluster < self.first else [cluster]
            self.rings[cluster] = held + self.joined.pop(cluster, [])
        return self.rings[cluster]

    def some(self, cluster: int) -> list[int]:
        """Return a few members of a cluster: what is asked of a story with thousands of copies."""
        if cluster in self.rings:
            return self.rings[cluster][:ASKED]
        if cluster not in self.asked:
            self.asked[cluster] = self.index.ring(cluster, ASKED) if cluster < self.first else [cluster]
        held = self.asked[cluster]
        return held if len(held) >= ASKED else (held + self.joined.get(cluster, []))[:ASKED]

    def join(self, number: int, cluster: int) -> None:
        """Put a document of the batch into a cluster."""
        if cluster in self.rings:
            self.rings[cluster].append(number)
        else:
            self.joined.setdefault(cluster, []).append(number)
        self._put(number, cluster)

    def _put(self, number: int, cluster: int) -> None:
        self.clusters[number] = cluster
        if number >= self.first:
            self.placed[number - self.first] = cluster

    def found(self, cluster: int, members: list[int]) -> None:
        """Let members of a cluster that comes apart have one of their own."""
        self.rings[cluster] = list(members)
        self.joined.pop(cluster, None)
        for number in members:
            self._put(number, cluster)

    def merge(self, younger: int, older: int) -> None:
        """Put all members of a cluster into an older one."""
        moved = self.ring(younger)
        self.ring(older).extend(moved)
        for number in [younger, *moved]:
            self._put(number, older)
        self.rings.pop(younger)
        self.merged[younger] = older


def _fill(known: dict[int, int], numbers: Ints, values: Ints) -> None:
    """Enter what the index says of numbers that nothing was decided about so far."""
    pairs = zip(numbers.tolist(), values.tolist(), strict=True)
    known.update([pair for pair in pairs if pair[0] not in known])


def _fetch(read: _Read, old: Ints, mine: Ragged, new: Ints) -> Ragged:
    if not len(old):
        return mine.take(new)
    return concatenate((Ragged(*read(old)), mine.take(new)))
