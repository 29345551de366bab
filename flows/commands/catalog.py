"""wencang catalog: move the catalog or the data elsewhere, back it up, put a backup back."""

import argparse
from pathlib import Path

from flows.counted import counted
from flows.settings import Settings
from warehouse.backup import back_up_catalog, list_backups
from warehouse.catalog import Warehouse
from warehouse.move import move_catalog, move_data
from warehouse.paths import WarehousePaths
from warehouse.restore import restore_catalog

EXAMPLES = """examples:
  wencang catalog backup                                      a copy of the catalog in backups/
  wencang catalog backups                                     the copies there are, newest last
  wencang catalog restore lake/backups/catalog-32.sqlite      the catalog as it was then
  wencang catalog move --to postgresql://user@host/lake       several machines may load at once
  wencang catalog move --data-to s3://bucket/lake             data files in object storage
The address and keys of an S3 service are read from AWS_ENDPOINT_URL, AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY
and AWS_REGION. Stop wencang serve before a move; the old catalog stays as a backup.
"""


def add_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Declare the arguments."""
    actions = parser.add_subparsers(dest="action", required=True)
    actions.add_parser("backup", help="copy the catalog to backups/")
    actions.add_parser("backups", help="list the copies")
    actions.add_parser("restore", help="restore the catalog from a copy").add_argument("backup", type=Path)
    move = actions.add_parser("move", help="move the catalog to PostgreSQL, or the data files to S3")
    where = move.add_mutually_exclusive_group(required=True)
    where.add_argument("--to", metavar="URL", help="postgresql://…")
    where.add_argument("--data-to", metavar="URL", help="s3://bucket/prefix")
    for action in actions.choices.values():
        # after the action too, as with every other command
        action.add_argument("--warehouse", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do the action; raises ``WarehouseError`` with what is still true."""
    if arguments.action not in ("restore", "backups"):  # what is to be restored may not open
        Warehouse.open(arguments.warehouse, create=False).close()
    if arguments.action == "backup":
        with Warehouse.open(arguments.warehouse, create=False) as warehouse:
            print(back_up_catalog(warehouse))
    elif arguments.action == "backups":
        for path in list_backups(WarehousePaths.of(arguments.warehouse)):
            print(path)
    elif arguments.action == "restore":
        kept = restore_catalog(arguments.warehouse, arguments.backup)
        print(f"restored from {arguments.backup}")
        if kept:
            print(f"the catalog as it was is kept as {kept}")
        print("see that all is well: wencang doctor; then run the ingests since that backup again")
    elif arguments.to is not None:
        counts = move_catalog(arguments.warehouse, arguments.to)
        print(
            f"{counted(sum(counts.values()), 'row')} of {len(counts)} catalog tables moved; the old catalog is in backups/"
        )
    else:
        print(
            f"{counted(move_data(arguments.warehouse, arguments.data_to), 'data file')} copied and read from there now"
        )
    return 0
