"""What becomes of local places between runs: moved, deleted, unreadable, readable again; without Prefect."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.counts import RunPlan
from flows.progress import Progress
from flows.run import IngestRun
from flows.summary import as_text
from tasks.batch import read_staged
from tasks.fetch import FetchOptions
from tasks.rows import batch_tables
from tasks.sources import FieldNames, Source
from warehouse.catalog import Warehouse
from warehouse.runs import RunRef


@pytest.fixture
def inbox(tmp_path: Path) -> Path:
    """A folder with two pages, read long after they were written."""
    folder = tmp_path / "in"
    folder.mkdir()
    for name in ("a.txt", "b.txt"):
        (folder / name).write_text(f"河湾的{name}")
    return folder


@pytest.fixture
def summaries() -> list[dict[str, Any]]:
    """What each run had to say."""
    return []


@pytest.fixture
def read(warehouse: Warehouse, inbox: Path, summaries: list[dict[str, Any]]) -> Callable[..., int]:
    """Run over the folder; returns how many inputs were read. Documents are stored as they were received."""
    runs = 0

    def read_all(*sources: Source) -> int:
        nonlocal runs
        runs += 1
        plan = RunPlan(
            sources or (Source(location=str(inbox)),), warehouse.paths.root, 100, 10**6, FetchOptions()
        )
        run = IngestRun(plan, warehouse, RunRef(f"run-{runs}"), Progress(quiet=True))
        count = run.reader.discover()
        while ref := run.reader.next_batch(1):
            batch = read_staged(Path(ref.path))
            batch.stopped, batch.documents = batch.documents, []
            warehouse.load_batch(batch_tables(batch, run.run.run_id, "1"), unit=f"u{runs}", run=run.run)
        run.note_places()
        summaries.append(run.summary())
        return count

    return read_all


@pytest.fixture
def ask(warehouse: Warehouse) -> Callable[[str], list[Any]]:
    def ask_once(query: str) -> list[Any]:
        with warehouse.connect() as con:
            return [
                row[0].rpartition("/")[2] if len(row) == 1 else row for row in con.execute(query).fetchall()
            ]

    return ask_once


GONE = "select uri from sightings where gone_at is not null order by 1"
THERE = "select uri from sightings where gone_at is null order by 1"
REJECTS = "select regexp_extract(uri, '[^/]*$'), attempts from rejects order by 1"


def test_moved_and_deleted_files_show_in_sightings(read, ask, inbox):
    """A moved file is gone from one place and there at another; what comes back is there again."""
    read()
    (inbox / "sub").mkdir()
    (inbox / "a.txt").rename(inbox / "sub" / "moved.txt")
    (inbox / "b.txt").unlink()
    read()
    assert (ask(GONE), ask(THERE)) == (["a.txt", "b.txt"], ["moved.txt"])
    assert ask("select count(*)::varchar from documents") == ["2"]

    (inbox / "sub" / "moved.txt").rename(inbox / "a.txt")
    read()
    assert (ask(GONE), ask(THERE)) == (["b.txt", "moved.txt"], ["a.txt"])


def test_what_is_gone_is_noted_once(read, ask, inbox):
    """The runs that follow find nothing to write down."""
    read()
    (inbox / "a.txt").unlink()
    for _ in range(3):
        read()

    assert ask("select uri from core.absences") == ["a.txt"]


def test_a_run_that_finds_something_gone_says_so(read, inbox, summaries):
    """With the snapshot in which it is written down; a run that finds nothing has none."""
    read()
    (inbox / "a.txt").unlink()
    read()
    read()

    assert [each["gone"] for each in summaries] == [0, 1, 0]
    assert isinstance(summaries[1]["snapshot_id"], int)
    assert summaries[2]["snapshot_id"] is None
    assert "1 place gone" in as_text(summaries[1], [])
    assert "nothing new" not in as_text(summaries[1], [])
    assert "gone" not in as_text(summaries[2], [])


def test_hidden_names_are_passed_over_and_counted(read, inbox, summaries):
    """Those of every folder below a source, and files of sources; the summary says how many."""
    (inbox / "sub" / ".git").mkdir(parents=True)
    (inbox / "sub" / ".git" / "config").write_text("河湾")
    for name in (".a.txt", "sub/.b.txt", "wencang.toml"):
        (inbox / name).write_text("河湾")

    assert read() == 2
    assert summaries[0]["hidden"] == 3
    assert "3 hidden names" in as_text(summaries[0], [])
    assert "1 wencang.toml passed over" in as_text(summaries[0], [])


def test_another_warehouse_is_no_page(read, inbox, summaries):
    """Its rows and indexes are passed over and said; what somebody put beside them is read, locks of others too."""
    for name in (
        "lake/catalog.sqlite",
        "lake/data/core/x.parquet",
        "lake/locks/commit.lock",
        "lake/notes.txt",
    ):
        (inbox / name).parent.mkdir(parents=True, exist_ok=True)
        (inbox / name).write_text("河湾")
    (inbox / "db" / "locks").mkdir(parents=True)
    (inbox / "db" / "locks" / "commit.lock").write_text("河湾")

    assert read() == 4
    assert summaries[0]["warehouses"] == 1
    assert "1 other warehouse passed over" in as_text(summaries[0], [])


def test_what_was_left_out_is_not_gone(read, ask, inbox):
    """A filter, another source, a glob that fits no more: only the disk says that a file is gone."""
    read()
    read(Source(location=str(inbox), exclude=("*a.txt",)))
    read(Source(location=str(inbox / "b*")))

    assert ask(GONE) == []


def test_a_folder_that_cannot_be_listed_hides_nothing(read, ask, inbox, monkeypatch):
    """What lies in it is not gone, as far as anybody knows."""
    (inbox / "sub").mkdir()
    (inbox / "sub" / "c.txt").write_text("河湾")
    read()
    real_scan, real_stat = os.scandir, os.lstat

    def guarded(real):
        def call(path, *args, **kwargs):
            if "/sub" in os.fspath(path):
                raise PermissionError(13, "Permission denied", path)
            return real(path, *args, **kwargs)

        return call

    with monkeypatch.context() as locked:
        locked.setattr(os, "scandir", guarded(real_scan))
        locked.setattr(os, "lstat", guarded(real_stat))
        read()
        assert ask(GONE) == []
        assert ask(REJECTS) == [("sub", 1)]
    read()
    assert ask(REJECTS) == []


def test_what_cannot_be_read_is_one_row_that_counts(read, ask, inbox):
    """A pipe and a link to nothing: no input, no row more for each run; gone or mended they leave the view."""
    os.mkfifo(inbox / "pipe")
    (inbox / "link").symlink_to(inbox / "nothing")
    assert [read() - 2 for _ in range(3)] in ([2, 0, 0], [2, 0, -2], [2, -2, -2])  # files of a moment ago
    assert ask(REJECTS) == [("link", 3), ("pipe", 3)]

    (inbox / "pipe").unlink()
    (inbox / "nothing").write_text("河湾")
    read()
    assert ask(REJECTS) == []
    assert len(ask("select uri from core.rejects")) == 6


def test_a_folder_of_unreadable_files_writes_so_many_rows_only(read, ask, inbox, monkeypatch):
    """The others stay as they were written first."""
    monkeypatch.setattr("flows.places.AT_ONCE", 2)
    for i in range(5):
        (inbox / f"link{i}").symlink_to(inbox / "nothing")
    read()
    read()

    assert sorted(attempts for _, attempts in ask(REJECTS)) == [1, 1, 1, 2, 2]


@pytest.mark.parametrize("racy_ns", [2_000_000_000, -60_000_000_000], ids=["by-digest", "by-time"])
def test_a_file_is_read_again_when_its_columns_get_other_names(read, ask, inbox, monkeypatch, racy_ns):
    """Rows rejected for their column are cured by ``fields``, though the file is as it was; and only once."""
    monkeypatch.setattr("tasks.discover.RACY_NS", racy_ns)
    rows = inbox / "rows.jsonl"
    rows.write_text('{"content": "河湾码头天还没亮"}\n')
    plain = Source(location=str(rows))
    named = plain.model_copy(update={"fields": FieldNames(text="content")})
    for _ in range(2):
        read(plain)
        assert ask("select reason from rejects where step = 'fetch'") == ["invalid_record"]
    for _ in range(2):
        read(named)
        assert ask("select reason from rejects where step = 'fetch'") == []

    assert ask("select count(*)::varchar from core.rejects where step = 'fetch'") == ["1"]
    assert ask("select count(*)::varchar from core.sightings") == ["1"]
