"""update: from signatures and membership rows to new entries and changed values of the index.

What a document adds is what its cluster did not have: a key is entered once per cluster, and grams are
counted once, with the cluster's first document. A story with a thousand copies thus stays rare text.
"""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import numpy as np
from numpy.typing import NDArray

from warehouse.dedup.decisions import Decisions
from warehouse.dedup.layout import (
    DOCUMENT,
    Ints,
    Keys,
    SignatureColumns,
    digest_keys,
    id_keys,
    id_words,
    offsets_of,
    ranges,
)
from warehouse.dedup.members import Members
from warehouse.dedup.store import LAST_BITS, LOAD, Journal, State, Store

PLACE_BITS = 4
"""Low bits of a sketch entry: the place in the text; the rest is the gram."""


class Update:
    """One commit of the lake on its way into the index. numbers: of the batch's documents, -1 for new ones."""

    def __init__(self, store: Store, batch: SignatureColumns, numbers: Ints, decisions: Decisions) -> None:
        self.store = store
        self.batch = batch
        self.rows = np.flatnonzero(numbers < 0)
        self.known_rows = np.flatnonzero(numbers >= 0)
        self.known = numbers[self.known_rows]
        self.first = store.state.documents
        self.decisions = decisions
        self.state: State = replace(store.state)
        self.journal = Journal()
        self.members = Members(store, self.first, len(self.rows))

    def write_documents(self) -> None:
        """Write records, sketches, numbers and titles behind what holds."""
        batch, rows, state = self.batch, self.rows, self.state
        numbers, titles = _take(batch.numbers, rows), _take(batch.titles, rows)
        sketch, sketch_offsets = _take(batch.sketches, rows)
        records = np.zeros(len(rows), DOCUMENT)
        if len(rows):
            records["id"] = id_words([batch.article_ids[row] for row in rows.tolist()])
        records["digest"], records["title_key"] = batch.digests[rows], batch.title_keys[rows]
        records["published"], records["length"] = batch.published[rows], batch.lengths[rows]
        records["level"], records["flags"] = batch.levels[rows], batch.flags[rows]
        records["sketch"] = state.sketch + sketch_offsets[:-1]
        records["sketch_count"] = np.diff(sketch_offsets)
        counts = np.stack((np.diff(numbers[1]), np.diff(titles[1])), axis=1)
        records["number_count"], records["title_count"] = counts[:, 0], counts[:, 1]
        starts = offsets_of(counts.sum(axis=1))
        traits = np.empty(int(starts[-1]), np.uint32)
        traits[ranges(starts[:-1], counts[:, 0])] = numbers[0]
        traits[ranges(starts[:-1] + counts[:, 0], counts[:, 1])] = titles[0]
        records["traits"] = state.traits + starts[:-1]
        self.store.append("documents.bin", state.documents, records)
        self.store.append("sketch.bin", state.sketch, sketch)
        self.store.append("traits.bin", state.traits, traits)
        self.records = records
        self.members.new_lengths = records["length"]
        state.documents += len(rows)
        state.sketch += len(sketch)
        state.traits += len(traits)

    def decide(self, gone: Ints) -> None:
        """Bring members, rings and survivors to what the rows say. gone: documents that are removed."""
        rows, members, first = self.decisions, self.members, self.first
        members.load(np.concatenate((rows.numbers, rows.clusters, rows.survivors, gone)))
        entered = rows.numbers >= first
        newer = entered.copy()
        newer[~entered] = rows.decisions[~entered] >= self.store.members["decision"][rows.numbers[~entered]]
        alone = entered & (rows.clusters == rows.numbers) & (rows.survivors == rows.numbers)
        chosen = np.flatnonzero(newer & ~alone)
        columns = (
            rows.numbers[chosen].tolist(),
            rows.clusters[chosen].tolist(),
            rows.survivors[chosen].tolist(),
        )
        for number, cluster, survivor in zip(*columns, strict=True):
            members.decide(number, cluster, survivor)
        members.settle()
        numbers, records = members.changed()
        records["gone"][np.searchsorted(numbers, gone)] = 1
        place = np.searchsorted(numbers, rows.numbers[newer])
        records["decision"][place], records["kind"][place] = rows.decisions[newer], rows.kinds[newer]
        records["similarity"][place] = rows.similarities[newer]
        self.new_members = records[numbers >= first]
        self.journal.parts.append(("members", numbers, records))

    # Keys and counts

    def new_keys(self, lookup: Callable[[Keys], tuple[Ints, Ints]]) -> tuple[Keys, NDArray[np.int32]]:
        """Return keys and documents that enter the runs: each key once per cluster."""
        rows, numbers, clusters_of = self._entering()
        values, offsets = _take(self.batch.shingles, rows)
        keys = np.concatenate((values, digest_keys(self.batch.digests[rows])))
        owners = np.concatenate((np.repeat(np.arange(len(rows)), np.diff(offsets)), np.arange(len(rows))))
        clusters = clusters_of[owners]
        shared = np.bincount(clusters_of[clusters_of >= self.first] - self.first)
        shared = np.append(shared, 0)[np.clip(clusters - self.first, -1, len(shared) - 1)]
        alone = (clusters >= self.first) & (shared == 1)
        crowd = np.flatnonzero(~alone)
        order = crowd[np.lexsort((owners[crowd], keys[crowd], clusters[crowd]))]
        if len(order):
            key, cluster = keys[order], clusters[order]
            order = order[np.append(True, (key[1:] != key[:-1]) | (cluster[1:] != cluster[:-1]))]
        order = order[~self._held(keys[order], clusters[order], lookup)]
        kept = np.concatenate((np.flatnonzero(alone), order))
        ids = id_keys(self.records["id"])
        numbers = np.concatenate((numbers[owners[kept]], np.arange(len(self.rows)) + self.first))
        return np.concatenate((keys[kept], ids)), numbers.astype(np.int32)

    def _entering(self) -> tuple[Ints, Ints, Ints]:
        """Return (row of the batch, number, cluster) of new documents, and of known ones that moved.

        What a cluster that came apart had entered once, each of its parts has to have.
        """
        known = np.array([self.members.moved.get(number, -1) for number in self.known.tolist()], np.int64)
        moved = known >= 0
        rows = np.concatenate((self.rows, self.known_rows[moved]))
        numbers = np.concatenate((np.arange(len(self.rows)) + self.first, self.known[moved]))
        clusters = np.concatenate((self.new_members["cluster"].astype(np.int64), known[moved]))
        return rows, numbers, clusters

    def _held(
        self, keys: Keys, clusters: Ints, lookup: Callable[[Keys], tuple[Ints, Ints]]
    ) -> NDArray[np.bool_]:
        """Return which keys their cluster already has in the index."""
        held = np.zeros(len(keys), bool)
        order = np.argsort(keys, kind="stable")
        order = order[clusters[order] < self.first]
        rows, documents = lookup(keys[order])
        cluster = self.store.members["cluster"][documents].astype(np.int64)
        moved = np.array(sorted(self.members.moved), np.int64)
        if len(moved):
            now = np.array([self.members.moved[number] for number in moved.tolist()], np.int64)
            place = np.minimum(np.searchsorted(moved, documents), len(moved) - 1)
            cluster = np.where(moved[place] == documents, now[place], cluster)
        held[order[rows[cluster == clusters[order[rows]]]]] = True
        return held

    def count(self) -> None:
        """Count the grams and titles of each new cluster: those of its first document.

        What copies bring along is not counted: pages that join a story to other articles, or retell it,
        would make the story itself look like common text.
        """
        rows, numbers, clusters = self._entering()
        rows = rows[clusters == numbers]
        grams = (_take(self.batch.sketches, rows)[0] >> np.uint32(PLACE_BITS)).astype(np.int64)
        self._add("grams", grams, LAST_BITS)
        titles = self.batch.title_keys[rows]
        titles = titles[titles != 0] >> np.uint64(64 - LAST_BITS)
        self._add("titles", titles.astype(np.int64), LAST_BITS)

    def _add(self, table: str, values: Ints, bits: int) -> None:
        """Add one to the counter of each value (of ``bits`` bits); a table that would be full doubles first."""
        held = getattr(self.state, f"{table}_bits")
        total = getattr(self.state, f"{table}_counted") + len(values)
        grown = held
        while total > LOAD << grown and grown < bits:
            grown += 1
        counters: NDArray[np.uint8] = getattr(self.store, table)
        if grown > held:
            counters = np.repeat(counters, 1 << (grown - held))
        places, counts = np.unique(values >> (bits - grown), return_counts=True)
        sums = np.minimum(counters[places].astype(np.int64) + counts, 255).astype(np.uint8)
        setattr(self.state, f"{table}_counted", total)
        if grown == held:
            self.journal.parts.append((f"{table}-{held}", places, sums))
            return
        counters[places] = sums
        name = f"{table}-{grown}.bin"
        (self.store.folder / name).unlink(missing_ok=True)
        self.store.append(name, 0, counters)
        setattr(self.state, f"{table}_bits", grown)


def _take(column: Any, rows: Ints) -> tuple[NDArray[Any], Ints]:
    counts = np.diff(column.offsets)[rows]
    return column.values[ranges(column.offsets[:-1][rows], counts)], offsets_of(counts)
