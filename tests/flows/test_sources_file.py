"""wencang.toml: every wrong key is named with its neighbour, and changing one source changes no other."""

import os

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from flows.sources_file import (
    SourcesFileError,
    add_source,
    parse_sources,
    read_sources_file,
    remove_source,
)

FILE = """\
# 我们的来源
[defaults]
delay_s = 2
exclude = ["*/draft/*"]

# the paper of the county
[[source]]
name = "县报"
location = "https://example.org/feed.xml"
kind = "feed"
include = ["*/2024/*"]
schedule = "0 * * * *"

# what colleagues put there
[[source]]
location = "inbox"
delay_s = 0
[source.fields]
text = "content"

[[source]]
name = "dumps"
location = "/data/*.jsonl.gz"
clean_text = true
"""


@pytest.fixture
def path(tmp_path):
    found = tmp_path / "wencang.toml"
    found.write_text(FILE)
    return found


def test_a_file_is_read(path):
    """Defaults fill in, places are relative to the file."""
    paper, inbox, dumps = read_sources_file(path)

    assert (paper.name, paper.kind, paper.delay_s, paper.include) == ("县报", "feed", 2, ("*/2024/*",))
    assert inbox.location == str(path.parent / "inbox")
    assert (inbox.delay_s, inbox.fields.text, inbox.exclude) == (0, "content", ("*/draft/*",))
    assert (dumps.location, dumps.clean_text) == ("/data/*.jsonl.gz", True)


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[sources]]\nlocation='x'", "unknown key 'sources'; did you mean 'source'"),
        ("[[source]]\nlocation='x'\ndelay=1", "source 1 (x): unknown key 'delay'; did you mean 'delay_s'"),
        ("[[source]]\nlocation='x'\nfields={txt='a'}", "fields: unknown key 'txt'; did you mean 'text'"),
        ("[defaults]\ndelays=1", "[defaults]: unknown key 'delays'; did you mean 'delay_s'"),
        ("[[source]]\nname='x'", "source 1 (x): location: Field required"),
        ("[[source]]\nlocation='x'\ndelay_s=-1", "delay_s: Input should be greater than or equal to 0"),
        ("[[source]]\nlocation='x'\ninclude='*.html'", 'include: write a list, such as ["*.html"]'),
        ("[[source]]\nlocation='x'\nfields='content'", "fields: write a table, such as { text ="),
        ("[[source]]\nlocation='x'\nrecheck_hours=inf", "recheck_hours: Input should be less than"),
        ("[[source]]\nlocation='x'\nkind='fed'", "kind: Input should be 'auto', 'local'"),
        ("[[source]]\nlocation='x'\nkind='feed'", "needs an http(s) URL"),
        ("[[source]]\nlocation='http://x'\nkind='local'", "needs a path"),
        ("[[source]]\nlocation='x'\nschedule='hourly'", "no cron expression: it has 1 of the five fields"),
        ("[[source]]\nlocation='x'\nschedule='61 * * * *'", "61 is no minute (0 to 59)"),
        ("[[source]]\nlocation='x'\nmax_pages=true", "max_pages: write a number, not true"),
        (
            "[[source]]\nlocation='x'\nmax_pages=9999999999999999999999",
            "max_pages: Input should be less than",
        ),
        ("a=" + "[" * 3000, "lists within lists without end"),
        ("[[source]]\nlocation='x'\n[[source]]\nlocation='x'", "two sources are called"),
        ("[source]\nlocation='x'", "write [defaults] once and [[source]]"),
        ("[[source]\n", "at line 1"),
    ],
)
def test_a_mistake_is_named_with_its_place(path, text, said):
    """The file, the source, the key, and the nearest one that exists."""
    with pytest.raises(SourcesFileError) as error:
        parse_sources(text, path)

    assert str(path) in str(error.value)
    assert said in str(error.value)


def test_an_address_of_another_kind_stays_one(path):
    """It is not taken for a file beside the configuration, so that what is said of it makes sense."""
    path.write_text("[[source]]\nlocation = 'ftp://example.org/a'\n")

    assert [source.location for source in read_sources_file(path)] == ["ftp://example.org/a"]


def test_a_missing_file_says_how_to_begin(tmp_path):
    """No traceback, a command."""
    with pytest.raises(SourcesFileError, match="wencang sources add"):
        read_sources_file(tmp_path / "wencang.toml")


def test_adding_a_source_keeps_the_rest(path):
    """Byte for byte."""
    added = add_source(
        path, {"location": "https://example.org/b", "name": '"新" 来源\\', "include": ["*a*"], "delay_s": 1.5}
    )

    assert path.read_text().startswith(FILE)
    assert read_sources_file(path)[3] == added
    assert (added.name, added.include, added.delay_s) == ('"新" 来源\\', ("*a*",), 1.5)


def test_adding_to_nothing_makes_the_file(tmp_path):
    """The first source."""
    add_source(tmp_path / "wencang.toml", {"location": "inbox"})

    assert [s.location for s in read_sources_file(tmp_path / "wencang.toml")] == [str(tmp_path / "inbox")]


@pytest.mark.parametrize(
    "values", [{"location": "inbox"}, {"location": "x", "delay": 1}, {"location": "x", "kind": "feed"}]
)
def test_adding_a_wrong_source_changes_nothing(path, values):
    """Twice the same, a wrong key, a kind that does not fit."""
    with pytest.raises(SourcesFileError):
        add_source(path, values)

    assert path.read_text() == FILE


@pytest.mark.parametrize("title", ["县报", "inbox", "dumps", "https://example.org/feed.xml"])
def test_removing_a_source_keeps_the_rest(path, title):
    """Other sources, defaults and comments stay; its own table goes with it."""
    before = read_sources_file(path)

    removed = remove_source(path, title)

    assert read_sources_file(path) == [s for s in before if s != removed]
    assert "# 我们的来源" in path.read_text()


def test_a_file_made_on_windows_stays_one(path):
    """With a mark before it and its own line ends it is read, and changed like any other."""
    path.write_bytes(b"\xef\xbb\xbf" + FILE.replace("\n", "\r\n").encode())
    before = read_sources_file(path)

    add_source(path, {"location": "new", "name": "新"})
    added = path.read_bytes()
    remove_source(path, "新")

    assert added.count(b"\n") == added.count(b"\r\n") == FILE.count("\n") + 4
    assert read_sources_file(path) == before
    assert path.read_bytes() == FILE.replace("\n", "\r\n").encode()


def test_removing_from_an_empty_file_says_so(tmp_path):
    """A whole sentence, with nothing to be meant instead."""
    (tmp_path / "wencang.toml").write_text("")
    with pytest.raises(SourcesFileError, match=r"no source 'x'\. Nothing was done\."):
        remove_source(tmp_path / "wencang.toml", "x")


def test_removing_what_is_not_there_names_the_nearest(path):
    """And changes nothing."""
    with pytest.raises(SourcesFileError, match="did you mean 'dumps'"):
        remove_source(path, "dump")

    assert path.read_text() == FILE


def test_a_block_whose_end_cannot_be_told_is_left(path):
    """A text that looks like a header: rather an error than a lost source."""
    text = '[[source]]\nlocation = """\n[[source]]\n"""\n[[source]]\nlocation = "b"\n'
    path.write_text(text)

    with pytest.raises(SourcesFileError):
        remove_source(path, str(path.parent / "b"))

    assert path.read_text() == text


@settings(deadline=None)
@given(
    st.lists(
        st.text(st.characters(codec="utf-8"), min_size=1, max_size=12), min_size=1, max_size=5, unique=True
    ),
    st.data(),
)
def test_any_names_can_be_added_and_removed(tmp_path_factory, names, data):
    """Quotes, backslashes, line ends, any letters."""
    path = tmp_path_factory.mktemp("sources") / "wencang.toml"
    for i, name in enumerate(names):
        add_source(path, {"location": f"http://h/{i}", "name": name})
    assert [s.name for s in read_sources_file(path)] == names
    gone = data.draw(st.sampled_from(names))
    remove_source(path, gone)
    assert [s.name for s in read_sources_file(path)] == [n for n in names if n != gone]


@pytest.mark.parametrize("kind", ["pipe", "folder", "device", "dump"])
def test_what_is_no_list_of_sources_is_not_read(tmp_path, kind):
    """A pipe would be waited for, a device never ends, a dump fills the memory: each is told at once."""
    path = tmp_path / "wencang.toml"
    if kind == "pipe":
        os.mkfifo(path)
    elif kind == "folder":
        path.mkdir()
    elif kind == "device":
        path.symlink_to("/dev/zero")
    else:
        with path.open("wb") as file:
            file.truncate(1 << 30)
    said = "1,073,741,824 bytes is no list of sources" if kind == "dump" else "not a file"

    for act in (
        read_sources_file,
        lambda p: add_source(p, {"location": "x"}),
        lambda p: remove_source(p, "x"),
    ):
        with pytest.raises(SourcesFileError, match=said):
            act(path)
