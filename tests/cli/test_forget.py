"""Promises of ``wencang forget`` before it does anything: it asks, and a name that means nothing is refused."""

import argparse
import shutil
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest
from duckdb import DuckDBPyConnection as Connection

from flows.commands import forget
from flows.errors import UsageError
from flows.settings import Settings
from tasks.file_uri import file_uri
from warehouse.catalog import Warehouse
from warehouse.forget_scope import articles_of
from warehouse.runs import RunRef

Meant = Callable[[str], Any]
ID = "2fcff67ce00ef8352fcff67ce00ef835"


def tombstones(warehouse: Warehouse) -> list[tuple[Any, ...]]:
    with warehouse.connect() as con:
        return con.execute("select kind from core.tombstones").fetchall()


def test_only_a_yes_removes(warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch, capsys: Any) -> None:
    """Whatever else is answered, nothing is done, and that is said."""
    asked = argparse.Namespace(what=ID, warehouse=warehouse.paths.root, yes=False, now=False)
    monkeypatch.setattr(sys.stdin, "isatty", lambda: True)
    for answer in ("n", "", "what?"):
        monkeypatch.setattr("builtins.input", lambda _, answer=answer: answer)
        assert forget.run(asked, Settings()) == 0
        assert capsys.readouterr().out == "nothing was done\n"
    assert tombstones(warehouse) == []


def test_where_nobody_can_be_asked_it_takes_a_yes(
    warehouse: Warehouse, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A script has to say --yes."""
    monkeypatch.setattr(sys.stdin, "isatty", lambda: False)
    asked = argparse.Namespace(what=ID, warehouse=warehouse.paths.root, yes=False, now=False)

    with pytest.raises(UsageError, match="say --yes"):
        forget.run(asked, Settings())
    assert tombstones(warehouse) == []


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a page and a dump that are loaded, a page that is not, and a file called like a host."""
    folder = tmp_path_factory.mktemp("here")
    (folder / "inbox").mkdir()
    for name in ("inbox/page.html", "inbox/rows.jsonl", "fresh.html", "news.example.org"):
        (folder / name).touch()
    return folder


@pytest.fixture(scope="module")
def places(folder: Path, empty_lake: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Connection]:
    """A warehouse with articles in those places, and two hosts."""
    inbox = file_uri(f"{folder}/inbox")
    seen = [
        f"{inbox}/page.html", f"{inbox}/gone.html", f"{inbox}/rows.jsonl#id=1", f"{inbox}/rows.jsonl#id=2",
        "https://news.example.org/a.html", "https://page.html.example.org/",
    ]  # fmt: skip
    now = datetime.now(UTC)
    rows = [{"article_id": f"{n:032x}", "uri": uri, "seen_at": now} for n, uri in enumerate(seen)]
    lake = tmp_path_factory.mktemp("places") / "lake"
    shutil.copytree(empty_lake, lake)
    with Warehouse.open(lake) as warehouse:
        warehouse.load_batch({"sightings": pa.Table.from_pylist(rows)}, unit="places", run=RunRef("run"))
        with warehouse.connect() as con:
            yield con


@pytest.fixture
def meant(folder: Path, places: Connection, monkeypatch: pytest.MonkeyPatch) -> Meant:
    """Ask what an argument means in that folder."""
    monkeypatch.chdir(folder)
    return lambda what: forget.meant_by(what, places)


@pytest.mark.parametrize(
    ("what", "kind"),
    [(ID, "article"), ("https://news.example.org/a.html", "uri"), ("file:///in/a.txt", "uri"),
     ("News.example.org", "host"), ("新闻.example.org", "host")],
)  # fmt: skip
def test_ids_addresses_and_hosts_are_told_apart(meant: Meant, what: str, kind: str) -> None:
    """By how they are written; a host that was loaded from is one though a file has its name."""
    assert meant(what) == (kind, what.lower())


@pytest.mark.parametrize("what", ["inbox/page.html", "./inbox/page.html", "fresh.html", "inbox/rows.jsonl"])
def test_a_file_is_its_address(meant: Meant, folder: Path, what: str) -> None:
    """A file that is here is meant by its name, though a host may be called so."""
    assert meant(what) == ("uri", file_uri(str(folder / what.removeprefix("./"))))


def test_a_deleted_file_is_still_meant(meant: Meant, folder: Path) -> None:
    """What was loaded from it is known by its address."""
    assert meant("inbox/gone.html") == ("uri", file_uri(f"{folder}/inbox/gone.html"))


def test_a_file_of_another_folder_is_named(meant: Meant) -> None:
    """The name alone says not which is meant: the loaded one is named, and nothing is done."""
    with pytest.raises(UsageError, match=r"Did you mean file:.*/inbox/rows\.jsonl\? "):
        meant("rows.jsonl")


def test_a_dump_is_all_its_rows(places: Connection, folder: Path) -> None:
    """The file at an address stands for what lies in it, and not for a longer name."""
    assert len(articles_of(places, "uri", file_uri(f"{folder}/inbox/rows.jsonl"))) == 2
    assert articles_of(places, "uri", file_uri(f"{folder}/inbox/rows")) == []


@pytest.mark.parametrize(
    "what", ["", "a.txt/b", "/in/a.txt", ID[:31], "news", "a b.example.org", "page2.html", "dump.jsonl.gz", "inbox"]
)  # fmt: skip
def test_a_name_of_nothing_is_wrong_usage(meant: Meant, what: str) -> None:
    """Rather that than a host of this name forgotten."""
    with pytest.raises(UsageError, match="Nothing was done"):
        meant(what)
