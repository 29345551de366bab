"""wencang sql: read-only SQL over the warehouse."""

import argparse
import sys
from pathlib import Path

import duckdb

from flows.commands.formats import FORMATS, write_result
from flows.settings import Settings
from warehouse.readers import read_only_connection

EXAMPLES = """examples:
  wencang sql "select title, source_name, published_on from articles order by 3 limit 20"
  wencang sql "select rule, count(*) from edits group by 1 order by 2 desc" --format markdown
  wencang sql "select * from articles where script = 'hant'" --format parquet > hant.parquet
  wencang sql "select a.title, s.score from search('城市 治理') s join articles a using (article_id)"
  wencang sql                                   an interactive shell; .help says what it knows
views: articles all_articles duplicates documents sightings lines edits rejects runs   (describe articles)
"""


def add_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Declare the arguments."""
    parser.add_argument("query", nargs="?", help="one or more SQL statements; - reads them from stdin")
    parser.add_argument("--format", choices=FORMATS, help="default: table")
    parser.add_argument("--output", type=Path, metavar="FILE", help="write there instead of stdout")
    parser.add_argument("--at", metavar="TIME|SNAPSHOT", help="the warehouse as it was then")


def _open(arguments: argparse.Namespace) -> duckdb.DuckDBPyConnection:
    at = arguments.at
    if at is None:
        return read_only_connection(arguments.warehouse)
    if at.isdigit():
        return read_only_connection(arguments.warehouse, at_snapshot=int(at))
    return read_only_connection(arguments.warehouse, at_time=at)


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Answer a query, or open the shell; 1 when the query has an error."""
    con = _open(arguments)
    chosen = arguments.format or "table"
    try:
        if arguments.query is None:
            from flows.commands.shell import shell

            return shell(con, chosen)
        query = sys.stdin.read() if arguments.query == "-" else arguments.query
        return answer(con, query, chosen, arguments.output)
    finally:
        con.close()


def answer(con: duckdb.DuckDBPyConnection, query: str, chosen: str, output: Path | None = None) -> int:
    """Run the statements and write the result of each that has one."""
    try:
        statements = con.extract_statements(query)
        if not statements:
            print(
                "wencang: the query is empty. Try: wencang sql 'select count(*) from articles'",
                file=sys.stderr,
            )
            return 2
        for statement in statements:
            result = con.execute(statement)
            if result.description:
                write_result(con, chosen, output)
    except duckdb.Error as error:
        print(f"wencang: {str(error).strip()}", file=sys.stderr)
        if "read-only" in str(error) or "Cannot execute statement" in str(error):
            print("         wencang sql only reads; nothing was changed.", file=sys.stderr)
        return 1
    return 0
