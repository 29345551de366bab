"""Where catalog and data files of a warehouse lie: in its folder, or, once moved, elsewhere.

``place.json`` in the folder names a PostgreSQL catalog and an S3 data path; without it both are
local. Locks, indexes, staging and backups stay in the folder, one on each machine that loads.
Keys of an object store come from the usual ``AWS_…`` environment variables, never from the file.
"""

import hashlib
import importlib
import json
import os
import re
import uuid
from dataclasses import dataclass
from urllib.parse import urlsplit

import duckdb

from warehouse.errors import NotAWarehouse
from warehouse.paths import WarehousePaths
from warehouse.schema_types import quoted

_PASSWORD = re.compile(
    r"""(\bpostgres(?:ql)?://[^:@/\s"']*:)[^@\s"']*(?=@)|(://[^:@/\s"']*:)[^@/\s"']*(?=@)|(\bpassword\s*=\s*)[^\s&"']+"""
)
"""What stands before a password, and the password; one with a stroke is expected in PostgreSQL's only."""
PLACE_FILE = "place.json"
MOVED = "was moved or restored since this process opened it. Nothing was stored; run the same command again."


@dataclass(frozen=True, slots=True)
class Place:
    """catalog: ``None`` for the folder's SQLite file, or ``postgresql://…``; data: folder or ``s3://…``."""

    paths: WarehousePaths
    catalog: str | None
    data: str

    @classmethod
    def of(cls, paths: WarehousePaths) -> "Place":
        """Return the place of a warehouse; raises ``NotAWarehouse`` for a damaged ``place.json``."""
        file = paths.root / PLACE_FILE
        try:
            held = json.loads(file.read_text("utf-8"))
            return cls(paths, held.get("catalog"), held.get("data") or str(paths.data))
        except FileNotFoundError:
            return cls(paths, None, str(paths.data))
        except (OSError, ValueError, AttributeError) as error:
            raise NotAWarehouse(f"{file} cannot be read: {error}. Put it back from your backup.") from error

    def write(self) -> None:
        """Write ``place.json``, whole or not at all; it may hold a password, so only the owner reads it."""
        file = self.paths.root / PLACE_FILE
        part = file.with_suffix(".part")
        part.touch(mode=0o600)
        data = None if self.data == str(self.paths.data) else self.data
        part.write_text(json.dumps({"catalog": self.catalog, "data": data}, indent=1), "utf-8")
        part.replace(file)

    @property
    def is_sqlite(self) -> bool:
        """Is the catalog the SQLite file of the folder?"""
        return self.catalog is None

    @property
    def identity(self) -> tuple[str | int | None, str, str | None]:
        """What stays the same as long as nobody moves the warehouse or puts another catalog in its place."""
        if self.catalog is not None:
            return self.catalog, self.data, self._restored()
        try:
            return self.paths.catalog.stat().st_ino, self.data, None
        except FileNotFoundError:
            return None, self.data, None

    def _restored(self) -> str | None:
        """Return what ``mark_restored`` wrote last into the catalog's database."""
        psycopg = importlib.import_module("psycopg")
        with psycopg.connect(self.catalog, autocommit=True) as session:
            row = session.execute("select obj_description(to_regclass('ducklake_snapshot'))").fetchone()
        return str(row[0]) if row and row[0] else None

    @property
    def has_local_data(self) -> bool:
        """Are the data files on a local file system?"""
        return "://" not in self.data

    @property
    def source(self) -> str:
        """What DuckLake attaches."""
        return f"sqlite:{self.paths.catalog}" if self.catalog is None else f"postgres:{self.catalog}"

    @property
    def extensions(self) -> tuple[str, ...]:
        """DuckDB extensions needed."""
        names = ["ducklake", "sqlite_scanner"]
        names += [] if self.is_sqlite else ["postgres_scanner"]
        names += [] if self.has_local_data else ["httpfs"]
        return tuple(names)

    @property
    def lock_number(self) -> int:
        """Number of the advisory lock in the catalog's database."""
        digest = hashlib.sha256(f"wencang {urlsplit(self.catalog or '').path}".encode()).digest()
        return int.from_bytes(digest[:8], "big", signed=True)


def without_password(text: str) -> str:
    """Return a message in which the addresses of databases show no password.

    >>> without_password('no answer from "postgresql://me:s3cr@127.0.0.1/x"')
    'no answer from "postgresql://me:***@127.0.0.1/x"'
    """
    return _PASSWORD.sub(lambda found: f"{next(filter(None, found.groups()))}***", text)


def mark_restored(con: duckdb.DuckDBPyConnection, database: str) -> None:
    """Have processes that hold this PostgreSQL catalog open see that it is another one. database: as attached."""
    comment = f"comment on table ducklake_snapshot is 'wencang: restored as {uuid.uuid4().hex}'"
    con.execute(f"call postgres_execute({quoted(database)}, {quoted(comment)})")


def use_object_store(con: duckdb.DuckDBPyConnection) -> None:
    """Give DuckDB the keys of the object store found in the environment (``AWS_…``)."""
    known = {
        "key_id": os.environ.get("AWS_ACCESS_KEY_ID"),
        "secret": os.environ.get("AWS_SECRET_ACCESS_KEY"),
        "session_token": os.environ.get("AWS_SESSION_TOKEN"),
        "region": os.environ.get("AWS_REGION") or os.environ.get("AWS_DEFAULT_REGION"),
    }
    options = ["type s3", *(f"{name} {quoted(value)}" for name, value in known.items() if value)]
    endpoint = os.environ.get("AWS_ENDPOINT_URL_S3") or os.environ.get("AWS_ENDPOINT_URL")
    if endpoint:
        parts = urlsplit(endpoint)
        options += [f"endpoint {quoted(parts.netloc)}", "url_style 'path'"]
        options += ["use_ssl false"] if parts.scheme == "http" else []
    con.execute(f"create or replace secret wencang_store ({', '.join(options)})")
