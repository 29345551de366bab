"""wencang forget: remove an article, a page or a host for good."""

import argparse
import re
import sys

from flows.counted import counted
from flows.counts import new_run_id
from flows.dedup import Deduplicator
from flows.errors import UsageError
from flows.settings import Settings
from warehouse.catalog import Warehouse
from warehouse.forget import Kind, forget
from warehouse.keys import digest_of
from warehouse.purge import purge
from warehouse.runs import RunRef
from warehouse.upkeep import KEEP_FILES_DAYS

EXAMPLES = """examples:
  wencang forget 2fcff67ce00ef8352fcff67ce00ef835       an article
  wencang forget https://news.example.org/a.html        everything seen at an address
  wencang forget news.example.org --yes                 a whole host, without asking
The rows go at once and are not loaded again. The bytes go from disk with --now, or after the age at
which upkeep removes replaced files. Earlier snapshots cannot be read afterwards.
"""


def add_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "what", metavar="ARTICLE_ID|URI|HOST", help="an article, what was seen at an address, or a whole host"
    )
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument(
        "--now", action="store_true", help="remove the bytes at once; queries that run meanwhile may fail"
    )


def kind_of(what: str) -> Kind:
    """Tell an article id, an address and a host apart; raises ``UsageError``."""
    if re.fullmatch(r"[0-9a-f]{32}", what):
        return "article"
    if "://" in what:
        return "uri"
    if re.fullmatch(r"[\w-]+(\.[\w-]+)+", what):
        return "host"
    raise UsageError(f"{what!r} is no article id (32 hexadecimal digits), address or host. Nothing was done.")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Forget; prints how many rows went."""
    kind = kind_of(arguments.what)
    what: str = arguments.what.lower() if kind == "host" else arguments.what
    with Warehouse.open(arguments.warehouse, create=False) as warehouse:
        if not arguments.yes:
            if not sys.stdin.isatty():
                raise UsageError(
                    "forget removes for good; say --yes when nobody can be asked. Nothing was done."
                )
            answer = input(f"Remove the {kind} {what} for good, with its history? [y/N] ")
            if answer.strip().lower() not in ("y", "yes"):
                print("nothing was done")
                return 0
        asked_before = _is_forgotten(warehouse, kind, what)
        dedup = Deduplicator(warehouse)
        found = forget(warehouse, kind, what, RunRef(new_run_id(), "forget"), dedup.forget)
        dedup.close()
        if not any(found.rows.values()) and not asked_before:
            print(f"nothing of {what} was loaded, history stays; it will not be loaded from now on")
            return 0
        counts = purge(warehouse, keep_files_days=0 if arguments.now else KEEP_FILES_DAYS)
    rows = sum(found.rows.values())
    print(
        f"{counted(len(found.article_ids), 'article')} forgotten, {counted(rows, 'row')} removed; nothing of it will be "
        "loaded again"
    )
    print(
        f"{counted(counts['snapshots'], 'earlier snapshot')} dropped, {counted(counts['files'], 'file')} removed from disk"
    )
    print("the copies of the catalog in backups/ gave way to a new one; copies kept elsewhere still hold it")
    if not arguments.now:
        print(f"replaced files stay {KEEP_FILES_DAYS} days for readers at work; upkeep then removes them")
    return 0


def _is_forgotten(warehouse: Warehouse, kind: Kind, what: str) -> bool:
    """Was the same asked for before? Then its bytes may wait for the purge of this time."""
    query = "select 1 from core.tombstones where kind = ? and value_sha256 = ?"
    with warehouse.connect() as con:
        return con.execute(query, [kind, digest_of(what)]).fetchone() is not None
