"""Files that change while they are read: what is certain is loaded, what may be half is left."""

import os
import time

import pytest

from tasks.discover import list_inputs
from tasks.document import Document
from tasks.fetch import FetchOptions, InputDone, read_documents
from tasks.reasons import Reject
from tasks.sources import Source


def inputs_of(path):
    return list(list_inputs([Source(location=str(path))], {}))


def kinds(events):
    return [str(e.reason) if isinstance(e, Reject) else type(e).__name__ for e in events]


def test_a_page_that_grows_while_it_is_read_is_left(tmp_path):
    """Half a page is no page; the next run reads all of it."""
    path = tmp_path / "a.txt"
    path.write_text("x" * 300_000)
    events = read_documents(_grow_when_listed(path, "y", after=0.0), FetchOptions())

    assert kinds(events) == ["growing"]
    later = time.time() - 10
    os.utime(path, (later, later))
    assert kinds(read_documents(inputs_of(path))) == ["Document", "InputDone"]


def _grow_when_listed(path, text, after):
    inputs = inputs_of(path)
    with path.open("a") as file:
        file.write(text)
    yield from inputs


def test_rows_before_the_growing_end_are_loaded(tmp_path):
    """The last row may be half a row: it waits, the others do not, and the file is not done."""
    path = tmp_path / "x.jsonl"
    path.write_text('{"text": "a"}\n{"text": "b"}\n{"te')
    events = read_documents(inputs_of(path))
    found = [next(events)]
    with path.open("a") as file:
        file.write('xt": "c"}\n')
    found += list(events)

    assert [e.body for e in found if isinstance(e, Document)] == [b"a", b"b"]
    assert kinds(found)[-1] == "growing"
    assert not any(isinstance(e, InputDone) for e in found)


def test_a_file_that_changed_before_it_was_read_is_read_when_quiet(tmp_path, monkeypatch):
    """Listed, then finished by its writer, then quiet for a while: it is read as it is now."""
    monkeypatch.setattr("tasks.fetch.local.QUIET_NS", 0)
    path = tmp_path / "a.txt"
    path.write_text("half")
    inputs = inputs_of(path)
    path.write_text("half and whole")
    time.sleep(0.01)

    events = list(read_documents(inputs))

    assert kinds(events) == ["Document", "InputDone"]
    assert events[0].content == b"half and whole"


@pytest.mark.parametrize("name", ["a.txt.part", "b.html.crdownload", "C.JSONL.TMP"])
def test_unfinished_downloads_are_left_by_name(tmp_path, name):
    """They get their name when they are whole."""
    (tmp_path / name).write_text("x")
    (tmp_path / "part.txt").write_text("x")

    assert sorted(kinds(inputs_of(tmp_path))) == ["Input", "growing"]


def test_a_name_that_became_a_pipe_is_not_waited_for(tmp_path):
    """Between listing and reading; opening a pipe would wait for a writer."""
    path = tmp_path / "a.txt"
    path.write_text("x")
    inputs = inputs_of(path)
    path.unlink()
    os.mkfifo(path)

    assert kinds(read_documents(inputs)) == ["unsupported"]
