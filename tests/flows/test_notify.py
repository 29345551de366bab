"""What is news is raised as an event, and nothing else is."""

from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from flows import notify
from flows.health import SourceCount, SourceHistory
from warehouse.doctor import Finding

NOW = datetime(2024, 5, 20, 8, tzinfo=UTC)
HOUR = timedelta(hours=1)


@pytest.fixture
def raised(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """The events that would go to Prefect's server: name and what they are about."""
    events: list[tuple[str, str]] = []

    def note(event: str, resource: dict[str, str], **_: Any) -> None:
        events.append((event, resource["prefect.resource.id"]))

    monkeypatch.setattr(notify, "emit_event", note)
    return events


def test_a_silent_source_is_told_once_and_a_busy_one_is_not(raised: list[tuple[str, str]]) -> None:
    """One event for the source that gave something every hour and nothing for two days."""
    histories = {
        "busy": SourceHistory("busy", NOW, NOW - HOUR, 9, HOUR),
        "quiet": SourceHistory("quiet", NOW, NOW - 48 * HOUR, 9, HOUR),
        "new": SourceHistory("new", None, None, 0, None),
    }
    assert [each.title for each in notify.tell_of_silence(histories, NOW)] == ["quiet"]
    assert raised == [("wencang.source.silent", "wencang.source.quiet")]


def test_a_failed_check_is_told_with_what_mends_it(raised: list[tuple[str, str]]) -> None:
    """One event for each check that found something."""
    findings = [
        Finding("ledger", "are rows as counted?", 2, remedy="restore"),
        Finding("files", "are files there?"),
    ]
    assert [each.check for each in notify.tell_of_checks(findings)] == ["ledger"]
    assert raised == [("wencang.check.failed", "wencang.check.ledger")]


@pytest.mark.parametrize(
    ("new", "rejects", "events"),
    [
        pytest.param(5, 30, ["wencang.rejects.high"], id="most-of-many"),
        pytest.param(30, 5, [], id="few"),
        pytest.param(0, 3, [], id="all-of-three"),
    ],
)
def test_rejects_beyond_measure_are_told(
    raised: list[tuple[str, str]], new: int, rejects: int, events: list[str]
) -> None:
    """More than half of many documents is news; three bad files are not."""
    summary = {"run_id": "r", "new": new, "rejects": rejects}
    notify.tell_of_run(Path("lake"), summary, [SourceCount("good", new=1)])
    assert [event for event, _ in raised] == events


def test_a_source_that_is_missing_or_fails_is_told(raised: list[tuple[str, str]]) -> None:
    """A source that is not there, and one that gives nothing but rejects."""
    counts = [SourceCount("gone", is_missing=True), SourceCount("bad", rejected=3), SourceCount("idle")]
    notify.tell_of_run(Path("lake"), {"run_id": "r", "new": 0, "rejects": 3}, counts)
    assert raised == [
        ("wencang.source.missing", "wencang.source.gone"),
        ("wencang.source.failing", "wencang.source.bad"),
    ]


def test_the_watch_over_runs_begins_with_them_and_is_for_ours_only() -> None:
    """A lost first heartbeat does not matter, and flows of others with slower heartbeats are left alone."""
    trigger = notify.ZOMBIES.trigger

    assert trigger.after == {"prefect.flow-run.Running", notify.HEARTBEAT}
    assert notify.HEARTBEAT in trigger.expect
    assert trigger.match_related.root == {
        "prefect.resource.role": "flow",
        "prefect.resource.name": list(notify.FLOWS),
    }


def test_our_flows_are_all_named() -> None:
    """The names by which our runs are known on a server are those of the flows."""
    from flows.ingest import ingest
    from flows.reclean import reclean
    from flows.report import report
    from flows.upkeep import upkeep

    assert {each.name for each in (ingest, reclean, report, upkeep)} == set(notify.FLOWS)
