"""membership: the outcome of an assignment as rows.

A copy's kind and similarity are always those to the document that stands for its cluster now.
"""

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from tasks.dedupe.columns import MEMBERSHIP_COLUMNS, RELATION_COLUMNS
from tasks.dedupe.compare import compare
from tasks.dedupe.place import Work
from tasks.dedupe.rules import MUCH_LONGER, PART
from tasks.dedupe.scene import Scene


@dataclass(frozen=True, slots=True)
class Assignment:
    """memberships: a row per article of the batch, in its order, then rows of older ones that changed.

    relations: pairs that share text and are not copies.
    """

    memberships: pa.Table
    relations: pa.Table

    @property
    def duplicates(self) -> int:
        """Rows of articles that are copies."""
        return len(self.memberships) - int(pc.sum(self.memberships["is_canonical"]).as_py() or 0)


def assignment_of(work: Work) -> Assignment:
    """Return the rows of a finished assignment."""
    return Assignment(_membership_rows(work), _relation_rows(work))


def _membership_rows(work: Work) -> pa.Table:
    scene = work.scene
    new = list(range(scene.first, scene.first + len(scene.batch)))
    changed = {number for cluster in work.touched for number in scene.ring(scene.cluster(cluster))}
    old = sorted(number for number in changed if number < scene.first)
    numbers = new + old
    scene.need(old)
    clusters = [scene.cluster(number) for number in numbers]
    survivors = [scene.survivor(cluster) for cluster in clusters]
    decisions = [1] * len(new) + (scene.index.members(np.array(old, np.int64))["decision"] + 1).tolist()
    copies = [place for place, number in enumerate(numbers) if number != survivors[place]]
    kinds: list[str | None] = [None] * len(numbers)
    similarities: list[float | None] = [None] * len(numbers)
    pairs = [numbers[place] for place in copies], [survivors[place] for place in copies]
    for place, kind, similarity in zip(copies, *_kinds(work, *pairs), strict=True):
        kinds[place], similarities[place] = kind, similarity
    ids = _ids(scene, {*numbers, *clusters, *survivors})
    targets: list[str | None] = [None] * len(numbers)
    for place in copies:
        targets[place] = ids[survivors[place]]
    columns = [
        [ids[number] for number in numbers],
        decisions,
        [ids[cluster] for cluster in clusters],
        [target is None for target in targets],
        targets,
        kinds,
        similarities,
    ]
    return pa.table(columns, schema=pa.schema(MEMBERSHIP_COLUMNS))


def _kinds(work: Work, copies: list[int], survivors: list[int]) -> tuple[list[str], list[float]]:
    """Return kind and similarity of each copy to what stands for its cluster."""
    scene = work.scene
    one, other = scene.side(np.array(copies, np.int64)), scene.side(np.array(survivors, np.int64))
    like = compare(one, other, work.grams)
    exact = (one.digests[one.rows] == other.digests[other.rows]).all(axis=1)
    part = (like.ratio * MUCH_LONGER <= 1) & (like.contained >= PART) & ~exact
    kinds = np.where(exact, "exact", np.where(part, "contained", "near"))
    shares = np.where(exact, 1.0, np.where(part, like.contained, like.jaccard))
    return kinds.tolist(), shares.tolist()


def _ids(scene: Scene, numbers: set[int]) -> dict[int, str]:
    old = sorted(number for number in numbers if number < scene.first)
    ids = dict(zip(old, scene.index.article_ids(np.array(old, np.int64)), strict=True))
    return ids | {n: scene.batch.article_ids[n - scene.first] for n in numbers if n >= scene.first}


def _relation_rows(work: Work) -> pa.Table:
    scene = work.scene
    ids = _ids(scene, {number for one, other, _ in work.relations for number in (one, other)})
    rows = []
    for one, other, similarity in work.relations:
        if one in work.gone or other in work.gone:
            continue
        long, short = one, other
        if scene.standing(one).length < scene.standing(other).length:
            long, short = other, one
        rows.append((ids[long], ids[short], "contains", similarity))
    columns = [list(column) for column in zip(*rows, strict=True)] if rows else [[], [], [], []]
    return pa.table(columns, schema=pa.schema(RELATION_COLUMNS))
