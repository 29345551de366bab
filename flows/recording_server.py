"""recording_server: Prefect's API for one run, which it records and nothing more.

    python -m flows.recording_server FD        on a socket that was opened before it

The same application and database as Prefect's server. Left out is what serves others: schedules,
late runs, vacuum, the stream of events to a dashboard. Task runs are recorded; events are passed on
only when the database holds automations (made under ``wencang serve``), which may wait for one:
then everything runs that Prefect's own temporary server runs.
"""

import asyncio
import os
import socket
import sqlite3
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing, suppress
from functools import partial
from pathlib import Path
from types import ModuleType
from typing import Any

from flows.forked import without_collection
from flows.local_server import template

OTHER_DATABASE = {"PREFECT_API_DATABASE_CONNECTION_URL", "PREFECT_SERVER_DATABASE_CONNECTION_URL"}
"""Settings that name another database than the one looked at here: then nothing is left out."""


def create_app(database: Path) -> Any:
    """Return Prefect's application with the services that a run needs. database: the one of its home."""
    alone = not OTHER_DATABASE & os.environ.keys() and not _has_automations(database)
    if alone:
        _leave_out_docket()
    from prefect.server.api.server import create_app as prefect_app

    app = prefect_app(ephemeral=True)
    if alone:
        app.router.lifespan_context = partial(_recording, database)
    return app


class _AnyName(type):
    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return cls


class _Nothing(metaclass=_AnyName):
    """Stands for whatever is imported from docket, for its attributes, and for what comes of calling them."""

    def __new__(cls, *_: Any, **__: Any) -> Any:
        return cls

    def __class_getitem__(cls, _: Any) -> Any:
        return cls


def _leave_out_docket() -> None:
    """Save a quarter of the server's start: docket, and redis with it, is for background work not done here."""
    for name in ("docket", "docket.dependencies", "docket.execution"):
        module = ModuleType(name)
        module.__getattr__ = lambda _: _Nothing  # type: ignore[method-assign]
        sys.modules.setdefault(name, module)


def _revision_of(database: Path) -> str | None:
    """Return the migration that a database has reached; ``None`` when there is no such database."""
    found = _ask(database, "select version_num from alembic_version")
    return str(found) if found else None


def _has_automations(database: Path) -> bool:
    return bool(_ask(database, "select count(*) from automation where enabled"))


def _ask(database: Path, query: str) -> Any:
    if not database.exists():
        return None
    try:
        with closing(sqlite3.connect(database, timeout=30)) as con:
            row = con.execute(query).fetchone()
    except sqlite3.Error:
        return None
    return row[0] if row else None


@asynccontextmanager
async def _recording(database: Path, _app: Any) -> AsyncIterator[None]:
    """Bring the database up to date, unless it is, and record task runs until the end."""
    from prefect.server.database import provide_database_interface
    from prefect.server.services.task_run_recorder import TaskRunRecorder

    revision = _revision_of(database)
    if revision is None or revision != _revision_of(template()):
        await provide_database_interface().create_db()
        if revision is None:
            _keep_as_template(database)
    recorder: Any = TaskRunRecorder()  # type: ignore[no-untyped-call]
    recording = asyncio.create_task(recorder.start())
    await recorder.started_event.wait()
    try:
        yield
    finally:
        await recorder.stop()  # writes what it holds
        await asyncio.gather(recording, return_exceptions=True)


def _keep_as_template(database: Path) -> None:
    """Keep a new database, empty as it is, for the next warehouse."""
    part = template().with_suffix(f".{os.getpid()}.part")
    with suppress(OSError, sqlite3.Error):
        part.parent.mkdir(parents=True, exist_ok=True)
        with closing(sqlite3.connect(database)) as new, closing(sqlite3.connect(part)) as copy:
            new.backup(copy)
        part.replace(template())


def main(descriptor: int) -> None:
    """Serve on the socket until SIGTERM."""
    with without_collection():
        import uvicorn

        app = create_app(Path(os.environ["PREFECT_HOME"]) / "prefect.db")
    config = uvicorn.Config(app, log_level="error", access_log=False)
    uvicorn.Server(config).run(sockets=[socket.socket(fileno=descriptor)])


if __name__ == "__main__":
    main(int(sys.argv[1]))
