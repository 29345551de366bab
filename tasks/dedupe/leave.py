"""leave: documents leave their clusters; a cluster that only they held together comes apart.

Reads    the clusters of the documents that leave, from the sketches in the index: costs the cluster
Changes  clusters and survivors of the ``Scene``; members are never put together with anything new
Source   the rest of a cluster stays as it is if its survivor stays and all others are copies of it. Otherwise it is
         decided again by itself, in order of arrival, as if the others had never been there; but a page of two
         articles that was not the survivor before does not become it
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

import numpy as np

from tasks.dedupe.compare import compare
from tasks.dedupe.fingerprint import PLACE_BITS, SHINGLES, Fingerprints, join_fingerprints
from tasks.dedupe.place import Work, titles_are_common
from tasks.dedupe.ragged import Ints, Ragged, offsets_of
from tasks.dedupe.reader import IndexReader
from tasks.dedupe.rules import COMPLETE, is_copy, stands_before
from tasks.dedupe.scene import Scene
from tasks.dedupe.traits import with_title

Decide = Callable[[Fingerprints], Work]


def leave(work: Work, gone: Ints, nameless: set[int], decide: Decide) -> None:
    """Take documents (by number) out of their clusters.

    nameless: clusters that must not keep their id. decide: assigns a batch that meets nobody but itself.
    A cluster keeps its id with the part that holds the document it is named after; when that one is gone,
    with the largest part, of equal ones the oldest.
    """
    scene = work.scene
    work.gone.update(gone.tolist())
    scene.need(gone.tolist())
    lost: dict[int, set[int]] = {}
    for number in gone.tolist():
        lost.setdefault(scene.cluster(number), set()).add(number)
    named = _named_anew(scene)
    renamed = {other for other in named if scene.cluster(named[other]) != other}
    renamed |= {other for other in nameless if scene.cluster(other) == other}
    for cluster in sorted(lost.keys() | renamed):
        left = sorted(number for number in scene.ring(cluster) if number not in lost.get(cluster, ()))
        scene.rings[cluster] = left
        if not left:
            continue
        parts = [(left, scene.survivor(cluster))]
        if cluster in lost and not _are_still_one(work, scene.survivor(cluster), left):
            stood = scene.survivor(cluster)
            decided = _parts(decide(_fingerprints(scene, left)), left)
            parts = [(members, _standing_for(scene, members, each, stood)) for members, each in decided]
        _split(
            work, cluster, parts, None if cluster in renamed else _heir(parts, named.get(cluster, cluster))
        )


def _named_anew(scene: Scene) -> dict[int, int]:
    """Return cluster -> document of the batch after which it is named: it was gone, and has come back."""
    clusters = scene.index.find_clusters(scene.batch.article_ids)
    rows = np.flatnonzero(clusters >= 0)
    found = zip(clusters[rows].tolist(), (rows + scene.first).tolist(), strict=True)
    return {cluster: number for cluster, number in found if scene.cluster(cluster) == cluster}


def _are_still_one(work: Work, survivor: int, left: list[int]) -> bool:
    """Return whether the survivor is left, and all others are copies of it."""
    if survivor not in left:
        return False
    others = np.array([number for number in left if number != survivor], np.int64)
    one, other = work.scene.side(others), work.scene.side(np.full(len(others), survivor))
    common = titles_are_common(work, one.title_keys[one.rows], other.title_keys[other.rows])
    exact = (one.digests[one.rows] == other.digests[other.rows]).all(axis=1)
    return bool((exact | is_copy(compare(one, other, work.grams), common)).all())


def held_fingerprints(index: IndexReader, article_ids: Sequence[str]) -> Fingerprints:
    """Return known articles as the index has them, oldest first: for a look at what would be, not for the lake."""
    numbers = np.sort(index.find(article_ids))
    held = _fingerprints(Scene(join_fingerprints([]), index), numbers.tolist())
    return replace(held, article_ids=index.article_ids(numbers))


def _fingerprints(scene: Scene, numbers: list[int]) -> Fingerprints:
    """Return documents as a batch. Shingles come from the sketches: good enough to find each other."""
    side = scene.side(np.array(numbers, np.int64))
    standings = [scene.standing(number) for number in numbers]
    return Fingerprints(
        [f"{number:032x}" for number in numbers],
        side.digests,
        side.lengths,
        side.levels,
        side.title_keys,
        np.array([each.published for each in standings], np.int64),
        np.array([each.flags for each in standings], np.uint8),
        side.sketches,
        with_title(_shingles(side.sketches), side.titles, side.title_keys),
        side.numbers,
        side.titles,
    )


def _shingles(sketches: Ragged) -> Ragged:
    """Return about ``SHINGLES`` grams of each sketch: those with the most zero bits at the end."""
    grams = (sketches.values >> np.uint32(PLACE_BITS)).astype(np.uint64)
    bits = np.ceil(np.log2(np.maximum(sketches.counts, SHINGLES) / SHINGLES)).astype(np.uint64)
    kept = (grams >> np.uint64(3)) & ((np.uint64(1) << bits) - np.uint64(1))[sketches.owners] == 0
    counts = np.bincount(sketches.owners[kept], minlength=len(sketches))
    return Ragged(grams[kept], offsets_of(counts))


def _parts(work: Work, numbers: list[int]) -> list[tuple[list[int], int]]:
    """Return (members, survivor) of each cluster of an assignment of these documents."""
    first = work.scene.first
    groups: dict[int, list[int]] = {}
    for row, number in enumerate(numbers):
        groups.setdefault(work.scene.cluster(row + first), []).append(number)
    return [(members, numbers[work.scene.survivor(each) - first]) for each, members in groups.items()]


def _standing_for(scene: Scene, members: list[int], survivor: int, stood: int) -> int:
    """Return who stands for a part of a cluster. stood: who did so far.

    A fuller member that did not stand before that one was kept from it, as it holds two articles; here, where
    the other article is not looked at, it would.
    """
    if not _was_kept_back(scene, survivor, stood):
        return survivor
    fit = [member for member in members if not _was_kept_back(scene, member, stood)]
    if not fit:
        return survivor
    best = fit[0]
    for member in fit[1:]:
        agree = scene.titles_agree(member, best)
        best = member if stands_before(scene.standing(member), scene.standing(best), agree) else best
    return best


def _was_kept_back(scene: Scene, member: int, stood: int) -> bool:
    one, other = scene.standing(member), scene.standing(stood)
    is_fuller = member != stood and one.length > other.length * COMPLETE
    return is_fuller and stands_before(one, other, scene.titles_agree(member, stood))


def _heir(parts: list[tuple[list[int], int]], named_after: int) -> list[int]:
    """Return the part that keeps the name: with the document it is of, else the largest, else the oldest."""
    for members, _ in parts:
        if named_after in members:
            return members
    return max((members for members, _ in parts), key=lambda members: (len(members), -members[0]))


def _split(work: Work, cluster: int, parts: list[tuple[list[int], int]], heir: list[int] | None) -> None:
    """Make the parts of a cluster clusters of their own. heir: the one that keeps the name."""
    scene = work.scene
    if len(parts) == 1 and heir is not None and parts[0][1] == scene.survivors[cluster]:
        return  # nothing has changed
    for members, survivor in parts:
        root = cluster if members is heir else members[0]
        scene.found(root, members)
        scene.survivors[root] = survivor
        work.touched.add(root)
