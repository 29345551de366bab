"""Web archives (WARC, WET, ARC) -> a document for each archived page.

Reads    a stream, plain or compressed record by record
Adds     Document: url and fetched_at of the capture, content_type as the site sent it; the record's id
         as external_id, its date among the attributes
Rejects  corrupt, truncated: one damaged record, by its place; the records after it are read
         not_found, http_error: the site answered with no page; unsupported: pictures, scripts, feeds of bytes
         empty, too_large, binary
Ignores  warcinfo, request, metadata, revisit, continuation records: they hold no page
Source   ISO 28500 (WARC 1.1); record headers are parsed by warcio
"""

import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from tasks.document import Document, Given
from tasks.fetch.decompress import decompress_member
from tasks.fetch.options import FetchOptions
from tasks.fetch.pages import page_document
from tasks.fetch.sniff import HEAD_BYTES, begins_record, binary_kind
from tasks.fetch.streams import CHUNK_BYTES, BrokenStream, ByteStream
from tasks.reasons import Reason, Reject

PAGE_RECORDS = frozenset(("response", "resource", "conversion"))
_RECORD = re.compile(rb"(?:^|\n)(WARC/\d\.\d+\r?\n)")
_GZIP = b"\x1f\x8b\x08"
_NO_PAGE = re.compile(
    r"(?:image|audio|video|font|model)/|text/(?:css|javascript|calendar)|"
    r"application/(?:(?:x-)?javascript|pdf|zip|octet-stream|msword|vnd\.|font|x-shockwave|x-font)",
    re.I,
)


def read_warc(stream: ByteStream, form: str, uri: str, options: FetchOptions) -> Iterator[Document | Reject]:
    """Yield the pages of a web archive; a damaged record costs itself only."""
    if form == "plain":
        yield from _read_records(stream, uri, options, 0, resync=True)
        return
    while stream.peek(1):
        start = stream.position
        if stream.peek(3) == _GZIP:
            member = ByteStream(decompress_member(stream, "gz", options.max_expansion))
            try:
                yield from _read_records(member, uri, options, start, resync=False)
                for _ in member.chunks():
                    pass
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
    stream: ByteStream, uri: str, options: FetchOptions, base: int, resync: bool
) -> Iterator[Document | Reject]:
    loader = ArcWarcRecordLoader(verify_http=False, arc2warc=True)
    while True:
        while stream.peek(1) in (b"\r", b"\n"):
            stream.read(1)
        if not stream.peek(1):
            if stream.broken:
                raise stream.broken
            return
        place = f"{uri}#offset={base + stream.position if resync else base}"
        try:
            record = loader.parse_record_stream(stream)
            yield from _read_record(record, stream, uri, place, options)
        except BrokenStream:
            raise
        except (
            ArchiveLoadFailed,
            StatusAndHeadersParserException,
            EOFError,
            ValueError,
            AttributeError,
        ) as error:
            if not resync:
                raise BrokenStream(Reason.CORRUPT, f"record: {_short(error)}") from None
            yield Reject(place, "fetch", Reason.CORRUPT, f"record: {_short(error)}")
            _skip_to_record(stream)


def _short(error: Exception) -> str:
    return repr(str(error)[:80])


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
    found = _page_of(record, uri, place, options) if record.rec_type in PAGE_RECORDS else None
    while record.raw_stream.read(CHUNK_BYTES):
        pass
    if getattr(record.raw_stream, "limit", 0) > 0:
        raise stream.broken or BrokenStream(Reason.TRUNCATED, "it ends inside a record")
    stream.peek(5)
    if stream.broken:
        raise stream.broken
    if found is not None:
        yield found


def _page_of(record: Any, uri: str, place: str, options: FetchOptions) -> Document | Reject | None:
    headers = record.rec_headers
    url = headers.get_header("WARC-Target-URI")
    if record.http_headers is not None:
        status = record.http_headers.get_statuscode()
        content_type = record.http_headers.get_header("Content-Type")
        if status in ("404", "410"):
            return Reject(place, "fetch", Reason.NOT_FOUND, f"HTTP {status} for {url}")
        if status != "200":
            return Reject(place, "fetch", Reason.HTTP_ERROR, f"HTTP {status} for {url}")
    else:
        content_type = headers.get_header("Content-Type")
        if record.rec_type == "conversion" and "charset" not in (content_type or ""):
            content_type = f"{content_type or 'text/plain'}; charset=utf-8"
    if content_type and _NO_PAGE.match(content_type):
        return Reject(place, "fetch", Reason.UNSUPPORTED, f"{content_type} of {url}")
    return _document(record, url, content_type, uri, place, options)


def _document(
    record: Any, url: str | None, content_type: str | None, uri: str, place: str, options: FetchOptions
) -> Document | Reject:
    limit = options.max_document_bytes
    content = _content(record.content_stream(), limit)
    if len(content) > limit:
        return Reject(place, "fetch", Reason.TOO_LARGE, f"over the limit of {limit:,} bytes: {url}")
    if not content.strip():
        return Reject(place, "fetch", Reason.EMPTY, f"nothing in it: {url}")
    if kind := binary_kind(content[:HEAD_BYTES]):
        return Reject(place, "fetch", Reason.BINARY, f"{kind}: {url}")
    record_id = (record.rec_headers.get_header("WARC-Record-ID") or "").strip("<>")
    date = record.rec_headers.get_header("WARC-Date")
    document = page_document(content, f"{uri}#id={record_id}" if record_id else place)
    document.url = url
    document.content_type = content_type
    document.fetched_at = _date(date) or document.fetched_at
    attributes = json.dumps({"warc_date": date}) if date else None
    document.given = Given(external_id=record_id or None, url=url, attributes=attributes)
    return document


def _content(stream: Any, limit: int) -> bytes:
    parts, size = [], 0
    while size <= limit and (part := stream.read(min(CHUNK_BYTES, limit + 1 - size))):
        parts.append(part)
        size += len(part)
    return b"".join(parts)


def _date(text: str | None) -> datetime | None:
    try:
        found = datetime.fromisoformat(text or "")
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
