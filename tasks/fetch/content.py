"""A stream of bytes -> documents, whatever it holds: a page, rows, or either of them wrapped.

Reads    bytes and the name they go by
Adds     Document of the page or of each row
Rejects  empty, binary, too_large, truncated, corrupt, refused, unsupported; of rows invalid_record
         internal_error: a defect of ours at one input
"""

import codecs
import os
import traceback
from collections.abc import Iterator

from tasks.document import Document
from tasks.fetch.archives import BadMember, archive_members
from tasks.fetch.decompress import Unpacked, decompress
from tasks.fetch.json_values import json_objects
from tasks.fetch.options import FetchOptions
from tasks.fetch.pages import page_document
from tasks.fetch.rows import row_document
from tasks.fetch.sniff import (
    HEAD_BYTES,
    binary_kind,
    delimiter_of,
    is_parquet,
    is_utf16_table,
    row_form,
    warc_form,
    wrapping_of,
)
from tasks.fetch.streams import BLANK_LINES, BrokenStream, ByteStream
from tasks.file_uri import readable
from tasks.reasons import Reason, Reject
from tasks.sources import Source

_SUFFIXES = (".gz", ".zst", ".bz2", ".xz")


def read_stream(
    stream: ByteStream,
    uri: str,
    name: str,
    source: Source,
    options: FetchOptions,
    depth: int = 0,
    unpacked: Unpacked | None = None,
) -> Iterator[Document | Reject]:
    """Yield what a stream holds; a broken stream gives what came before, then its reason.

    unpacked: what was taken out of the input around this stream; ``None`` for an input itself.
    """
    is_empty = True
    unpacked = unpacked or Unpacked(stream, options.max_expansion)
    try:
        for each in _read(stream, uri, name, source, options, depth, unpacked):
            is_empty = False
            yield each
    except BrokenStream as broken:
        yield Reject(uri, "fetch", broken.reason, broken.detail)
    except OSError:
        raise  # the disk, not what is on it
    except Exception as error:  # noqa: BLE001 - a defect at one input is no reason to lose the others
        place = traceback.extract_tb(error.__traceback__)[-1]
        detail = f"{type(error).__name__}: {error} ({os.path.basename(place.filename)}:{place.lineno})"
        yield Reject(uri, "fetch", Reason.INTERNAL_ERROR, detail)
    else:
        if is_empty:
            yield Reject(uri, "fetch", Reason.EMPTY, "no page and no row in it")


def _read(
    stream: ByteStream,
    uri: str,
    name: str,
    source: Source,
    options: FetchOptions,
    depth: int,
    unpacked: Unpacked,
) -> Iterator[Document | Reject]:
    head = stream.peek(HEAD_BYTES)
    if is_utf16_table(head, name):
        stream = ByteStream(_as_utf8(stream))
        head = stream.peek(HEAD_BYTES)
    form = wrapping_of(head)
    if form and depth >= options.max_depth:
        raise BrokenStream(Reason.REFUSED, f"wrapped more than {options.max_depth} times")
    members = archive_members(stream, form, head, name, options)
    if members is not None:
        for member in members:
            place = f"{uri}!/{readable(member.name)}"
            if isinstance(member, BadMember):
                yield Reject(place, "fetch", member.reason, member.detail)
            else:
                inner = ByteStream(unpacked.count(member.stream))
                yield from read_stream(inner, place, member.name, source, options, depth + 1, unpacked)
    elif warc := warc_form(head, form):
        from tasks.fetch.warc import read_warc  # warcio costs 0.1 s to load

        yield from read_warc(stream, warc, uri, options)
    elif form:
        inner = ByteStream(unpacked.count(ByteStream(decompress(stream, form, options.max_expansion))))
        yield from _read(inner, uri, _unwrapped(name), source, options, depth + 1, unpacked)
    elif is_parquet(head):
        from tasks.fetch.tables import parquet_rows

        yield from parquet_rows(stream, uri, source, options)
    elif kind := binary_kind(head):
        raise BrokenStream(Reason.BINARY, kind)
    elif rows := row_form(head, name):
        yield from _read_rows(stream, rows, uri, source, options)
    elif delimiter := delimiter_of(head, name):
        from tasks.fetch.tables import csv_rows

        yield from csv_rows(stream, delimiter, uri, source, options)
    else:
        content = stream.read_all(options.max_document_bytes)
        if not content.strip():
            raise BrokenStream(Reason.EMPTY, f"{len(content):,} bytes, none of them text")
        yield page_document(content, uri, name)


def _read_rows(
    stream: ByteStream, form: str, uri: str, source: Source, options: FetchOptions
) -> Iterator[Document | Reject]:
    limit = options.max_document_bytes
    rows = stream.lines(limit, lambda: BLANK_LINES) if form == "lines" else json_objects(stream, limit)
    for row in rows:
        if row.too_large:
            detail = f"{row.size_bytes:,} bytes, over the limit of {limit:,}"
            yield Reject(f"{uri}#L{row.number}", "fetch", Reason.TOO_LARGE, detail)
        elif row.content.strip():
            yield row_document(row.content, uri, row.number, source)


def _as_utf8(stream: ByteStream) -> Iterator[bytes]:
    """Rows in UTF-16, as spreadsheets export them: their line ends are not single bytes."""
    decoder = codecs.getincrementaldecoder("utf-16")("replace")
    for chunk in stream.chunks():
        yield decoder.decode(chunk).encode("utf-8", "replace")


def _unwrapped(name: str) -> str:
    return name[: name.rindex(".")] if name.lower().endswith(_SUFFIXES) else name
