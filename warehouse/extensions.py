"""DuckDB's extensions out of their packages; nothing is downloaded.

An extension loads only in the DuckDB version it was built for, so both are pinned together. DuckDB checks the
signature of an extension by reading all of its file, tens of megabytes for each connection; ours come
out of packages that were installed by their hashes, so that a new connection loads them unchecked and then
forbids that to whoever gets it.
"""

import importlib.resources
import shutil
from pathlib import Path

import duckdb

from warehouse.errors import NotWritable, VersionMismatch

EXTENSIONS = ("ducklake", "sqlite_scanner")
"""What a local warehouse needs; httpfs and postgres_scanner come when the catalog or the data are remote."""


def extension_path(name: str) -> Path:
    """Return the file of an extension inside its installed package."""
    package = f"duckdb_extension_{name}"
    file = f"extensions/v{duckdb.__version__}/{name}.duckdb_extension"
    try:
        path = Path(str(importlib.resources.files(package))) / file
    except ModuleNotFoundError:
        path = None
    if path is None or not path.is_file():
        raise VersionMismatch(
            f"DuckDB {duckdb.__version__} has no extension {name} of its own version installed. "
            "The warehouse is untouched. Install both in one version: deploy/requirements.lock"
        )
    return path


def connect_duckdb(**config: str | bool) -> duckdb.DuckDBPyConnection:
    """Return a connection to a DuckDB of its own, in memory, which takes our extensions without reading them twice."""
    return duckdb.connect(config={**config, "allow_unsigned_extensions": True})


def load_extensions(con: duckdb.DuckDBPyConnection, names: tuple[str, ...] = EXTENSIONS) -> None:
    """Load extensions by path into a connection; from then on it takes signed ones only."""
    for name in names:
        con.execute(f"load '{extension_path(name)}'")
    con.execute("set allow_unsigned_extensions = false")


def setup_duckdb(names: tuple[str, ...] = (*EXTENSIONS, "httpfs", "postgres_scanner")) -> list[Path]:
    """Copy the extensions to where every DuckDB of this version looks; return the files written.

    Afterwards ``duckdb 'ducklake:sqlite:lake/catalog.sqlite'`` works in the plain command line.
    """
    with connect_duckdb() as con:
        row = con.execute("pragma platform").fetchone()
    platform = str(row[0]) if row else ""
    folder = Path.home() / ".duckdb" / "extensions" / f"v{duckdb.__version__}" / platform
    written = []
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name in names:
            source = extension_path(name)
            target = folder / source.name
            part = target.with_suffix(".part")
            shutil.copyfile(source, part)
            part.replace(target)
            written.append(target)
    except OSError as error:
        raise NotWritable(
            f"Cannot write DuckDB's extension folder {folder}: {error.strerror}. "
            "wencang sql works without it. Set HOME to a writable folder and run setup-duckdb again."
        ) from error
    return written
