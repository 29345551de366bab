"""Local files -> documents.

Reads    Input of kind "file"
Adds     Document of each page or row; InputDone with the digest of the file as stored, and
         the mark of the options it was read with
Rejects  unreadable: no permission, or it vanished; growing: it changes while it is read
         and all that ``content`` rejects
"""

import hashlib
import os
import stat
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BufferedReader

from tasks.discover import Input, InputUnchanged, KnownInput, mtime_ns_of
from tasks.document import Document
from tasks.fetch.content import read_stream
from tasks.fetch.options import FetchOptions, InputDone, Traffic
from tasks.fetch.streams import CHUNK_BYTES, ByteStream
from tasks.reasons import Reason, Reject

QUIET_NS = 2_000_000_000
"""A file that changed since it was listed is taken for finished when it has been quiet so long."""
UNREAD_BYTES = 64_000_000
"""Of a file that holds no document (a film, a disk image), no more than that is read for its digest alone;
it has none then, and is looked at again when its size or time changes."""


def read_file(
    found: Input, options: FetchOptions
) -> Iterator[Document | Reject | InputDone | InputUnchanged]:
    """Yield the documents of one file, then ``InputDone``; nothing is done that may read on later."""
    seen_at = datetime.now(UTC)
    try:
        # O_NONBLOCK: a name that became a pipe since it was listed must not stop the run
        with open(os.open(found.location, os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC), "rb") as file:
            yield from _read_open(file, found, options, seen_at)
    except OSError as error:
        yield Reject(found.uri, "fetch", Reason.UNREADABLE, error.strerror or str(error))
    finally:
        options.traffic.end_file(found.size_bytes or 0)


def _read_open(
    file: BufferedReader, found: Input, options: FetchOptions, seen_at: datetime
) -> Iterator[Document | Reject | InputDone | InputUnchanged]:
    before = os.fstat(file.fileno())
    if not stat.S_ISREG(before.st_mode):
        yield Reject(found.uri, "fetch", Reason.UNSUPPORTED, "no file any more")
        return
    if _is_being_written(found, before, seen_at):
        yield _growing(found)
        return
    if found.known and found.known.digest and before.st_size == found.known.size_bytes:
        digest = hashlib.file_digest(file, "sha256").hexdigest() + found.source.reading
        if digest == found.known.digest:
            known = KnownInput(before.st_size, mtime_ns_of(before), digest, seen_at)
            yield InputUnchanged(found.uri, known)
            return
        file.seek(0)
    sha256 = hashlib.sha256()
    documents = rejects = 0
    last: Document | Reject | None = None
    stream = ByteStream(_chunks(file, sha256, options.traffic), found.location)
    for each in read_stream(stream, found.uri, found.location, found.source, options):
        if last is not None:
            yield last
        last = each
        documents += isinstance(each, Document)
        rejects += isinstance(each, Reject)
    left = before.st_size - file.tell()
    if documents or left <= UNREAD_BYTES:
        for _ in _chunks(file, sha256, options.traffic):  # what nobody needed still belongs to the digest
            pass
        digest = sha256.hexdigest() + found.source.reading
    else:
        digest = ""
    after = os.fstat(file.fileno())
    if (after.st_size, mtime_ns_of(after)) != (before.st_size, mtime_ns_of(before)):
        yield _growing(found)  # and what stood at its end, the last document, may be half of one
        return
    if last is not None:
        yield last
    yield InputDone(found.uri, before.st_size, mtime_ns_of(before), digest, seen_at, documents, rejects)


def _is_being_written(found: Input, now: os.stat_result, seen_at: datetime) -> bool:
    """It changed since it was listed, and a moment ago: whoever writes it is not done."""
    if (found.size_bytes, found.mtime_ns) == (now.st_size, mtime_ns_of(now)):
        return False
    return mtime_ns_of(now) > seen_at.timestamp() * 1e9 - QUIET_NS


def _growing(found: Input) -> Reject:
    return Reject(found.uri, "fetch", Reason.GROWING, "it is still being written; the next run reads it")


def _chunks(file: BufferedReader, sha256: "hashlib._Hash", traffic: Traffic) -> Iterator[bytes]:
    while chunk := file.read(CHUNK_BYTES):
        sha256.update(chunk)
        traffic.reached(file.tell())
        yield chunk
