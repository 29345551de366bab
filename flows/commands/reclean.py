"""wencang reclean: redo stored documents with today's rules."""

import argparse
import json
import sys
from typing import Any

from flows import prefect_env
from flows.commands.option_values import refuse_below_one
from flows.counted import counted
from flows.settings import Settings
from tasks.rules import rules_version
from warehouse.catalog import Warehouse

EXAMPLES = """examples:
  wencang reclean --dry-run     how many articles change, by rule and field, with examples
  wencang reclean               the same, then published in one commit; earlier versions stay readable:
                                wencang sql --at SNAPSHOT "select …"
"""


def add_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Declare the arguments."""
    parser.add_argument("--dry-run", action="store_true", help="only show what would change")
    parser.add_argument("--json", action="store_true", help="print one JSON object")
    parser.add_argument("--batch-docs", type=int, metavar="N", help="documents in a batch")
    parser.add_argument("--workers", type=int, metavar="N", help="processes")
    parser.add_argument("--quiet", action="store_true", help="no progress on stderr")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Reclean; prints the difference."""
    refuse_below_one(arguments, "batch_docs", "workers")
    found = _run_flow(arguments)
    if arguments.json:
        print(json.dumps(found, ensure_ascii=False))
    else:
        print("\n".join(_lines(found, dry_run=arguments.dry_run)))
    return 0


def _run_flow(arguments: argparse.Namespace) -> dict[str, Any]:
    # a folder that is no warehouse is told before Prefect is started
    Warehouse.open(arguments.warehouse, create=False).close()
    if not arguments.quiet:
        print("wencang: starting the reclean flow …", file=sys.stderr, flush=True)
    with prefect_env.server_for(arguments.warehouse) as server:
        from flows.reclean import RecleanParams, reclean

        server()
        names = ("warehouse", "dry_run", "batch_docs", "workers", "quiet")
        found: dict[str, Any] = reclean(RecleanParams(**{name: getattr(arguments, name) for name in names}))
        return found


def _lines(found: dict[str, Any], *, dry_run: bool) -> list[str]:
    if not found["outdated"] and not found["retried"]:
        return [f"every article was cleaned by today's rules ({rules_version()}); nothing to do"]
    lines = [
        f"cleaned by other rules than today's ({found['rules_version']}): "
        f"{counted(found['outdated'] - found['learned'], 'article')}",
        f"with lines known as their site's since: {counted(found['learned'], 'article')}",
        f"{found['changed']:,} of them changed, {found['stopped']:,} no articles any more",
        f"stopped by other rules: {counted(found['retried'], 'document')}, {found['cured']:,} of them articles now",
    ]
    lines += [f"  reject {name}: {count:,} articles" for name, count in found["cured_of"].items()]
    lines += [f"  rule   {name}: {count:,} articles" for name, count in found["rules"].items()]
    lines += [f"  field  {name}: {count:,} articles" for name, count in found["fields"].items()]
    for uri, name, before, after in found["examples"]:
        lines += [f"  {uri}  {name}", f"    - {before!r}", f"    + {after!r}"]
    done = (
        f"published in snapshot {found['snapshot_id']}" if found["snapshot_id"] else "nothing was published"
    )
    return [*lines, "dry run: nothing was changed" if dry_run else done]
