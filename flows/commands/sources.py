"""wencang sources: list, add, remove and check the sources of wencang.toml."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from flows.errors import UsageError
from flows.settings import Settings
from flows.source_checks import check_sources
from flows.sources import config_path, configured_sources
from flows.sources_file import SourcesFileError, add_source, read_sources_file, remove_source
from tasks.sources import Source

EXAMPLES = """examples:
  wencang sources add inbox/ --name 收件
  wencang sources add https://news.example.org/feed.xml --kind feed --delay 2
  wencang sources list
  wencang sources check                 lists each folder, asks each address once
  wencang sources remove 收件

wencang.toml: one table [[source]] for each; [defaults] holds keys for all of them. The keys:
"""


def _keys() -> str:
    """Every key of a source, with its default and what it means."""
    lines = []
    for name, field in Source.model_fields.items():
        default = field.get_default(call_default_factory=True)
        shown = "" if default is None or field.is_required() or name == "fields" else f" ({_shown(default)})"
        lines.append(f"  {name + shown:<24} {field.description}")
    return "\n".join(lines)


def _shown(default: object) -> str:
    return "none" if default == () else json.dumps(default, ensure_ascii=False)


EXAMPLES += _keys() + "\n"


def add_arguments(parser: argparse.ArgumentParser, settings: Settings) -> None:
    """Declare the arguments."""
    parser.set_defaults(json=False)
    actions = parser.add_subparsers(dest="action", metavar="ACTION")
    actions.add_parser("list", help="list the sources of the file (the default action)").add_argument(
        "--json", action="store_true"
    )
    actions.add_parser("check", help="check that each can be read")
    remove = actions.add_parser("remove", help="remove a source")
    remove.add_argument("title", metavar="NAME_OR_LOCATION")
    add = actions.add_parser("add", help="add a source")
    add.add_argument("location", help="file, folder, glob or http(s) URL")
    add.add_argument("--kind", help="auto, local, page, feed, sitemap, listing, urls or archive")
    add.add_argument("--name", help="name shown in reports")
    add.add_argument("--include", action="append", metavar="GLOB", help="only what matches (repeatable)")
    add.add_argument("--exclude", action="append", metavar="GLOB", help="leave out what matches (repeatable)")
    add.add_argument(
        "--delay", dest="delay_s", type=float, metavar="SECONDS", help="delay between requests to one host"
    )
    add.add_argument(
        "--schedule", metavar="CRON", help="when wencang serve reads it, if not with all sources"
    )
    add.add_argument(
        "--allow-private", action="store_true", default=None, help="allow addresses of private networks"
    )
    for action in actions.choices.values():
        action.add_argument("--warehouse", type=Path, default=argparse.SUPPRESS, help=argparse.SUPPRESS)
    add.add_argument("--clean-text", action="store_true", default=None, help="rows hold clean text already")


def run(arguments: argparse.Namespace, settings: Settings) -> int:
    """Do the action; wrong names and keys are usage errors."""
    try:
        return _ACTIONS[arguments.action or "list"](arguments, settings)
    except SourcesFileError as error:
        raise UsageError(str(error)) from error


def _list(arguments: argparse.Namespace, settings: Settings) -> int:
    path = config_path(settings)
    found = read_sources_file(path) if path.exists() else []
    for source in found:
        if arguments.json:
            print(json.dumps(source.model_dump(exclude_defaults=True), ensure_ascii=False))
        else:
            extra = f"  ({source.schedule})" if source.schedule else ""
            extra += "" if source.enabled else "  (not enabled)"
            print(f"{source.name or '–'}  {source.kind}  {source.location}{extra}")
    if not found:
        print(f"wencang: {path} has no sources. Add one: wencang sources add FOLDER", file=sys.stderr)
    return 0


def _add(arguments: argparse.Namespace, settings: Settings) -> int:
    names = (
        "location",
        "kind",
        "name",
        "include",
        "exclude",
        "delay_s",
        "schedule",
        "allow_private",
        "clean_text",
    )
    values: dict[str, Any] = {name: getattr(arguments, name) for name in names}
    source = add_source(config_path(settings), {k: v for k, v in values.items() if v is not None})
    print(f"added {source.location} to {config_path(settings)}")
    return 0


def _remove(arguments: argparse.Namespace, settings: Settings) -> int:
    source = remove_source(config_path(settings), arguments.title)
    print(f"removed {source.location}; what was loaded from it stays")
    return 0


def _check(arguments: argparse.Namespace, settings: Settings) -> int:
    bad = 0
    for found in check_sources(configured_sources(settings), arguments.warehouse):
        bad += not found.is_good
        print(f"{'ok   ' if found.is_good else 'WRONG'}  {found.source.location}: {found.detail}")
    return 1 if bad else 0


_ACTIONS = {"list": _list, "add": _add, "remove": _remove, "check": _check}
