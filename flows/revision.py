"""revision: the clusters after a reclean, decided in parts, so that memory does not grow with what changed.

Reads    signatures of articles that were cleaned again, in parts; the index
Adds     the newest membership of each article that changed or whose cluster did, and relations

One part is decided against the index as it is. When more follow, a copy of the index beside it takes in each
part before the next is decided; it is thrown away, for what holds is what the lake is told.
"""

import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pyarrow as pa

from tasks.dedupe import Assignment, Fingerprints, assign, held_fingerprints, join_fingerprints
from warehouse.dedup import DedupIndex


def gathered(parts: Iterable[Fingerprints], index: DedupIndex, size: int) -> Iterator[Fingerprints]:
    """Yield the articles whose text or title is not the one the index has, about ``size`` together."""
    waiting: list[Fingerprints] = []
    for part in parts:
        changed = np.flatnonzero(~index.holds(part))
        for start in range(0, len(changed), size):
            waiting.append(part.take(changed[start : start + size]))
            if sum(map(len, waiting)) >= size:
                yield join_fingerprints(waiting)
                waiting = []
    if waiting:
        yield join_fingerprints(waiting)


@contextmanager
def revision(index: DedupIndex, folder: Path) -> "Iterator[Revision]":
    """Work on an index, the one in ``folder``; nothing of it is changed."""
    place = folder.with_name("dedup-revision")
    shutil.rmtree(place, ignore_errors=True)
    work = Revision(index, folder, place)
    try:
        yield work
    finally:
        if work.index is not index:
            work.index.close()
        shutil.rmtree(place, ignore_errors=True)


class Revision:
    """Decisions about changed articles. Give parts to ``decide``, then ask for the ``rows``."""

    def __init__(self, index: DedupIndex, folder: Path, place: Path) -> None:
        self.index = index
        self._folder, self._place = folder, place
        self._waiting = join_fingerprints([])
        self._outcomes: list[Assignment] = []

    def decide(self, part: Fingerprints) -> None:
        """Decide the part before this one, and let the index know."""
        if len(self._waiting):
            if not self._outcomes:
                shutil.copytree(self._folder, self._place)
                self.index = DedupIndex(self._place)
            self._take_in(self._assign([]))
        self._waiting = part

    def rows(self, stopped: list[str]) -> Mapping[str, pa.Table]:
        """Decide the last part and the articles that newer rules reject; return memberships and relations."""
        self._assign(stopped)
        return {
            "memberships": _newest(pa.concat_tables([each.memberships for each in self._outcomes])),
            "relations": pa.concat_tables([each.relations for each in self._outcomes]),
        }

    def _known(self) -> list[str]:
        ids = self._waiting.article_ids
        return [ids[row] for row in np.flatnonzero(self.index.find(ids) >= 0).tolist()]

    def _assign(self, stopped: list[str]) -> Assignment:
        outcome = assign(self._waiting, self.index, [*self._known(), *stopped])
        self._outcomes.append(outcome)
        return outcome

    def _take_in(self, outcome: Assignment) -> None:
        index = self.index
        index.remove(self._known())
        again = index.coming_apart(outcome.memberships)
        batch = (
            join_fingerprints([self._waiting, held_fingerprints(index, again)]) if again else self._waiting
        )
        index.apply(batch, outcome.memberships, index.watermark())


def _newest(memberships: pa.Table) -> pa.Table:
    """Return the last row of each article."""
    last = {each: row for row, each in enumerate(memberships.column("article_id").to_pylist())}
    return memberships.take(pa.array(sorted(last.values()), pa.int64()))
