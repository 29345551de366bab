"""Promises of ``wencang forget`` before it does anything: it asks, and a name that means nothing is refused."""

import argparse
import sys
from typing import Any

import pytest

from flows.commands import forget
from flows.errors import UsageError
from flows.settings import Settings
from warehouse.catalog import Warehouse

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


@pytest.mark.parametrize(
    ("what", "kind"),
    [(ID, "article"), ("https://news.example.org/a.html", "uri"), ("file:///in/a.txt", "uri"),
     ("news.example.org", "host"), ("新闻.example.org", "host")],
)  # fmt: skip
def test_ids_addresses_and_hosts_are_told_apart(what: str, kind: str) -> None:
    """By how they are written."""
    assert forget.kind_of(what) == kind


@pytest.mark.parametrize("what", ["", "a.txt/b", "/in/a.txt", ID[:31], "news", "a b.example.org"])
def test_a_name_of_nothing_is_wrong_usage(what: str) -> None:
    """Rather that than a host of this name forgotten."""
    with pytest.raises(UsageError, match="Nothing was done"):
        forget.kind_of(what)
