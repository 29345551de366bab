"""What a run says of itself in numbers."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from flows.counts import RunPlan, new_run_id
from flows.indexing import SearchIndexer
from flows.progress import Progress
from flows.run import IngestRun
from tasks.batch import DOCUMENT_STEPS, run_step
from tasks.fetch import FetchOptions
from tasks.prepare import prepare_rows
from tasks.rules import rules_version
from tasks.sources import Source
from warehouse.catalog import Warehouse
from warehouse.runs import RunRef

LINES = (
    "清早的集市上，卖豆腐的老李已经摆好了摊子，热气从木桶里冒出来，街坊端着搪瓷缸子排队。",
    "镇里今年把菜场东头的棚子翻修了一遍，地面垫高了二十厘米，下雨天不再积水，摊位也重新编了号。",
    "老李说，从前要半夜起来抢位置，现在号码固定，可以多睡一个钟头，豆腐也做得更嫩一些。",
    "管理所的人每天早晚各来一趟，看秤、看卫生，也听大家说说哪里还不方便。",
    "隔壁修鞋的老周把工具箱擦得发亮，说搬进新棚以后，连手上的冻疮也比往年好了许多。",
)


def ingest(
    root: Path, folder: Path, batch_docs: int, before_load: Callable[[], object] = lambda: None
) -> dict[str, Any]:
    """Run over a folder without Prefect; returns the summary. before_load: what happens meanwhile."""
    plan = RunPlan((Source(location=str(folder)),), root, batch_docs, 10**6, FetchOptions())
    with (
        Warehouse.open(root) as warehouse,
        IngestRun(
            plan, warehouse, RunRef(new_run_id(), rules_version=rules_version()), Progress(quiet=True)
        ) as run,
    ):
        run.reader.discover()
        number = 1
        while (ref := run.fetch(number)) is not None:
            for step in DOCUMENT_STEPS:
                ref = run_step(step, ref)
            before_load()
            run.load(prepare_rows(ref, run.run.run_id, rules_version()))
            number += 1
        return run.report()


@pytest.fixture(autouse=True)
def no_search_index(monkeypatch: pytest.MonkeyPatch) -> None:
    """No process of its own for what these tests do not ask."""
    monkeypatch.setattr(SearchIndexer, "nudge", lambda self: None)
    monkeypatch.setattr(IngestRun, "index_search", lambda self: None)


def test_what_another_ingest_loaded_meanwhile_is_not_new(tmp_path: Path) -> None:
    """Of two ingests at once each counts as new what it loaded; together that is every document once."""
    inbox, lake = tmp_path / "inbox", tmp_path / "lake"
    inbox.mkdir()
    for number in (0, 1):
        (inbox / f"{number}.txt").write_text(f"集市{number}\n" + "\n".join(LINES[number:]), "utf-8")
    others: list[dict[str, Any]] = []
    first = inbox / "0.txt"
    ours = ingest(lake, inbox, 10, before_load=lambda: others.append(ingest(lake, first, 10)))
    ours_again = ingest(tmp_path / "2", inbox, 10, before_load=lambda: ingest(tmp_path / "2", inbox, 10))

    assert [(each["new"], each["unchanged"], each["articles"]) for each in (*others, ours, ours_again)] == [
        (1, 0, 1),
        (1, 1, 1),
        (0, 2, 0),
    ]


def test_copies_are_counted_as_they_stand_at_the_end(tmp_path: Path) -> None:
    """One document a batch or all in one: as many articles, as many copies, as many as the view has."""
    inbox = tmp_path / "inbox"
    inbox.mkdir()
    for number in (3, 5):  # the second is fuller: it takes over
        (inbox / f"{number}.txt").write_text("集市里的豆腐摊\n" + "\n".join(LINES[:number]), "utf-8")
    one, many = (ingest(tmp_path / f"lake{size}", inbox, size) for size in (100, 1))
    assert (one["batches"], one["articles"], one["duplicates"]) == (1, 2, 1)
    assert many["batches"] > 1
    assert (many["articles"], many["duplicates"]) == (2, 1)
    with Warehouse.open(tmp_path / "lake1") as warehouse, warehouse.connect() as con:
        asked = "select (select count(*) from duplicates), (select duplicates from runs)"
        assert con.execute(asked).fetchone() == (1, 1)
