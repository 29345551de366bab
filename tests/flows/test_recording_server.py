"""The temporary server: a fork that holds nothing of its caller's, a database that needs no migration."""

import os
import sqlite3
import sys
import time
from contextlib import closing

import pytest

from flows import recording_server
from flows.forked import ForkedProcess


def make_database(path, revision="abc", automations=0):
    """A database as far as the server looks at it before it starts."""
    with closing(sqlite3.connect(path)) as con:
        con.execute("create table alembic_version (version_num text)")
        con.execute("insert into alembic_version values (?)", [revision])
        con.execute("create table automation (enabled int)")
        con.executemany("insert into automation values (?)", [[1]] * automations)
        con.commit()
    return path


@pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")
def test_a_fork_holds_nothing_open(tmp_path):
    """A pipe of the caller ends when the caller closes it, though the child lives on; what it prints is kept."""
    reading, writing = os.pipe()
    kept, other = os.pipe()

    def work():
        print("written by the child", flush=True)
        os.write(other, b"x")
        time.sleep(30)

    child = ForkedProcess(work, tmp_path / "log", other)
    os.close(writing)
    os.close(other)
    assert os.read(reading, 1) == b""
    assert os.read(kept, 1) == b"x"
    assert child.poll() is None
    child.terminate()

    assert child.wait(10) == -15
    assert (tmp_path / "log").read_text() == "written by the child\n"
    for descriptor in (reading, kept):
        os.close(descriptor)


@pytest.mark.skipif(sys.platform != "linux", reason="forks on Linux only")
def test_a_child_that_fails_says_so(tmp_path):
    """An error in the child ends it with code 1 and its words in the log; the parent goes on."""
    reading, writing = os.pipe()
    child = ForkedProcess(lambda: [][1], tmp_path / "log", writing)

    assert child.wait(10) == 1
    assert "IndexError" in (tmp_path / "log").read_text()
    os.close(reading)
    os.close(writing)


@pytest.mark.parametrize(("automations", "found"), [(0, False), (2, True)])
def test_automations_are_seen(tmp_path, automations, found):
    """A database with automations gets the services that answer them; one without does not need them."""
    database = make_database(tmp_path / "prefect.db", automations=automations)

    assert recording_server._has_automations(database) is found


def test_a_new_database_is_kept_for_the_next(tmp_path, monkeypatch):
    """The first migrated database becomes the template; a folder that cannot be written is no fault."""
    database = make_database(tmp_path / "prefect.db", revision="abc")
    template = tmp_path / "share" / "prefect-1.db"
    monkeypatch.setattr(recording_server, "template", lambda: template)
    recording_server._keep_as_template(database)

    assert recording_server._revision_of(template) == "abc"
    assert recording_server._revision_of(tmp_path / "none.db") is None
    monkeypatch.setattr(recording_server, "template", lambda: database / "below" / "a-file.db")
    recording_server._keep_as_template(database)
