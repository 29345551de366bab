"""assign: which cluster each article of a batch belongs to. Reads the index, changes nothing.

Reads    fingerprints of the batch, the index
Adds     rows of memberships and relations (``columns``)
Source   the batch is taken in order, in chunks that start small: what the first chunk taught about common
         text counts for the second. So one large batch gives nearly what many small ones give.

The same arrivals in the same batches give the same rows, byte for byte.
"""

from dataclasses import dataclass, field

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tasks.dedupe.candidates import candidate_pairs
from tasks.dedupe.columns import MEMBERSHIP_COLUMNS, RELATION_COLUMNS
from tasks.dedupe.compare import GRAM_BITS, Likeness, compare
from tasks.dedupe.fingerprint import PLACE_BITS, Fingerprints
from tasks.dedupe.ragged import Ints
from tasks.dedupe.reader import IndexReader
from tasks.dedupe.rules import COMMON_TITLE, MUCH_LONGER, is_copy, is_related, stands_before
from tasks.dedupe.scene import Scene

FIRST_CHUNK, LARGEST_CHUNK = 32, 512
KIND_NAMES = ("exact", "near", "contained")


@dataclass(frozen=True, slots=True)
class Assignment:
    """memberships: a row per article of the batch, then rows of older ones that changed."""

    memberships: pa.Table
    relations: pa.Table

    @property
    def duplicates(self) -> int:
        """Articles of all rows that are copies."""
        return int(pa.compute.sum(pa.compute.invert(self.memberships["is_canonical"])).as_py() or 0)


@dataclass(slots=True)
class Link:
    """A copy found for a document: the other one, and how alike they are."""

    other: int
    jaccard: float
    contained: float
    title: float
    ratio: float


@dataclass(slots=True)
class _Work:
    """An assignment on its way."""

    scene: Scene
    grams: NDArray[np.uint8]
    titles: NDArray[np.uint8]
    kinds: dict[int, tuple[str, float]] = field(default_factory=dict)
    matched: dict[int, int] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    relations: list[tuple[int, int, float]] = field(default_factory=list)


def assign(batch: Fingerprints, index: IndexReader) -> Assignment:
    """Return the rows for a batch of new articles (no article twice, none that the index has)."""
    scene = Scene(batch, index)
    work = _Work(scene, index.counters("grams"), index.counters("titles"))
    exact = _exact_copies(scene)
    rows, others = candidate_pairs(batch, index)
    kept = exact[rows] < 0
    rows, others = rows[kept], others[kept]
    start, size = 0, FIRST_CHUNK if index.count < LARGEST_CHUNK else LARGEST_CHUNK
    while start < len(batch):
        end = min(start + size, len(batch))
        low, high = np.searchsorted(rows, (start, end))
        _assign_chunk(work, start, end, exact, rows[low:high], others[low:high])
        start, size = end, min(size * 2, LARGEST_CHUNK)
    return Assignment(_membership_rows(work), _relation_rows(work))


def _exact_copies(scene: Scene) -> Ints:
    """Return for each document the first one with the same folded text, or -1."""
    digests = scene.batch.digests
    keys = (digests[:, 0] & ~np.uint64(3)) | np.uint64(1)
    order = np.argsort(keys, kind="stable")
    rows, documents = scene.index.lookup(keys[order])
    rows = order[rows]
    same = (scene.index.records(documents)["digest"] == digests[rows]).all(axis=1)
    same &= scene.index.members(documents)["gone"] == 0
    copies = np.full(len(digests), -1, np.int64)
    copies[rows[same][::-1]] = documents[same][::-1]
    first: dict[bytes, int] = {}
    for row, digest in enumerate(map(bytes, digests)):
        holder = first.setdefault(digest, row)
        if copies[row] < 0 and holder != row:
            copies[row] = scene.first + holder
    return copies


def _assign_chunk(work: _Work, start: int, end: int, exact: Ints, rows: Ints, others: Ints) -> None:
    scene = work.scene
    like = _compare(work, rows + scene.first, others)
    common = _titles_are_common(work, rows + scene.first, others)
    copies, related = is_copy(like, common), is_related(like)
    bounds = np.searchsorted(rows, np.arange(start, end + 1)).tolist()
    busy = np.zeros(end - start, bool)
    busy[rows[copies | related] - start] = True
    busy |= exact[start:end] >= 0
    for row in (np.flatnonzero(busy) + start).tolist():
        number = row + scene.first
        if exact[row] >= 0:
            _join(work, number, int(exact[row]), "exact", 1.0)
            continue
        pairs = range(bounds[row - start], bounds[row - start + 1])
        links = [_link(like, pair, int(others[pair]), common) for pair in pairs if copies[pair]]
        seen = {int(others[pair]): float(like.contained[pair]) for pair in pairs}
        _place(work, number, links, seen)
        for pair in pairs:
            if related[pair] and scene.cluster(int(others[pair])) != scene.cluster(number):
                work.relations.append((number, int(others[pair]), float(like.contained[pair])))
    _learn(work, start, end)


def _compare(work: _Work, one: Ints, other: Ints) -> Likeness:
    return compare(work.scene.side(one), work.scene.side(other), work.grams)


def _titles_are_common(work: _Work, one: Ints, other: Ints) -> NDArray[np.bool_]:
    bits = len(work.titles).bit_length() - 1
    held = [work.titles[work.scene.title_keys(side) >> np.uint64(64 - bits)] for side in (one, other)]
    common: NDArray[np.bool_] = np.maximum(*held) > COMMON_TITLE
    return common


def _link(like: Likeness, pair: int, other: int, common: NDArray[np.bool_]) -> Link:
    title = -1.0 if common[pair] else float(like.title[pair])
    return Link(other, float(like.jaccard[pair]), float(like.contained[pair]), title, float(like.ratio[pair]))


def _place(work: _Work, number: int, links: list[Link], seen: dict[int, float]) -> None:
    """Join the cluster of the best link; merge others into it only when their survivors are copies too."""
    scene = work.scene
    links.sort(key=lambda link: (-(link.jaccard >= 0.9), -(link.title >= 0.5), -link.jaccard, link.other))
    usable = [link for link in links if _is_whole(work, number, link, seen)]
    if not usable:
        return
    best = usable[0]
    kind = "contained" if best.ratio * MUCH_LONGER <= 1 and best.contained >= 0.75 else "near"
    _join(work, number, best.other, kind, best.contained if kind == "contained" else best.jaccard)
    for link in usable[1:]:
        mine, theirs = scene.cluster(number), scene.cluster(link.other)
        if mine != theirs and _are_one(work, mine, theirs, best, link):
            _merge(work, max(mine, theirs), min(mine, theirs))


def _is_whole(work: _Work, number: int, link: Link, seen: dict[int, float]) -> bool:
    """Return whether a link is to an article, and not to the other half of a page that holds two.

    A longer page that holds this document and a member with other text joins two articles,
    unless all three have one title: then they are pages of one.
    """
    scene = work.scene
    anchor = scene.anchor(link.other)
    if anchor < 0 or anchor == number or link.jaccard >= 0.65:
        return True
    if anchor not in seen:
        like = _compare(work, np.array([number]), np.array([anchor]))
        seen[anchor] = float(like.contained[0])
    if seen[anchor] >= 0.25:
        return True
    return link.title >= 0.5 and _same_title(work, number, anchor)


def _same_title(work: _Work, one: int, other: int) -> bool:
    like = _compare(work, np.array([one]), np.array([other]))
    return bool(like.title[0] >= 0.5)


def _are_one(work: _Work, mine: int, theirs: int, best: Link, link: Link) -> bool:
    """Return whether two clusters are one: their survivors are copies, or all titles agree."""
    one, other = work.scene.survivor(mine), work.scene.survivor(theirs)
    pair = np.array([one]), np.array([other])
    like = _compare(work, *pair)
    common = _titles_are_common(work, *pair)
    if is_copy(like, common)[0]:
        back = Link(other, float(like.jaccard[0]), float(like.contained[0]), float(like.title[0]), 1.0)
        return _is_whole(work, one, back, {}) and _is_whole(work, other, Link(one, *_of(back)), {})
    return not common[0] and like.title[0] >= 0.5 and best.title >= 0.5 and link.title >= 0.5


def _of(link: Link) -> tuple[float, float, float, float]:
    return link.jaccard, link.contained, link.title, link.ratio


def _join(work: _Work, number: int, other: int, kind: str, similarity: float) -> None:
    scene = work.scene
    cluster = scene.cluster(other)
    scene.join(number, cluster)
    work.kinds[number], work.matched[number] = (kind, similarity), other
    survivor, newcomer = scene.standing(scene.survivor(cluster)), scene.standing(number)
    if newcomer.length >= MUCH_LONGER * survivor.length:
        scene.anchors[number] = survivor.number
    elif survivor.length >= MUCH_LONGER * newcomer.length and scene.anchor(survivor.number) < 0:
        scene.anchors[survivor.number] = number
    if stands_before(newcomer, survivor):
        scene.survivors[cluster] = number
        work.touched.add(cluster)
        work.kinds.setdefault(survivor.number, (kind, similarity))


def _merge(work: _Work, younger: int, older: int) -> None:
    scene = work.scene
    one, other = scene.standing(scene.survivor(older)), scene.standing(scene.survivor(younger))
    scene.merge(younger, older)
    scene.survivors[older] = other.number if stands_before(other, one) else one.number
    work.touched.add(older)


def _learn(work: _Work, start: int, end: int) -> None:
    """Count the grams and titles that this chunk brought into a cluster."""
    scene = work.scene
    numbers = np.arange(start, end) + scene.first
    side = scene.side(numbers)
    grams = (side.sketches.values >> np.uint32(PLACE_BITS)).astype(np.int64)
    new = np.ones(len(grams), bool)
    titles = scene.batch.title_keys[start:end].copy()
    for row in range(start, end):
        other = work.matched.get(row + scene.first)
        if other is not None:
            part = slice(side.sketches.offsets[row - start], side.sketches.offsets[row - start + 1])
            held = scene.side(np.array([other]))
            new[part] = ~np.isin(
                grams[part], (held.sketches.values >> np.uint32(PLACE_BITS)).astype(np.int64)
            )
            if scene.title_keys(np.array([other]))[0] == titles[row - start]:
                titles[row - start] = 0
    _add(work.grams, grams[new], GRAM_BITS)
    _add(work.titles, (titles[titles != 0] >> np.uint64(64 - GRAM_BITS)).astype(np.int64), GRAM_BITS)


def _add(counters: NDArray[np.uint8], values: Ints, bits: int) -> None:
    places, counts = np.unique(values >> (bits - (len(counters).bit_length() - 1)), return_counts=True)
    counters[places] = np.minimum(counters[places].astype(np.int64) + counts, 255)


def _membership_rows(work: _Work) -> pa.Table:
    scene = work.scene
    new = np.arange(scene.first, scene.first + len(scene.batch)).tolist()
    changed = {number for cluster in work.touched for number in scene.ring(scene.cluster(cluster))}
    old = sorted(number for number in changed if number < scene.first)
    numbers = new + old
    clusters = [scene.cluster(number) for number in numbers]
    survivors = [scene.survivor(cluster) for cluster in clusters]
    ids = _ids(scene, {*numbers, *clusters, *survivors})
    records = scene.index.members(np.array(old, np.int64))
    past = dict(zip(old, records, strict=True))
    kinds: list[tuple[str, float]] = []
    decisions: list[int] = []
    for number in numbers:
        record = past.get(number)
        kind = work.kinds.get(number)
        if kind is None and record is not None and record["kind"]:
            kind = KIND_NAMES[int(record["kind"]) - 1], float(record["similarity"])
        kinds.append(kind or ("near", 1.0))
        decisions.append(1 if record is None else int(record["decision"]) + 1)
    canonical = [number == survivor for number, survivor in zip(numbers, survivors, strict=True)]
    columns = [
        [ids[number] for number in numbers],
        decisions,
        [ids[cluster] for cluster in clusters],
        canonical,
        [None if own else ids[survivor] for own, survivor in zip(canonical, survivors, strict=True)],
        [None if own else kind[0] for own, kind in zip(canonical, kinds, strict=True)],
        [None if own else kind[1] for own, kind in zip(canonical, kinds, strict=True)],
    ]
    return pa.table(columns, schema=pa.schema(MEMBERSHIP_COLUMNS))


def _ids(scene: Scene, numbers: set[int]) -> dict[int, str]:
    old = sorted(number for number in numbers if number < scene.first)
    ids = dict(zip(old, scene.index.article_ids(np.array(old, np.int64)), strict=True))
    return ids | {n: scene.batch.article_ids[n - scene.first] for n in numbers if n >= scene.first}


def _relation_rows(work: _Work) -> pa.Table:
    scene = work.scene
    ids = _ids(scene, {number for one, other, _ in work.relations for number in (one, other)})
    rows = []
    for one, other, similarity in work.relations:
        long, short = (
            (one, other) if scene.standing(one).length >= scene.standing(other).length else (other, one)
        )
        rows.append((ids[long], ids[short], "contains", similarity))
    columns = [list(column) for column in zip(*rows, strict=True)] if rows else [[], [], [], []]
    return pa.table(columns, schema=pa.schema(RELATION_COLUMNS))
