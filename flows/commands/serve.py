"""wencang serve: the dashboard, the schedules and the runs, in one process group."""

import argparse
from pathlib import Path

from flows.errors import UsageError
from flows.settings import Settings
from flows.sources import config_path, named_sources
from flows.sources_file import SourcesFileError
from tasks.cron import cron_mistake
from tasks.sources import Source

EXAMPLES = """examples:
  wencang serve seeds/                     a folder: new files are loaded within a minute
  wencang serve wencang.toml               the sources of a file; it is read again at each run
  wencang serve seeds/ --every 15          look at all sources every 15 minutes
  PREFECT_API_URL=http://host:4200/api wencang serve seeds/     on a server that runs already
Ctrl-C stops all of it; what was loaded stays, and the next start goes on.
"""


def add_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Declare the arguments."""
    parser.add_argument(
        "sources",
        nargs="*",
        metavar="SOURCE",
        help="file, folder, glob, http(s) URL, or a sources file *.toml (default: wencang.toml)",
    )
    parser.add_argument("--port", type=int, metavar="N", help="port of the dashboard (default 4200)")
    parser.add_argument(
        "--every",
        type=float,
        default=5.0,
        metavar="MINUTES",
        help="between two readings of all sources (default 5)",
    )
    parser.add_argument(
        "--upkeep",
        default="30 3 * * *",
        metavar="CRON",
        help="when to compact and clean up (default: daily at 03:30)",
    )
    parser.add_argument(
        "--report",
        default="0 8 * * *",
        metavar="CRON",
        help="when to report on the day (default: daily at 08:00)",
    )
    parser.add_argument(
        "--timezone",
        default="Asia/Shanghai",
        help="time zone of the two schedules above (default %(default)s)",
    )


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Serve until stopped."""
    from flows.serve import ServePlan, serve

    if not 0.05 <= arguments.every <= 7 * 24 * 60:
        raise UsageError(f"--every {arguments.every}: minutes, from 0.05 to 10080. Nothing was started.")
    if arguments.port is not None and not 0 < arguments.port < 65536:
        raise UsageError(f"--port {arguments.port}: from 1 to 65535. Nothing was started.")
    for option in ("upkeep", "report"):
        if mistake := cron_mistake(getattr(arguments, option)):
            raise UsageError(
                f"--{option} {getattr(arguments, option)!r} is no cron expression: {mistake}. Nothing was started. "
                "Write five fields such as '0 4 * * *' (at four)."
            )
    config, sources = _sources(arguments, settings)
    plan = ServePlan(
        warehouse=arguments.warehouse,
        sources=tuple(sources),
        config=config,
        port=arguments.port,
        every_s=arguments.every * 60,
        upkeep=arguments.upkeep,
        report=arguments.report,
        timezone=arguments.timezone,
    )
    try:
        plan.current_sources()
    except SourcesFileError as error:
        raise UsageError(str(error)) from error
    return serve(plan)


def _sources(arguments: argparse.Namespace, settings: Settings) -> tuple[Path | None, list[Source]]:
    """Return the sources file, or the sources named; raises ``UsageError`` when there are none."""
    files = [each for each in arguments.sources if each.endswith(".toml")]
    if len(files) > 1 or (files and len(arguments.sources) > 1):
        raise UsageError("One sources file, or sources; not both. Nothing was started.")
    if arguments.sources and not files:
        sources = named_sources(arguments.sources)
        missing = [s.location for s in sources if "://" not in s.location and not _matches(s.location)]
        if missing:
            raise UsageError(f"{missing[0]}: no such file or folder. Nothing was started.")
        return None, sources
    config = Path(files[0]).absolute() if files else config_path(settings)
    if not config.exists():
        raise UsageError(
            f"There is no {config}, and no source was named. Nothing was started. Try: wencang serve FOLDER"
        )
    return config, []


def _matches(location: str) -> bool:
    import glob

    return Path(location).exists() or bool(glob.glob(location, recursive=True))
