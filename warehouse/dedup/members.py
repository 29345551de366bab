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
        self.moved: dict[int, int] = {}
        self.new_lengths: NDArray[Any] = np.zeros(0, np.uint32)

    def load(self, numbers: Ints) -> None:
        """Fetch the records of documents of the index."""
        old = np.unique(numbers[numbers < self.first])
        records = self.store.members[old]
        for name in COLUMNS:
            getattr(self, name).update(zip(old.tolist(), records[name].tolist(), strict=True))
        self.length.update(zip(old.tolist(), self.store.documents["length"][old].tolist(), strict=True))
        new = np.unique(numbers[numbers >= self.first])
        self.length.update(zip(new.tolist(), self.new_lengths[new - self.first].tolist(), strict=True))

    def decide(self, number: int, cluster: int, survivor: int) -> None:
        """Put a document into a cluster for which the survivor stands."""
        if self.cluster[number] != cluster:
            self._join(self.cluster[number], cluster)
        self.survivor[cluster] = survivor
        if survivor != number:
            self._anchor(number, survivor)

    def _join(self, younger: int, older: int) -> None:
        """Make one ring of two and give all of it the older cluster."""
        number = younger
        while True:
            self._need(number)
            self.cluster[number] = older
            if number < self.first:
                self.moved[number] = older
            number = self.next[number]
            if number == younger:
                break
        self._need(older)
        self.next[younger], self.next[older] = self.next[older], self.next[younger]

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
