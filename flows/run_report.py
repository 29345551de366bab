"""run_report: the report of an ingest as Markdown, as the dashboard shows it."""

import shlex
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from flows.chart import Bar, as_image, bars
from flows.counted import counted
from flows.health import RunSize, SourceCount, SourceHistory
from flows.markdown import CLOCK, Markdown, cell, escaped, place, short_path, table, when
from flows.summary import Rows, headline
from flows.traffic import hosts_left_alone, traffic_of

SHOWN = 12
"""Rows of a table; the queries at the end of the report give the rest."""


@dataclass(frozen=True, slots=True)
class RunReport:
    """Everything the report of a run shows. summary: as ``wencang ingest --json`` prints it."""

    summary: Mapping[str, Any]
    warehouse: Path
    rejects: Rows = field(default_factory=list)
    rules: Mapping[str, int] = field(default_factory=dict)
    copies: Rows = field(default_factory=list)
    sources: Sequence[SourceCount] = ()
    histories: Mapping[str, SourceHistory] = field(default_factory=dict)
    growth: Sequence[RunSize] = ()
    loaded: int = 0


def as_markdown(report: RunReport) -> str:
    """Return the report that the dashboard shows."""
    summary = report.summary
    parts = [
        f"# {headline(summary)}",
        _facts(summary),
        _failures(summary),
        growth_chart(report.growth, report.loaded),
    ]
    parts += [_sources(report), _rejects(report.rejects), _copies(report.copies), _rules(report.rules)]
    parts += [_time(summary), _queries(summary, report.warehouse)]
    return "\n\n".join(part for part in parts if part)


def _facts(summary: Mapping[str, Any]) -> str:
    names = ("documents", "new", "unchanged", "articles", "duplicates", "rejects", "edits")
    shown = ("documents", "new", "unchanged", "articles", "copies", "rejected", "edits", "seconds")
    facts = table(shown, [[*(summary[name] for name in names), f"{summary['seconds']:.1f}"]])
    alone = escaped(hosts_left_alone(summary))
    return "\n\n".join(part for part in (facts, traffic_of(summary), alone) if part)


def _failures(summary: Mapping[str, Any]) -> str:
    if not summary["failures"]:
        return ""
    listed = "\n".join(f"- {cell(each)}" for each in summary["failures"])
    return f"## Could not be done\n\n{listed}\n\nTheir documents come again with the next run."


def growth_chart(growth: Sequence[RunSize], loaded: int) -> str:
    """Return the chart of the last runs that loaded or rejected something."""
    if not growth:
        return ""
    shown = [
        Bar(
            (run.articles - run.duplicates, run.duplicates, run.rejects),
            f"{when(run.started_at)}: {counted(run.articles, 'article')}, "
            f"{counted(run.duplicates, 'of them a copy', 'of them copies')}, "
            f"{run.rejects:,} rejected",
        )
        for run in growth
    ]
    picture = bars(
        shown, ("articles", "copies", "rejected"), (when(growth[0].started_at), when(growth[-1].started_at))
    )
    alt = "; ".join(bar.label for bar in shown[-3:])
    return (
        f"## Growth\n\n{counted(loaded, 'article')} loaded so far. {_last(len(growth))} that brought something:"
        f"\n\n{as_image(picture, alt)}"
    )


def _last(runs: int) -> str:
    return "The last run" if runs == 1 else f"The last {runs} runs"


def _sources(report: RunReport) -> str:
    if not report.sources:
        return ""
    rows = []
    for each in report.sources:
        history = report.histories.get(each.title)
        read = each.new + each.again + each.rejected
        state = "missing" if each.is_missing else "failing" if each.is_failing else "ok"
        state = "left alone" if each.is_left_alone else state
        rows.append(
            (
                short_path(each.title),
                state,
                each.new,
                each.again + each.same,
                f"{each.rejected:,}" + (f" ({each.rejected / read:.0%})" if each.rejected and read else ""),
                f"{each.not_modified / each.asked:.0%}" if each.asked else "–",
                when(history.last_success if history else None),
                when(history.last_new if history else None),
            )
        )
    head = ("source", "state", "new", "as before", "rejected", "304 share", "last success", "last new")
    return "## Sources\n\n" + table(head, rows[:SHOWN]) + _more(len(rows)) + f"\n\n{CLOCK}"


def _rejects(rejects: Rows) -> str:
    if not rejects:
        return ""
    rows = [
        (Markdown(f"**{reason}**"), step, n, place(uri), detail) for step, reason, n, uri, detail in rejects
    ]
    head = ("reason", "step", "documents", "example", "what was seen")
    return "## Rejected\n\n" + table(head, rows[:SHOWN]) + _more(len(rows))


def _copies(found: Rows) -> str:
    if not found:
        return ""
    kinds = {kind: n for kind, n, *_ in found}
    rows = [
        (
            place(uri, title),
            place(original, original_title),
            f"{kind} {similarity:.2f}" if similarity is not None else kind,
        )
        for kind, _, title, uri, original_title, original, similarity in found
    ]
    told = ", ".join(f"{n:,} {kind}" for kind, n in kinds.items())
    return f"## Copies\n\n{told}; the most alike of each kind:\n\n" + table(("copy", "of", "likeness"), rows)


def _rules(rules: Mapping[str, int]) -> str:
    if not rules:
        return ""
    rows = sorted(rules.items(), key=lambda item: (-item[1], item[0]))
    return "## Cleaning\n\n" + table(("rule", "changed spans"), rows[:SHOWN]) + _more(len(rows))


def _time(summary: Mapping[str, Any]) -> str:
    steps = sorted(summary["step_seconds"].items(), key=lambda item: -item[1])
    if not steps:
        return ""
    name, seconds = steps[0]
    head = f"## Time\n\nSlowest step: **{name}**, {seconds:.1f} s of work."
    return f"{head}\n\n" + table(("step", "seconds of work"), [(k, f"{v:.2f}") for k, v in steps])


def _queries(summary: Mapping[str, Any], warehouse: Path) -> str:
    run_id, snapshot = summary["run_id"], summary["snapshot_id"]
    ask = f"wencang sql --warehouse {shlex.quote(str(warehouse))} \\\n "
    of_this_run = f"where run_id = '{run_id}'"
    told = f"Run `{run_id}`, " + (f"snapshot `{snapshot}`." if snapshot else "nothing was committed.")
    queries = []
    if snapshot:
        select = "select article_id, title, uri, published_on from all_articles"
        queries.append(f'{ask} --at {snapshot} "\n  {select}\n  {of_this_run}"')
    if summary["duplicates"]:
        select = "select article_id, uri, duplicate_kind, similarity, duplicate_of from duplicates"
        queries.append(f'{ask} --at {snapshot} "\n  {select}\n  {of_this_run}"')
    if summary["rejects"]:
        queries.append(f'{ask} "\n  select step, reason, uri, detail from rejects\n  {of_this_run}"')
    return "\n\n".join(["## Exactly these rows", told, *(f"```\n{query}\n```" for query in queries)])


def _more(rows: int) -> str:
    return f"\n\n… and {rows - SHOWN} more" if rows > SHOWN else ""
