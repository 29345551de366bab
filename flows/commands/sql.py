"""wencang sql: read-only SQL over the warehouse."""

import argparse
import contextlib
import os
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import BinaryIO

import duckdb

from flows.commands.formats import FORMATS, write_result
from flows.commands.search import say_unsearched
from flows.commands.text_functions import add_text_functions
from flows.errors import CommandError, UsageError
from flows.settings import Settings
from tasks.china_time import CHINA
from warehouse.attach import LOST_FILE, is_lost_file
from warehouse.errors import WarehouseError
from warehouse.passages import unsearched
from warehouse.readers import close_reader, read_only_connection

EXAMPLES = """examples:
  wencang sql "select title, source_name, published_on from articles order by 3 limit 20"
  wencang sql "select rule, count(*) from edits group by 1 order by 2 desc" --format markdown
  wencang sql "select * from articles where script = 'hant'" --format parquet > hant.parquet
  wencang sql "select a.title, s.score from search('城市 治理') s join articles a using (article_id)"
  wencang sql "select to_hong_kong(title), full_width(text) from articles limit 3"
  wencang sql --at "2026-03-01 08:00" "select count(*) from articles"       the warehouse as it was then
  wencang sql                                   an interactive shell; .help says what it knows
views: articles all_articles reading details duplicates documents sightings lines edits rejects runs
       dictionary says what their columns hold
text functions: to_taiwan to_hong_kong to_simplified full_width
"""


def add_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Declare the arguments."""
    parser.add_argument("query", nargs="?", help="one or more SQL statements; - reads them from stdin")
    parser.add_argument("--format", choices=FORMATS, help="default: table")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write there instead of stdout")
    parser.add_argument(
        "--at", metavar="TIME|SNAPSHOT", help="the warehouse as it was then; a time without a zone is UTC+8"
    )


def _open(warehouse: Path, at: str | None) -> duckdb.DuckDBPyConnection:
    if at is None:
        return read_only_connection(warehouse)
    snapshot, moment = (int(at), None) if at.isdecimal() else (None, _moment(at))
    try:
        return read_only_connection(warehouse, at_snapshot=snapshot, at_time=moment)
    except WarehouseError as error:
        if "No snapshot found" not in str(error):
            raise
        raise CommandError(
            f"{warehouse} has nothing as of {at}: its history does not go there. "
            'The states it can show: wencang sql "select snapshot_id, snapshot_time from lake.snapshots()"'
        ) from error


def _moment(at: str) -> str:
    """Return a time in UTC; one without a zone is meant as answers show theirs."""
    try:
        moment = datetime.fromisoformat(at)
    except ValueError:
        raise UsageError(
            f"--at {at} is no snapshot number and no time such as 2026-03-01 or '2026-03-01 08:00'."
        ) from None
    return (moment if moment.tzinfo else moment.replace(tzinfo=CHINA)).astimezone(UTC).isoformat(" ")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Answer a query, or open the shell; 1 when the query has an error."""
    con = _open(arguments.warehouse, arguments.at)
    chosen = arguments.format or "table"
    try:
        if arguments.query is None:
            from flows.commands.shell import shell

            return shell(con, chosen)
        query = sys.stdin.read() if arguments.query == "-" else arguments.query
        with _opened(arguments.output) as file:
            return answer(con, query, chosen, file)
    except BrokenPipeError:
        raise
    except OSError as error:
        if arguments.output is None:  # what waits to be written would be tried again at the end
            os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        place = arguments.output or "the answer"
        raise CommandError(f"Cannot write {place}: {error.strerror}. What is there is not whole.") from error
    finally:
        close_reader(con)


@contextlib.contextmanager
def _opened(output: Path | None) -> Iterator[BinaryIO]:
    if output is None:
        yield sys.stdout.buffer
        return
    try:
        file = output.open("wb")
    except OSError as error:
        raise CommandError(f"Cannot write {output}: {error.strerror}. Nothing was asked.") from error
    with file:
        yield file


def answer(con: duckdb.DuckDBPyConnection, query: str, chosen: str, file: BinaryIO) -> int:
    """Run the statements and write the result of each that has one."""
    try:
        add_text_functions(con, query)
        statements = con.extract_statements(query)
        if not statements:
            print(
                "wencang: the query is empty. Try: wencang sql 'select count(*) from articles'",
                file=sys.stderr,
            )
            return 2
        written = False
        for statement in statements:
            result = con.execute(statement)
            if result.description:
                if written and chosen == "parquet":
                    print(
                        "wencang: a Parquet file holds one result; the others were left out.", file=sys.stderr
                    )
                    return 1
                write_result(con, chosen, file)
                written = True
        if "search(" in query.lower():
            say_unsearched(unsearched(con))
    except duckdb.Error as error:
        print(f"wencang: {str(error).strip()}", file=sys.stderr)
        if "read-only" in str(error) or "Cannot execute statement" in str(error):
            print("         wencang sql only reads; nothing was changed.", file=sys.stderr)
        if is_lost_file(str(error)):
            print(f"         A data file is missing or damaged: {LOST_FILE}", file=sys.stderr)
        return 1
    return 0
