"""load: one batch, one transaction, safe to repeat.

Reads    tables of a batch, the key index (never the lake's big tables)
Adds     rows of core tables, a ledger row that names the unit
Leaves   articles that are loaded already: of them only sightings are written
Source   measured: DuckLake under kill -9 loses and doubles no row when the ledger row is in the transaction
         (tests/faults/test_kills.py)
"""

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Literal

import duckdb
import pyarrow as pa

from warehouse.attach import in_our_words
from warehouse.batch import PER_ARTICLE, first_of_each, fit, ids_of, only, without_repeats
from warehouse.clusters import number_decisions
from warehouse.commit import commit_noted
from warehouse.errors import IndexDamaged
from warehouse.forget import without_forgotten
from warehouse.ledger import ledger_row
from warehouse.settle import settle
from warehouse.supersede import elect, retire

if TYPE_CHECKING:
    from warehouse.catalog import Warehouse
    from warehouse.runs import RunRef


@dataclass(frozen=True, slots=True)
class LoadContext:
    """What ``decide`` may use, under the commit lock.

    con: connection to the lake as of the snapshot before the batch; tables: the batch without what
    is loaded already; new_articles: ids that the batch adds, in order; gone, restored: ids of articles that
    the batch supersedes, some of them new, and that come back.
    """

    con: duckdb.DuckDBPyConnection
    tables: Mapping[str, pa.Table]
    new_articles: list[str]
    snapshot_id: int
    gone: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class LoadResult:
    """What became of a batch.

    state: ``already`` when its unit was loaded before; counts: rows written, per table;
    new_articles: ids added; superseded, restored: ids;
    tables: the rows as committed (for indexes that come along); forgotten: rows left out per table,
    because they were forgotten on request.
    """

    state: Literal["loaded", "already"]
    snapshot_id: int | None
    counts: dict[str, int] = field(default_factory=dict)
    new_articles: list[str] = field(default_factory=list)
    superseded: list[str] = field(default_factory=list)
    restored: list[str] = field(default_factory=list)
    tables: Mapping[str, pa.Table] = field(default_factory=dict, repr=False)
    forgotten: Mapping[str, int] = field(default_factory=dict)


Decide = Callable[[LoadContext], Mapping[str, pa.Table]]


def load_batch(
    warehouse: "Warehouse",
    tables: Mapping[str, pa.Table],
    *,
    unit: str,
    run: "RunRef",
    decide: Decide | None = None,
    before_commit: Callable[[], None] | None = None,
) -> LoadResult:
    """Commit a batch under the commit lock; the same unit again changes nothing.

    tables: table name of ``core`` -> rows; ``revision``, ``decision``, ``run_id`` and ``loaded_at`` are
    filled in. decide: called under the lock with what is new, returns more rows (memberships,
    signatures, relations). before_commit: called after the last insert. Raises ``WarehouseError``;
    then nothing of the batch is stored.
    """
    try:
        return _load_once(warehouse, tables, unit, run, decide, before_commit)
    except (IndexDamaged, sqlite3.DatabaseError) as error:
        if isinstance(error, sqlite3.DatabaseError) and "malformed" not in str(error):
            raise
        warehouse.keys.drop()  # it is derived: now it is built anew
        return _load_once(warehouse, tables, unit, run, decide, before_commit)


def _load_once(
    warehouse: "Warehouse",
    tables: Mapping[str, pa.Table],
    unit: str,
    run: "RunRef",
    decide: Decide | None,
    before_commit: Callable[[], None] | None,
) -> LoadResult:
    now = datetime.now(UTC)
    defaults = {
        "run_id": run.run_id,
        "loaded_at": now,
        "revision": 1,
        "decision": 0,
        "decided_at": now,
        "rejected_at": now,
        "seen_at": now,
        "noted_at": now,
        "is_clean": False,
    }
    fitted = {name: fit(name, rows, defaults) for name, rows in tables.items()}
    with warehouse.lock():
        try:
            with warehouse.connect() as con:
                warehouse.keys.catch_up(con)
                if warehouse.keys.has_unit(unit):
                    return LoadResult("already", None)
                wanted = without_forgotten(warehouse.keys, fitted)
                forgotten = {name: fitted[name].num_rows - rows.num_rows for name, rows in wanted.items()}
                new, batch = _what_is_new(warehouse, wanted)
                batch["retired"], gone, back = retire(warehouse.keys, new, batch, run.run_id, now)
                if decide is not None:
                    context = LoadContext(con, batch, new, warehouse.snapshot_id(), gone, back)
                    decided = {n: fit(n, rows, defaults) for n, rows in decide(context).items()}
                    batch = {**batch, **{n: _joined(batch.get(n), rows) for n, rows in decided.items()}}
        except duckdb.Error as error:
            raise in_our_words(error, warehouse.paths) from error
        batch["memberships"] = number_decisions(
            warehouse.keys, new, batch.get("memberships"), run.run_id, now
        )
        batch["memberships"] = elect(warehouse.keys, batch["memberships"], gone, run.run_id, now, set(back))
        batch |= settle(warehouse.keys, batch, new, run, now)
        counts = {name: rows.num_rows for name, rows in batch.items() if rows.num_rows}
        batch["ledger"] = ledger_row(unit, counts, run, now)
        snapshot = commit_noted(
            warehouse, batch, message=f"load {unit}", run=run, unit=unit, before_commit=before_commit
        )
    return LoadResult("loaded", snapshot, counts, new, gone, back, batch, forgotten)


def _what_is_new(
    warehouse: "Warehouse", tables: Mapping[str, pa.Table]
) -> tuple[list[str], dict[str, pa.Table]]:
    """Return (ids of articles not loaded before, the tables without rows of the others)."""
    batch = dict(tables)
    if "documents" in batch:
        documents = first_of_each(batch["documents"], ("article_id",))
        states = warehouse.keys.articles(ids_of(documents))
        batch["documents"] = only(
            documents, [a for a in ids_of(documents) if a not in states or not states[a].has_document]
        )
    articles = batch.get("articles")
    known = warehouse.keys.known_articles(ids_of(articles))
    new = [a for a in dict.fromkeys(ids_of(articles)) if a not in known]
    doubled = articles is not None and len(set(ids_of(articles))) < articles.num_rows
    for name in PER_ARTICLE:
        if name in batch:
            rows = only(batch[name], new)
            batch[name] = first_of_each(rows, _KEYS[name]) if doubled else rows
    if "articles" in batch:
        batch["articles"] = without_repeats(batch["articles"])
    return new, batch


_KEYS = {
    "articles": ("article_id",),
    "lines": ("article_id", "line_no"),
    "edits": ("article_id", "line_no", "start_char", "end_char"),
    "signatures": ("article_id",),
    "memberships": ("article_id",),
    "relations": ("article_id", "related_id", "kind"),
}


def _joined(first: pa.Table | None, second: pa.Table) -> pa.Table:
    return second if first is None else pa.concat_tables([first, second])
