"""summary: a run in words and tables, for the terminal and for the dashboard."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flows.chart import Bar, as_image, bars
from flows.counted import counted
from flows.health import RunSize, SourceCount, SourceHistory
from flows.markdown import Markdown, cell, place, table, when
from flows.traffic import traffic_of
from warehouse.catalog import Warehouse

Rows = list[tuple[Any, ...]]

SHOWN = 12
"""Rows of a table; the query below it gives the rest."""


def rejects_by_reason(warehouse: Warehouse, run_id: str) -> Rows:
    """Return (step, reason, count, example uri, example detail) of a run, most first."""
    with warehouse.connect() as con:
        return con.execute(
            "select step, reason, count(*), min(uri), min_by(detail, uri) from core.rejects "
            "where run_id = ? group by all order by 3 desc, 1, 2",
            [run_id],
        ).fetchall()


def copies(warehouse: Warehouse, run_id: str) -> Rows:
    """Return (kind, count, title, url or uri, title and url or uri of the original, similarity), most first.

    Only rows of the run are looked at, so the cost does not grow with the warehouse.
    """
    with warehouse.connect() as con:
        return con.execute(
            "with copy as (select * from core.memberships where run_id = $run and not is_canonical), "
            "named as (select c.*, a.title, coalesce(a.url, a.uri) as place from copy c "
            "  join core.articles a using (article_id)) "
            "select n.duplicate_kind, count(*) over (partition by n.duplicate_kind) as copies, n.title, n.place, "
            "  o.title, coalesce(o.url, o.uri), n.similarity "
            "from named n left join core.articles o on o.article_id = n.duplicate_of "
            "qualify row_number() over (partition by n.duplicate_kind order by n.similarity desc, n.place) <= 3 "
            "order by copies desc, n.duplicate_kind, n.similarity desc, n.place",
            {"run": run_id},
        ).fetchall()


def headline(summary: Mapping[str, Any]) -> str:
    """Return what a run did in a few words: the name under which it is found.

    >>> headline({"new": 3, "unchanged": 0, "rejects": 1, "duplicates": 0, "failures": []})
    '3 new, 1 rejected'
    """
    parts = [f"{summary['new']:,} new"] if summary["new"] else []
    parts += [counted(summary["duplicates"], "copy", "copies")] if summary["duplicates"] else []
    parts += [f"{summary['unchanged']:,} unchanged"] if summary["unchanged"] else []
    parts += [f"{summary['rejects']:,} rejected"] if summary["rejects"] else []
    parts += (
        [counted(len(summary["failures"]), "batch", "batches") + " failed"] if summary["failures"] else []
    )
    return ", ".join(parts) or "nothing to read"


def as_text(summary: dict[str, Any], rejects: Rows) -> str:
    """Return what ``wencang ingest`` prints when it is done."""
    lines = [
        f"{counted(summary['documents'], 'document')}: {summary['new']:,} new, "
        f"{summary['unchanged']:,} unchanged, {summary['rejects']:,} rejected",
        f"{counted(summary['articles'], 'article')} loaded, "
        f"{counted(summary['duplicates'], 'of them a copy', 'of them copies')}; "
        f"{counted(summary['edits'], 'edit')}",
    ]
    lines += [
        f"  rejected {n:,} × {reason} at {step}: {uri} ({detail})"
        for step, reason, n, uri, detail in rejects[:8]
    ]
    if len(rejects) > 8:
        lines.append("  … all of them: wencang sql 'select * from rejects'")
    lines += [f"  {noted}" for noted in _noted(summary)]
    lines += [f"  {traffic}" for traffic in (traffic_of(summary),) if traffic]
    lines += [f"  FAILED {failure}" for failure in summary["failures"]]
    snapshot = summary["snapshot_id"]
    lines.append(
        f"run {summary['run_id']}, {f'snapshot {snapshot}' if snapshot else 'nothing to commit'}, "
        f"{summary['seconds']:.1f} s"
    )
    return "\n".join(lines)


def _noted(summary: Mapping[str, Any]) -> list[str]:
    """What was not read, and why: a sentence for each kind."""
    forgotten, gone, hidden = (summary.get(name, 0) for name in ("forgotten", "gone", "hidden"))
    parts = [f"{counted(forgotten, 'document')} left out: forgotten on request"] if forgotten else []
    parts += [f"{counted(gone, 'place')} gone; articles stay, see sightings.gone_at"] if gone else []
    parts += [f"{counted(hidden, 'hidden name')} (.x) passed over"] if hidden else []
    return parts


@dataclass(frozen=True, slots=True)
class RunReport:
    """Everything the report of a run shows. summary: as ``wencang ingest --json`` prints it."""

    summary: Mapping[str, Any]
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
    parts += [_time(summary), _query(summary)]
    return "\n\n".join(part for part in parts if part)


def _facts(summary: Mapping[str, Any]) -> str:
    names = ("documents", "new", "unchanged", "articles", "duplicates", "rejects", "edits")
    shown = ("documents", "new", "unchanged", "articles", "copies", "rejected", "edits", "seconds")
    facts = table(shown, [[*(summary[name] for name in names), f"{summary['seconds']:.1f}"]])
    return "\n\n".join(part for part in (facts, traffic_of(summary)) if part)


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
        rows.append(
            (
                each.title,
                state,
                each.new,
                each.again + each.same,
                f"{each.rejected:,}" + (f" ({each.rejected / read:.0%})" if each.rejected and read else ""),
                f"{each.not_modified / each.asked:.0%}" if each.asked else "–",
                when(history.last_success if history else None),
                when(history.last_new if history else None),
            )
        )
    head = ("source", "state", "new", "as before", "rejected", "304", "last success", "last new")
    return "## Sources\n\n" + table(head, rows[:SHOWN]) + _more(len(rows))


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


def _query(summary: Mapping[str, Any]) -> str:
    run_id, snapshot = summary["run_id"], summary["snapshot_id"]
    at = f" --at {snapshot}" if snapshot else ""
    return (
        f"## Exactly these rows\n\nRun `{run_id}`, "
        + (f"snapshot `{snapshot}`." if snapshot else "nothing was committed.")
        + f'\n\n```\nwencang sql{at} "\n  select title, url, published_on from all_articles\n'
        f"  where run_id = '{run_id}'\"\n```\n\n"
        f"```\nwencang sql \"\n  select step, reason, uri, detail from rejects\n  where run_id = '{run_id}'\"\n```"
    )


def _more(rows: int) -> str:
    return f"\n\n… and {rows - SHOWN} more" if rows > SHOWN else ""
