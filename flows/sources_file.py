"""wencang.toml: the sources that are read when none is named.

    [defaults]                      # values for every source that does not set its own
    delay_s = 2

    [[source]]
    name = "县报"
    location = "https://example.org/feed.xml"
    kind = "feed"
    include = ["*/2024/*"]
    schedule = "0 * * * *"

    [[source]]
    location = "inbox/"             # relative to this file

Keys and their meaning: ``tasks.sources.Source``. A key that is no key stops the program and the
nearest one is named. ``add`` and ``remove`` change their own lines only; comments stay.
"""

import difflib
import json
import os
import re
import stat
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from tasks.discover import is_url
from tasks.sources import FieldNames, Source

FILE_NAME = "wencang.toml"
MOST_BYTES = 16_000_000
"""Of the file: a hundred thousand sources; a dump that took its place would fill the memory."""
_TABLES = ("defaults", "source")
_HEADER = re.compile(r"\s*\[")
_SOURCE_HEADER = re.compile(r"\s*\[\[\s*source\s*\]\]\s*(?:#.*)?$")

_SAID = {
    "tuple_type": 'write a list, such as ["*.html"]',
    "model_type": 'write a table, such as { text = "content" }',
}
"""Kinds of mistakes whose own words speak of Python."""


class SourcesFileError(Exception):
    """The file cannot be used as it is; the message says where, why, and what was done (nothing)."""


def read_sources_file(path: Path) -> list[Source]:
    """Return the sources of a file, in order, also those that are not enabled. Raises ``SourcesFileError``."""
    if not path.exists():
        raise SourcesFileError(
            f"{path}: no such file. Name a SOURCE, or begin the file with: wencang sources add LOCATION"
        )
    return parse_sources(_text_of(path), path)


def parse_sources(text: str, path: Path) -> list[Source]:
    """Return the sources of the text of a file; ``path`` is for messages and relative locations."""
    try:
        tables = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise SourcesFileError(f"{path}: {error}. Nothing was done.") from None
    except RecursionError:
        raise SourcesFileError(f"{path}: lists within lists without end. Nothing was done.") from None
    _check_keys(tables, _TABLES, f"{path}")
    defaults = tables.get("defaults", {})
    entries = tables.get("source", [])
    if not isinstance(defaults, dict) or not isinstance(entries, list):
        raise SourcesFileError(
            f"{path}: write [defaults] once and [[source]] for each source. Nothing was done."
        )
    _check_keys(
        defaults, [k for k in Source.model_fields if k not in ("location", "name")], f"{path}, [defaults]"
    )
    sources = [_source(entry, defaults, f"{path}, source {i}", path) for i, entry in enumerate(entries, 1)]
    _check_names(sources, path)
    return sources


def _source(entry: Any, defaults: Mapping[str, Any], place: str, path: Path) -> Source:
    if not isinstance(entry, dict):
        raise SourcesFileError(f"{place}: write it as [[source]]. Nothing was done.")
    label = entry.get("name") or entry.get("location")
    place = f"{place} ({label})" if label else place
    _check_keys(entry, Source.model_fields, place)
    _check_keys(entry.get("fields", {}), FieldNames.model_fields, f"{place}, fields")
    try:
        source = Source(**{**defaults, **entry})
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(str(part) for part in first["loc"])
        said = _SAID.get(first["type"]) or first["msg"].removeprefix("Value error, ")
        raise SourcesFileError(f"{place}: {f'{key}: ' if key else ''}{said}. Nothing was done.") from None
    if "://" in source.location:  # another kind of address is refused under its own name
        return source
    absolute = os.path.join(path.absolute().parent, os.path.expanduser(source.location))
    return source.model_copy(update={"location": os.path.normpath(absolute)})


def _check_keys(table: Any, known: Sequence[str] | Mapping[str, Any], place: str) -> None:
    """Name the nearest key: one that is silently left out costs a day."""
    for key in table if isinstance(table, dict) else ():
        if key not in known:
            near = difflib.get_close_matches(key, list(known), n=1, cutoff=0)
            raise SourcesFileError(
                f"{place}: unknown key {key!r}; did you mean {near[0]!r}? Nothing was done."
            )


def _check_names(sources: Sequence[Source], path: Path) -> None:
    seen: set[str] = set()
    for source in sources:
        if source.title in seen:
            raise SourcesFileError(
                f"{path}: two sources are called {source.title!r}. Nothing was done. Give one another name."
            )
        seen.add(source.title)


def add_source(path: Path, values: Mapping[str, Any]) -> Source:
    """Put a source at the end of the file, which is made when it is missing; returns the source."""
    text = _text_of(path) if path.exists() else ""
    end = _line_end(text)
    block = f"[[source]]{end}" + "".join(f"{key} = {_toml(value)}{end}" for key, value in values.items())
    gap = "" if not text else end if text.endswith("\n") else 2 * end
    changed = f"{text}{gap}{block}"
    sources = parse_sources(changed, path)
    _write(path, changed)
    return sources[-1]


def remove_source(path: Path, title: str) -> Source:
    """Take a source out of the file, by its name or location; returns what was removed."""
    before = read_sources_file(path)
    found = [
        i
        for i, source in enumerate(before)
        if title in (source.name, source.location, _as_written(source, path))
    ]
    if not found:
        near = difflib.get_close_matches(title, [s.title for s in before], n=1, cutoff=0)
        hint = f"; did you mean {near[0]!r}?" if near else "."
        raise SourcesFileError(f"{path}: no source {title!r}{hint} Nothing was done.")
    changed = _without_block(_text_of(path), found[0])
    if parse_sources(changed, path) != [s for i, s in enumerate(before) if i != found[0]]:
        raise SourcesFileError(f"{path}: cannot tell where source {title!r} ends; remove it by hand.")
    _write(path, changed)
    return before[found[0]]


def _as_written(source: Source, path: Path) -> str:
    return os.path.relpath(source.location, path.absolute().parent) if not is_url(source.location) else ""


def _without_block(text: str, index: int) -> str:
    lines = re.findall(r"[^\n]*\n|[^\n]+", text)  # not splitlines: only \n ends a line of TOML
    headers = [i for i, line in enumerate(lines) if _SOURCE_HEADER.match(line)]
    start = headers[index] if index < len(headers) else len(lines)
    end = next(
        (
            i
            for i in range(start + 1, len(lines))
            if _HEADER.match(lines[i]) and "source.fields" not in lines[i]
        ),
        len(lines),
    )
    while end < len(lines) and end > start + 1 and lines[end - 1].lstrip().startswith("#"):
        end -= 1  # a comment right above the next table belongs to that one
    gap = _line_end(text) * (0 if not start else 1 if end == len(lines) else 2)
    return "".join(lines[:start]).rstrip("\r\n") + gap + "".join(lines[end:])


def _toml(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | float):
        return str(value)
    if isinstance(value, list | tuple):
        return "[" + ", ".join(_toml(each) for each in value) + "]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {_toml(each)}" for key, each in value.items()) + " }"
    return json.dumps(str(value), ensure_ascii=False).replace(
        "\x7f", "\\u007f"
    )  # a JSON string is a TOML string


def _text_of(path: Path) -> str:
    """The text with its line ends as they are, without the mark that Windows puts before UTF-8."""
    try:
        held = path.stat()
        if not stat.S_ISREG(held.st_mode):  # a pipe would be waited for, a device may never end
            raise SourcesFileError(f"{path}: not a file. Nothing was done. Put the sources into a file.")
        if held.st_size > MOST_BYTES:
            raise SourcesFileError(
                f"{path}: {held.st_size:,} bytes is no list of sources ({MOST_BYTES:,} at most). Nothing was done. "
                'Name many pages in a file of URLs, a line each, with kind = "urls".'
            )
        with path.open(encoding="utf-8-sig", newline="") as file:
            return file.read()
    except UnicodeDecodeError as error:
        raise SourcesFileError(f"{path}: {error}. Nothing was done. Save it as UTF-8.") from None
    except OSError as error:
        raise SourcesFileError(f"{path}: {error.strerror}. Nothing was done.") from None


def _line_end(text: str) -> str:
    return "\r\n" if "\r\n" in text else "\n"


def _write(path: Path, text: str) -> None:
    """All of the new text or all of the old: a half-written file would lose sources."""
    draft = path.with_name(f".{path.name}.new")
    try:
        draft.write_text(text, encoding="utf-8", newline="")
        os.replace(draft, path)
    except OSError as error:
        raise SourcesFileError(f"{path}: cannot be written: {error.strerror}. Nothing was changed.") from None
