"""wencang doctor: checks of every invariant; exit code 1 when one is broken."""

import argparse
import json
from pathlib import Path

from flows.counted import counted
from flows.settings import Settings
from warehouse.catalog import Warehouse
from warehouse.doctor import Finding, examine, repair
from warehouse.errors import DataDamaged

EXAMPLES = """examples:
  wencang doctor              says what is wrong and the command that mends it
  wencang doctor --repair     builds derived data (keys, search, copies) anew
"""


def add_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Declare the arguments."""
    parser.add_argument("--repair", action="store_true", help="build derived data anew first")
    parser.add_argument("--json", action="store_true", help="one JSON object per check")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Print a line per check; 1 when one failed."""
    with _opened(arguments.warehouse, will_write=arguments.repair) as warehouse:
        if arguments.repair:
            print("built anew: " + ", ".join(repair(warehouse)))
        broken, remedy = 0, ""
        for finding in examine(warehouse):
            broken += not finding.is_ok
            print(_as_json(finding) if arguments.json else _as_text(finding, remedy))
            remedy = finding.remedy or remedy
    if not arguments.json:
        print(f"{broken} of the checks failed" if broken else "all is well")
    return 1 if broken else 0


def _opened(path: Path, *, will_write: bool) -> Warehouse:
    """Return the warehouse; as a reader, if a file that writers read first is lost: this command lists such files."""
    try:
        return Warehouse.open(path, create=False)
    except DataDamaged:
        if will_write:
            raise
        return Warehouse.open(path, read_only=True)


def _as_json(finding: Finding) -> str:
    return json.dumps(
        {"ok": finding.is_ok, **{name: getattr(finding, name) for name in finding.__slots__}},
        ensure_ascii=False,
    )


def _as_text(finding: Finding, last_remedy: str) -> str:
    if finding.is_ok:
        return f"ok     {finding.check}: {finding.question}"
    examples = "".join(f"\n         {each}" for each in finding.examples)
    remedy = "as above" if finding.remedy == last_remedy else finding.remedy
    return f"WRONG  {finding.check}: {finding.question}: {counted(finding.faults, 'fault')}{examples}\n       {remedy}"
