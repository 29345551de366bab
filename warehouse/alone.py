"""alone: decisions written before migration 0005 learn that they say no more than ``stands_alone`` does.

Views of articles pass over such rows (``core.membership_told``). Done once, by the first upkeep after the
migration, in commits of their own; killed half-way it goes on with the next. Rows of today are loaded with it.
"""

import shutil
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pyarrow as pa

from warehouse.batch import fit
from warehouse.commit import rewrite_files, roll_back, sync_data

if TYPE_CHECKING:
    import duckdb

    from warehouse.catalog import Warehouse

ROWS = 200_000
"""Rows marked in one commit: bounds memory and the time the lock is held (3 s)."""

UNMARKED = "stands_alone is not true and decision = 1 and is_canonical and cluster_id = article_id"


def mark_old_rows(warehouse: "Warehouse", _: object = None) -> dict[str, int]:
    """Mark every row that is not marked and should be; return how many."""
    marked = 0
    while True:
        with warehouse.lock(), warehouse.connect() as con:
            if con.execute(f"select 1 from core.memberships where {UNMARKED} limit 1").fetchone() is None:
                return {"rows": marked}
            # it would take the marked rows for new decisions; built anew it finds those that hold
            shutil.rmtree(warehouse.paths.index / "dedup", ignore_errors=True)
            marked += _mark_some(con, warehouse)


def _mark_some(con: "duckdb.DuckDBPyConnection", warehouse: "Warehouse") -> int:
    con.execute("begin")
    try:
        con.execute("call lake.set_commit_message('wencang', 'mark decisions that stand alone')")
        found = con.execute(
            f"update core.memberships set stands_alone = true where {UNMARKED} and article_id in "
            f"(select article_id from core.memberships where {UNMARKED} limit {ROWS})"
        ).fetchone()
        now = datetime.now(UTC)
        noted = {"unit": f"mark {now.isoformat()}", "rows": "{}", "run_id": "upkeep", "committed_at": now}
        con.register("noted", fit("ledger", pa.Table.from_pylist([noted]), {}))
        con.execute("insert into core.ledger by name select * from noted")
        con.unregister("noted")
        sync_data(warehouse.paths)
        con.execute("commit")
        rewrite_files(con, warehouse.paths, "memberships")
    except BaseException:
        roll_back(con)
        raise
    return int(found[0]) if found else 0
