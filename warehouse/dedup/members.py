"""members: clusters, rings and survivors while the rows of a commit are taken in."""

from typing import Any

import numpy as np
from numpy.typing import NDArray

from warehouse.dedup.layout import MEMBER, Ints
from warehouse.dedup.store import Store

LONGER = 1.08
"""A document this many times as long as another may hold it beside other text (``MEMBER.anchor``)."""

COLUMNS = ("cluster", "next", "survivor", "anchor")


class Members:
    """The changing records of documents, as plain numbers by document.

    first: number of the first new document; moved: older documents that changed their cluster.
    """

    def __init__(self, store: Store, first: int, entering: int) -> None:
        self.store = store
        self.first = first
        self.entering = entering
        own = range(first, first + entering)
        self.cluster = dict(zip(own, own, strict=True))
        self.next = dict(self.cluster)
        self.survivor = dict(self.cluster)
        self.anchor = dict.fromkeys(own, -1)
        self.length: dict[int, int] = {}
        self.leaving: dict[int, dict[int, int]] = {}
        """Old cluster -> document -> new cluster."""
        self.moved: dict[int, int] = {}
        self.new_lengths: NDArray[Any] = np.zeros(0, np.uint32)

    def load(self, numbers: Ints) -> None:
        """Fetch the records of documents of the index that are not here yet."""
        unknown = [number for number in numbers[numbers < self.first].tolist() if number not in self.cluster]
        old = np.unique(np.array(unknown, np.int64))
        records = self.store.members[old]
        for name in COLUMNS:
            getattr(self, name).update(zip(old.tolist(), records[name].tolist(), strict=True))
        self.length.update(zip(old.tolist(), self.store.documents["length"][old].tolist(), strict=True))
        new = np.unique(numbers[numbers >= self.first])
        self.length.update(zip(new.tolist(), self.new_lengths[new - self.first].tolist(), strict=True))

    def decide(self, number: int, cluster: int, survivor: int) -> None:
        """Put a document into a cluster for which the survivor stands; ``settle`` carries it out."""
        if self.cluster[number] != cluster:
            self.leaving.setdefault(self.cluster[number], {})[number] = cluster
        self.survivor[cluster] = survivor
        if survivor != number:
            self._anchor(number, survivor)

    def settle(self) -> None:
        """Move the documents that change their cluster from one ring to another."""
        moves: dict[int, int] = {}
        for cluster, leaving in self.leaving.items():
            moves |= self._take_out(cluster, leaving)
        for number in moves:
            self.next[number] = number
        for number, cluster in sorted(moves.items()):
            self._need(cluster)
            self.cluster[number] = cluster
            if number < self.first:
                self.moved[number] = cluster
            if number != cluster:
                self.next[number], self.next[cluster] = self.next[cluster], number

    def _take_out(self, cluster: int, leaving: dict[int, int]) -> dict[int, int]:
        """Close the ring of those that stay. When all that live go to one cluster, the removed ones come along."""
        if cluster >= self.first:
            return leaving  # new documents begin alone
        ring, gone = self._ring(cluster), self.store.members["gone"]
        targets = set(leaving.values())
        if len(targets) == 1 and all(number in leaving or gone[number] for number in ring):
            (target,) = targets
            return dict.fromkeys(ring, target)
        stay = [number for number in ring if number not in leaving]
        for number, following in zip(stay, stay[1:] + stay[:1], strict=True):
            self.next[number] = following
        return leaving

    def _ring(self, cluster: int) -> list[int]:
        following = self.store.members["next"]
        ring, number = [cluster], int(following[cluster])
        while number != cluster:
            ring.append(number)
            number = int(following[number])
        self.load(np.array(ring))
        return ring

    def _need(self, number: int) -> None:
        if number not in self.cluster:
            self.load(np.array([number]))

    def _anchor(self, number: int, survivor: int) -> None:
        length, other = self.length[number], self.length[survivor]
        if length >= LONGER * other:
            self.anchor[number] = survivor
        elif other >= LONGER * length and self.anchor[survivor] < 0:
            self.anchor[survivor] = number

    def changed(self) -> tuple[Ints, NDArray[Any]]:
        """Return sorted numbers and their records, new documents and all that were loaded."""
        numbers = np.array(sorted(self.cluster), np.int64)
        records = np.zeros(len(numbers), MEMBER)
        old = numbers < self.first
        records[old] = self.store.members[numbers[old]]
        for name in COLUMNS:
            column = getattr(self, name)
            records[name] = [column[number] for number in numbers.tolist()]
        return numbers, records
