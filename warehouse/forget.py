"""forget: remove an article, an address or a host on request, for good.

The rows go at once from every table; a tombstone (a digest, not the thing) keeps them from being
loaded again. The bytes go when ``warehouse.purge`` has rewritten the files and dropped the history that
still names them: earlier snapshots cannot be read afterwards, nothing else changes.
"""

import json
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from warehouse.attach import in_our_words
from warehouse.batch import fit, ids_of, only
from warehouse.clusters import number_decisions
from warehouse.commit import roll_back, sync_data
from warehouse.forget_scope import Kind, articles_of, containers_of, host_of
from warehouse.keys import KeyIndex, delete_index, digest_of
from warehouse.prepared import drop_forgotten
from warehouse.runs import record_crashed
from warehouse.schema_copies import MEMBERSHIPS
from warehouse.search import SearchIndex
from warehouse.supersede import elect

if TYPE_CHECKING:
    from warehouse.catalog import Warehouse
    from warehouse.runs import RunRef

Regroup = Callable[[duckdb.DuckDBPyConnection, list[str]], pa.Table]

TABLES_OF_AN_ARTICLE = ("documents", "articles", "lines", "edits", "signatures", "memberships", "relations",
                        "sightings", "retired", "closed_rejects", "rejects")  # fmt: skip


@dataclass(frozen=True, slots=True)
class Forgotten:
    """What was removed: article ids, and rows by table. copies: articles of the same clusters that stay."""

    article_ids: tuple[str, ...]
    copies: tuple[str, ...]
    rows: dict[str, int]
    snapshot_id: int


def without_forgotten(keys: KeyIndex, tables: Mapping[str, pa.Table]) -> dict[str, pa.Table]:
    """Return a batch without the rows of anything that was forgotten."""
    sightings, documents = tables.get("sightings"), tables.get("documents")
    places = [t for t in (sightings, documents, tables.get("articles")) if t is not None and t.num_rows]
    pairs = [(a, u) for t in places for a, u in zip(ids_of(t), t.column("uri").to_pylist(), strict=True)]
    uris = {uri for _, uri in pairs}
    hosts = {uri: host_of(uri) for uri in uris}
    bad_hosts = keys.forgotten("host", {h for h in hosts.values() if h})
    within = {uri: containers_of(uri) for uri in uris}
    bad_places = keys.forgotten("uri", uris.union(*within.values()))
    bad_uris = {
        uri for uri in uris if hosts[uri] in bad_hosts or uri in bad_places or within[uri] & bad_places
    }
    gone = keys.forgotten("article", {a for a, _ in pairs}) | {a for a, uri in pairs if uri in bad_uris}
    if not gone:
        return dict(tables)
    kept = {a for t in tables.values() if "article_id" in t.column_names for a in ids_of(t)} - gone
    of_articles = set(TABLES_OF_AN_ARTICLE) - {"rejects", "closed_rejects"}
    return {name: only(t, kept) if name in of_articles else t for name, t in tables.items()}


def forget(
    warehouse: "Warehouse", kind: Kind, value: str, run: "RunRef", regroup: Regroup | None = None
) -> Forgotten:
    """Remove the rows of an article, of everything seen at an address, or of a host; leave a tombstone.

    regroup: returns decisions (memberships) for the clusters that lose members, none of which may keep
    the id of one of them. What a reclean has prepared of them, and what killed runs had staged, goes as well.
    Raises ``WarehouseError``; then nothing was removed. Run ``purge`` (or upkeep) afterwards.
    """
    now = datetime.now(UTC)
    with warehouse.lock(), warehouse.connect() as con:
        try:
            warehouse.keys.catch_up(con)
            con.execute("begin")
            article_ids = articles_of(con, kind, value)
            given = None if regroup is None else regroup(con, article_ids)
            survivors, copies = _survivors(warehouse.keys, article_ids, given, run, now)
            added = {
                "retired": _events(warehouse.keys, article_ids, now),
                "memberships": survivors,
                "tombstones": _tombstones(
                    (kind, value), *(("article", each) for each in article_ids), at=now
                ),
            }
            rows = _delete_rows(con, article_ids)
            added["ledger"] = [_ledger_row(value, rows, added, now)]
            for table, each in added.items():
                _insert(con, table, each, run)
            con.execute(
                "call lake.set_commit_message('wencang', ?, extra_info => ?)",
                [f"forget {kind}", json.dumps({"run_id": run.run_id, "flow_run_id": run.flow_run_id})],
            )
            sync_data(warehouse.paths)
            con.execute("commit")
        except BaseException as error:
            roll_back(con)
            if isinstance(error, duckdb.Error):
                raise in_our_words(error, warehouse.paths) from error
            raise
        snapshot = warehouse.snapshot_id()
        warehouse.keys.rebuild(con)
        drop_forgotten(warehouse.paths, warehouse.keys)
    record_crashed(warehouse)  # what killed runs had staged goes too
    delete_index(SearchIndex(warehouse.paths).path)  # it holds the words; comes back without them
    return Forgotten(tuple(article_ids), tuple(copies), rows, snapshot)


def _survivors(
    keys: KeyIndex, article_ids: list[str], given: pa.Table | None, run: "RunRef", now: datetime
) -> tuple[list[dict[str, object]], list[str]]:
    """Return (decisions for clusters that lose their survivor, the articles left in the clusters)."""
    clusters = {s.cluster_id for s in keys.articles(article_ids).values() if s.cluster_id}
    members = [s for states in keys.cluster_members(clusters).values() for s in states]
    left = [s.article_id for s in members if not s.is_gone and s.article_id not in article_ids]
    rows = MEMBERSHIPS.arrow_schema.empty_table()
    if given is not None:
        defaults = {"run_id": run.run_id, "decided_at": now, "decision": 0}
        rows = number_decisions(keys, [], fit("memberships", given, defaults), run.run_id, now)
    decided = elect(keys, rows, article_ids, run.run_id, now)
    return decided.to_pylist(), left


def _events(keys: KeyIndex, article_ids: list[str], now: datetime) -> list[dict[str, object]]:
    """Rows of ``core.retired`` by which derived indexes learn of it."""
    states = keys.articles(article_ids)
    return [
        {
            "article_id": a,
            "revision": states[a].revision,
            "event_no": states[a].event_no + 1,
            "reason": "forgotten",
            "retired_at": now,
        }
        for a in article_ids
        if a in states
    ]


def _tombstones(*forgotten: tuple[Kind, str], at: datetime) -> list[dict[str, object]]:
    """Rows that keep things from being loaded again: kind and digest of each."""
    return [
        {"kind": kind, "value_sha256": digest_of(value), "forgotten_at": at}
        for kind, value in dict.fromkeys(forgotten)
    ]


def _ledger_row(
    value: str, removed: Mapping[str, int], added: Mapping[str, list[dict[str, object]]], now: datetime
) -> dict[str, object]:
    """The row by which the ledger goes on counting the rows of each table; removed ones count below zero."""
    counts = {table: -count for table, count in removed.items()}
    for table, rows in added.items():
        counts[table] = counts.get(table, 0) + len(rows)
    unit = f"forget {digest_of(value)[:16]} {now.isoformat()}"
    return {"unit": unit, "rows": json.dumps(counts, sort_keys=True), "committed_at": now}


def _delete_rows(con: duckdb.DuckDBPyConnection, article_ids: Iterable[str]) -> dict[str, int]:
    wanted = pa.table({"article_id": pa.array(list(article_ids), pa.string())})
    con.register("forgotten", wanted)
    rows = {}
    for table in TABLES_OF_AN_ARTICLE:
        found = con.execute(
            f"delete from core.{table} where article_id in (select article_id from forgotten)"
        ).fetchone()
        rows[table] = int(found[0]) if found else 0
    con.unregister("forgotten")
    return rows


def _insert(con: duckdb.DuckDBPyConnection, table: str, rows: list[dict[str, object]], run: "RunRef") -> None:
    if rows:
        con.register("rows_to_add", fit(table, pa.Table.from_pylist(rows), {"run_id": run.run_id}))
        con.execute(f"insert into core.{table} by name select * from rows_to_add")
        con.unregister("rows_to_add")
