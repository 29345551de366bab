"""consumers: the derived indexes of a warehouse, and how far each has read the history of the lake.

Upkeep expires no snapshot that one of them still has to read; the doctor asks whether they stand
where the lake has been. An index that is missing or damaged is built anew and holds nothing up.
"""

import sqlite3
from typing import TYPE_CHECKING

from warehouse.dedup import DedupIndex
from warehouse.paths import WarehousePaths
from warehouse.search import SearchIndex
from warehouse.site_memory import SiteMemory

if TYPE_CHECKING:
    from warehouse.catalog import Warehouse


def watermarks(warehouse: "Warehouse") -> dict[str, int]:
    """Return consumer -> snapshot it has read up to, for those that are there. Hold the commit lock."""
    paths = warehouse.paths
    keys = warehouse.keys.watermark()
    sites = SiteMemory(paths.index / "site_lines.sqlite").watermark()
    try:
        search = SearchIndex(paths).watermark()
    except sqlite3.DatabaseError:
        search = None
    marks = {"keys": keys, "search": search, "sites": sites}
    found = {name: mark.snapshot_id for name, mark in marks.items() if mark is not None}
    copies = dedup_watermark(paths)
    return found if copies is None else {**found, "dedup": copies}


def dedup_watermark(paths: WarehousePaths) -> int | None:
    """Return the snapshot that the index of copies has read up to; ``None`` without one."""
    folder = paths.index / "dedup"
    if not (folder / "state.sqlite").exists():
        return None
    try:
        index = DedupIndex(folder)
    except (sqlite3.DatabaseError, OSError, ValueError):
        return None
    try:
        return index.watermark()
    finally:
        index.close()
