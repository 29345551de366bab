"""What ``wencang status`` says beside counts and runs."""

import json
from datetime import UTC, datetime, timedelta

import pyarrow as pa
import pytest

from flows.cli import run
from warehouse.catalog import Warehouse
from warehouse.runs import RunRef

NOW = datetime.now(UTC)


@pytest.fixture
def lake(tmp_path):
    """A warehouse where a host asked twice to be left alone, one did not answer, and for a third it is over."""
    told = [("a.example", -2, 9), ("a.example", -1, 1), ("b.example", -3, 5), ("c.example", -5, -1)]
    rows = [
        {"host": host, "uri": f"https://{host}/", "status": 0 if host == "b.example" else 429,
         "noted_at": NOW + timedelta(hours=said), "until": NOW + timedelta(hours=until)}
        for host, said, until in told
    ]  # fmt: skip
    with Warehouse.open(tmp_path / "lake") as warehouse:
        warehouse.load_batch({"pauses": pa.Table.from_pylist(rows)}, unit="u", run=RunRef("run-1"))
    return tmp_path / "lake"


def test_hosts_that_are_left_alone_are_named(lake, capsys):
    """Until what each said last; what is over is not told."""
    assert run(["status", "--json", "--warehouse", str(lake)]) == 0
    told = json.loads(capsys.readouterr().out)["left_alone"]
    until = {each["host"]: datetime.fromisoformat(each["until_at"]) - NOW for each in told}
    assert until == {"a.example": timedelta(hours=1), "b.example": timedelta(hours=5)}

    run(["status", "--warehouse", str(lake)])
    said = capsys.readouterr().out
    assert "left alone a.example, as it asked, until " in said
    assert "left alone b.example, as it did not answer, until " in said


def test_a_warehouse_of_an_earlier_release_has_a_status(lake, capsys):
    """It has no such table yet, and is not changed by being asked."""
    with Warehouse.open(lake) as warehouse, warehouse.connect() as con:
        con.execute("begin; drop table core.pauses; call lake.set_commit_message('t', 'older'); commit")

    assert run(["status", "--json", "--warehouse", str(lake)]) == 0
    assert json.loads(capsys.readouterr().out)["left_alone"] == []
