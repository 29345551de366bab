"""summary: a run in words and tables, for the terminal and for the dashboard."""

from typing import Any

from warehouse.catalog import Warehouse

Rows = list[tuple[Any, ...]]


def rejects_by_reason(warehouse: Warehouse, run_id: str) -> Rows:
    """Return (step, reason, count, example uri, example detail) of a run, most first."""
    with warehouse.connect() as con:
        return con.execute(
            "select step, reason, count(*), min(uri), min_by(detail, uri) from core.rejects "
            "where run_id = ? group by all order by 3 desc, 1, 2",
            [run_id],
        ).fetchall()


def edits_by_rule(warehouse: Warehouse, run_id: str) -> Rows:
    """Return (rule, spans, articles) of the articles loaded by a run, most first."""
    with warehouse.connect() as con:
        return con.execute(
            "select e.rule, count(*), count(distinct e.article_id) from core.edits e "
            "join core.articles a using (article_id, revision) where a.run_id = ? group by all order by 2 desc, 1",
            [run_id],
        ).fetchall()


def copies(warehouse: Warehouse, run_id: str) -> Rows:
    """Return (kind, count, example copy, its original) of a run, most first."""
    with warehouse.connect() as con:
        return con.execute(
            "select duplicate_kind, count(*), min(uri), min_by(duplicate_of, uri) from duplicates "
            "where run_id = ? group by all order by 2 desc, 1",
            [run_id],
        ).fetchall()


def as_text(summary: dict[str, Any], rejects: Rows) -> str:
    """Return what ``wencang ingest`` prints when it is done."""
    lines = [
        f"{summary['documents']:,} documents: {summary['new']:,} new, {summary['unchanged']:,} unchanged, "
        f"{summary['rejects']:,} rejected",
        f"{summary['articles']:,} articles loaded, {summary['duplicates']:,} of them copies; "
        f"{summary['edits']:,} edits",
    ]
    lines += [
        f"  rejected {n:,} × {reason} at {step}: {uri} ({detail})"
        for step, reason, n, uri, detail in rejects[:8]
    ]
    if len(rejects) > 8:
        lines.append("  … all of them: wencang sql 'select * from rejects'")
    lines += [f"  FAILED {failure}" for failure in summary["failures"]]
    snapshot = summary["snapshot_id"]
    lines.append(
        f"run {summary['run_id']}, {f'snapshot {snapshot}' if snapshot else 'nothing to commit'}, "
        f"{summary['seconds']:.1f} s"
    )
    return "\n".join(lines)


def _table(head: tuple[str, ...], rows: Rows) -> str:
    def cell(value: Any) -> str:
        return str("" if value is None else value).replace("|", "\\|").replace("\n", " ")[:200]

    body = "\n".join("| " + " | ".join(map(cell, row)) + " |" for row in rows)
    return f"| {' | '.join(head)} |\n|{'---|' * len(head)}\n{body}\n"


def as_markdown(summary: dict[str, Any], rejects: Rows, rules: Rows, duplicates: Rows) -> str:
    """Return the report that the dashboard shows."""
    parts = [
        f"# {summary['articles']:,} articles from {summary['new']:,} new documents\n",
        _table(
            ("documents", "new", "unchanged", "articles", "copies", "rejects", "edits", "seconds"),
            [tuple(summary[k] for k in ("documents", "new", "unchanged", "articles", "duplicates", "rejects",
                                        "edits", "seconds"))],
        ),
    ]  # fmt: skip
    if summary["failures"]:
        parts.append("## Could not be done\n" + "\n".join(f"- {each}" for each in summary["failures"]))
    if rejects:
        parts.append("## Rejected\n" + _table(("step", "reason", "documents", "example", "detail"), rejects))
    if duplicates:
        parts.append("## Copies\n" + _table(("kind", "copies", "example", "of"), duplicates))
    if rules:
        parts.append("## Cleaning\n" + _table(("rule", "spans", "articles"), rules))
    if summary["step_seconds"]:
        slowest = sorted(summary["step_seconds"].items(), key=lambda item: -item[1])
        parts.append("## Time\n" + _table(("step", "seconds"), [(k, round(v, 2)) for k, v in slowest]))
    parts.append(
        "## These rows\n"
        f"Run `{summary['run_id']}`, snapshot {summary['snapshot_id']}.\n\n"
        f"```sql\nselect * from articles where run_id = '{summary['run_id']}'\n```"
    )
    return "\n\n".join(parts)
