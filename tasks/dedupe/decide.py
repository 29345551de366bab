"""decide: which cluster each article of a batch belongs to. Reads the index, changes nothing.

Reads    fingerprints of the batch, the index
Adds     rows of memberships and relations (``columns``)
Source   the batch is taken in order, in chunks that start small: what the first chunk taught about common
         text counts for the second. So one large batch gives nearly what many small ones give.

The same arrivals in the same batches give the same rows, byte for byte.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tasks.dedupe.candidates import Candidates
from tasks.dedupe.compare import Likeness, compare
from tasks.dedupe.counts import Counts
from tasks.dedupe.fingerprint import PLACE_BITS, Fingerprints
from tasks.dedupe.leave import leave
from tasks.dedupe.membership import Assignment, assignment_of
from tasks.dedupe.place import Link, Work, join, place, title_values, titles_are_common
from tasks.dedupe.ragged import Ints
from tasks.dedupe.reader import IndexReader, Nobody
from tasks.dedupe.rules import is_copy, is_related
from tasks.dedupe.scene import Scene

FIRST_CHUNK, LARGEST_CHUNK = 32, 1024

SHARED, RARE_TEXT, FEW = 0.3, 0.8, 8
"""contained, rarity and shared from which all members of a cluster are asked, where none was a copy so far."""


def assign(
    batch: Fingerprints, index: IndexReader, gone: Sequence[str] = (), *, keep_names: bool = True
) -> Assignment:
    """Return the rows for a batch of new articles (no article twice, none that the index has).

    gone: articles that leave with the same commit, of the index or of the batch. A new text of an article
    is both: it comes with the batch, and the one in the index goes. keep_names: whether clusters keep an id
    that is that of one of them.
    """
    work = _decide(batch, index)
    numbers = index.find(gone)
    place = {article_id: row for row, article_id in enumerate(batch.article_ids)}
    leaving = numbers[numbers >= 0].tolist()
    leaving += [
        place[each] + index.count
        for each, number in zip(gone, numbers.tolist(), strict=True)
        if number < 0 and each in place
    ]
    named = index.find_clusters([] if keep_names else gone)
    nameless = set(named[named >= 0].tolist())
    leave(work, np.array(sorted(leaving), np.int64), nameless, lambda left: _decide(left, Nobody(index)))
    return assignment_of(work)


def _decide(batch: Fingerprints, index: IndexReader) -> Work:
    exact = _exact_copies(batch, index)
    scene = Scene(batch, index)
    candidates = Candidates(scene)
    grams = Counts(index.counters("grams"), len(batch.sketches.values))
    work = Work(scene, grams, Counts(index.counters("titles"), len(batch)))
    start, size = 0, FIRST_CHUNK if index.count < 4 * FIRST_CHUNK else min(index.count // 2, LARGEST_CHUNK)
    while start < len(batch):
        end = min(start + size, len(batch))
        _assign_chunk(work, start, end, exact, *candidates.of(start, end))
        candidates.arrived(start, end)
        start, size = end, min(size * 2, LARGEST_CHUNK)
    return work


def _exact_copies(batch: Fingerprints, index: IndexReader) -> Ints:
    """Return for each document the first one with the same folded text, or -1."""
    digests = batch.digests
    keys = (digests[:, 0] & ~np.uint64(3)) | np.uint64(1)
    order = np.argsort(keys, kind="stable")
    rows, documents = index.lookup(keys[order])
    rows = order[rows]
    same = (index.records(documents)["digest"] == digests[rows]).all(axis=1)
    same &= index.members(documents)["gone"] == 0
    copies = np.full(len(digests), -1, np.int64)
    copies[rows[same][::-1]] = documents[same][::-1]
    first: dict[tuple[int, int], int] = {}
    for row, digest in enumerate(zip(*digests.T.tolist(), strict=True)):
        holder = first.setdefault(digest, row)
        if holder != row and copies[row] < 0:
            copies[row] = index.count + holder
    return copies


def _assign_chunk(work: Work, start: int, end: int, exact: Ints, rows: Ints, others: Ints) -> None:
    scene = work.scene
    kept = exact[rows] < 0
    rows, others = rows[kept], others[kept]
    scene.need([*others.tolist(), *exact[start:end][exact[start:end] >= 0].tolist()])
    like, common = _compare(work, rows, others)
    more, members = _unasked(scene, rows, others, like, is_copy(like, common))
    if len(more):
        rows, others = np.concatenate((rows, more)), np.concatenate((others, members))
        order = np.lexsort((others, rows))
        like_of_more, common_of_more = _compare(work, more, members)
        like, common = like.and_more(like_of_more, order), np.concatenate((common, common_of_more))[order]
        rows, others = rows[order], others[order]
    copies, related = is_copy(like, common), is_related(like)
    bounds = np.searchsorted(rows, np.arange(start, end + 1)).tolist()
    busy = exact[start:end] >= 0
    busy[rows[copies | related] - start] = True
    for row in (np.flatnonzero(busy) + start).tolist():
        number = row + scene.first
        if exact[row] >= 0:
            join(work, number, int(exact[row]))
            continue
        pairs = range(bounds[row - start], bounds[row - start + 1])
        links = [_link(like, pair, int(others[pair]), common) for pair in pairs if copies[pair]]
        place(work, number, links, {int(others[pair]): float(like.contained[pair]) for pair in pairs})
        for pair in pairs:
            if related[pair] and scene.cluster(int(others[pair])) != scene.cluster(number):
                work.relations.append((number, int(others[pair]), float(like.contained[pair])))
    _learn(work, start, end)


def _compare(work: Work, rows: Ints, others: Ints) -> tuple[Likeness, NDArray[np.bool_]]:
    """Compare rows of the batch with documents; return how alike they are, and where a title is common."""
    one, other = work.scene.side(rows + work.scene.first), work.scene.side(others)
    common = titles_are_common(work, one.title_keys[one.rows], other.title_keys[other.rows])
    return compare(one, other, work.grams), common


def _unasked(
    scene: Scene, rows: Ints, others: Ints, like: Likeness, copies: NDArray[np.bool_]
) -> tuple[Ints, Ints]:
    """Return pairs of documents that are no copies so far with the rest of the clusters they share text with.

    The members that hold most of the sampled shingles may be the damaged or the shortened ones.
    """
    found = np.zeros(len(scene.batch), bool)
    found[rows[copies]] = True
    shares = ~found[rows] & (like.contained >= SHARED) & (like.rarity >= RARE_TEXT) & (like.shared >= FEW)
    asked = set(zip(rows.tolist(), others.tolist(), strict=True))
    more: set[tuple[int, int]] = set()
    for row, other in zip(rows[shares].tolist(), others[shares].tolist(), strict=True):
        more.update((row, member) for member in scene.some(scene.cluster(other)))
    pairs = sorted(more - asked)
    scene.need([member for _, member in pairs])
    columns = np.array(pairs, np.int64).reshape(-1, 2)
    return columns[:, 0], columns[:, 1]


def _link(like: Likeness, pair: int, other: int, common: NDArray[np.bool_]) -> Link:
    title = -1.0 if common[pair] else float(like.title[pair])
    return Link(other, float(like.jaccard[pair]), float(like.contained[pair]), title)


def _learn(work: Work, start: int, end: int) -> None:
    """Count the grams and titles of the clusters that began in this chunk."""
    first = work.scene.first
    rows = np.array([row for row in range(start, end) if row + first not in work.matched], np.int64)
    mine = work.scene.batch.take(rows)
    work.grams.add((mine.sketches.values >> np.uint32(PLACE_BITS)).astype(np.int64))
    work.titles.add(title_values(mine.title_keys[mine.title_keys != 0]))
