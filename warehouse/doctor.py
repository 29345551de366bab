"""doctor: is everything as it should be, and what mends what is not.

Every file in ``sql/checks`` is a query that returns the bad rows; the checks here look at what SQL
cannot see: files, versions, the catalog file, the derived indexes. Derived data is mended by
``repair``; anything else is said, with the command that helps.
"""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

import duckdb

from warehouse.attach import OPTIONS
from warehouse.backup import quick_check
from warehouse.consumers import watermarks
from warehouse.finding import CLOCK, LOST_FILES, REPORT
from warehouse.finding import Finding as Finding
from warehouse.insertions import Watermark
from warehouse.keys import delete_index
from warehouse.migrate import SQL_FOLDER, applied_version, is_current, sql_file
from warehouse.place import Place
from warehouse.prepared import forgotten_batches
from warehouse.purge import is_due
from warehouse.schema import SCHEMA_VERSION, TABLES
from warehouse.search import SearchIndex

if TYPE_CHECKING:
    from warehouse.catalog import Warehouse

EXAMPLES = 3
"""Bad rows shown of each check."""

DELETION_TAKES_S = 3600
"""A deletion on request that is younger may be under way."""


def examine(warehouse: "Warehouse") -> Iterator[Finding]:
    """Run every check, cheap ones first; reads one snapshot, changes nothing."""
    for check in CHECKS:
        try:
            yield check(warehouse)
        except duckdb.Error as error:
            yield _unreadable(check.__name__, error)
        except sqlite3.DatabaseError as error:
            yield _derived(check.__name__, "could not be asked", [f"damaged: {error}"])
    for name in sorted(file.stem for file in (SQL_FOLDER / "checks").glob("*.sql")):
        yield run_check(warehouse, name)


def repair(warehouse: "Warehouse") -> list[str]:
    """Build the derived indexes anew; return their names. Nothing else is touched."""
    with warehouse.lock(), warehouse.connect() as con:
        warehouse.keys.close()
        delete_index(warehouse.keys.path)
        warehouse.keys.catch_up(con)
        # these come back with the next load
        shutil.rmtree(warehouse.paths.index / "dedup", ignore_errors=True)
        delete_index(warehouse.paths.index / "site_lines.sqlite")
    search = SearchIndex(warehouse.paths)
    delete_index(search.path)
    with warehouse.connect() as con:
        search.catch_up(con)
    return ["keys", "search", "dedup", "sites"]


def run_check(warehouse: "Warehouse", name: str) -> Finding:
    """Run one check of ``sql/checks``."""
    with warehouse.connect() as con:
        return ask_check(con, name)


def ask_check(con: duckdb.DuckDBPyConnection, name: str) -> Finding:
    """Run one check of ``sql/checks`` on a connection to the lake."""
    query = sql_file("checks", name)
    question = query.splitlines()[0].split(": ", 1)[1].rstrip(".")
    try:
        found = con.execute(f"select count(*) from ({query})").fetchone()
        faults = int(found[0]) if found else 0
        rows = con.execute(f"select * from ({query}) limit {EXAMPLES}").fetchall() if faults else []
    except duckdb.Error as error:
        return _unreadable(name, error)
    examples = tuple(" ".join(str(value) for value in row) for row in rows)
    remedy = CLOCK if name == "run_has_begun" else REPORT
    return Finding(name, question, faults, examples, remedy if faults else "")


def _unreadable(name: str, error: duckdb.Error) -> Finding:
    return Finding(name, "could not be asked", 1, (str(error).splitlines()[0],), LOST_FILES)


def catalog_is_whole(warehouse: "Warehouse") -> Finding:
    """Does SQLite find the catalog file whole?"""
    question = "the catalog file is whole"
    if not Place.of(warehouse.paths).is_sqlite:
        return Finding("catalog_is_whole", question)  # PostgreSQL looks after its own
    try:
        faults = quick_check(warehouse.paths.catalog)
    except OSError as error:
        faults = [str(error)]
    remedy = "wencang catalog restore BACKUP (the newest file in backups/)" if faults else ""
    return Finding("catalog_is_whole", question, len(faults), tuple(faults[:EXAMPLES]), remedy)


def versions_match(warehouse: "Warehouse") -> Finding:
    """Are tables, views and settings those of this release?"""
    with warehouse.connect() as con:
        version = applied_version(con)
        held = dict(con.execute("select option_name, value from lake.options()").fetchall())
    faults = []
    if not is_current(version):
        faults.append(f"tables at {version[0]} of {SCHEMA_VERSION}, or views of another release")
    faults += [f"setting {name} is missing" for name in OPTIONS if name not in held]
    if held.get("version") != "1.0":
        faults.append(f"DuckLake format {held.get('version')}, this release writes 1.0")
    remedy = "open it once for writing with this release: wencang upkeep" if faults else ""
    question = "tables, views and settings are those of this release"
    return Finding("versions_match", question, len(faults), tuple(faults[:EXAMPLES]), remedy)


def files_are_whole(warehouse: "Warehouse") -> Finding:
    """Does every file the catalog names exist, with the size it should have?"""
    faults = []
    with warehouse.connect() as con:
        for table in TABLES:
            rows = con.execute(
                "select data_file, data_file_size_bytes "
                "from ducklake_list_files('lake', ?, schema => 'core')",
                [table],
            ).fetchall()
            faults += [fault for path, size in rows if (fault := _fault_of_file(str(path), int(size)))]
    remedy = LOST_FILES if faults else ""
    question = "every file the catalog names is there, whole"
    return Finding("files_are_whole", question, len(faults), tuple(faults[:EXAMPLES]), remedy)


def _fault_of_file(path: str, size: int) -> str | None:
    if "://" in path:
        return None  # an object store keeps an object whole or not at all
    try:
        with open(path, "rb") as file:
            file.seek(0, 2)
            held = file.tell()
            file.seek(max(held - 4, 0))
            tail = file.read()
    except OSError as error:
        return f"{path}: {error.strerror}"
    if held != size:
        return f"{path}: {held} bytes, should be {size}"
    return None if tail == b"PAR1" else f"{path}: damaged"


def forgotten_is_purged(warehouse: "Warehouse") -> Finding:
    """Is what was forgotten on request gone from history, from copies of the catalog and from staging?"""
    faults = []
    if is_due(warehouse, since_s=DELETION_TAKES_S):
        faults.append("a deletion was not finished: history or copies of the catalog hold it")
    with warehouse.lock(), warehouse.connect() as con:
        warehouse.keys.catch_up(con)
        faults += [
            f"{batch}: an interrupted reclean may hold it"
            for batch in forgotten_batches(warehouse.paths, warehouse.keys)
        ]
    remedy = "wencang upkeep" if faults else ""
    question = "what was forgotten is gone from history, from copies of the catalog and from staging"
    return Finding("forgotten_is_purged", question, len(faults), tuple(faults[:EXAMPLES]), remedy)


def keys_match(warehouse: "Warehouse") -> Finding:
    """Does the key index say what the tables say?"""
    faults = []
    with warehouse.connect() as con:
        held, newest = warehouse.keys.watermark(), Watermark.newest(con)
        if held is not None and not held.is_known(con):
            faults.append(f"stands at snapshot {held.snapshot_id}, which is not in the history")
        elif held == newest:
            row = con.execute(
                "select (select count(distinct article_id) from core.articles), "
                "(select count(*) from core.ledger)"
            ).fetchone()
            found = warehouse.keys.counts()
            if row != found:
                faults.append(f"knows {found} articles and units, the tables hold {row}")
    return _derived("keys_match", "the key index says what the tables say", faults)


def search_matches(warehouse: "Warehouse") -> Finding:
    """Does the search index hold the cleanings that the tables hold?"""
    search = SearchIndex(warehouse.paths)
    faults = []
    try:
        held = search.watermark()
        with warehouse.connect() as con:
            if held is not None and not held.is_known(con):
                faults.append(f"stands at snapshot {held.snapshot_id}, which is not in the history")
            elif held is not None:
                row = con.execute(
                    f"select count(*) from core.articles at (version => {held.snapshot_id})"
                ).fetchone()
                if row and row[0] != search.count():
                    faults.append(f"holds {search.count()} cleanings, the tables hold {row[0]}")
    except sqlite3.Error as error:
        faults.append(str(error))
    return _derived("search_matches", "the search index holds what the tables hold", faults)


def copies_and_sites_match(warehouse: "Warehouse") -> Finding:
    """Can the index of copies and the site memory be read, and do they stand where the lake has been?"""
    faults = []
    paths = warehouse.paths
    with warehouse.lock(), warehouse.connect() as con:
        newest = Watermark.newest(con).snapshot_id
        marks = watermarks(warehouse)
        for name, file in (("dedup", "dedup/state.sqlite"), ("sites", "site_lines.sqlite")):
            there = (paths.index / file).exists()
            if there and name not in marks and name == "dedup":
                faults.append(f"{paths.index / file}: damaged")
            elif marks.get(name, 0) > newest:
                faults.append(f"{name} stands at snapshot {marks[name]}, the newest is {newest}")
    return _derived(
        "copies_and_sites_match", "the index of copies and the site memory follow the tables", faults
    )


def _derived(check: str, question: str, faults: list[str]) -> Finding:
    remedy = "wencang doctor --repair" if faults else ""
    return Finding(check, question, len(faults), tuple(faults), remedy)


CHECKS: tuple[Callable[["Warehouse"], Finding], ...] = (
    catalog_is_whole,
    versions_match,
    files_are_whole,
    forgotten_is_purged,
    keys_match,
    search_matches,
    copies_and_sites_match,
)
