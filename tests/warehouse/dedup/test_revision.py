"""Promises of a reclean in parts: the same clusters as at once, and an index that knows nothing of it."""

from dataclasses import replace

import numpy as np
import pytest

from flows.revision import gathered, revision
from tasks.dedupe import join_fingerprints
from warehouse.dedup import DedupIndex


@pytest.fixture(scope="module")
def recleaned(batches):
    """Four batches again: every third article reads like one that nobody had, in twos; the others as before."""
    held = join_fingerprints(batches[:4])
    texts = batches[5].take(np.arange(0, 40, 2))
    rows = np.arange(0, len(held), 3)
    other = replace(
        texts.take(np.arange(len(rows)) // 2 % len(texts)),
        article_ids=[held.article_ids[row] for row in rows.tolist()],
    )
    rest = held.take(np.setdiff1d(np.arange(len(held)), rows))
    return [other.take(np.arange(0, 20)), rest, other.take(np.arange(20, len(other)))]


def newest(tables):
    """Return article -> its newest row."""
    return {row["article_id"]: row for table in tables for row in table.to_pylist()}


def clusters(rows):
    """Return the clusters as sets of articles; each has one survivor, which the others name."""
    found = {}
    for row in rows.values():
        found.setdefault(row["cluster_id"], []).append(row)
    for members in found.values():
        (survivor,) = [row["article_id"] for row in members if row["is_canonical"]]
        assert {row["duplicate_of"] for row in members} <= {None, survivor}
    return {frozenset(row["article_id"] for row in members) for members in found.values()}


@pytest.mark.parametrize("size", [1, 9, 1000])
def test_parts_of_any_size_give_the_same_clusters(tmp_path, batches, recleaned, contents, load, size):
    """Only articles that read otherwise are decided; who was stopped is in nobody's cluster."""
    folder = tmp_path / "dedup"
    before = newest(load(folder, batches[:4]))
    held = contents(folder)
    stopped = [recleaned[1].article_ids[5]]
    index = DedupIndex(folder)
    changed = list(gathered(recleaned, index, size))
    with revision(index, folder) as work:
        for part in changed:
            work.decide(part)
        found = work.rows(stopped)["memberships"]
    index.close()

    assert sum(map(len, changed)) == len(recleaned[0]) + len(recleaned[2])
    assert max(map(len, changed)) < 2 * size
    assert len(set(found["article_id"].to_pylist())) == len(found)
    after = before | newest([found])
    after.pop(stopped[0])
    moved = {each for part in changed for each in part.article_ids}
    expected = _expected(before, moved | set(stopped), changed)
    assert clusters(after) == expected
    assert contents(folder) == held
    assert [path.name for path in tmp_path.iterdir()] == ["dedup"]


def _expected(before, left, changed):
    """Those that stayed as they were, those with a new text by that text."""
    stayed = {}
    for article_id, row in before.items():
        if article_id not in left:
            stayed.setdefault(row["cluster_id"], set()).add(article_id)
    new = {}
    for part in changed:
        for article_id, digest in zip(part.article_ids, part.digests.tolist(), strict=True):
            new.setdefault(tuple(digest), set()).add(article_id)
    return {frozenset(each) for each in (*stayed.values(), *new.values())}
