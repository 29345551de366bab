"""Decisions about clusters: each article has one, numbered, newest holds."""

from datetime import datetime

import pyarrow as pa
import pyarrow.compute as pc

from warehouse.batch import fit, ids_of
from warehouse.keys import KeyIndex
from warehouse.schema_copies import MEMBERSHIPS


def membership_rows(rows: list[dict[str, object]], run_id: str, now: datetime) -> pa.Table:
    """Return rows for ``core.memberships``."""
    table = pa.Table.from_pylist(
        rows, schema=pa.schema([f for f in MEMBERSHIPS.arrow_schema if f.name in _GIVEN])
    )
    return fit("memberships", table, {"run_id": run_id, "decided_at": now})


_GIVEN = (
    "article_id",
    "decision",
    "cluster_id",
    "is_canonical",
    "duplicate_of",
    "duplicate_kind",
    "similarity",
)


def number_decisions(
    keys: KeyIndex, new: list[str], memberships: pa.Table | None, run_id: str, now: datetime
) -> pa.Table:
    """Return the memberships with ``decision`` counted on; new articles without one stand alone."""
    decided = set(ids_of(memberships))
    alone: list[dict[str, object]] = [
        {"article_id": a, "decision": 0, "cluster_id": a, "is_canonical": True}
        for a in new
        if a not in decided
    ]
    rows = membership_rows(alone, run_id, now)
    if memberships is not None:
        rows = pa.concat_tables([memberships, rows])
    numbers = {a: state.decision for a, state in keys.articles(ids_of(rows)).items()}
    counted = []
    for article_id in ids_of(rows):
        numbers[article_id] = numbers.get(article_id, 0) + 1
        counted.append(numbers[article_id])
    index = rows.schema.get_field_index("decision")
    return rows.set_column(index, rows.schema.field(index), pa.array(counted, pa.int64()))


def mark_alone(rows: pa.Table) -> pa.Table:
    """Return the memberships with ``stands_alone`` said of each: what views of copies need not read."""
    first = pc.equal(rows.column("decision"), 1)
    own = pc.equal(rows.column("cluster_id"), rows.column("article_id"))
    alone = pc.and_(pc.and_(first, own), rows.column("is_canonical"))
    index = rows.schema.get_field_index("stands_alone")
    return rows.set_column(index, rows.schema.field(index), alone)


def rejoin(keys: KeyIndex, article_ids: list[str], run_id: str, now: datetime) -> pa.Table:
    """Return decisions for those of ``article_ids`` that rules had stopped and that are articles again.

    In their absence another may have become the survivor of their cluster: it stays, they are its copies.
    """
    states = keys.articles(article_ids)
    back = [s for a in article_ids if (s := states.get(a)) and s.reason == "rejected"]
    members = keys.cluster_members({s.cluster_id for s in back if s.cluster_id})
    survivors = {
        cluster_id: next((m.article_id for m in found if m.is_canonical and not m.is_gone), None)
        for cluster_id, found in members.items()
    }
    rows: list[dict[str, object]] = []
    for state in back:
        cluster_id = state.cluster_id or state.article_id
        survivor = survivors.get(cluster_id)
        if survivor is None:
            survivors[cluster_id] = state.article_id
        rows.append(
            {
                "article_id": state.article_id,
                "decision": 0,
                "cluster_id": cluster_id,
                "is_canonical": survivor is None,
                "duplicate_of": survivor,
                "duplicate_kind": "near" if survivor else None,
                "similarity": None,
            }
        )
    return membership_rows(rows, run_id, now)
