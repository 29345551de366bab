"""Open a warehouse: make the folder and the catalog, bring tables and views up to date.

with Warehouse.open("lake") as warehouse:
    result = warehouse.load_batch(tables, unit="…", run=run)
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import TypeVar

import duckdb
import pyarrow as pa

from warehouse.attach import attach_lake, has_moved, in_our_words, note_place, set_options, set_table_options
from warehouse.backup import copy_catalog, is_sqlite
from warehouse.errors import IndexDamaged, NotAWarehouse, NotWritable, WarehouseBusy, WarehouseError
from warehouse.extensions import connect_duckdb
from warehouse.insertions import Watermark
from warehouse.key_states import HttpState, InputState
from warehouse.keys import KeyIndex
from warehouse.load import LoadContext, LoadResult, load_batch
from warehouse.lock import LOCK_TIMEOUT_S, commit_lock
from warehouse.migrate import applied_version, is_current, migrate, refuse_newer
from warehouse.paths import WarehousePaths, make_folders
from warehouse.place import MOVED, PLACE_FILE, Place
from warehouse.runs import RunLocks, RunRecord, RunRef, record_crashed, record_run
from warehouse.schema import SCHEMA_VERSION

Answer = TypeVar("Answer")

MEMORY_LIMIT = "1GB"
"""What DuckDB may use for writing and upkeep; row groups are small, so a batch needs far less."""


class Warehouse:
    """An open warehouse. One per process; hand each thread its own ``connect()``."""

    def __init__(self, paths: WarehousePaths, con: duckdb.DuckDBPyConnection, *, read_only: bool) -> None:
        self.paths = paths
        self.read_only = read_only
        self._con = con
        self.keys = KeyIndex(paths.index / "keys.sqlite")
        self.run_locks = RunLocks(paths)
        self._opened = Place.of(paths).identity

    @classmethod
    def open(cls, path: str | Path, *, read_only: bool = False, create: bool = True) -> "Warehouse":
        """Open the warehouse at ``path``; make it when ``create`` and there is none.

        Raises ``NotAWarehouse``, ``NotWritable``, ``VersionMismatch``, ``WarehouseBusy``.
        """
        paths = WarehousePaths.of(path)
        _check_folder(paths, create=create and not read_only)
        if not read_only:
            make_folders(paths)
        con = connect_duckdb(
            memory_limit=MEMORY_LIMIT,
            temp_directory=str(paths.spill),
            # what a merge has read nobody reads again: kept, it was 50 MB more after each upkeep
            enable_external_file_cache=False,
        )
        try:
            if read_only:
                attach_lake(con, paths, read_only=True)
            else:
                _attach_current(con, paths)
        except BaseException:
            con.close()
            raise
        return cls(paths, con, read_only=read_only)

    def __enter__(self) -> "Warehouse":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close every connection."""
        self.run_locks.close()
        self.keys.close()
        self._con.close()

    def connect(self) -> duckdb.DuckDBPyConnection:
        """Return a connection for one thread, with the lake as default; close it soon."""
        con = self._con.cursor()
        con.execute("use lake.main")
        return con

    @contextmanager
    def lock(self, timeout_s: float = LOCK_TIMEOUT_S) -> Iterator[float]:
        """The commit lock of this warehouse; yields the seconds waited.

        Raises ``WarehouseError`` when the catalog is another one by now: what goes to the old one is lost.
        """
        with commit_lock(self.paths.root, timeout_s) as waited:
            if Place.of(self.paths).identity != self._opened:
                raise WarehouseError(f"{self.paths.root} {MOVED}")
            yield waited

    def snapshot_id(self) -> int:
        """Number of the newest snapshot."""
        with self.connect() as con:
            return current_snapshot(con)

    def known_articles(self, article_ids: Iterable[str]) -> set[str]:
        """Return those of ``article_ids`` that are loaded already, whatever became of them since."""
        wanted = list(article_ids)
        return self.ask_keys(lambda keys: keys.known_articles(wanted))

    def known_inputs(self, uris: Iterable[str]) -> dict[str, InputState]:
        """Return what is known of input files: uri -> size, mtime, digest at the last reading."""
        wanted = list(uris)
        return self.ask_keys(lambda keys: keys.inputs(wanted))

    def known_http(self, uris: Iterable[str]) -> dict[str, HttpState]:
        """Return the last answer of the server for each address asked before."""
        wanted = list(uris)
        return self.ask_keys(lambda keys: keys.http(wanted))

    def load_batch(
        self,
        tables: Mapping[str, pa.Table],
        *,
        unit: str,
        run: RunRef,
        decide: Callable[[LoadContext], Mapping[str, pa.Table]] | None = None,
        before_commit: Callable[[], None] | None = None,
    ) -> LoadResult:
        """Commit one batch in one transaction; see ``warehouse.load.load_batch``."""
        return load_batch(self, tables, unit=unit, run=run, decide=decide, before_commit=before_commit)

    def begin_run(self, run: RunRef) -> None:
        """Append the row that says the run is running; runs that were killed get their last row."""
        record_crashed(self)
        self.run_locks.hold(run.run_id)
        record_run(self, RunRecord(run=run, state="running"))

    def finish_run(self, record: RunRecord) -> None:
        """Append the row with a run's final state and counts."""
        record_run(self, record)
        self.run_locks.release(record.run.run_id)

    def ask_keys(self, question: Callable[[KeyIndex], Answer]) -> Answer:
        """Ask the key index as of now; when it is damaged it is built anew, and asked once more."""
        self._catch_up()
        try:
            return question(self.keys)
        except IndexDamaged:
            self._catch_up()
            return question(self.keys)

    def _catch_up(self) -> None:
        """Bring the key index along unless a writer is at it: what is too old is found out when loading."""
        with self.connect() as con:
            if self.keys.watermark() == Watermark.newest(con):
                return
        try:
            with self.lock(timeout_s=1.0), self.connect() as con:
                self.keys.catch_up(con)
        except WarehouseBusy:
            return


def current_snapshot(con: duckdb.DuckDBPyConnection) -> int:
    """Number of the newest snapshot of the attached lake."""
    row = con.execute("select id from lake.current_snapshot()").fetchone()
    return int(row[0]) if row else 0


def check_exists(paths: WarehousePaths) -> None:
    """Raise ``NotAWarehouse`` unless there is a warehouse."""
    _check_folder(paths, create=False)


def _check_folder(paths: WarehousePaths, *, create: bool) -> None:
    root = paths.root
    if root.exists() and not root.is_dir():
        raise NotAWarehouse(
            f"{root} is a file; a warehouse is a folder. Nothing was written. Name another folder."
        )
    if paths.catalog.exists() or (root / PLACE_FILE).exists():
        return
    if _had_a_catalog(paths):
        raise NotAWarehouse(
            f"{root} holds data files but no catalog: catalog.sqlite is lost. Nothing was written. Put a copy back: "
            "wencang catalog restore BACKUP (wencang catalog backups lists them)"
        )
    if not create:
        raise NotAWarehouse(
            f"There is no warehouse at {root}. Make one by loading something: "
            f"wencang ingest SOURCE --warehouse {root}"
        )
    try:
        others = sorted(p.name for p in root.iterdir() if p not in paths.folders) if root.exists() else []
    except OSError as error:
        raise NotWritable(
            f"Cannot read the folder {root}: {error.strerror}. Check its permissions."
        ) from error
    others = [
        name for name in others if not name.startswith((".", "catalog.sqlite", "lost+found", "prefect"))
    ]
    if others:
        raise NotAWarehouse(
            f"{root} is no warehouse and holds other things ({', '.join(others[:3])} …). "
            "Nothing was written. Name an empty or a new folder."
        )


def _had_a_catalog(paths: WarehousePaths) -> bool:
    """Are there data files that a new catalog would not know, and upkeep would remove as nobody's?"""
    return paths.data.is_dir() and next(paths.data.rglob("*.parquet"), None) is not None


def _attached(con: duckdb.DuckDBPyConnection, paths: WarehousePaths) -> bool:
    try:
        attach_lake(con, paths)
    except WarehouseError:
        con.execute("use memory; detach database if exists lake")  # a damaged one is attached nevertheless
        return False
    return True


def _attach_current(con: duckdb.DuckDBPyConnection, paths: WarehousePaths) -> None:
    """Attach, and migrate under the lock when something is missing."""
    try:
        is_made = is_sqlite(paths.catalog) or not Place.of(paths).is_sqlite
        if not is_made or not _attached(con, paths):
            with commit_lock(paths.root):  # no catalog, or one that another process is just making
                attach_lake(con, paths)
                set_options(con)
        version = applied_version(con)
        refuse_newer(version[0], str(paths.root))
        if is_current(version) and not has_moved(con, paths):
            return
        with commit_lock(paths.root):
            set_options(con)
            note_place(con, paths)
            version = applied_version(con)
            if version[0] and version[0] != SCHEMA_VERSION:
                copy_catalog(paths, paths.backups / f"before-migration-{version[0] + 1}.sqlite")
            if not is_current(version):
                migrate(con)
                set_table_options(con)
    except duckdb.Error as error:
        raise in_our_words(error, paths) from error


__all__ = ["Warehouse", "WarehouseError", "current_snapshot"]
