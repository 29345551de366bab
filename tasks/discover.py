"""discover: sources -> the inputs to read.

Reads    sources (file, folder, glob, http(s) URL); what is known of inputs read before
Adds     Input: one file or URL to read, or InputUnchanged: one that needs no reading
Rejects  unreadable: a folder or file that cannot be listed
         loop: a link that leads back to a folder it lies in
         unsupported: a pipe, socket or device
         growing: a download that is not finished, by its name

A file counts as unchanged without being read only when size and time of change are
those recorded *and* the change was clearly over when it was read (the "racy" rule of
git's index: a file changed in the same tick in which it was read looks unchanged)
*and* it was read with the options that its source has now.
The time of change is the later of mtime and ctime, so that a restored mtime
(``touch -d``, ``cp -p``) hides nothing. Otherwise fetch compares the digest.
Folders are walked in order of name; hidden names (``.git``, ``.DS_Store``) belong to
a folder's own business and are not listed unless named as a source themselves.
"""

import errno
import glob
import os
import re
import stat
from collections import deque
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Literal, NamedTuple

from tasks.errors import WencangError
from tasks.file_uri import file_uri as file_uri
from tasks.file_uri import path_of
from tasks.reasons import Reason, Reject
from tasks.sources import Source

RACY_NS = 2_000_000_000
"""A change younger than this when the file was read may hide a second one (FAT counts in steps of 2 s)."""

_UNFINISHED = (".part", ".partial", ".crdownload", ".filepart", ".tmp")
"""Endings under which browsers, wget and others write what they are still fetching."""

_FILE_URL = re.compile(r"file:(?://(?:localhost)?)?(/.*)", re.I | re.S)
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*://)", re.I)

InputKind = Literal["file", "http"]


class SourceNotFound(WencangError):
    """A source that names nothing: no such file or folder, or a glob without matches. Wrong usage."""


class KnownInput(NamedTuple):
    """What the warehouse knows of an input that was read to its end.

    mtime_ns: time of change as in ``Input``; digest: SHA-256 of the bytes of the input,
    with ``Source.reading`` after it, or empty; seen_at: when reading began, with zone.
    """

    size_bytes: int | None
    mtime_ns: int | None
    digest: str
    seen_at: datetime


KnownInputs = Mapping[str, KnownInput] | Callable[[str], KnownInput | None]
"""uri -> what is known of it."""


@dataclass(frozen=True, slots=True)
class Input:
    """One thing to read.

    uri: ``file:///…`` or the URL; location: absolute path or URL.
    size_bytes, mtime_ns: of a file as listed, ``None`` for a URL; mtime_ns: nanoseconds since 1970, the
    later of mtime and ctime.
    known: what earlier runs recorded, when there is any.
    """

    uri: str
    kind: InputKind
    location: str
    source: Source
    size_bytes: int | None = None
    mtime_ns: int | None = None
    known: KnownInput | None = field(default=None, compare=False)


@dataclass(frozen=True, slots=True)
class InputUnchanged:
    """An input whose content is what was read before: its documents are as they were.

    ``checked`` is set when the digest had to be compared: record it, and the next run need not.
    """

    uri: str
    checked: KnownInput | None = None


def list_inputs(
    sources: Sequence[Source], known: KnownInputs, passed_over: Callable[[int], None] | None = None
) -> Iterator[Input | Reject | InputUnchanged]:
    """Yield the inputs of the sources, each once, in order.

    passed_over: is told the number of hidden names of each folder that has some.
    Raises ``SourceNotFound`` before anything is yielded when a local source names nothing.
    """
    roots = [(source, roots_of(source)) for source in sources]
    return _list(roots, known, passed_over)


def roots_of(source: Source) -> list[str]:
    """Return the URL or the absolute paths a source names. Raises ``SourceNotFound``."""
    if is_url(source.location):
        return [source.location]
    path = os.path.abspath(os.path.expanduser(source.location))
    if os.path.lexists(path):
        return [path]
    matches = sorted(glob.glob(path, recursive=True)) if glob.has_magic(path) else []
    if not matches:
        raise SourceNotFound(_nothing_at(source.location, path))
    return matches


def _nothing_at(location: str, path: str) -> str:
    """What is wrong with a location that names nothing, and what to write in its place."""
    if named := _FILE_URL.match(location):
        return f"{location}: a file is named by its path; write {path_of(named[1])!r}"
    if named := _SCHEME.match(location):
        return f"{location}: {named[1]} is not read, only http:// and https://"
    if glob.has_magic(path):
        return f"{location}: nothing matches (looked for {path})"
    return f"{location}: no such file or folder" + ("" if location == path else f" (looked for {path})")


def is_url(location: str) -> bool:
    """Say whether a location is an ``http(s)`` URL."""
    return location[:8].lower().startswith(("http://", "https://"))


def _list(
    roots: list[tuple[Source, list[str]]], known: KnownInputs, passed_over: Callable[[int], None] | None
) -> Iterator[Input | Reject | InputUnchanged]:
    seen: set[str] = set()
    for source, locations in roots:
        for location in locations:
            if is_url(location):
                found: Iterator[Input | Reject] = iter((Input(location, "http", location, source),))
            elif source.kind == "urls":
                found = _urls_in(location, source)
            else:
                walked = _walk(location, source, passed_over)
                found = (e for e in walked if isinstance(e, Reject) or source.takes(e.location))
            for each in found:
                if each.uri not in seen:
                    seen.add(each.uri)
                    yield each if isinstance(each, Reject) else compare(each, known)


def _urls_in(path: str, source: Source) -> Iterator[Input | Reject]:
    """The URLs of a list in a file."""
    try:
        with open(path, encoding="utf-8-sig", errors="replace") as lines:
            urls = [line.strip() for line in lines if is_url(line.strip())]
    except OSError as error:
        yield _unreadable(path, error)
        return
    yield from (Input(url, "http", url, source) for url in urls if source.takes(url))


def compare(found: Input, known: KnownInputs) -> Input | InputUnchanged:
    """Return an input with what is known of it, or that it need not be read."""
    row = known.get(found.uri) if isinstance(known, Mapping) else known(found.uri)
    if row is None:
        return found
    held = KnownInput(*row)
    if found.mtime_ns is None:
        return replace(found, known=held)
    same = (found.size_bytes, found.mtime_ns) == (held.size_bytes, held.mtime_ns)
    same = same and (not held.digest or held.digest[64:] == found.source.reading)
    if same and found.mtime_ns < held.seen_at.timestamp() * 1e9 - RACY_NS:
        return InputUnchanged(found.uri)
    return replace(found, known=held)


def mtime_ns_of(status: os.stat_result) -> int:
    """Return the later of the times of change of content and of the file's own record."""
    return max(status.st_mtime_ns, status.st_ctime_ns)


def _walk(root: str, source: Source, passed_over: Callable[[int], None] | None) -> Iterator[Input | Reject]:
    """Files below a root. Folders behind links come last and each folder is listed once."""
    listed: set[tuple[int, int]] = set()
    folders: deque[tuple[str, tuple[tuple[int, int], ...]]] = deque()
    linked: deque[tuple[str, tuple[tuple[int, int], ...]]] = deque([(root, ())])
    while folders or linked:
        path, above = folders.popleft() if folders else linked.popleft()
        try:
            status = os.stat(path)
            if not stat.S_ISDIR(status.st_mode):
                yield _file(path, status, source)
                continue
            inode = (status.st_dev, status.st_ino)
            if inode in above:
                yield Reject(
                    file_uri(path), "discover", Reason.LOOP, f"leads back to {os.path.realpath(path)}"
                )
            if inode in listed:
                continue
            listed.add(inode)
            with os.scandir(path) as entries:
                listing = sorted(entries, key=lambda e: e.name)
            found = [e for e in listing if not e.name.startswith(".")]
            if passed_over is not None and len(found) < len(listing):
                passed_over(len(listing) - len(found))
        except OSError as error:
            yield _unreadable(path, error)
            continue
        below = []
        for entry in found:
            try:
                if entry.is_dir(follow_symlinks=False):
                    below.append((entry.path, (*above, inode)))
                elif entry.is_dir():
                    linked.append((entry.path, (*above, inode)))
                else:
                    yield _file(entry.path, entry.stat(), source)
            except OSError as error:
                yield _unreadable(entry.path, error)
        folders.extendleft(reversed(below))


def _file(path: str, status: os.stat_result, source: Source) -> Input | Reject:
    uri = file_uri(path)
    if not stat.S_ISREG(status.st_mode):
        kind = {stat.S_IFIFO: "pipe", stat.S_IFSOCK: "socket"}.get(stat.S_IFMT(status.st_mode), "device")
        return Reject(uri, "discover", Reason.UNSUPPORTED, f"a {kind}, not a file")
    if path.lower().endswith(_UNFINISHED):
        return Reject(uri, "discover", Reason.GROWING, "by its name a download that is not finished")
    return Input(uri, "file", path, source, status.st_size, mtime_ns_of(status))


def _unreadable(path: str, error: OSError) -> Reject:
    reason = Reason.LOOP if error.errno == errno.ELOOP else Reason.UNREADABLE  # a link to itself
    return Reject(file_uri(path), "discover", reason, error.strerror or str(error))
