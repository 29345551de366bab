"""Promises of the index on disk: repeats, kills and merges change nothing that it answers."""

import multiprocessing
import os
import shutil
import signal

import numpy as np
import pytest

from tasks.dedupe import assign, fingerprint
from tasks.dedupe.fingerprint import join_fingerprints
from warehouse.dedup import DedupIndex
from warehouse.dedup import index as index_module
from warehouse.dedup import runs as runs_module
from warehouse.dedup import store as store_module

FORK = multiprocessing.get_context("fork")


def kill_at(target, name, call, work):
    """Run work in a process that is killed (SIGKILL) before the given call of a function."""

    def child():
        original, calls = getattr(target, name), []

        def killing(*args, **kwargs):
            calls.append(1)
            if len(calls) == call:
                os.kill(os.getpid(), signal.SIGKILL)
            return original(*args, **kwargs)

        setattr(target, name, killing)
        work()

    process = FORK.Process(target=child)
    process.start()
    process.join()
    return process.exitcode


POINTS = [
    pytest.param(store_module.Store, "append", 1, id="before-anything", marks=pytest.mark.slow),
    pytest.param(store_module.Store, "append", 2, id="documents-written", marks=pytest.mark.slow),
    pytest.param(store_module.Store, "append", 3, id="sketches-written"),
    pytest.param(index_module.sorted_runs, "write_run", 1, id="before-the-run"),
    pytest.param(store_module.Store, "commit", 1, id="before-the-commit"),
    pytest.param(store_module.Journal, "write", 1, id="before-the-journal", marks=pytest.mark.slow),
    pytest.param(store_module.Store, "_map", 2, id="committed-not-replayed"),
    pytest.param(store_module.Store, "_replay", 1, id="committed-before-replay"),
    pytest.param(store_module.Store, "_remove_strays", 2, id="replayed-not-tidied"),
]


@pytest.mark.parametrize(("target", "name", "call"), POINTS)
def test_kill_and_redo_is_as_if_nothing_had_happened(tmp_path, batches, contents, load, target, name, call):
    """Killed at any point of an update and done again, tables and index are the same, byte for byte."""
    rows = load(tmp_path / "whole", batches[:4])
    load(tmp_path / "killed", batches[:2])
    code = kill_at(target, name, call, lambda: load(tmp_path / "killed", batches[2:3], 3))
    assert code == -signal.SIGKILL
    index = DedupIndex(tmp_path / "killed")
    done = index.watermark()
    assert done in (2, 3)
    index.close()
    assert [each.to_pylist() for each in load(tmp_path / "killed", batches[done:4], done + 1)] == [
        each.to_pylist() for each in rows[done:]
    ]
    assert contents(tmp_path / "killed") == contents(tmp_path / "whole")


@pytest.mark.parametrize(
    ("target", "name", "call"), [(store_module.Store, "commit", 1), (store_module.Store, "_replay", 1)]
)
def test_a_commit_and_what_leaves_with_it_are_one(tmp_path, batches, load, target, name, call):
    """Killed before the commit nobody has left; after it all have, and clusters are as the rows say."""
    load(tmp_path / "index", batches[:2])
    gone = batches[0].article_ids[:10]

    def work():
        index = DedupIndex(tmp_path / "index")
        rows = assign(batches[2], index, gone).memberships
        index.apply(batches[2], rows, 3, gone)

    assert kill_at(target, name, call, work) == -signal.SIGKILL
    index = DedupIndex(tmp_path / "index")
    done = index.watermark() == 3
    assert done == (name == "_replay")
    assert (index.find(gone) < 0).all() == done
    if not done:
        work()
        index.refresh()
    assert (index.find(gone) < 0).all()
    assert (index.find([*batches[0].article_ids[10:], *batches[2].article_ids]) >= 0).all()
    index.close()


def test_taking_in_a_commit_twice_changes_nothing(tmp_path, batches, contents, load):
    """Idempotent: what is known already is left alone."""
    rows = load(tmp_path / "index", batches)
    before = contents(tmp_path / "index")
    index = DedupIndex(tmp_path / "index")
    for batch, memberships in zip(batches, rows, strict=True):
        index.apply(batch, memberships, 1)
    index.close()
    assert contents(tmp_path / "index") == before


def test_catching_up_from_the_rows_is_the_same_as_having_been_there(tmp_path, batches, contents, load):
    """An index that was deleted comes back from signatures and memberships, commit by commit."""
    rows = load(tmp_path / "there", batches)
    index = DedupIndex(tmp_path / "rebuilt")
    for snapshot, (batch, memberships) in enumerate(zip(batches, rows, strict=True), 1):
        index.apply(batch, memberships, snapshot)
    index.close()
    assert contents(tmp_path / "rebuilt") == contents(tmp_path / "there")


def test_commits_taken_in_together_give_the_same_clusters(tmp_path, batches, load):
    """Catching up over several commits at once: same members, same survivors, same answers."""
    rows = load(tmp_path / "there", batches[:5])
    index, there = DedupIndex(tmp_path / "together"), DedupIndex(tmp_path / "there")
    together = rows[0].schema.empty_table()
    for table in rows:
        together = index_module.pa.concat_tables([together, table])
    index.apply(join_fingerprints(batches[:5]), together, 5)
    everything = np.arange(there.count)
    for column in ("cluster", "survivor", "decision", "kind"):
        roots = there.members(everything)["cluster"] if column == "survivor" else everything
        assert np.array_equal(index.members(roots)[column], there.members(roots)[column]), column
    found = [assign(batches[5], each).memberships for each in (index, there)]
    names = ["article_id", "cluster_id"]
    assert found[0].select(names).equals(found[1].select(names))
    index.close()
    there.close()


def test_a_removed_article_is_found_no_more_and_may_come_back(tmp_path, batches, load):
    """Removed, its copies are still found through each other; added again, it joins them again."""
    load(tmp_path / "index", batches[:2])
    index = DedupIndex(tmp_path / "index")
    clusters = index.members(np.arange(index.count))["cluster"]
    root = int(np.flatnonzero(np.bincount(clusters) > 1)[0])
    copies = [number for number in index.ring(root) if number != root]
    article = index.article_ids(np.array([root]))[0]
    index.remove([article])
    assert index.find([article]).tolist() == [-1]
    assert root not in index.ring(copies[0])
    row = next(r for r, a in enumerate(batches[0].article_ids) if a == article)
    again = batches[0].take(np.array([row]))
    rows = assign(again, index).memberships
    assert rows["cluster_id"][0].as_py() == article
    index.apply(again, rows, 3)
    assert set(index.ring(copies[0])) == {*copies, index.count - 1}
    index.close()


def test_the_only_member_removed_and_added_again_is_as_at_first(tmp_path, batches, load):
    """An article without copies comes back alone, with its old cluster id."""
    load(tmp_path / "index", batches[:1])
    index = DedupIndex(tmp_path / "index")
    article = batches[0].article_ids[0]
    index.remove([article])
    rows = assign(batches[0].take(np.array([0])), index).memberships.to_pylist()
    assert rows[0]["cluster_id"] == article
    assert rows[0]["is_canonical"]
    index.apply(batches[0].take(np.array([0])), assign(batches[0].take(np.array([0])), index).memberships, 2)
    assert index.find([article]).tolist() == [index.count - 1]
    index.close()


def test_what_another_process_committed_is_seen(tmp_path, batches, load):
    """``refresh`` picks up the commits of others."""
    index = DedupIndex(tmp_path / "index")
    process = FORK.Process(target=lambda: load(tmp_path / "index", batches[:2]))
    process.start()
    process.join()
    assert index.count == 0
    index.refresh()
    assert index.count == 80
    assert index.watermark() == 2
    index.close()


def test_runs_are_merged_and_lose_nothing(tmp_path, batches, load):
    """Many small commits leave few runs, with every key in one of them."""
    index = DedupIndex(tmp_path / "index")
    one = join_fingerprints(batches)
    for row in range(40):
        part = one.take(np.array([row]))
        index.apply(part, assign(part, index).memberships, row + 1)
    assert len(index._store.runs) < 2 * runs_module.FANOUT
    assert index.find(one.article_ids[:40]).tolist() == list(range(40))
    files = {path.name for path in (tmp_path / "index").glob("run-*.bin")}
    assert files == {run.name for run in index._store.runs}
    index.close()


def test_counters_grow_without_forgetting(tmp_path, batches, load, monkeypatch):
    """A table that doubles keeps at least the count of every gram that began a cluster."""
    monkeypatch.setitem(store_module.FIRST_BITS, "grams", 8)
    monkeypatch.setattr(store_module.State, "__init__", _small_state(store_module.State.__init__))
    load(tmp_path / "index", batches)
    index = DedupIndex(tmp_path / "index")
    assert len(index.counters("grams")) > 256
    everything = np.arange(index.count)
    values, _ = index.sketches(everything[index.clusters(everything) == everything])
    bits = len(index.counters("grams")).bit_length() - 1
    assert (index.counters("grams")[(values >> np.uint32(32 - bits)).astype(np.int64)] > 0).all()
    index.close()


def _small_state(original):
    def init(self, *args, **kwargs):
        original(self, *args, **{"grams_bits": 8, **kwargs})

    return init


def test_an_index_in_a_new_folder_is_empty(tmp_path):
    """Nothing is known, and that is an answer."""
    index = DedupIndex(tmp_path / "new")
    assert index.count == 0
    assert index.watermark() == 0
    assert index.find(["0" * 32]).tolist() == [-1]
    index.close()
    shutil.rmtree(tmp_path / "new")
    assert len(fingerprint([])) == 0


def test_a_large_first_commit_leaves_its_texts_rare(tmp_path, batches, monkeypatch):
    """The table of counters is made large enough before it counts: new text does not look common."""
    monkeypatch.setattr(store_module.State, "__init__", _small_state(store_module.State.__init__))
    index = DedupIndex(tmp_path / "index")
    one = join_fingerprints(batches)
    index.apply(one, assign(one, index).memberships, 1)
    counters = index.counters("grams")
    assert np.count_nonzero(counters > 8) < 0.02 * np.count_nonzero(counters)
    index.close()


def test_a_kill_after_a_table_has_doubled_loses_nothing(tmp_path, batches, contents, load, monkeypatch):
    """Values written for the smaller table are not written into the larger one."""
    monkeypatch.setattr(store_module.State, "__init__", _small_state(store_module.State.__init__))

    def child():
        index = DedupIndex(tmp_path / "killed")
        for snapshot, batch in enumerate(batches, 1):
            index.apply(batch, assign(batch, index).memberships, snapshot)
        os.kill(os.getpid(), signal.SIGKILL)

    process = FORK.Process(target=child)
    process.start()
    process.join()
    load(tmp_path / "whole", batches)
    assert contents(tmp_path / "killed") == contents(tmp_path / "whole")


def test_an_index_of_another_layout_starts_over(tmp_path, batches, load, monkeypatch):
    """It is derived: emptied, it comes back from the lake."""
    load(tmp_path / "index", batches[:1])
    monkeypatch.setattr(store_module, "LAYOUT", store_module.LAYOUT + 1)
    index = DedupIndex(tmp_path / "index")
    assert index.count == 0
    assert index.watermark() == 0
