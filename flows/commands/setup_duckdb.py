"""wencang setup-duckdb: install the packaged extensions where the plain duckdb command line looks."""

import argparse
from shlex import quote

import duckdb

from flows.settings import Settings
from warehouse.extensions import setup_duckdb

EXAMPLES = """examples:
  wencang setup-duckdb
  duckdb 'ducklake:sqlite:lake/catalog.sqlite'     then works in any DuckDB of the same version
"""


def add_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Declare the arguments (there are none)."""


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Copy the extensions; nothing is downloaded."""
    for path in setup_duckdb():
        print(path)
    print(
        f"Any DuckDB {duckdb.__version__} now opens the warehouse: "
        f"duckdb -readonly {quote(f'ducklake:sqlite:{arguments.warehouse}/catalog.sqlite')}\n"
        "Say these first, or put them into ~/.duckdbrc: queries beside an upkeep, and hours as in China:\n"
        "    set global sqlite_disable_multithreaded_scans = true;\n"
        "    set timezone = 'Asia/Shanghai';"
    )
    return 0
