"""summary: a run in words, for its name and for the terminal; and what its report asks the warehouse."""

from collections.abc import Mapping
from typing import Any

from flows.counted import counted
from flows.traffic import hosts_left_alone, traffic_of
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
    lines += [f"  {line}" for line in (traffic_of(summary), hosts_left_alone(summary)) if line]
    lines += [f"  FAILED {failure}" for failure in summary["failures"]]
    snapshot = summary["snapshot_id"]
    lines.append(
        f"run {summary['run_id']}, {f'snapshot {snapshot}' if snapshot else 'nothing new'}, "
        f"{summary['seconds']:.1f} s"
    )
    return "\n".join(lines)


def _noted(summary: Mapping[str, Any]) -> list[str]:
    """What was not read, and why: a sentence for each kind."""
    forgotten, gone, hidden = (summary.get(name, 0) for name in ("forgotten", "gone", "hidden"))
    parts = [f"{counted(forgotten, 'document')} left out: forgotten on request"] if forgotten else []
    parts += [f"{counted(gone, 'place')} gone; articles stay, see sightings.gone_at"] if gone else []
    parts += [f"{counted(hidden, 'hidden name')} (.x) passed over"] if hidden else []
    sources = summary.get("sources_files", 0)
    parts += (
        [f"{counted(sources, 'wencang.toml', 'wencang.toml')} passed over: sources, no page"]
        if sources
        else []
    )
    others = summary.get("warehouses", 0)
    parts += [f"{counted(others, 'other warehouse')} passed over: rows, no pages"] if others else []
    return parts
