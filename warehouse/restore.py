"""restore: a backup of the catalog put back in place, in the folder or in PostgreSQL.

Everything committed after the backup is gone from the catalog; its data files become orphans, and
the ingests since then load it again. The catalog as it was is kept beside the backups.
"""

import shutil
from contextlib import suppress
from pathlib import Path

import duckdb

from warehouse.attach import in_our_words
from warehouse.backup import ask_sqlite, copy_from_postgres, copy_sqlite, is_sqlite, sync_file, sync_folder
from warehouse.copy_catalog import copy_metadata, make_empty_lake
from warehouse.errors import NotAWarehouse
from warehouse.extensions import connect_duckdb, load_extensions
from warehouse.lock import commit_lock
from warehouse.paths import WarehousePaths
from warehouse.place import Place, mark_restored, use_object_store
from warehouse.schema_types import quoted

REPLACED = "catalog-replaced.sqlite"


def restore_catalog(root: str | Path, backup: str | Path) -> Path | None:
    """Put a backup in place of the catalog; return where the replaced one was kept, if there was one.

    A process that has the warehouse open writes nothing more. Derived indexes of this folder are dropped and come
    back. Killed at any moment, this leaves the old catalog or the restored one.
    Raises ``NotAWarehouse`` when the file is no backup, other ``WarehouseError`` when the catalog's place
    cannot be written; then nothing was changed.
    """
    paths = WarehousePaths.of(root)
    source = Path(backup)
    place = Place.of(paths)
    _check_backup(source, place)
    for folder in (paths.root, paths.locks, paths.backups):
        folder.mkdir(parents=True, exist_ok=True)
    with commit_lock(paths.root):
        kept = paths.backups / REPLACED
        fresh = paths.root / "catalog.sqlite.restoring"
        shutil.copyfile(source, fresh)  # before anything is kept: it may be the one that was kept last time
        sync_file(fresh)
        try:
            restore = _restore_file if place.is_sqlite else _restore_postgres
            had_one = restore(place, fresh, kept)
        finally:
            fresh.unlink(missing_ok=True)
        shutil.rmtree(paths.index, ignore_errors=True)
        paths.index.mkdir()
    return kept if had_one else None


def _check_backup(source: Path, place: Place) -> None:
    """Raise ``NotAWarehouse`` unless the file is a whole catalog of a lake."""
    if not source.exists():
        raise NotAWarehouse(
            f"there is no file {source}. Nothing was changed; wencang catalog backups lists them."
        )
    fault = "" if is_sqlite(source) else "it is no SQLite file"
    if not fault:
        with connect_duckdb() as con:
            try:
                load_extensions(con, place.extensions)
                con.execute(f"attach {quoted(str(source))} as copy_of_catalog (type sqlite, read_only)")
                row = con.execute("select count(*) from copy_of_catalog.ducklake_snapshot").fetchone()
                fault = "" if row and row[0] else "it holds no snapshot"
            except duckdb.Error as error:
                fault = str(error).splitlines()[0]
    if fault:
        raise NotAWarehouse(f"{source} is no backup of a catalog: {fault}. Nothing was changed.")


def _restore_file(place: Place, fresh: Path, kept: Path) -> bool:
    paths = place.paths
    had_one = paths.catalog.exists()
    if had_one:
        _keep_sqlite(paths.catalog, kept)
        with suppress(OSError):  # of a damaged one
            ask_sqlite("flush", paths.catalog)  # should this be killed now, the file alone is the old catalog
    for suffix in ("-wal", "-shm"):
        paths.catalog.with_name(paths.catalog.name + suffix).unlink(missing_ok=True)
    fresh.replace(paths.catalog)
    sync_folder(paths.root)
    return had_one


def _keep_sqlite(catalog: Path, kept: Path) -> None:
    """Copy the catalog to be replaced; a damaged one, which SQLite cannot read, byte by byte."""
    try:
        copy_sqlite(catalog, kept)
    except OSError:
        kept.unlink(missing_ok=True)
        shutil.copyfile(catalog, kept)


def _restore_postgres(place: Place, fresh: Path, kept: Path) -> bool:
    """Replace the rows of the catalog's tables in one transaction; make the tables in an empty database."""
    try:
        with connect_duckdb() as con:
            load_extensions(con, place.extensions)
            if not place.has_local_data:
                use_object_store(con)
            had_one = _holds_lake(con, place)
            if had_one:
                copy_from_postgres(place, kept)
            else:
                make_empty_lake(con, place)
            con.execute(f"attach {quoted(str(fresh))} as copy_of_catalog (type sqlite, read_only)")
            con.execute(f"attach {quoted(str(place.catalog))} as target (type postgres)")
            mark_restored(con, "target")  # before: should this be killed now, others open it anew for nothing
            copy_metadata(con, "copy_of_catalog", "target.public")
    except duckdb.Error as error:
        raise in_our_words(error, place.paths) from error
    return had_one


def _holds_lake(con: duckdb.DuckDBPyConnection, place: Place) -> bool:
    con.execute(f"attach {quoted(str(place.catalog))} as looking (type postgres, read_only)")
    row = con.execute(
        "select count(*) from duckdb_tables() where database_name = 'looking' and table_name = 'ducklake_snapshot'"
    ).fetchone()
    con.execute("detach looking")
    return bool(row and row[0])
