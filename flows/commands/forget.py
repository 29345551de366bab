"""wencang forget: remove an article, a page or a host for good."""

import argparse
import os
import re
import sys

import duckdb

from flows.counted import counted
from flows.counts import new_run_id
from flows.dedup import Deduplicator
from flows.errors import UsageError
from flows.settings import Settings
from tasks.file_uri import file_uri, readable
from warehouse.catalog import Warehouse
from warehouse.forget import forget
from warehouse.forget_scope import Kind, articles_of, files_called
from warehouse.keys import digest_of
from warehouse.purge import purge
from warehouse.runs import RunRef
from warehouse.upkeep import KEEP_FILES_DAYS

EXAMPLES = """examples:
  wencang forget 2fcff67ce00ef8352fcff67ce00ef835       an article
  wencang forget https://news.example.org/a.html        everything seen at an address
  wencang forget inbox/page.html                        everything seen in a file; a dump with all its rows
  wencang forget news.example.org --yes                 a whole host, without asking
The rows go at once and are not loaded again. The bytes go from disk with --now, or after the age at
which upkeep removes replaced files. Earlier snapshots cannot be read afterwards.
"""

FILE_ENDINGS = frozenset(
    ".html .htm .xhtml .shtml .mhtml .txt .json .jsonl .ndjson .csv .tsv .parquet .warc .wet .xml .gz .zst .bz2 .xz "
    ".tar .tgz .pdf .doc .docx".split()
)
"""Endings of file names that are no top-level domain (.zip is one); compare IANA, Root Zone Database."""

KINDS: dict[Kind, str] = {"article": "article", "uri": "what was seen at", "host": "host"}


def add_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "what",
        metavar="ARTICLE_ID|URI|FILE|HOST",
        help="an article, what was seen at an address or in a file, or a whole host",
    )
    parser.add_argument("--yes", action="store_true", help="do not ask")
    parser.add_argument(
        "--now", action="store_true", help="remove the bytes at once; queries that run meanwhile may fail"
    )


def meant_by(what: str, con: duckdb.DuckDBPyConnection) -> tuple[Kind, str]:
    """Return the kind and the value that an argument means; raises ``UsageError``.

    A file may be called like a host (``page.html``), so that a file that is here, or a loaded one, is looked
    for first: a host is what nothing else has the name of, or what pages were loaded from.
    """
    if re.fullmatch(r"[0-9a-f]{32}", what):
        return "article", what
    if "://" in what:
        return "uri", what
    is_host_name = re.fullmatch(r"[\w-]+(\.[\w-]+)+", what) is not None
    if is_host_name and articles_of(con, "host", what):
        return "host", what.lower()
    path = os.path.abspath(os.path.expanduser(what))
    uri = file_uri(path)
    if what and (os.path.isfile(path) or articles_of(con, "uri", uri)):
        return "uri", uri
    _refuse_file_name(what, path, con)
    if is_host_name:
        return "host", what.lower()
    if what and os.path.isdir(path):
        raise UsageError(f"{what} is a folder; name its files one at a time. Nothing was done.")
    raise UsageError(
        f"{what!r} is no article id (32 hexadecimal digits), address, file or host. Nothing was done."
    )


def _refuse_file_name(what: str, path: str, con: duckdb.DuckDBPyConnection) -> None:
    """Raise ``UsageError`` for the name of a file that is not here."""
    name = readable(what.removeprefix("./"))
    if found := files_called(con, name) if name else []:
        raise UsageError(
            f"No file {path} is here or was loaded. Did you mean {' or '.join(found)}? Name the file by its "
            "path or address. Nothing was done."
        )
    if os.path.splitext(what)[1].lower() in FILE_ENDINGS:
        raise UsageError(
            f"{what} looks like the name of a file, but there is no such file and none was loaded; it is no "
            "host that was loaded from either. Nothing was done."
        )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Forget; prints how many rows went."""
    with Warehouse.open(arguments.warehouse, create=False) as warehouse:
        with warehouse.connect() as con:
            kind, what = meant_by(arguments.what, con)
            articles = len(articles_of(con, kind, what))
        if not arguments.yes and not _is_agreed(kind, what, articles):
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
    print(
        f"{KINDS[kind]} {what}: {counted(len(found.article_ids), 'article')} forgotten, "
        f"{counted(sum(found.rows.values()), 'row')} removed; nothing of it will be loaded again"
    )
    print(
        f"{counted(counts['snapshots'], 'earlier snapshot')} dropped, {counted(counts['files'], 'file')} removed from disk"
    )
    print("the copies of the catalog in backups/ gave way to a new one; copies kept elsewhere still hold it")
    if not arguments.now:
        print(f"replaced files stay {KEEP_FILES_DAYS} days for readers at work; upkeep then removes them")
    return 0


def _is_agreed(kind: Kind, what: str, articles: int) -> bool:
    """Ask the person at the terminal; raises ``UsageError`` when there is none."""
    if not sys.stdin.isatty():
        raise UsageError("forget removes for good; say --yes when nobody can be asked. Nothing was done.")
    loaded = counted(articles, "loaded article") if kind != "article" else ""
    answer = input(
        f"Remove {KINDS[kind]} {what}{f' ({loaded})' if loaded else ''} for good, with its history? [y/N] "
    )
    return answer.strip().lower() in ("y", "yes")


def _is_forgotten(warehouse: Warehouse, kind: Kind, what: str) -> bool:
    """Was the same asked for before? Then its bytes may wait for the purge of this time."""
    query = "select 1 from core.tombstones where kind = ? and value_sha256 = ?"
    with warehouse.connect() as con:
        return con.execute(query, [kind, digest_of(what)]).fetchone() is not None
