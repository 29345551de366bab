"""Web archives (WARC, WET, ARC), plain or compressed record by record -> their records, around damage.

Reads    a stream
Adds     Document of each archived page (see ``warc_record``)
Rejects  corrupt, truncated: one damaged record, by its place; the records after it are read
         and what ``warc_record`` rejects
Ignores  warcinfo, request, metadata, revisit, continuation records: they hold no page
Source   ISO 28500 (WARC 1.1), annex D: a record is a member of the gzip file

A record that is small is read whole and parsed in memory, which is faster than the library's own
loop; a large one is read as a stream.
"""

import re
import zlib
from collections.abc import Iterator
from typing import Any

from tasks.document import Document
from tasks.fetch.decompress import decompress_member
from tasks.fetch.options import FetchOptions
from tasks.fetch.sniff import begins_record
from tasks.fetch.streams import CHUNK_BYTES, BrokenStream, ByteStream
from tasks.fetch.warc_record import (
    HEADER_BYTES,
    LOADER,
    PAGE_RECORDS,
    RECORD_ERRORS,
    bad_record,
    document_of_record,
    page_of_record,
    record_shape,
)
from tasks.reasons import Reason, Reject

WHOLE_BYTES = 1 << 21
"""A record up to this size is read whole."""
_RECORD = re.compile(rb"(?:^|\n)(WARC/\d\.\d+\r?\n)")
_GZIP = b"\x1f\x8b\x08"


def read_warc(stream: ByteStream, form: str, uri: str, options: FetchOptions) -> Iterator[Document | Reject]:
    """Yield the pages of a web archive; a damaged record costs itself only."""
    if form == "plain":
        yield from _read_records(stream, uri, options, None)
        return
    while stream.peek(1):
        start = stream.position
        if stream.peek(3) == _GZIP:
            try:
                yield from _read_member(stream, uri, options, start)
                continue
            except BrokenStream as broken:
                yield Reject(f"{uri}#offset={start}", "fetch", broken.reason, broken.detail)
                if broken.reason is Reason.TRUNCATED:
                    return
        elif not stream.peek(CHUNK_BYTES).strip(b"\0\r\n"):
            stream.read(CHUNK_BYTES)
            continue
        else:
            yield Reject(f"{uri}#offset={start}", "fetch", Reason.CORRUPT, "no record begins here")
        if not _skip_to_member(stream):
            return


def _read_member(
    stream: ByteStream, uri: str, options: FetchOptions, start: int
) -> Iterator[Document | Reject]:
    content = _small_member(stream)
    if content is not None:
        shape = record_shape(content[:HEADER_BYTES])
        if shape and shape[1] <= len(content) and not content[shape[1] :].strip(b"\r\n"):
            found = document_of_record(content, shape, uri, f"{uri}#offset={start}", options)
            if found is not None:
                yield found
            return
        member = ByteStream([content])
    else:
        member = ByteStream(decompress_member(stream, "gz", options.max_expansion))
    yield from _read_records(member, uri, options, start)
    for _ in member.chunks():
        pass


def _small_member(stream: ByteStream) -> bytes | None:
    """Take and return the next gzip member when it is small and sound."""
    for size in (1 << 14, 1 << 18):
        window = stream.peek(size)
        member = zlib.decompressobj(31)
        try:
            content = member.decompress(window, WHOLE_BYTES)
        except zlib.error:
            return None
        if member.eof:
            stream.read(len(window) - len(member.unused_data))
            return content
    return None


def _skip_to_member(stream: ByteStream) -> bool:
    """Go to the next compressed record; say whether there is one."""
    while window := stream.peek(CHUNK_BYTES):
        at = window.find(_GZIP)
        if at < 0:
            stream.read(max(1, len(window) - 2))
            continue
        stream.read(at)
        if begins_record(stream.peek(CHUNK_BYTES)):
            return True
        stream.read(1)
    return False


def _read_records(
    stream: ByteStream, uri: str, options: FetchOptions, member: int | None
) -> Iterator[Document | Reject]:
    """Read records one after the other. member: place of the gzip member they are in, ``None`` outside one.

    Outside a member, reading goes on at the next record after a damaged one.
    """
    while True:
        blank = stream.peek(HEADER_BYTES)
        head = blank.lstrip(b"\r\n")
        stream.read(len(blank) - len(head))
        if not head:
            if blank:
                continue
            if stream.broken:
                raise stream.broken
            return
        place = f"{uri}#offset={stream.position if member is None else member}"
        shape = record_shape(head)
        if shape and shape[1] <= WHOLE_BYTES:
            found = _whole_record(stream, shape, uri, place, options)
            if found is not None:
                yield found
            continue
        try:
            record = LOADER.parse_record_stream(stream)
            yield from _read_record(record, stream, uri, place, options)
        except BrokenStream:
            raise
        except RECORD_ERRORS as error:
            reject = bad_record(place, error)
            if member is not None:
                raise BrokenStream(reject.reason, reject.detail) from None
            yield reject
            _skip_to_record(stream)


def _whole_record(
    stream: ByteStream, shape: tuple[str, int], uri: str, place: str, options: FetchOptions
) -> Document | Reject | None:
    content = stream.read(shape[1])
    if len(content) < shape[1]:
        raise stream.broken or BrokenStream(Reason.TRUNCATED, "it ends inside a record")
    stream.peek(5)
    if stream.broken:  # a wrong checksum shows behind the record
        raise stream.broken
    return document_of_record(content, shape, uri, place, options)


def _skip_to_record(stream: ByteStream) -> None:
    while window := stream.peek(CHUNK_BYTES):
        match = _RECORD.search(window)
        if match:
            stream.read(match.start(1))
            return
        stream.read(max(1, len(window) - 12))


def _read_record(
    record: Any, stream: ByteStream, uri: str, place: str, options: FetchOptions
) -> Iterator[Document | Reject]:
    """One record, read to its end whatever it is."""
    found = page_of_record(record, uri, place, options) if record.rec_type in PAGE_RECORDS else None
    while record.raw_stream.read(CHUNK_BYTES):
        pass
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise stream.broken or BrokenStream(Reason.TRUNCATED, "it ends inside a record")
    stream.peek(5)
    if stream.broken:
        raise stream.broken
    if found is not None:
        yield found
