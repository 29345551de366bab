"""discover: every file once, none lost, none read without need."""

import hashlib
import os
import re
import socket
from datetime import UTC, datetime, timedelta

import pytest

from tasks.discover import Input, InputUnchanged, KnownInput, SourceNotFound, list_inputs
from tasks.fetch import InputDone, read_documents
from tasks.file_uri import file_uri
from tasks.reasons import Reject
from tasks.sources import Source


def listed(*locations, known=None):
    return list(list_inputs([Source(location=str(each)) for each in locations], known or {}))


def names(found):
    return [os.path.basename(each.uri) for each in found]


def recorded(path, seen_after=timedelta(minutes=1)):
    """What a run that read the file some time after its last change has in its books."""
    status = path.stat()
    changed = max(status.st_mtime_ns, status.st_ctime_ns)
    seen_at = datetime.fromtimestamp(changed / 1e9, UTC) + seen_after
    digest = hashlib.sha256(path.read_bytes()).hexdigest()
    return {file_uri(str(path)): KnownInput(status.st_size, changed, digest, seen_at)}


def test_a_folder_is_walked_in_order_of_name(tmp_path):
    """Recursively; what is hidden stays the folder's own business."""
    for name in ["b/2.txt", "b/1.txt", "a.txt", ".git/config", ".DS_Store", "c.txt"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")

    assert sorted(names(listed(tmp_path))) == ["1.txt", "2.txt", "a.txt", "c.txt"]
    assert names(listed(tmp_path)) == names(listed(tmp_path))


def test_a_hidden_file_named_as_source_is_read(tmp_path):
    """Who names it means it."""
    (tmp_path / ".x.txt").write_text("x")

    assert names(listed(tmp_path / ".x.txt")) == [".x.txt"]


def test_a_glob_names_many(tmp_path):
    """``**`` goes down; the same file named twice is read once."""
    (tmp_path / "d").mkdir()
    for name in ["a.txt", "b.md", "d/c.txt"]:
        (tmp_path / name).write_text("x")

    assert names(listed(tmp_path / "**/*.txt", tmp_path / "a.txt")) == ["a.txt", "c.txt"]


def test_a_file_with_glob_signs_in_its_name_is_itself(tmp_path):
    """``[1].txt`` exists, so it is no pattern."""
    (tmp_path / "[1].txt").write_text("x")

    assert len(listed(tmp_path / "[1].txt")) == 1


@pytest.mark.parametrize("location", ["missing", "missing/*.txt"])
def test_a_source_that_names_nothing_is_an_error(tmp_path, location):
    """Before anything is read, so that a typing error costs nothing."""
    with pytest.raises(SourceNotFound, match="missing"):
        list_inputs([Source(location=str(tmp_path)), Source(location=str(tmp_path / location))], {})


@pytest.mark.parametrize(
    ("location", "said"),
    [
        ("file:///in/a%20b", "'/in/a b'"),
        ("FILE://localhost/in", "'/in'"),
        ("file:/in", "'/in'"),
        ("ftp://a.cn/x", "ftp:// is not read"),
        ("s3://bucket/key", "only http:// and https://"),
        ("/in/*.nothing", "nothing matches"),
    ],
)
def test_a_location_of_another_kind_is_told_what_to_write(location, said):
    """A path in the place of a file URL; other schemes are named."""
    with pytest.raises(SourceNotFound, match=re.escape(said)):
        list_inputs([Source(location=location)], {})


def test_urls_are_inputs():
    """They are listed without being asked for."""
    (found,) = listed("HTTPS://example.com/a?b=1")

    assert (found.kind, found.uri) == ("http", "HTTPS://example.com/a?b=1")


def test_a_link_to_a_folder_above_is_a_loop(tmp_path):
    """It is rejected; the files are listed once."""
    (tmp_path / "d").mkdir()
    (tmp_path / "d/a.txt").write_text("x")
    (tmp_path / "d/back").symlink_to("..")

    found = listed(tmp_path)

    assert names(found) == ["a.txt", "back"]
    assert found[1].reason == "loop"


def test_links_across_folders_do_not_multiply_files(tmp_path):
    """Ten folders that all link to each other: each file once."""
    for i in range(10):
        (tmp_path / f"d{i}").mkdir()
        (tmp_path / f"d{i}/{i}.txt").write_text("x")
    for i in range(10):
        for j in range(10):
            if i != j:
                (tmp_path / f"d{i}/to{j}").symlink_to(f"../d{j}")

    found = listed(tmp_path)

    assert sorted(names([f for f in found if isinstance(f, Input)])) == [f"{i}.txt" for i in range(10)]


def test_links_to_files_and_to_nothing(tmp_path):
    """A link to a file is read under its own name; a dangling or circular one has a reason."""
    (tmp_path / "a.txt").write_text("x")
    (tmp_path / "b.txt").symlink_to("a.txt")
    (tmp_path / "c.txt").symlink_to("nowhere")
    (tmp_path / "d.txt").symlink_to("d.txt")

    found = listed(tmp_path)

    assert names(found) == ["a.txt", "b.txt", "c.txt", "d.txt"]
    assert [f.reason for f in found if isinstance(f, Reject)] == ["unreadable", "loop"]


def test_pipes_sockets_and_devices_are_not_opened(tmp_path):
    """Opening a pipe would wait for ever."""
    os.mkfifo(tmp_path / "pipe")
    with socket.socket(socket.AF_UNIX) as server:
        server.bind(str(tmp_path / "socket"))
        found = listed(tmp_path, "/dev/null")

    assert [f.reason for f in found] == ["unsupported"] * 3
    assert [f.detail.split(",")[0] for f in found] == ["a pipe", "a socket", "a device"]


def test_an_unreadable_folder_costs_itself_only(tmp_path, monkeypatch):
    """Permission is simulated: root may list everything."""
    (tmp_path / "closed").mkdir()
    (tmp_path / "open.txt").write_text("x")
    real = os.scandir

    def guarded(path):
        if str(path).endswith("closed"):
            raise PermissionError(13, "Permission denied")
        return real(path)

    monkeypatch.setattr(os, "scandir", guarded)
    found = listed(tmp_path)

    assert {os.path.basename(f.uri): type(f).__name__ for f in found} == {
        "closed": "Reject",
        "open.txt": "Input",
    }


def test_an_unchanged_file_is_not_read(tmp_path):
    """Size and time of change as recorded, and the change was long over when it was read."""
    path = tmp_path / "a.txt"
    path.write_text("x")

    assert listed(path, known=recorded(path)) == [InputUnchanged(file_uri(str(path)))]


def test_plain_tuples_and_callables_are_known_inputs(tmp_path):
    """The warehouse hands out rows."""
    path = tmp_path / "a.txt"
    path.write_text("x")
    rows = {uri: tuple(row) for uri, row in recorded(path).items()}

    assert listed(path, known=rows) == listed(path, known=rows.get) == [InputUnchanged(file_uri(str(path)))]


@pytest.mark.parametrize("seen_after", [timedelta(0), timedelta(seconds=1.9), timedelta(seconds=-5)])
def test_a_change_in_the_tick_of_reading_is_not_lost(tmp_path, seen_after):
    """Same size, same times: the file was read so soon after its change that another may hide."""
    path = tmp_path / "a.txt"
    path.write_text("old")
    known = recorded(path, seen_after)

    (found,) = listed(path, known=known)

    assert isinstance(found, Input)


def test_a_restored_mtime_hides_nothing(tmp_path):
    """``touch -d`` after an edit of equal length: the file's own record has changed."""
    path = tmp_path / "a.txt"
    path.write_text("old")
    os.utime(path, ns=(10**18, 10**18))
    known = recorded(path)
    path.write_text("new")
    os.utime(path, ns=(10**18, 10**18))

    (found,) = listed(path, known=known)

    assert isinstance(found, Input)


def test_a_touched_file_is_compared_by_digest(tmp_path):
    """Same bytes under a new time: unchanged, with a record that spares the next run the reading."""
    path = tmp_path / "a.txt"
    path.write_text("same")
    known = recorded(path)
    os.utime(path, ns=(10**18, 10**18))

    (unchanged,) = read_documents(list_inputs([Source(location=str(path))], known))

    assert isinstance(unchanged, InputUnchanged)
    assert unchanged.checked.digest == known[unchanged.uri].digest
    assert unchanged.checked.mtime_ns != known[unchanged.uri].mtime_ns


@pytest.mark.parametrize("text", ["new", "new and longer"])
def test_a_changed_file_is_read_again(tmp_path, text):
    """Whether its size changed or not."""
    path = tmp_path / "a.txt"
    path.write_text("old")
    known = recorded(path)
    path.write_text(text)

    kinds = [type(e) for e in read_documents(list_inputs([Source(location=str(path))], known))]

    assert kinds[-1] is InputDone


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("/数据/新闻.txt", "file:///数据/新闻.txt"),
        ("/a b/c#1?.txt", "file:///a%20b/c%231%3F.txt"),
        ("/100%/a\n.txt", "file:///100%25/a%0A.txt"),
        ("/全角　空格/𠮷.txt", "file:///全角%E3%80%80空格/𠮷.txt"),
        (os.fsdecode(b"/\xd6\xd0.txt"), "file:///%D6%D0.txt"),
    ],
)
def test_uris_are_readable_and_unambiguous(path, uri):
    """Chinese stays; what a reader of URIs would take for something else is escaped."""
    assert file_uri(path) == uri


def test_filters_choose_among_the_files_of_a_folder(tmp_path):
    """Include, then exclude; ``*`` reaches across folders."""
    for name in ["2023/a.txt", "2024/b.txt", "2024/c.tmp.txt", "2024/d.html"]:
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("x")
    source = Source(location=str(tmp_path), include=("*/2024/*",), exclude=("*.tmp.txt",))

    assert names(list_inputs([source], {})) == ["b.txt", "d.html"]


def test_a_list_of_urls_in_a_file(tmp_path):
    """Each URL is an input; comments and other lines are not; filters apply."""
    path = tmp_path / "urls.txt"
    path.write_text("\ufeffhttp://a.example/1\n# http://a.example/2\n\nftp://x\n https://b.example/3 \n")
    source = Source(location=str(path), kind="urls", exclude=("*/9",))

    assert [each.uri for each in list_inputs([source], {})] == ["http://a.example/1", "https://b.example/3"]


def test_the_same_input_of_two_sources_is_read_once(tmp_path):
    """The first source counts."""
    (tmp_path / "a.txt").write_text("x")
    sources = [
        Source(location=str(tmp_path), name="one"),
        Source(location=str(tmp_path / "a.txt"), name="two"),
    ]

    assert [each.source.name for each in list_inputs(sources, {})] == ["one"]
