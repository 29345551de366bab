"""dedup: the duplicates of a batch, decided under the commit lock against everything loaded.

The index is derived from ``core.signatures``, ``core.memberships`` and ``core.retired``: before it
is asked it takes in what any run has committed since its watermark, and when its history has
expired, its folder is gone or the catalog was restored meanwhile, it is built anew from the tables. What
a batch decides enters the index with the next look, from the lake, so the lake is the only truth.
"""

import shutil
import sqlite3
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress

import duckdb
import numpy as np
import pyarrow as pa

from flows.revision import gathered, revision
from tasks.dedupe import (
    MEMBERSHIP_COLUMNS,
    METHOD,
    Fingerprints,
    assign,
    fingerprint,
    join_fingerprints,
    pack,
    unpack,
)
from warehouse.catalog import Warehouse
from warehouse.dedup import DedupIndex
from warehouse.history_note import follows, note_snapshots
from warehouse.insertions import Watermark, insertions
from warehouse.load import LoadContext

SIGNATURES = ("article_id", "method", "signature")
MEMBERSHIPS = tuple(column.name for column in MEMBERSHIP_COLUMNS)
RETIRED = ("article_id", "reason")
GONE = ("superseded", "forgotten", "rejected")
"""Reasons after which an article is no member of anything."""

CHANGED_AT_ONCE = 20_000
"""Texts that read otherwise after a reclean, decided together."""

RECLEANED_AT_ONCE = 100_000
"""Recleaned articles of a commit; with more the index is built anew from the tables, in parts."""

SNAPSHOTS_AT_ONCE = 50
"""Commits taken in together when catching up: bounds memory to about as many batches."""


class Deduplicator:
    """Keeps the index of one warehouse and asks it. Call under the commit lock only."""

    def __init__(self, warehouse: Warehouse) -> None:
        self.folder = warehouse.paths.index / "dedup"
        self.note = self.folder / "snapshots.json"
        self._index: DedupIndex | None = None
        self._opened: tuple[int, int] | None = None

    def close(self) -> None:
        """Close the index."""
        if self._index is not None:
            self._index.close()
            self._index = None

    def decide(self, batch: Fingerprints, context: LoadContext) -> Mapping[str, pa.Table]:
        """Return signatures, memberships and relations of the articles that the batch adds.

        Articles that come back are decided again; of those that go the clusters are.
        """
        index = self.catch_up(context.con)
        new = {*context.new_articles, *context.restored}
        rows = np.flatnonzero([article_id in new for article_id in batch.article_ids])
        fresh = batch if len(rows) == len(batch) else batch.take(rows)
        back = sorted(set(context.restored).difference(fresh.article_ids))
        if back:
            stored = _of(context.con, "signatures", SIGNATURES, back)
            fresh = join_fingerprints([fresh, _fingerprints(stored)])
        if not len(fresh) and not context.gone:
            return {}
        assignment = assign(fresh, index, context.gone)
        added = np.flatnonzero([article_id not in context.restored for article_id in fresh.article_ids])
        return {
            "signatures": pack(fresh.take(added)),
            "memberships": assignment.memberships,
            "relations": assignment.relations,
        }

    def forget(self, con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> pa.Table:
        """Return memberships of the clusters that lose these articles, and their names."""
        return assign(fingerprint([]), self.catch_up(con), article_ids, keep_names=False).memberships

    def revise(
        self, con: duckdb.DuckDBPyConnection, signatures: Iterable[pa.Table], stopped: list[str]
    ) -> Mapping[str, pa.Table]:
        """Return memberships and relations after a reclean: of articles with another text, and of their clusters.

        signatures: of all that was cleaned again, in parts. stopped: articles that newer rules reject.
        """
        index = self.catch_up(con)
        with revision(index, self.folder) as work:
            for part in gathered(map(_fingerprints, signatures), index, CHANGED_AT_ONCE):
                work.decide(part)
            return work.rows(stopped)

    def catch_up(self, con: duckdb.DuckDBPyConnection) -> DedupIndex:
        """Return the index, brought up to the newest snapshot of the lake."""
        index = self._open()
        newest = Watermark.newest(con).snapshot_id
        held = index.watermark()
        if held > newest or not follows(self.note, con, held) or not self._take_in(con, index, newest):
            index = self._anew()
            if not self._take_in(con, index, newest):
                index = self._anew()
                note_snapshots(self.note, con, 0, newest)
                _take_in_tables(con, index, newest)
        return index

    def _open(self) -> DedupIndex:
        """Return the index as it is now; another process may have removed it, or made it anew."""
        if self._index is not None and self._file() != self._opened:
            with suppress(sqlite3.Error, OSError):
                self._index.close()
            self._index = None
        if self._index is None:
            self.folder.mkdir(parents=True, exist_ok=True)
            self._index = DedupIndex(self.folder)
            self._opened = self._file()
        else:
            self._index.refresh()
        return self._index

    def _file(self) -> tuple[int, int] | None:
        """What names the file in which the index says what of it holds."""
        try:
            found = (self.folder / "state.sqlite").stat()
        except FileNotFoundError:
            return None
        return found.st_dev, found.st_ino

    def _anew(self) -> DedupIndex:
        self.close()
        shutil.rmtree(self.folder, ignore_errors=True)
        return self._open()

    def _take_in(self, con: duckdb.DuckDBPyConnection, index: DedupIndex, newest: int) -> bool:
        """Apply the commits since the watermark; ``False`` when the index has to be built from the tables.

        Their history is gone, one is too large, or a cluster of which all was cleaned again lost its name.
        """
        for first in range(index.watermark() + 1, newest + 1, SNAPSHOTS_AT_ONCE):
            last = min(first + SNAPSHOTS_AT_ONCE - 1, newest)
            retired = insertions(con, "retired", first, last, RETIRED)
            if retired is None or retired.column("reason").to_pylist().count("recleaned") > RECLEANED_AT_ONCE:
                return False
            signatures = insertions(con, "signatures", first, last, SIGNATURES)
            memberships = insertions(con, "memberships", first, last, MEMBERSHIPS)
            if signatures is None or memberships is None:
                return False
            note_snapshots(self.note, con, index.watermark(), last)
            if not _agrees(index, _apply(con, index, signatures, memberships, retired, last)):
                return False
        return True


def _apply(
    con: duckdb.DuckDBPyConnection,
    index: DedupIndex,
    signatures: pa.Table,
    memberships: pa.Table,
    retired: pa.Table,
    watermark: int,
) -> pa.Table:
    """Apply some commits; return what was decided of the articles that left meanwhile and are back."""
    events = dict(zip(*(retired.column(name).to_pylist() for name in RETIRED), strict=True))
    recleaned = [article_id for article_id, reason in events.items() if reason == "recleaned"]
    if recleaned:
        now = _fingerprints(_of(con, "signatures", SIGNATURES, recleaned))
        held = set(now.take(np.flatnonzero(index.holds(now))).article_ids)
        recleaned = [article_id for article_id in recleaned if article_id not in held]
        index.remove(recleaned)  # and back in below, with the signature of the new text
    restored = [article_id for article_id, reason in events.items() if reason == "restored"] + recleaned
    back = _of(con, "memberships", MEMBERSHIPS, restored) if restored else memberships.slice(0, 0)
    memberships = pa.concat_tables([memberships, back])
    again = restored + index.coming_apart(memberships)
    if again:
        signatures = pa.concat_tables([signatures, _of(con, "signatures", SIGNATURES, again)])
    gone = [article_id for article_id, reason in events.items() if reason in GONE]
    index.apply(_fingerprints(signatures), memberships, watermark, gone)
    return back


def _agrees(index: DedupIndex, memberships: pa.Table) -> bool:
    """Are these articles in the clusters that their newest decisions name?"""
    columns = memberships.sort_by("decision").select(("article_id", "cluster_id")).to_pydict().values()
    named = dict(zip(*columns, strict=True))
    numbers = index.find(list(named))
    held = index.article_ids(index.clusters(numbers[numbers >= 0]))
    there = [cluster for cluster, number in zip(named.values(), numbers.tolist(), strict=True) if number >= 0]
    return held == there


def _of(con: duckdb.DuckDBPyConnection, table: str, names: Sequence[str], article_ids: list[str]) -> pa.Table:
    """Return the rows of articles, in the order they were written; costs the table, however many they are."""
    columns = ", ".join(f"t.{name}" for name in names)
    con.register("wanted_articles", pa.table({"article_id": pa.array(article_ids, pa.string())}))
    try:
        return con.execute(
            f"select {columns} from core.{table} as t semi join wanted_articles as w "
            "on w.article_id = t.article_id order by t.rowid"
        ).to_arrow_table()
    finally:
        con.unregister("wanted_articles")


def _fingerprints(rows: pa.Table) -> Fingerprints:
    """Return signatures of today's method, one for each article."""
    each = zip(*(rows.column(name).to_pylist() for name in SIGNATURES), strict=True)
    seen = {article_id: signature for article_id, method, signature in each if method == METHOD}
    return unpack(list(seen), list(seen.values()))


def _take_in_tables(con: duckdb.DuckDBPyConnection, index: DedupIndex, newest: int) -> None:
    """Build the index from the tables as they are, when the history of their commits has expired."""
    memberships = con.execute(f"select {', '.join(MEMBERSHIPS)} from core.membership_now").to_arrow_table()
    place = {article_id: row for row, article_id in enumerate(memberships.column("article_id").to_pylist())}
    names = set(memberships.column("cluster_id").to_pylist()).difference(place)
    if names:  # clusters are named after articles that are gone
        index.apply(
            _fingerprints(_of(con, "signatures", SIGNATURES, sorted(names))), memberships.slice(0, 0), 0
        )
    query = (
        f"select {', '.join('s.' + name for name in SIGNATURES)} from core.signatures s "
        "anti join core.retired_now r on r.article_id = s.article_id and r.revision = s.revision "
        "order by s.rowid"
    )
    for part in _parts(con, query):
        rows = [place[each] for each in part.column("article_id").to_pylist() if each in place]
        index.apply(_fingerprints(part), memberships.take(pa.array(rows, pa.int64())), 0)
    # survivors and clusters that were named before they had entered
    index.apply(_fingerprints(_empty(con)), memberships, newest, sorted(names))


def _empty(con: duckdb.DuckDBPyConnection) -> pa.Table:
    return con.execute(f"select {', '.join(SIGNATURES)} from core.signatures limit 0").to_arrow_table()


def _parts(con: duckdb.DuckDBPyConnection, query: str) -> Iterator[pa.Table]:
    for batch in con.execute(query).to_arrow_reader(50_000):
        yield pa.Table.from_batches([batch])
