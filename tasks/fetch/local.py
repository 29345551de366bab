"""Local files -> documents.

Reads    Input of kind "file"
Adds     Document of each page or row; InputDone with the digest of the file as stored
Rejects  unreadable: no permission, or it vanished; growing: it changed while it was read
         and all that ``content`` rejects
"""

import hashlib
import os
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BufferedReader

from tasks.discover import Input, InputUnchanged, KnownInput, mtime_ns_of
from tasks.document import Document
from tasks.fetch.content import read_stream
from tasks.fetch.options import FetchOptions, InputDone
from tasks.fetch.streams import CHUNK_BYTES, ByteStream
from tasks.reasons import Reason, Reject


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


def _read_open(
    file: BufferedReader, found: Input, options: FetchOptions, seen_at: datetime
) -> Iterator[Document | Reject | InputDone | InputUnchanged]:
    before = os.fstat(file.fileno())
    if found.known and before.st_size == found.known.size_bytes:
        digest = hashlib.file_digest(file, "sha256").hexdigest()
        if digest == found.known.digest:
            known = KnownInput(before.st_size, mtime_ns_of(before), digest, seen_at)
            yield InputUnchanged(found.uri, known)
            return
        file.seek(0)
    sha256 = hashlib.sha256()
    documents = rejects = 0
    for each in read_stream(
        ByteStream(_chunks(file, sha256), found.location), found.uri, found.location, found.source, options
    ):
        documents += isinstance(each, Document)
        rejects += isinstance(each, Reject)
        yield each
    for _ in _chunks(file, sha256):  # what nobody needed still belongs to the digest
        pass
    after = os.fstat(file.fileno())
    if (after.st_size, mtime_ns_of(after)) != (before.st_size, mtime_ns_of(before)):
        yield Reject(
            found.uri, "fetch", Reason.GROWING, "it changed while it was read; the next run reads it again"
        )
        return
    yield InputDone(
        found.uri, before.st_size, mtime_ns_of(before), sha256.hexdigest(), seen_at, documents, rejects
    )


def _chunks(file: BufferedReader, sha256: "hashlib._Hash") -> Iterator[bytes]:
    while chunk := file.read(CHUNK_BYTES):
        sha256.update(chunk)
        yield chunk
