"""wencang upkeep: compaction, snapshot expiry, orphan removal, index catch-up, then every check."""

import argparse
import sys
from contextlib import suppress
from pathlib import Path

from flows import prefect_env
from flows.counted import counted, in_bytes
from flows.errors import UsageError
from flows.settings import Settings
from warehouse.catalog import Warehouse
from warehouse.place import Place
from warehouse.upkeep import KEEP_FILES_DAYS, KEEP_HISTORY_DAYS, ORPHAN_HOURS, data_files

EXAMPLES = """examples:
  wencang upkeep                          safe beside readers and writers; wencang serve does it nightly
  wencang upkeep --keep-history-days 90   keep more history for: wencang sql --at TIME
"""


def add_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "--keep-history-days",
        type=float,
        default=KEEP_HISTORY_DAYS,
        metavar="DAYS",
        help="how far back sql --at can go (default %(default)s)",
    )
    parser.add_argument(
        "--keep-files-days",
        type=float,
        default=KEEP_FILES_DAYS,
        metavar="DAYS",
        help="how long replaced files stay for slow readers (default %(default)s)",
    )
    parser.add_argument(
        "--orphan-hours",
        type=float,
        default=ORPHAN_HOURS,
        metavar="HOURS",
        help="age from which a file that nothing names is removed (default %(default)s)",
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Run the upkeep flow; 1 when a check failed."""
    for option, least in (("keep_history_days", 0.0), ("keep_files_days", 0.0), ("orphan_hours", 1.0)):
        if not getattr(arguments, option) >= least:
            raise UsageError(
                f"--{option.replace('_', '-')} {getattr(arguments, option):g}: at least {least:g}. Nothing was changed."
            )
    with Warehouse.open(arguments.warehouse, create=False) as warehouse:
        before = _size(warehouse)
    print("wencang: starting the upkeep flow …", file=sys.stderr, flush=True)
    with prefect_env.server_for(arguments.warehouse) as server:
        from flows.upkeep import UpkeepParams, upkeep

        server()
        failed = upkeep(
            UpkeepParams(
                keep_history_days=arguments.keep_history_days,
                keep_files_days=arguments.keep_files_days,
                orphan_hours=arguments.orphan_hours,
                warehouse=arguments.warehouse,
            )
        )
    with Warehouse.open(arguments.warehouse, create=False) as warehouse:
        after = _size(warehouse)
    print(
        f"{counted(before[0], 'file')}, {in_bytes(before[1])} before; "
        f"{counted(after[0], 'file')}, {in_bytes(after[1])} now{_waiting(arguments.keep_files_days)}"
    )
    print(f"{counted(failed, 'check')} failed: wencang doctor says which" if failed else "all checks passed")
    return 1 if failed else 0


def _waiting(days: float) -> str:
    """Say why there may be more files than before: those that were merged stay beside the new ones.

    >>> _waiting(2.0)
    ', with those replaced in the last 2 days'
    """
    return f", with those replaced in the last {days:g} days" if days else ""


def _size(warehouse: Warehouse) -> tuple[int, int]:
    """Data files and their bytes, those that wait for removal included; in an object store those of today."""
    place = Place.of(warehouse.paths)
    if place.has_local_data:
        sizes = []
        for path in Path(place.data).rglob("*.parquet"):
            with suppress(FileNotFoundError):  # another upkeep at work
                sizes.append(path.stat().st_size)
        return len(sizes), sum(sizes)
    with warehouse.connect() as con:
        return data_files(con)
