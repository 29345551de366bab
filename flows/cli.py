"""cli: the command line. Parse, call one command, print, exit code; no logic of its own.

Exit codes: 0 all done (rejects are data, not failures), 1 something could not be done,
2 wrong usage, 130 interrupted. Progress goes to stderr, results to stdout. Nothing ends in a
bare traceback: what nobody foresaw is written to a file whose name is printed.
"""

import argparse
import importlib
import os
import select
import shutil
import sys
import tempfile
import traceback
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from flows import interrupt

if TYPE_CHECKING:  # the rest is imported when Ctrl-C is listened to
    from flows.settings import Settings

COMMANDS: dict[str, str] = {
    "ingest": "read sources and load their articles now",
    "sql": "ask the warehouse in SQL, read-only",
    "search": "ranked full-text search, with the matching passage",
    "show": "one article as people read it",
    "explain": "what was kept, dropped and changed, line by line, with the rule",
    "serve": "dashboard, schedules and runs, until Ctrl-C",
    "status": "what is loaded, the last runs, the next schedules",
    "doctor": "check every invariant of the warehouse",
    "sources": "list, add, remove and check the sources of wencang.toml",
    "reclean": "redo stored documents with today's rules",
    "upkeep": "compaction, snapshot expiry, clean-up, index catch-up, checks",
    "forget": "remove an article, a page, a file or a host for good",
    "catalog": "back up, restore, or move the catalog and the data elsewhere",
    "export": "write the articles as Parquet or JSON lines",
    "setup-duckdb": "let the plain duckdb command line open the warehouse",
}
"""Command -> what it does; each is a module of flows/commands with ``add_arguments`` and ``run``."""

FULL = 1_000_000
"""Free bytes below which a fault of the server is laid to the full disk that its database shares."""


def _module_name(command: str) -> str:
    return f"flows.commands.{command.replace('-', '_')}"


def build_parser(commands: Sequence[str], settings: "Settings") -> argparse.ArgumentParser:
    """Return the parser with the named commands' own arguments."""
    parser = argparse.ArgumentParser(
        prog="wencang",
        description="wencang 文仓: Chinese web articles into tables you can query.",
        epilog="wencang COMMAND --help shows an example for each. Example:  wencang ingest seeds/",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="store_true", help="print the version and exit")
    chosen = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")
    for command, about in COMMANDS.items():
        module = importlib.import_module(_module_name(command)) if command in commands else None
        sub = chosen.add_parser(
            command,
            help=about,
            description=about[0].upper() + about[1:] + ".",
            epilog=getattr(module, "EXAMPLES", None),
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        sub.add_argument(
            "--warehouse",
            type=Path,
            default=settings.home,
            metavar="DIR",
            help=f"warehouse folder (default: $WENCANG_HOME or ./lake; currently {settings.home})",
        )
        sub.set_defaults(parser=sub)
        if module is not None:
            module.add_arguments(sub, settings)
    return parser


def parsed(parser: argparse.ArgumentParser, arguments: Sequence[str]) -> argparse.Namespace:
    """Parse a command line; sources and words may stand on both sides of options, which argparse refuses."""
    chosen, rest = parser.parse_known_args(arguments)
    several = next((name for name in ("sources", "words") if hasattr(chosen, name)), None)
    if rest and (several is None or any(each.startswith("-") for each in rest)):
        getattr(chosen, "parser", parser).error(f"unrecognized arguments: {' '.join(rest)}")
    if rest and several:
        setattr(chosen, several, [*getattr(chosen, several), *rest])
    return chosen


def _words_of(chosen: argparse.Namespace) -> Iterator[str]:
    """Yield the words that are asked for; names of files may be any bytes."""
    for name in ("query", "words", "where", "article_id"):
        value = getattr(chosen, name, None)
        yield from [value] if isinstance(value, str) else value or ()


def _is_no_text(word: str) -> bool:
    return any("\ud800" <= character <= "\udfff" for character in word)


def _version() -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version("wencang")
    except PackageNotFoundError:
        import tomllib

        project = Path(__file__).resolve().parent.parent / "pyproject.toml"
        return str(tomllib.loads(project.read_text("utf-8"))["project"]["version"])


def _say(message: str) -> None:
    print(f"wencang: {message}", file=sys.stderr)


def _unforeseen(error: BaseException, command: str) -> int:
    with tempfile.NamedTemporaryFile(
        "w", prefix="wencang-error-", suffix=".txt", delete=False, encoding="utf-8"
    ) as file:
        file.write(f"wencang {_version()} {command}\n")
        traceback.print_exception(error, file=file)
    _say(f"{command} met a fault that nobody foresaw: {type(error).__name__}: {error}")
    _say(f"What was committed before stays. The details are in {file.name}; please report them.")
    return 1


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns its exit code."""
    from flows.settings import SettingsError, load_settings

    try:
        settings = load_settings()
    except SettingsError as error:
        _say(str(error))
        return 2
    parser = build_parser([a for a in arguments if a in COMMANDS][:1], settings)
    chosen = parsed(parser, arguments)
    if chosen.version:
        print(f"wencang {_version()}")
        return 0
    if chosen.command is None:
        parser.print_help(sys.stderr)
        return 2
    if broken := next(filter(_is_no_text, _words_of(chosen)), None):
        shown = broken.encode("utf-8", "backslashreplace").decode()
        _say(f"{shown}: not UTF-8. Nothing was done. Set the terminal to UTF-8.")
        return 2
    chosen.warehouse = Path(os.path.abspath(chosen.warehouse.expanduser()))
    try:
        return int(importlib.import_module(_module_name(chosen.command)).run(chosen, settings))
    except KeyboardInterrupt:
        return _interrupted()
    except Exception as error:  # noqa: BLE001 - the outermost place: never a bare traceback
        return _failed(error, chosen.command, chosen.warehouse)


def _failed(error: Exception, command: str, root: Path) -> int:
    """Say what ended a command; returns its exit code."""
    from flows.errors import CommandError, UsageError
    from tasks.errors import WencangError
    from warehouse.errors import WarehouseError

    if isinstance(error, UsageError):
        _say(str(error))
        return 2
    if isinstance(error, BrokenPipeError) and _has_no_reader(sys.stdout):
        # the reader of our output has enough (| head): no fault of ours, and nothing more to say
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    if interrupt.asked():
        return _interrupted()
    if isinstance(error, CommandError | WarehouseError | WencangError):
        _say(str(error))
        return 1
    known = _storage_fault(error, root)
    if known is None:
        return _unforeseen(error, command)
    _say(known)
    return 1


def _has_no_reader(output: TextIO) -> bool:
    """Say whether whoever read a pipe has closed it. Other pipes may break too, those to workers among them."""
    try:
        pipe = output.fileno()
    except (OSError, ValueError):
        return False
    asked = select.poll()
    asked.register(pipe, select.POLLOUT)
    return any(event & (select.POLLERR | select.POLLHUP) for _, event in asked.poll(0))


def _storage_fault(error: Exception, root: Path) -> str | None:
    """Return what to say of an error that a full disk, a lost file or a busy catalog causes anywhere in a command."""
    import sqlite3

    import duckdb

    from warehouse.attach import in_our_words
    from warehouse.errors import DataDamaged, NotWritable, WarehouseBusy
    from warehouse.paths import WarehousePaths

    if type(error).__module__.startswith("prefect") and _free_bytes(root) < FULL:
        error = OSError("No space left on device")  # the server's database lies in the same folder
    if not isinstance(error, duckdb.Error | sqlite3.Error | OSError):
        return None
    ours = in_our_words(error, WarehousePaths.of(root))
    return str(ours) if isinstance(ours, DataDamaged | NotWritable | WarehouseBusy) else None


def _free_bytes(folder: Path) -> int:
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return FULL


def _interrupted() -> int:
    _say("interrupted. What was committed stays; run the same command again to go on.")
    return 130


def main() -> None:
    """Entry point of ``wencang``."""
    interrupt.listen()
    try:
        code = run(sys.argv[1:])
    except KeyboardInterrupt:
        code = _interrupted()
    except Exception:
        # a library that is interrupted while it is imported may make an error of its own of it
        if not interrupt.asked():
            raise
        code = _interrupted()
    sys.exit(code)


if __name__ == "__main__":
    main()
