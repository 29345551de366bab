"""reader: what ``assign`` needs of an index; ``warehouse.dedup.DedupIndex`` is one.

Documents have numbers from 0 in order of arrival. A cluster is known by the number of its first document.
"""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

from tasks.dedupe.ragged import Ints


class IndexReader(Protocol):
    """Read-only view of everything loaded."""

    @property
    def count(self) -> int:
        """Documents, removed ones included."""

    def lookup(self, keys: NDArray[np.uint64]) -> tuple[Ints, Ints]:
        """Return (index into sorted keys, document) of all rows; keys that everybody has find nothing."""

    def find(self, article_ids: Sequence[str]) -> Ints:
        """Return the number of each article, -1 when it is unknown or removed."""

    def find_clusters(self, cluster_ids: Sequence[str]) -> Ints:
        """Return the number of each cluster that has a living member, else -1."""

    def article_ids(self, documents: Ints) -> list[str]:
        """Return the ids of documents."""

    def records(self, documents: Ints) -> NDArray[Any]:
        """Return digest, title_key, published, length, level, flags of documents."""

    def clusters(self, documents: Ints) -> Ints:
        """Return the clusters of documents."""

    def members(self, documents: Ints) -> NDArray[Any]:
        """Return cluster, survivor (valid for a cluster's first document), anchor, decision, kind, gone."""

    def sketches(self, documents: Ints) -> tuple[NDArray[np.uint32], Ints]:
        """Return values and offsets."""

    def numbers(self, documents: Ints) -> tuple[NDArray[np.uint32], Ints]:
        """Return values and offsets."""

    def titles(self, documents: Ints) -> tuple[NDArray[np.uint32], Ints]:
        """Return values and offsets."""

    def counters(self, table: str) -> NDArray[np.uint8]:
        """Return a counter table, ``grams`` or ``titles``, to be read; its length is a power of two."""

    def ring(self, document: int, most: int | None = None) -> list[int]:
        """Return the living members of the document's cluster, itself first; the first ``most`` of them."""


class Nobody:
    """An index with the counters of another, and nobody in it."""

    def __init__(self, index: IndexReader) -> None:
        self._index = index

    count = 0

    def lookup(self, keys: NDArray[np.uint64]) -> tuple[Ints, Ints]:
        """Nothing is found."""
        return np.zeros(0, np.int64), np.zeros(0, np.int64)

    def find(self, article_ids: Sequence[str]) -> Ints:
        """Nobody is known."""
        return np.full(len(article_ids), -1, np.int64)

    find_clusters = find

    def __getattr__(self, name: str) -> Any:
        return getattr(self._index, name)
