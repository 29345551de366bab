"""The watcher: one call for one change, when the change is over."""

from pathlib import Path

from flows.own_files import own_files
from flows.watch import SLOWEST_POLL_S, Watcher, listing_digest
from tasks.sources import Source
from warehouse.paths import WarehousePaths


def watcher(folder: Path, answers: list[int], takes: bool = True) -> Watcher:
    """A watcher of a folder that notes its calls."""

    def arrived(digest: int) -> bool:
        answers.append(digest)
        return takes

    return Watcher(lambda: [Source(location=str(folder))], arrived)


def test_the_first_look_calls(tmp_path):
    """At a start there is one call: whatever came while nobody looked is caught up."""
    calls: list[int] = []
    watch = watcher(tmp_path, calls)
    watch.look(0)
    watch.look(5)

    assert len(calls) == 1


def test_a_new_file_calls_once(tmp_path):
    """A new file is one call, at the second look that finds it as it was."""
    calls: list[int] = []
    watch = watcher(tmp_path, calls)
    watch.look(0)
    (tmp_path / "a.txt").write_text("一")
    watch.look(5)
    assert len(calls) == 1
    watch.look(10)
    watch.look(15)

    assert len(calls) == 2


def test_a_file_that_keeps_growing_is_not_waited_for(tmp_path):
    """After half a minute of changes there is a call, though they go on."""
    calls: list[int] = []
    watch = watcher(tmp_path, calls)
    watch.look(0)
    for second in range(5, int(SLOWEST_POLL_S) + 20, 5):
        (tmp_path / "growing.log").write_text("行" * second)
        watch.look(second)

    assert len(calls) == 2


def test_a_call_that_was_not_heard_is_repeated(tmp_path):
    """When nobody could deal with a call (the server restarts) it comes again."""
    calls: list[int] = []
    watch = watcher(tmp_path, calls, takes=False)
    watch.look(0)
    watch.look(5)
    watch.look(10)

    assert len(calls) == 3


def test_a_removed_or_touched_file_changes_the_digest(tmp_path):
    """Appearing, changing and going are changes; nothing is none."""
    source = [Source(location=str(tmp_path))]
    empty = listing_digest(source)
    file = tmp_path / "a.txt"
    file.write_text("一")
    one = listing_digest(source)
    file.write_text("一二")
    two = listing_digest(source)
    file.unlink()

    assert len({empty, one, two}) == 3
    assert listing_digest(source) == empty


def test_what_is_not_there_is_no_change(tmp_path):
    """A missing folder, a glob without matches and a web address are quiet."""
    sources = [Source(location=str(tmp_path / "gone")), Source(location=str(tmp_path / "*.jsonl")),
               Source(location="https://example.org/")]  # fmt: skip

    assert listing_digest(sources) == 0


def test_what_a_run_writes_itself_is_no_change(tmp_path):
    """A warehouse below a source would ask for a run after each run, for ever."""
    source = [Source(location=str(tmp_path))]
    paths = WarehousePaths.of(tmp_path / "lake")
    paths.data.mkdir(parents=True)
    before = listing_digest(source, own_files(paths))
    (paths.data / "new.parquet").write_text("x")
    paths.catalog.with_name("catalog.sqlite-wal").write_text("x")
    assert listing_digest(source, own_files(paths)) == before

    (tmp_path / "page.html").write_text("x")
    assert listing_digest(source, own_files(paths)) != before
