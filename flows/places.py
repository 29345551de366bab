"""places: what became of the places of local sources since earlier runs: gone, cured, rejected again.

Reads    what discover listed, and what the key index knows of inputs and rejects below the sources
Adds     absences: files that were read once and are deleted or moved away; ``sightings`` shows since when
         closed rejects: of places that are gone, or that can be listed now
         rejects that are what they were, as one more attempt

A file counts as gone only when the disk says that nothing has its name: what a filter leaves out, what
lies in a folder that cannot be listed, and a source that is missing as a whole (a disk that is not
mounted) stay as they were. Articles are never touched: what was loaded stays.
"""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

import pyarrow as pa

from tasks.discover import Input, InputUnchanged, is_url
from tasks.file_uri import file_uri, path_of
from tasks.reasons import Reject
from tasks.rows import reject_table, table_of
from tasks.sources import Source
from warehouse.catalog import Warehouse
from warehouse.key_places import (
    OpenReject,
    count_inputs_below,
    inputs_below,
    open_rejects,
    open_rejects_below,
)
from warehouse.runs import RunRef
from warehouse.schema import TABLES
from warehouse.settle import closed_rows

AT_ONCE = 1000
"""Repeated rejects written in one run: a folder of unreadable files must not write a row each, again and again."""

Listed = Sequence[Input | Reject | InputUnchanged]


@dataclass(frozen=True, slots=True)
class Places:
    """gone: uris of files and rejects; cured: rejects that no longer hold; repeated: those that do."""

    gone: Sequence[str] = ()
    cured: Sequence[OpenReject] = ()
    repeated: Sequence[Reject] = ()

    def __bool__(self) -> bool:
        return bool(self.gone or self.cured or self.repeated)


def look_at_places(
    warehouse: Warehouse, sources: Sequence[Source], listed: Listed, known: Mapping[str, object]
) -> Places:
    """Compare what was listed with what is known. known: the listed inputs that were read before."""
    keys = warehouse.keys
    rejected = {each.uri: each for each in listed if isinstance(each, Reject)}
    held = {each.uri: each for each in open_rejects(keys, rejected) if not each.article_id}
    repeated = [each for uri, each in rejected.items() if uri in held and held[uri].reason == each.reason]
    gone: dict[str, None] = {}
    cured: dict[str, OpenReject] = {}
    for prefix in _prefixes(sources):
        if count_inputs_below(keys, prefix) > sum(uri.startswith(prefix) for uri in known):
            gone |= {uri: None for uri in inputs_below(keys, prefix) if uri not in known and _is_gone(uri)}
        for each in open_rejects_below(keys, prefix):
            if each.uri in rejected:
                continue
            if _is_gone(each.uri):
                gone[each.uri] = None
            elif each.step == "discover" and os.path.lexists(path_of(each.uri)):
                cured[each.uri] = each
    return Places(list(gone), list(cured.values()), repeated)


def note_places(warehouse: Warehouse, places: Places, run: RunRef) -> tuple[int, int | None]:
    """Write it down, in one commit; returns the number of rejects written, and the snapshot."""
    if not places:
        return 0, None
    now = datetime.now(UTC)
    again = places.repeated[:AT_ONCE]
    still_open = set(open_rejects(warehouse.keys, {each.uri for each in places.cured}))
    made = {
        "rejects": reject_table(again, run.run_id, now),
        "absences": table_of("absences", ((uri,) for uri in places.gone), ("uri",)),
        "closed_rejects": pa.Table.from_pylist(
            closed_rows((each, "cured") for each in places.cured if each in still_open),
            schema=_closed_schema(),
        ),
    }
    tables = {name: rows for name, rows in made.items() if rows.num_rows}
    if not tables:
        return 0, None
    return len(again), warehouse.load_batch(tables, unit=f"places {run.run_id}", run=run).snapshot_id


def _closed_schema() -> pa.Schema:
    schema = TABLES["closed_rejects"].arrow_schema
    return pa.schema([field for field in schema if field.name != "run_id"])


def _prefixes(sources: Sequence[Source]) -> Iterator[str]:
    """How the uris below each local source begin: below its folder, or as far as a glob is fixed."""
    for source in sources:
        if is_url(source.location) or source.kind == "urls":
            continue
        path = os.path.abspath(os.path.expanduser(source.location))
        if os.path.isdir(path):
            yield file_uri(path.rstrip("/") + "/")
        elif not os.path.lexists(path):
            fixed = min(path.find(sign) for sign in "*?[" if sign in path)
            yield file_uri(path[:fixed])


def _is_gone(uri: str) -> bool:
    """Say whether nothing has this name any more; a folder that cannot be looked into proves nothing."""
    try:
        os.lstat(path_of(uri))
    except (FileNotFoundError, NotADirectoryError):
        return True
    except (OSError, ValueError):
        return False
    return False
