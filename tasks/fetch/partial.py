"""Downloads that broke off: the part that has arrived, so that only the rest is requested.

Reads    a folder in which downloads are set down (``FetchOptions.downloads``), or memory for this run
Adds     Partial: the beginning of a body, with what proves that the rest belongs to it
Source   RFC 9110, 13.1.5 (If-Range: strong validators only), 14.2 (Range), 15.3.7 (206)

A beginning outlives its run, also one that was killed: it lies in a file named by its address, with the
headers of its answer beside it. A file that nobody asked for in ``KEPT_DAYS`` is removed.
"""

import fcntl
import hashlib
import json
import os
import re
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from email.utils import parsedate_to_datetime
from pathlib import Path
from typing import IO

import httpx

KEPT_DAYS = 7
"""A download that nobody went on with for so long is not missed."""
SMALL_BYTES = 1 << 20
"""So much is sooner asked for again."""
_WEAK_S = 60
"""Last-Modified proves something when it is this much older than Date (RFC 9110, 8.8.2.2)."""
_CONTENT_RANGE = re.compile(r"bytes (\d+)-\d+/(?:\d+|\*)", re.I)


@dataclass(slots=True)
class Partial:
    """The beginning of a body. size: bytes of it that are here; path: the file it is in, if it has a name."""

    headers: httpx.Headers
    body: IO[bytes]
    size: int
    path: Path | None = None

    @property
    def request_headers(self) -> dict[str, str]:
        """Headers that ask for the rest, or for the whole when it is another one by now."""
        return {"Range": f"bytes={self.size}-", "If-Range": validator_of(self.headers) or ""}

    def continues_with(self, headers: httpx.Headers) -> bool:
        """Say whether an answer 206 is the rest of this one."""
        found = _CONTENT_RANGE.match(headers.get("content-range", ""))
        etag = headers.get("etag")
        return bool(found and int(found[1]) == self.size and etag in (None, self.headers.get("etag")))

    def drop(self) -> None:
        """Remove it."""
        self.body.close()
        forget(self.path)


def validator_of(headers: httpx.Headers) -> str | None:
    """Return what names exactly these bytes: a strong ETag, or a Last-Modified that is old enough."""
    etag = headers.get("etag", "")
    if etag:
        return etag if etag.startswith('"') else None
    modified, date = (_seconds(headers.get(name)) for name in ("last-modified", "date"))
    old = modified is not None and date is not None and date - modified >= _WEAK_S
    return headers.get("last-modified") if old else None


def can_resume(headers: httpx.Headers) -> bool:
    """Say whether the rest of an answer could be asked for, should it break off."""
    return headers.get("accept-ranges", "").lower() != "none" and validator_of(headers) is not None


def begin(folder: Path | None, url: str, headers: httpx.Headers) -> Partial:
    """Return an empty body to be filled; with a name when its rest could be asked for in a later run."""
    length = headers.get("content-length", "")
    is_small = length.isdigit() and int(length[:18]) <= SMALL_BYTES
    body = None if folder is None or is_small or not can_resume(headers) else _open(_path(folder, url))
    if folder is None or body is None:
        return Partial(headers, tempfile.TemporaryFile(), 0)
    body.truncate()
    path = _path(folder, url)
    told = {"url": url, "headers": list(headers.items())}
    path.with_suffix(".json").write_text(json.dumps(told), encoding="utf-8")
    return Partial(headers, body, 0, path)


def kept(folder: Path | None, url: str) -> Partial | None:
    """Return what an earlier run left of a download, ``None`` when there is nothing to go on from."""
    if folder is None or not _path(folder, url).exists():
        return None
    path = _path(folder, url)
    try:
        held = json.loads(path.with_suffix(".json").read_text("utf-8"))
        headers = httpx.Headers([(str(name), str(value)) for name, value in held["headers"]])
        body = _open(path)
    except (OSError, ValueError, TypeError, KeyError):
        return None
    if body is None:
        return None
    size = body.seek(0, os.SEEK_END)
    if held.get("url") != url or not size or not can_resume(headers):
        body.close()
        return None
    return Partial(headers, body, size, path)


def _open(path: Path) -> IO[bytes] | None:
    """Open a file for this run alone; ``None`` when another run is at it, or the disk does not let us."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        body = os.fdopen(os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o666), "r+b")
    except OSError:
        return None
    try:
        fcntl.flock(body, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        body.close()
        return None
    return body


def forget(path: Path | None) -> None:
    """Take the name from a file; whoever has it open reads on."""
    if path is not None:
        path.unlink(missing_ok=True)
        path.with_suffix(".json").unlink(missing_ok=True)


def tidy(folder: Path | None) -> None:
    """Remove what was left of downloads that nobody asked for any more."""
    if folder is None or not folder.is_dir():
        return
    for path in folder.glob("*.part"):
        with suppress(OSError):
            if time.time() - path.stat().st_mtime > KEPT_DAYS * 86_400:
                forget(path)


def _path(folder: Path, url: str) -> Path:
    return folder / f"{hashlib.sha256(url.encode()).hexdigest()[:32]}.part"


def _seconds(text: str | None) -> float | None:
    try:
        return parsedate_to_datetime(text).timestamp() if text else None
    except (ValueError, TypeError, IndexError):
        return None
