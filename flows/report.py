"""report: the daily flow that says how the warehouse is doing, on one page."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from prefect import flow
from prefect.artifacts import create_markdown_artifact
from pydantic import BaseModel, Field

from flows.beginning import begin_run
from flows.counted import counted
from flows.health import SourceHistory, last_runs, loaded_so_far, source_histories
from flows.markdown import CLOCK, Markdown, place, short_path, table, when
from flows.notify import tell_of_checks, tell_of_silence
from flows.run_report import growth_chart
from flows.settings import load_settings
from flows.summary import Rows
from flows.upkeep import check, checks_as_markdown, name_run
from warehouse.catalog import Warehouse


class ReportParams(BaseModel):
    """What to look back on."""

    days: float = Field(1, gt=0, le=366, description="how far back, in days")
    checks: bool = Field(True, description="run every check of `wencang doctor`, too")
    warehouse: Path | None = Field(None, description="warehouse folder; WENCANG_HOME when empty")


@dataclass(frozen=True, slots=True)
class Totals:
    """Runs of the time looked back on, with their sums."""

    runs: int
    failed: int
    articles: int
    duplicates: int
    rejects: int


TOTALS = """
with run as (
    select * from core.runs where flow = 'ingest' and started_at > $since
    qualify row_number() over (partition by run_id order by event_no desc) = 1
)
select count(*), count(*) filter (state in ('failed', 'crashed')), coalesce(sum(articles), 0)::bigint,
    coalesce(sum(duplicates), 0)::bigint, coalesce(sum(rejects), 0)::bigint
from run
"""
REJECTS = """
select reason, step, count(*), min(uri), min_by(detail, uri) from core.rejects where rejected_at > $since
group by all order by 3 desc, 1, 2 limit 12
"""


@flow(name="report", flow_run_name="report", description="How the warehouse is doing, on one page.")
def report(params: ReportParams = ReportParams()) -> dict[str, Any]:  # noqa: B008 - never changed
    """Report the last day or days; raises events for silent sources and failed checks."""
    begin_run()
    now = datetime.now(UTC)
    since = now - timedelta(days=params.days)
    with Warehouse.open(params.warehouse or load_settings().home) as warehouse:
        with warehouse.connect() as con:
            totals = Totals(*(con.execute(TOTALS, {"since": since}).fetchone() or (0,) * 5))
            rejects = con.execute(REJECTS, {"since": since}).fetchall()
        histories = source_histories(warehouse, now)
        findings = check(warehouse) if params.checks else []
        chart = growth_chart(last_runs(warehouse), loaded_so_far(warehouse))
    silent = tell_of_silence(histories, now)
    failed = tell_of_checks(findings)
    words = headline(totals, len(silent), len(failed))
    parts = (f"# {words}", _totals(totals, params.days), chart, _sources(histories, now), _rejects(rejects))
    text = "\n\n".join(part for part in (*parts, checks_as_markdown(findings) if findings else "") if part)
    create_markdown_artifact(text, key="daily-report", description=f"**{words}**")
    name_run(f"report: {words}")
    return {"articles": totals.articles, "silent": [each.title for each in silent], "failed": len(failed)}


def headline(totals: Totals, silent: int, failed: int) -> str:
    """Return the report in a few words, what needs a look first.

    >>> headline(Totals(3, 0, 12, 2, 1), 0, 0)
    '12 articles, all well'
    """
    amiss = ((totals.failed, "run", "failed"), (failed, "check", "failed"), (silent, "source", "silent"))
    wrong = [f"{counted(number, noun)} {state}" for number, noun, state in amiss if number]
    return f"{counted(totals.articles, 'article')}, " + (", ".join(wrong) or "all well")


def _totals(totals: Totals, days: float) -> str:
    head = ("days", "runs", "of them failed", "articles", "copies", "rejected")
    row = (f"{days:g}", totals.runs, totals.failed, totals.articles, totals.duplicates, totals.rejects)
    return table(head, [row])


def _sources(histories: Mapping[str, SourceHistory], now: datetime) -> str:
    if not histories:
        return ""
    rows = [
        (
            short_path(each.title),
            Markdown("**silent**") if each.is_silent(now) else "ok",
            when(each.last_success),
            when(each.last_new),
            each.runs_with_new,
        )
        for each in sorted(histories.values(), key=lambda each: (not each.is_silent(now), each.title))
    ]
    head = ("source", "state", "last success", "last new", "runs with new")
    return f"## Sources, last 30 days\n\n{table(head, rows[:50])}\n\n{CLOCK}"


def _rejects(rejects: Rows) -> str:
    if not rejects:
        return ""
    rows = [(reason, step, n, place(uri), detail) for reason, step, n, uri, detail in rejects]
    return "## Rejected\n\n" + table(("reason", "step", "documents", "example", "what was seen"), rows)
