"""A stream of bytes -> documents, whatever it holds: a page, rows, or either of them wrapped.

Reads    bytes and the name they go by
Adds     Document of the page or of each row
Rejects  empty, binary, too_large, truncated, corrupt, refused, unsupported; of rows invalid_record
"""

import tempfile
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

from tasks.discover import file_uri
from tasks.document import Document, article_id_of, content_sha256
from tasks.fetch.json_values import json_objects
from tasks.fetch.options import FetchOptions
from tasks.fetch.rows import row_document
from tasks.fetch.sniff import HEAD_BYTES, binary_kind, is_html, row_form, wrapping_of
from tasks.fetch.streams import BrokenStream, ByteStream, decompress
from tasks.reasons import Reason, Reject
from tasks.sources import Source

_SUFFIXES = (".gz", ".zst", ".bz2", ".xz")


def read_stream(
    stream: ByteStream, uri: str, name: str, source: Source, options: FetchOptions, depth: int = 0
) -> Iterator[Document | Reject]:
    """Yield what a stream holds; a broken stream gives what came before, then its reason."""
    try:
        yield from _read(stream, uri, name, source, options, depth)
    except BrokenStream as broken:
        yield Reject(uri, "fetch", broken.reason, broken.detail)


def _read(
    stream: ByteStream, uri: str, name: str, source: Source, options: FetchOptions, depth: int
) -> Iterator[Document | Reject]:
    head = stream.peek(HEAD_BYTES)
    form = wrapping_of(head)
    if form and depth >= options.max_depth:
        raise BrokenStream(Reason.REFUSED, f"wrapped more than {options.max_depth} times")
    if form == "zip":
        yield from _read_zip(stream, uri, source, options, depth)
    elif form:
        inner = ByteStream(decompress(stream, form, options.max_expansion))
        yield from _read(inner, uri, _unwrapped(name), source, options, depth + 1)
    elif kind := binary_kind(head):
        raise BrokenStream(Reason.BINARY, kind)
    elif rows := row_form(head, name):
        yield from _read_rows(stream, rows, uri, source, options)
    else:
        content = stream.read_all(options.max_document_bytes)
        if not content.strip():
            raise BrokenStream(Reason.EMPTY, f"{len(content):,} bytes, none of them text")
        yield page_document(content, uri, name)


def page_document(content: bytes, uri: str, name: str) -> Document:
    """Return the document of one page."""
    sha256 = content_sha256(content)
    media_type = "text/html" if is_html(content[:HEAD_BYTES], name) else "text/plain"
    return Document(uri, content, sha256, article_id_of(sha256), datetime.now(UTC), media_type)


def _read_rows(
    stream: ByteStream, form: str, uri: str, source: Source, options: FetchOptions
) -> Iterator[Document | Reject]:
    limit = options.max_document_bytes
    rows = stream.lines(limit) if form == "lines" else json_objects(stream, limit)
    for row in rows:
        if row.too_large:
            detail = f"{row.size_bytes:,} bytes, over the limit of {limit:,}"
            yield Reject(f"{uri}#L{row.number}", "fetch", Reason.TOO_LARGE, detail)
        elif row.content.strip():
            yield row_document(row.content, uri, row.number, source)


def _read_zip(
    stream: ByteStream, uri: str, source: Source, options: FetchOptions, depth: int
) -> Iterator[Document | Reject]:
    """A zip is read from its end, so it is set down in a file first."""
    with tempfile.TemporaryFile() as spool:
        for chunk in stream.chunks():
            spool.write(chunk)
        try:
            with zipfile.ZipFile(spool) as archive:
                for member in archive.infolist():
                    yield from _read_member(archive, member, uri, source, options, depth)
        except (zipfile.BadZipFile, OSError, ValueError) as error:
            raise BrokenStream(Reason.CORRUPT, f"zip: {error}") from None


def _read_member(
    archive: zipfile.ZipFile,
    member: zipfile.ZipInfo,
    uri: str,
    source: Source,
    options: FetchOptions,
    depth: int,
) -> Iterator[Document | Reject]:
    if member.is_dir():
        return
    place = f"{uri}!/{file_uri(member.filename)[7:]}"
    try:
        with archive.open(member) as file:
            chunks = iter(lambda: file.read(1 << 16), b"")
            yield from read_stream(ByteStream(chunks), place, member.filename, source, options, depth + 1)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        yield Reject(place, "fetch", Reason.CORRUPT, f"zip: {error}")


def _unwrapped(name: str) -> str:
    return name[: name.rindex(".")] if name.lower().endswith(_SUFFIXES) else name
