"""reclean: new cleanings of stored documents, prepared over hours, published in one commit.

Prepared batches wait as Parquet in the staging folder, so an interrupted reclean goes on where it
was; the folder's id makes what is prepared a unit of work that is published once. Publishing takes
them in under the commit lock: a cleaning whose document changed in the meantime is left out, the one
it replaces is retired, readers see all of it or nothing.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import duckdb
import pyarrow as pa

from warehouse.attach import in_our_words
from warehouse.batch import fit, ids_of, only
from warehouse.clusters import number_decisions, rejoin
from warehouse.commit import commit_noted
from warehouse.key_places import open_rejects_of
from warehouse.ledger import ledger_row
from warehouse.load import LoadResult
from warehouse.prepared import ID_FILE, REVISED, PreparedBatches
from warehouse.retry import REJECTED_LATER
from warehouse.settle import closed_rows
from warehouse.staged import Rows, StagedRows
from warehouse.supersede import elect

if TYPE_CHECKING:
    from warehouse.catalog import Warehouse
    from warehouse.runs import RunRef

Regroup = Callable[[duckdb.DuckDBPyConnection, Iterator[pa.Table], list[str]], Mapping[str, pa.Table]]

ROWS_PER_PART = 2_000
"""Documents read at once: bounds memory."""


def count_outdated(con: duckdb.DuckDBPyConnection, rules_version: str, learned: Collection[str] = ()) -> int:
    """Number of articles that are current, or that some rules stopped, by another rules version, and of ``learned``."""
    row = con.execute(
        f"select count(*) from ({_OUTDATED})", [rules_version, list(learned), rules_version]
    ).fetchone()
    return int(row[0]) if row else 0


def outdated_documents(
    con: duckdb.DuckDBPyConnection,
    rules_version: str,
    rows: int = ROWS_PER_PART,
    learned: Collection[str] = (),
) -> Iterator[pa.Table]:
    """Stored documents of articles cleaned, or stopped, by other rules, and of ``learned``, in parts, in a fixed order.

    Columns: those of ``core.documents`` and ``revision``, the newest one.
    """
    reader = con.execute(
        f"select d.*, o.revision from ({_OUTDATED}) as o join core.documents as d using (article_id) "
        "order by article_id",
        [rules_version, list(learned), rules_version],
    ).to_arrow_reader(rows)
    for part in reader:
        yield pa.Table.from_batches([part])


_OUTDATED = (
    "select a.article_id, a.revision from core.articles as a "
    "anti join core.retired_now as r on r.article_id = a.article_id and r.revision = a.revision "
    "where a.rules_version <> ? or a.article_id in (select unnest(?::varchar[])) "
    f"union all ({REJECTED_LATER})"
)


class RevisionStage(PreparedBatches):
    """Prepared batches of one reclean, in the staging folder under its name.

    What was left there by one that was published, and killed before it could tidy up, is dropped.
    """

    def __init__(self, warehouse: "Warehouse", name: str) -> None:
        super().__init__(warehouse.paths.staging / f"reclean-{name}")
        self.warehouse = warehouse
        self.name = name
        with warehouse.connect() as con:
            if con.execute("select 1 from core.ledger where unit = ?", [self.unit()]).fetchone():
                self.drop()

    def unit(self) -> str:
        """The unit of work that is prepared: another one when rules come again that were there before."""
        try:
            return f"reclean {self.name} {(self.folder / ID_FILE).read_text()}"
        except FileNotFoundError:
            return f"reclean {self.name} nothing"

    def publish(self, run: "RunRef", decide: Regroup | None = None) -> LoadResult:
        """Commit everything prepared in one transaction; the same reclean again changes nothing.

        Articles stopped by newer rules (``rejects``) are retired without a successor. decide: called under
        the lock with the new signatures, in parts, and the ids of articles that are stopped; returns the
        decisions (memberships, relations) of what has another text now, and of what that did to clusters.
        """
        unit = self.unit()
        now = datetime.now(UTC)
        warehouse = self.warehouse
        with warehouse.lock():
            try:
                with warehouse.connect() as con:
                    warehouse.keys.catch_up(con)
                    if not self.prepared() or warehouse.keys.has_unit(unit):
                        self.drop()
                        return LoadResult("already", None)
                    batch, revised, stopped = self._still_current(run, now)
                    if decide is not None:
                        defaults = {"run_id": run.run_id, "decided_at": now, "decision": 0}
                        found = decide(con, _signatures(batch["signatures"]), stopped)
                        batch |= {name: fit(name, rows, defaults) for name, rows in found.items()}
            except duckdb.Error as error:
                raise in_our_words(error, warehouse.paths) from error
            given = batch.get("memberships")
            rejoined = rejoin(warehouse.keys, revised, run.run_id, now)
            if isinstance(given, pa.Table):
                rejoined = pa.concat_tables([only(rejoined, set(revised) - set(ids_of(given))), given])
            decided = number_decisions(warehouse.keys, [], rejoined, run.run_id, now)
            batch["memberships"] = elect(warehouse.keys, decided, stopped, run.run_id, now, set(revised))
            counts = {name: rows.num_rows for name, rows in batch.items() if rows.num_rows}
            batch["ledger"] = ledger_row(unit, counts, run, now)
            snapshot = commit_noted(warehouse, batch, message=unit, run=run, unit=unit)
        self.drop()
        tables = {name: rows for name, rows in batch.items() if isinstance(rows, pa.Table)}
        return LoadResult("loaded", snapshot, counts, revised, stopped, [], tables)

    def _still_current(self, run: "RunRef", now: datetime) -> tuple[dict[str, Rows], list[str], list[str]]:
        """Return (rows of cleanings that follow the current one, their ids, ids stopped)."""
        keys = self.warehouse.keys
        defaults = {
            "run_id": run.run_id,
            "loaded_at": now,
            "decided_at": now,
            "rejected_at": now,
            "decision": 0,
        }
        rejected = self.rejected()
        ids = {a for _, rows in self.read("articles", ("article_id",)) for a in ids_of(rows)}
        states = keys.articles({*ids, *rejected})
        live = {a for a, s in states.items() if s.revision and not s.is_gone}
        out = [a for a, s in states.items() if s.reason == "rejected"]
        back = {a for a, places in keys.uri_keys_showing(out, 1).items() if places}
        batches = self.following(states)
        revised = [a for a in batches if a in live or a in back]
        stopped = [a for a in rejected if a in live and a not in ids]
        files = {name: self.chosen(name, batches, revised) for name in REVISED}
        files["rejects"] = self.chosen("rejects", rejected, [a for a in rejected if a in {*stopped, *out}])
        batch: dict[str, Rows] = {name: StagedRows(name, files[name], defaults) for name in REVISED}
        batch["memberships"] = batch["memberships"].reader().read_all()
        events = [(a, "recleaned") for a in revised] + [(a, "rejected") for a in stopped]
        rows = [
            {
                "article_id": a,
                "revision": states[a].revision,
                "event_no": states[a].event_no + 1,
                "reason": reason,
                "retired_at": now,
            }
            for a, reason in events
        ]
        settled = [(each, "cured") for each in open_rejects_of(keys, revised)]
        settled += [(each, "repeated") for each in open_rejects_of(keys, set(out) & set(rejected))]
        if settled:
            closed = pa.Table.from_pylist(closed_rows(settled))
            batch["closed_rejects"] = fit("closed_rejects", closed, defaults)
        if rows:
            batch["retired"] = fit("retired", pa.Table.from_pylist(rows), defaults)
        return batch, revised, stopped


def _signatures(rows: Rows) -> Iterator[pa.Table]:
    if isinstance(rows, StagedRows):
        for part in rows.reader():
            yield pa.Table.from_batches([part])
