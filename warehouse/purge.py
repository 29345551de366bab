"""purge: the bytes of what was forgotten, out of files, history, catalog, indexes and copies of the catalog.

``wencang forget`` asks for it at once. Killed half-way, it is done again by the next upkeep: until then the
history from before the deletion, or a copy of the catalog that is older, is still there.
"""

import shutil
from typing import TYPE_CHECKING

import duckdb

from warehouse.attach import in_our_words
from warehouse.backup import back_up_catalog
from warehouse.commit import rewrite_files, roll_back
from warehouse.forget import TABLES_OF_AN_ARTICLE
from warehouse.keys import delete_index
from warehouse.replaced import remove_replaced_files
from warehouse.scrub import scrub_catalog
from warehouse.search import SearchIndex

if TYPE_CHECKING:
    from warehouse.catalog import Warehouse


def purge(warehouse: "Warehouse", *, keep_files_days: float) -> dict[str, int]:
    """Rewrite files that hold removed rows and drop the history before; return how many snapshots and files went.

    keep_files_days: files replaced longer ago are deleted; 0 also takes those from readers at work.
    Copies of the catalog made before give way to a new one, and the catalog is scrubbed: its statistics
    quote values. The copies go last: as long as one is there, ``is_due`` says that this was not finished.
    """
    with warehouse.lock(), warehouse.connect() as con:
        try:
            warehouse.keys.catch_up(con)
            for table in TABLES_OF_AN_ARTICLE:
                rewrite_files(con, warehouse.paths, table)
            newest = warehouse.snapshot_id()
            rows = con.execute(
                "select snapshot_id from lake.snapshots() where snapshot_id < ?", [newest]
            ).fetchall()
            if rows:
                con.execute(
                    "call ducklake_expire_snapshots('lake', versions => ?)", [[int(r[0]) for r in rows]]
                )
            files = remove_replaced_files(con, keep_files_days)
            warehouse.keys.catch_up(con)
            scrub_catalog(warehouse, con)
        except (duckdb.Error, OSError) as error:
            roll_back(con)
            raise in_our_words(error, warehouse.paths) from error
        # derived: these come back without what was forgotten
        shutil.rmtree(warehouse.paths.index / "dedup", ignore_errors=True)
        delete_index(warehouse.paths.index / "site_lines.sqlite")
    for old in warehouse.paths.backups.iterdir():
        old.unlink(missing_ok=True)
    back_up_catalog(warehouse)
    return {"snapshots": len(rows), "files": files}


def is_due(warehouse: "Warehouse", since_s: float = 0) -> bool:
    """Is there history, or a copy of the catalog, from before rows were removed on request?

    since_s: only when that was longer ago, in seconds; a deletion may be under way.
    """
    with warehouse.connect() as con:
        row = con.execute(
            "select max(snapshot_id), epoch(max(committed_at)) from core.ledger where unit like 'forget %' "
            "and rows like '%: -%' "  # those that found nothing leave history alone
            "and committed_at <= now() - to_seconds(?)",
            [since_s],
        ).fetchone()
        if row is None or row[0] is None:
            return False
        oldest = con.execute("select min(snapshot_id) from lake.snapshots()").fetchone()
    removed_in, removed_at = row
    return (oldest is not None and oldest[0] < removed_in) or any(
        copy.stat().st_mtime < removed_at for copy in warehouse.paths.backups.iterdir()
    )


def finish(warehouse: "Warehouse", *, keep_files_days: float) -> dict[str, int]:
    """Purge when it is due; of a deletion that was killed also the indexes may not know yet."""
    if not is_due(warehouse):
        return {"snapshots": 0, "files": 0}
    with warehouse.lock(), warehouse.connect() as con:
        warehouse.keys.rebuild(con)
    delete_index(SearchIndex(warehouse.paths).path)
    return purge(warehouse, keep_files_days=keep_files_days)
