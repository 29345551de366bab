"""Copies of the catalog: made before anything that rewrites, kept for a while, put back by ``restore``.

The catalog is one file and names every data file; a copy of it with the data folder is a backup
of the warehouse as of its snapshot, as long as upkeep has not removed files it names (they stay
at least ``KEEP_FILES_DAYS`` after they were replaced).
"""

import os
import re
import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import duckdb

from warehouse.attach import in_our_words
from warehouse.copy_catalog import copy_metadata, make_empty_lake
from warehouse.errors import NotWritable
from warehouse.extensions import connect_duckdb, load_extensions
from warehouse.paths import WarehousePaths
from warehouse.place import Place, use_object_store
from warehouse.schema_types import quoted

if TYPE_CHECKING:
    from warehouse.catalog import Warehouse

KEEP_BACKUPS = 7
"""Copies of the catalog that stay: upkeep makes one a night."""


def back_up_catalog(warehouse: "Warehouse") -> Path:
    """Write ``backups/catalog-<snapshot>.sqlite`` and drop the oldest beyond ``KEEP_BACKUPS``; return it.

    Whole or not at all: written under another name, synced, renamed. Takes the commit lock.
    """
    paths = warehouse.paths
    with warehouse.lock():
        target = paths.backups / f"catalog-{warehouse.snapshot_id()}.sqlite"
        try:
            copy_catalog(paths, target)
        except OSError as error:
            raise NotWritable(
                f"Cannot write the catalog's backup {target}: {error}. The warehouse is unchanged. "
                "Free some space or check the permissions, then run: wencang upkeep"
            ) from error
    for old in list_backups(paths)[:-KEEP_BACKUPS]:
        old.unlink(missing_ok=True)
    return target


def copy_catalog(paths: WarehousePaths, target: Path) -> None:
    """Copy the catalog, wherever it is, into a SQLite file; whole or not at all. Hold the commit lock."""
    place = Place.of(paths)
    if not place.is_sqlite:
        copy_from_postgres(place, target)
        return
    part = target.with_suffix(".part")
    try:
        part.unlink(missing_ok=True)
        copy_sqlite(paths.catalog, part)
        part.replace(target)
        sync_folder(target.parent)
    finally:
        part.unlink(missing_ok=True)


def copy_from_postgres(place: Place, target: Path) -> None:
    """Copy the catalog's tables out of PostgreSQL into a SQLite catalog; whole or not at all.

    The file is a catalog of its own: it can be restored, or opened beside a copy of the data files.
    """
    part = target.with_suffix(".part")
    part.unlink(missing_ok=True)
    try:
        with connect_duckdb() as con:
            load_extensions(con, place.extensions)
            if not place.has_local_data:
                use_object_store(con)
            make_empty_lake(con, place, f"sqlite:{part}")
            con.execute(f"attach {quoted(str(place.catalog))} as held_catalog (type postgres, read_only)")
            con.execute(f"attach {quoted(str(part))} as copy_of_catalog (type sqlite)")
            copy_metadata(con, "held_catalog", "copy_of_catalog")
        sync_file(part)
        part.replace(target)
        sync_folder(target.parent)
    except duckdb.Error as error:
        raise in_our_words(error, place.paths) from error
    finally:
        part.unlink(missing_ok=True)


def list_backups(paths: WarehousePaths) -> list[Path]:
    """Backups of the catalog, oldest first."""
    named = [
        (re.fullmatch(r"catalog-(\d+)\.sqlite", p.name), p) for p in paths.backups.glob("catalog-*.sqlite")
    ]
    return [path for _, path in sorted((int(m.group(1)), path) for m, path in named if m)]


def copy_sqlite(source: Path, target: Path) -> None:
    """Copy a SQLite database as of now, synced; readers and writers may go on."""
    ask_sqlite("copy", source, target)
    sync_file(target)


def quick_check(database: Path) -> list[str]:
    """Return what SQLite finds wrong with a database; empty when it is whole."""
    found = ask_sqlite("check", database)
    return [] if found == ["ok"] else found


def ask_sqlite(question: str, *paths: Path) -> list[str]:
    """Ask about a database that this process has open in DuckDB, and return the lines of the answer.

    question: ``copy`` (the second path is where to), ``check`` (what is wrong, or ``ok``), ``vacuum``, or ``flush``
    (what is in its log is written into the file).
    Raises ``OSError`` with SQLite's sentence.

    In a process of its own: DuckDB has a SQLite of its own inside, and when two of them in one
    process open the same file, closing one drops the file locks of the other.
    """
    command = [sys.executable, "-I", "-c", _SCRIPT, question, *map(str, paths)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise OSError((done.stderr.strip().splitlines() or ["sqlite failed"])[-1])
    return done.stdout.split("\n")[:-1]


_SCRIPT = """
import pathlib, sqlite3, sys
question, source, *target = sys.argv[1:]
mode = "rw" if question in ("vacuum", "flush") else "ro"
held = sqlite3.connect(pathlib.Path(source).as_uri() + f"?mode={mode}", uri=True, timeout=30)
if question == "copy":
    copy = sqlite3.connect(target[0])
    held.backup(copy)
    copy.execute("pragma journal_mode = delete")
    copy.close()
elif question in ("vacuum", "flush"):
    if question == "vacuum":
        held.execute("vacuum")
    held.execute("pragma wal_checkpoint(truncate)")
    held.close()
else:
    print(*(row[0] for row in held.execute("pragma quick_check")), sep="\\n")
"""


def is_sqlite(path: Path) -> bool:
    """Does the file begin as SQLite databases do?"""
    try:
        with path.open("rb") as file:
            return file.read(16) == b"SQLite format 3\0"
    except OSError:
        return False


def sync_file(path: Path) -> None:
    """Write a file to disk."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


sync_folder = sync_file
"""Write a folder's names to disk."""
