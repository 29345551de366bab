"""index: what an assignment reads, and how its outcome gets in.

Every call expects the caller to hold the commit lock of the warehouse: one writer, no reader beside it.
Documents have numbers from 0 in order of arrival; clusters are known by the number of their first document.
"""

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from warehouse.dedup import runs as sorted_runs
from warehouse.dedup.decisions import read_decisions
from warehouse.dedup.layout import (
    Ints,
    Keys,
    SignatureColumns,
    id_keys,
    id_texts,
    id_words,
    offsets_of,
    ranges,
)
from warehouse.dedup.store import Journal, Store
from warehouse.dedup.update import Update

HOT = 64
"""Rows of one key; a key with more is common text and finds nothing."""


class DedupIndex:
    """The persistent index in one folder; see the package for its files."""

    def __init__(self, folder: Path) -> None:
        self._store = Store(folder)

    def close(self) -> None:
        """Close the files."""
        self._store.close()

    def refresh(self) -> None:
        """See what another process has committed since; costs next to nothing when nothing was."""
        if self._store.is_behind():
            self._store.reload()

    # What an assignment reads

    @property
    def count(self) -> int:
        """Documents in the index, removed ones included."""
        return self._store.state.documents

    def watermark(self) -> int:
        """Return the snapshot of the lake up to which the index has everything; 0 when it is new."""
        return self._store.state.watermark

    def lookup(self, keys: Keys) -> tuple[Ints, Ints]:
        """Return (index into keys, document number) for the rows of these sorted keys."""
        return sorted_runs.lookup(self._store.runs, keys, HOT)

    def find(self, article_ids: Sequence[str]) -> Ints:
        """Return the number of each article, -1 for an unknown one; a removed article is unknown."""
        rows, documents = self._find_all(article_ids)
        living = self._store.members["gone"][documents] == 0
        numbers = np.full(len(article_ids), -1, np.int64)
        numbers[rows[living]] = documents[living]
        return numbers

    def _find_all(self, article_ids: Sequence[str]) -> tuple[Ints, Ints]:
        """Return (index into article_ids, document number), removed documents included."""
        words = id_words(article_ids)
        keys = id_keys(words)
        order = np.argsort(keys, kind="stable")
        rows, documents = sorted_runs.lookup(self._store.runs, keys[order], 1 << 30)
        rows = order[rows]
        same = (self._store.documents["id"][documents] == words[rows]).all(axis=1)
        return rows[same], documents[same]

    def find_clusters(self, cluster_ids: Sequence[str]) -> Ints:
        """Return the number of each cluster that has a living member, else -1."""
        numbers = np.full(len(cluster_ids), -1, np.int64)
        for row, number in zip(*(found.tolist() for found in self._find_all(cluster_ids)), strict=True):
            member = self._store.members[number]
            if int(member["cluster"]) == number and self.ring(number):
                numbers[row] = number
        return numbers

    def article_ids(self, documents: Ints) -> list[str]:
        """Return the article ids of documents."""
        return id_texts(self._store.documents["id"][documents])

    def records(self, documents: Ints) -> NDArray[Any]:
        """Return the fixed records of documents (``layout.DOCUMENT``)."""
        return np.asarray(self._store.documents[documents])

    def clusters(self, documents: Ints) -> Ints:
        """Return the clusters of documents."""
        clusters: Ints = self._store.members["cluster"][documents].astype(np.int64)
        return clusters

    def members(self, documents: Ints) -> NDArray[Any]:
        """Return the changing records of documents (``layout.MEMBER``)."""
        return np.asarray(self._store.members[documents])

    def sketches(self, documents: Ints) -> tuple[NDArray[np.uint32], Ints]:
        """Return values and offsets of the sketches of documents."""
        records = self._store.documents[documents]
        counts = records["sketch_count"].astype(np.int64)
        return self._store.sketches(records["sketch"].astype(np.int64), counts), offsets_of(counts)

    def numbers(self, documents: Ints) -> tuple[NDArray[np.uint32], Ints]:
        """Return values and offsets of the numbers of documents."""
        records = self._store.documents[documents]
        return _gather(self._store.traits, records["traits"], records["number_count"])

    def titles(self, documents: Ints) -> tuple[NDArray[np.uint32], Ints]:
        """Return values and offsets of the title grams of documents."""
        records = self._store.documents[documents]
        return _gather(
            self._store.traits, records["traits"] + records["number_count"], records["title_count"]
        )

    def counters(self, table: str) -> NDArray[np.uint8]:
        """Return a counter table, ``grams`` or ``titles``, to be read only."""
        counters: NDArray[np.uint8] = getattr(self._store, table).view()
        counters.flags.writeable = False
        return counters

    def ring(self, document: int, most: int | None = None) -> list[int]:
        """Return members of a document's cluster, itself first, ``most`` at most; removed ones are left out."""
        following, gone = self._store.members["next"], self._store.members["gone"]
        found = [] if gone[document] else [document]
        number = int(following[document])
        while number != document and (most is None or len(found) < most):
            if not gone[number]:
                found.append(number)
            number = int(following[number])
        return found

    # What changes it

    def apply(
        self, batch: SignatureColumns, memberships: pa.Table, watermark: int, gone: Sequence[str] = ()
    ) -> None:
        """Take in signatures and membership rows of one commit of the lake.

        memberships: columns article_id, decision, cluster_id, is_canonical, duplicate_kind, similarity,
        duplicate_of. gone: articles that leave with it, new ones among them. Articles and rows that are
        known already change nothing, so a commit may be applied twice; but signatures of known articles are
        needed where a cluster comes apart (``coming_apart``). Every new article needs a membership row.
        """
        store = self._store
        numbers = self.find(batch.article_ids)
        rows = np.flatnonzero(numbers < 0)
        entering = {
            batch.article_ids[row]: store.state.documents + new for new, row in enumerate(rows.tolist())
        }
        decisions = read_decisions(memberships, entering, self.find, self.find_clusters)
        leaving = self.find(gone)
        leaving = np.append(leaving[leaving >= 0], [entering[each] for each in gone if each in entering])
        update = Update(store, batch, numbers, decisions)
        update.write_documents()
        update.decide(leaving.astype(np.int64))
        keys, documents = sorted_runs.sort_rows(*update.new_keys(self.lookup))
        update.count()
        held = store.runs
        if len(keys):
            held = [*held, sorted_runs.write_run(store.folder / store.new_name("run"), keys, documents)]
        while group := sorted_runs.due(held):
            merged = sorted_runs.merge(store.folder / store.new_name("run"), group)
            names = {run.name for run in group}
            held = [run for run in held if run.name not in names] + [merged]
        newest = max(watermark, store.state.watermark)
        store.commit(replace(update.state, watermark=newest), held, update.journal)

    def coming_apart(self, memberships: pa.Table) -> list[str]:
        """Return the known articles that the rows put into a cluster that is not there yet."""
        names: list[str] = memberships["cluster_id"].to_pylist()
        ids: list[str] = memberships["article_id"].to_pylist()
        numbers = self.find(ids)
        known = np.flatnonzero(numbers >= 0)
        named = self.find_clusters([names[row] for row in known.tolist()])
        before = self.clusters(numbers[known])
        own = self.article_ids(before)
        moves = np.array([own[n] != names[row] for n, row in enumerate(known.tolist())], bool)
        rows = known[(named < 0) & moves]
        return [ids[row] for row in rows.tolist()]

    def holds(self, batch: SignatureColumns) -> NDArray[np.bool_]:
        """Return which articles are known with this very text and title."""
        numbers = self.find(batch.article_ids)
        held = self._store.documents[np.maximum(numbers, 0)] if self.count else self._store.documents[:0]
        if not len(held):
            return np.zeros(len(numbers), bool)
        same = (held["digest"] == batch.digests).all(axis=1) & (held["title_key"] == batch.title_keys)
        found: NDArray[np.bool_] = same & (numbers >= 0)
        return found

    def remove(self, article_ids: Sequence[str]) -> None:
        """Take articles out: they are found no more, and no copy is measured against them.

        Their clusters keep their ids. What becomes of the others says ``tasks.dedupe.assign`` with ``gone``.
        """
        store = self._store
        numbers = self.find(article_ids)
        numbers = numbers[numbers >= 0]
        members = np.array(store.members[numbers])
        members["gone"] = 1
        store.commit(store.state, store.runs, Journal([("members", numbers, members)]))


def _gather(values: NDArray[np.uint32], starts: NDArray[Any], counts: NDArray[Any]) -> tuple[Any, Ints]:
    sizes = counts.astype(np.int64)
    return np.asarray(values[ranges(starts.astype(np.int64), sizes)]), offsets_of(sizes)
