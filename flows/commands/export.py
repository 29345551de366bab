"""wencang export: the articles as Hive-partitioned Parquet or as JSON lines, for other tools."""

import argparse
import shutil
import sys
from pathlib import Path

import duckdb

from flows.commands.text_functions import add_text_functions
from flows.counted import counted
from flows.errors import CommandError, UsageError
from flows.settings import Settings
from warehouse.attach import in_our_words, is_lost_file
from warehouse.paths import WarehousePaths
from warehouse.readers import close_reader, read_only_connection
from warehouse.schema_types import quoted

EXAMPLES = """examples:
  wencang export corpus/                                 Parquet, one folder per year
  wencang export corpus/ --format jsonl --script hans    JSON lines of the simplified text
  wencang export corpus/ --full-width                    with ，：！ where a page had , : !
  wencang export corpus/ --where "source_name = '临江日报'" --script tw
  wencang export corpus/ --provenance                    where and when each text was found, by which rules it was read
"""

COLUMNS = """
select {text} as text, uri as url, published_on as date, {title} as title, {subtitle} as subtitle,
       source_name as source, authors as author, host, {script} as script, char_count, external_id as id, article_id, cluster_id, copy_count,
       coalesce(year(published_on)::varchar, 'unknown') as year, rules_version, run_id
from {view}
"""
"""What training and other tools expect: ``text``, ``url``, ``date`` first. The last two are shown with
``--provenance`` only."""

PROVENANCE = """
select e.* exclude (rules_version, run_id), d.uri as document_uri, d.fetched_at, d.content_sha256, d.media_type,
       d.charset, t.canonical_url, t.attributes, e.rules_version, e.run_id
from ({query}) as e left join documents as d using (article_id) left join details as t using (article_id)
"""
"""Each document has an article at most, and each article a document and its details."""

CONVERSIONS = {"hans": "to_simplified", "tw": "to_taiwan", "hk": "to_hong_kong"}
"""Value of ``--script`` -> function; ``original`` converts nothing."""


def add_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Declare the arguments."""
    parser.add_argument("directory", type=Path, metavar="DIR", help="new or empty folder")
    parser.add_argument("--format", choices=("parquet", "jsonl"), default="parquet", help="default: parquet")
    parser.add_argument(
        "--script",
        choices=("original", *CONVERSIONS),
        default="original",
        help="characters of text, title and subtitle: as published, simplified, Taiwan or Hong Kong forms",
    )
    parser.add_argument(
        "--full-width",
        action="store_true",
        help="full-width marks (，：！) between Chinese characters, as in the view reading; without it the marks "
        "are those of the page, as in articles",
    )
    parser.add_argument(
        "--where", metavar="SQL", help="only articles for which this holds, by the columns of articles"
    )
    parser.add_argument(
        "--provenance",
        action="store_true",
        help="also document_uri (the file and record, or the page, of the text), fetched_at, content_sha256, media_type, "
        "charset, canonical_url, attributes (other columns of the record, JSON), rules_version and run_id",
    )
    parser.add_argument("--copies", action="store_true", help="copies too, not only surviving articles")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Write the export; the folder holds all of it or does not exist."""
    target: Path = arguments.directory.absolute()
    if target.exists() and (not target.is_dir() or any(target.iterdir())):
        raise UsageError(f"{target} exists and is not empty. Nothing was written. Name a new folder.")
    con = read_only_connection(arguments.warehouse)
    part = target.with_name(f".{target.name}.part")
    try:
        shutil.rmtree(part, ignore_errors=True)
        part.mkdir(parents=True)
        count = _write(con, arguments, part)
        if target.exists():
            target.rmdir()
        part.replace(target)
    except duckdb.Error as error:
        if is_lost_file(str(error)):
            raise in_our_words(error, WarehousePaths.of(arguments.warehouse)) from error
        raise CommandError(f"The export failed: {str(error).strip()}. Nothing was left behind.") from error
    except OSError as error:
        raise CommandError(f"Cannot write {target}: {error.strerror}. Nothing was left behind.") from error
    finally:
        shutil.rmtree(part, ignore_errors=True)
        close_reader(con)
    print(f"{counted(count, 'article')} written to {target}")
    if not count:
        print("wencang: no article matched; the folder is empty of rows", file=sys.stderr)
    return 0


def columns_in(script: str) -> dict[str, str]:
    """Return the expressions of the columns that depend on the characters asked for."""
    columns = {name: name for name in ("text", "title", "subtitle", "script")}
    function = CONVERSIONS.get(script)
    if function is None:
        return columns
    columns |= {name: f"{function}({name})" for name in ("text", "title", "subtitle")}
    if script == "hans":
        columns["text"] = "text_hans"  # stored; converted with what was known of the page
    # a text of characters that both scripts share stays what it is
    after = "hans" if script == "hans" else "hant"
    columns["script"] = f"case when script in ('hans', 'hant', 'mixed') then '{after}' else script end"
    return columns


def _write(con: duckdb.DuckDBPyConnection, arguments: argparse.Namespace, folder: Path) -> int:
    columns = columns_in(arguments.script)
    if arguments.full_width:
        columns |= {name: f"full_width({columns[name]})" for name in ("text", "title", "subtitle")}
    add_text_functions(con, f"{' '.join(columns.values())} {arguments.where or ''}")
    query = COLUMNS.format(**columns, view="all_articles" if arguments.copies else "articles")
    if arguments.where:
        query += f" where (\n{arguments.where}\n)"  # whole: a limit would hold for each year
    years = [row[0] for row in con.execute(f"select distinct year from ({query}) order by 1").fetchall()]
    if arguments.provenance:
        query = PROVENANCE.format(query=query)
    left_out = "year" if arguments.provenance else "year, rules_version, run_id"
    count = 0
    for year in years:
        # a copy per year and not ``partition_by``, which JSON does not know
        part = folder / f"year={year}"
        part.mkdir()
        file = part / ("articles.parquet" if arguments.format == "parquet" else "articles.jsonl")
        kind = "format parquet, compression zstd" if arguments.format == "parquet" else "format json"
        con.execute(
            f"copy (select * exclude ({left_out}) from ({query}) where year = ?) to {quoted(str(file))} ({kind})",
            [year],
        )
        row = con.fetchone()
        count += int(row[0]) if row else 0
    return count
