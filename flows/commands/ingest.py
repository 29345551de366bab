"""wencang ingest: run the ingest flow now; no server needed."""

import argparse
import json
import os
import sys
from typing import Any

from flows import prefect_env
from flows.commands.option_values import refuse_below_one
from flows.commands.source_names import refuse_unusable
from flows.counts import RunPlan, new_run_id
from flows.errors import UsageError
from flows.health import as_summary, count_sources
from flows.progress import Progress
from flows.run import IngestRun
from flows.seen_again import note_seen_again
from flows.settings import Settings, load_settings
from flows.sources import configured_sources, named_sources
from flows.sources_file import SourcesFileError
from flows.summary import as_text, rejects_by_reason
from flows.traffic import led_nowhere
from flows.workers import close_pool, open_pool
from tasks.discover import SourceNotFound, roots_of
from tasks.fetch import FetchOptions
from tasks.rules import rules_version
from tasks.sources import Source
from warehouse.catalog import Warehouse
from warehouse.runs import RunRef

EXAMPLES = """examples:
  wencang ingest                                all sources of wencang.toml
  wencang ingest seeds/                         a folder, with everything below it
  wencang ingest 'dumps/*.jsonl.gz'             a glob; rows need a field "text" or "html"
  wencang ingest https://example.org/news.html  one page, asked for now (see below)
  wencang ingest seeds/ --json | jq .articles   the summary for scripts

A URL that is named here is asked for at once, and robots.txt with it. Without SOURCE, and in scheduled runs,
robots.txt holds for up to a day, and a host that asked to be left alone (Retry-After) is left alone until then.
"""


def add_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "sources",
        nargs="*",
        metavar="SOURCE",
        help="file, folder, glob or http(s) URL; none: all of wencang.toml",
    )
    parser.add_argument("--json", action="store_true", help="print the summary as one JSON object")
    parser.add_argument(
        "--batch-docs", type=int, metavar="N", help=f"documents in a batch (default {settings.batch_docs})"
    )
    parser.add_argument("--workers", type=int, metavar="N", help=f"processes (default {settings.workers})")
    parser.add_argument(
        "--allow-private",
        action="store_true",
        help="allow http(s) SOURCEs on this machine or in a private network",
    )
    parser.add_argument(
        "--runner",
        choices=("thread", "dask"),
        help="where batches are read (default $WENCANG_RUNNER or thread)",
    )
    parser.add_argument("--quiet", action="store_true", help="no progress on stderr")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Ingest; prints the summary; 1 when a batch could not be done."""
    refuse_below_one(arguments, "batch_docs", "workers")
    for location in arguments.sources:
        refuse_unusable(location)
    try:
        sources = named_sources(arguments.sources, allow_private=arguments.allow_private)
        sources = sources or configured_sources(settings)
    except SourcesFileError as error:
        raise UsageError(str(error)) from error
    _say(arguments, "looking for what is new …")
    try:
        if not arguments.warehouse.exists():  # a slip in a name must not leave an empty warehouse behind
            for source in sources:
                roots_of(source)
        summary = _nothing_new(arguments, settings, sources) or _run_flow(arguments, sources)
    except SourceNotFound as error:
        raise UsageError(f"{error}. Nothing was done. Check the path, or quote the glob.") from error
    if arguments.json:
        print(json.dumps(summary, ensure_ascii=False))
    else:
        with Warehouse.open(arguments.warehouse, read_only=True) as warehouse:
            print(as_text(summary, rejects_by_reason(warehouse, summary["run_id"])))
    if not summary["documents"]:
        named = ", ".join(source.location for source in sources[:3])
        print(f"wencang: nothing to read in {named}{led_nowhere(summary)}", file=sys.stderr)
    return 1 if summary["failures"] else 0


def _say(arguments: argparse.Namespace, text: str) -> None:
    if not arguments.quiet:
        print(f"wencang: {text}", file=sys.stderr, flush=True)


def _nothing_new(
    arguments: argparse.Namespace, settings: Settings, sources: list[Source]
) -> dict[str, Any] | None:
    """Answer at once when every input is as it was: a run that would do nothing needs no Prefect."""
    plan = RunPlan(
        tuple(sources), arguments.warehouse, settings.batch_docs, settings.batch_bytes, FetchOptions()
    )
    ref = RunRef(new_run_id(), "ingest", rules_version=rules_version())
    with Warehouse.open(arguments.warehouse) as warehouse:
        look = IngestRun(plan, warehouse, ref, Progress(quiet=True))
        if look.reader.discover():
            return None
        with look:
            look.note_places()
            look.note_unchanged_inputs()
            note_seen_again(warehouse, look.reader.unchanged, ref, always=True)
        counts = count_sources(warehouse, ref.run_id, sources, look.reader.unchanged, ())
        return {**look.summary(), "sources": as_summary(counts)}


def _run_flow(arguments: argparse.Namespace, sources: list[Source]) -> dict[str, Any]:
    _say(arguments, "starting the ingest flow …")
    with prefect_env.server_for(arguments.warehouse) as server:
        if arguments.runner:
            os.environ["WENCANG_RUNNER"] = arguments.runner
        from flows.ingest import IngestParams, ingest

        settings = load_settings()
        params = IngestParams(
            sources=sources,
            warehouse=arguments.warehouse,
            batch_docs=arguments.batch_docs,
            workers=arguments.workers,
            quiet=arguments.quiet,
            ask_now=bool(arguments.sources),
        )
        try:
            if settings.runner == "thread":
                open_pool(arguments.workers or settings.workers)
            server()
            summary: dict[str, Any] = ingest(params)
        finally:
            close_pool()
        return summary
