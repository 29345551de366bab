"""One record of a web archive -> its document.

Reads    a record as warcio parsed it, or the bytes of a whole record
Adds     Document: url and fetched_at of the capture, content_type as the site sent it; the record's id
         as external_id, its date among the attributes
Rejects  not_found, http_error: the site answered with no page; unsupported: pictures, scripts, programs
         empty, too_large, binary; corrupt: a record that cannot be parsed
Source   ISO 28500 (WARC 1.1); the headers are parsed by warcio
"""

import io
import json
import logging
import re
from datetime import UTC, datetime
from functools import cache
from typing import Any

from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecordLoader
from warcio.statusandheaders import StatusAndHeadersParserException

from tasks.document import Document, Given
from tasks.fetch.options import FetchOptions
from tasks.fetch.pages import page_document
from tasks.fetch.sniff import HEAD_BYTES, NO_PAGE, binary_kind
from tasks.fetch.streams import CHUNK_BYTES
from tasks.reasons import Reason, Reject

PAGE_RECORDS = frozenset(("response", "resource", "conversion"))
RECORD_ERRORS = (ArchiveLoadFailed, StatusAndHeadersParserException, EOFError, ValueError, AttributeError)
"""What warcio raises at records that are none."""
HEADER_BYTES = 1 << 14
_HEADER = re.compile(rb"WARC/\d\.\d+\r?\n(?:[^\r\n]+\r?\n)+\r?\n")
_HTTP_HEADER = re.compile(rb"HTTP/\d\.\d [^\r\n]*\r?\n(?:[^\r\n \t][^\r\n]*\r?\n)*\r?\n")
_FOLDED = re.compile(rb"\n[ \t]")
_PACKED = re.compile(rb"\n(?:content|transfer)-encoding[ \t]*:", re.I)
_LENGTH = re.compile(rb"\ncontent-length:[ \t]*(\d{1,18})[ \t]*\r?\n", re.I)
_TYPE = re.compile(rb"\nwarc-type:[ \t]*([a-z]+)", re.I)

logging.getLogger("warcio.recordloader").setLevel(logging.ERROR)  # it warns of every odd address
LOADER = ArcWarcRecordLoader(verify_http=False, arc2warc=True)


def record_shape(head: bytes) -> tuple[str, int] | None:
    """Return type and length in bytes of the record that begins here, ``None`` when its header is unusual."""
    header = _HEADER.match(head)
    if header is None:
        return None
    length = _LENGTH.search(head, 0, header.end())
    kind = _TYPE.search(head, 0, header.end())
    if length is None or kind is None:
        return None
    return kind.group(1).decode("ascii").lower(), header.end() + int(length.group(1))


def document_of_record(
    content: bytes, shape: tuple[str, int], uri: str, place: str, options: FetchOptions
) -> Document | Reject | None:
    """Return the document of a record whose bytes are all here; ``None`` for records that hold no page."""
    kind, size = shape
    if kind not in PAGE_RECORDS:
        return None
    try:
        record = plain_record(content, kind, size) or LOADER.parse_record_stream(io.BytesIO(content))
        return page_of_record(record, uri, place, options)
    except RECORD_ERRORS as error:
        return bad_record(place, error)


@cache
def _header_line(name: str) -> re.Pattern[bytes]:
    return re.compile(rb"\n" + re.escape(name.encode("ascii")) + rb"[ \t]*:[ \t]*([^\r\n]*)", re.I)


class _Headers:
    """Header lines without folding, as nearly all are; looked up one by one, because few are wanted."""

    def __init__(self, lines: bytes) -> None:
        self._lines = lines

    def get_header(self, name: str) -> str | None:
        found = _header_line(name).search(self._lines)
        return found.group(1).rstrip().decode("utf-8", "replace") if found else None

    def get_statuscode(self) -> str:
        parts = self._lines[:64].split(None, 2)
        return parts[1].decode("ascii", "replace") if len(parts) > 1 else ""


class _PlainRecord:
    """A record that needs no unpacking, with the names that warcio's records have."""

    def __init__(self, kind: str, headers: _Headers, http_headers: _Headers | None, payload: bytes) -> None:
        self.rec_type = kind
        self.rec_headers = headers
        self.http_headers = http_headers
        self._payload = payload

    def content_stream(self) -> io.BytesIO:
        return io.BytesIO(self._payload)


def plain_record(content: bytes, kind: str, size: int) -> _PlainRecord | None:
    """Parse a whole record whose headers are plain and whose page is not packed; ``None`` for all others."""
    header = _HEADER.match(content)
    if header is None or _FOLDED.search(content, 0, header.end()):
        return None
    headers = _Headers(header.group())
    url = headers.get_header("WARC-Target-URI") or ""
    if kind != "response":
        return _PlainRecord(kind, headers, None, content[header.end() : size])
    http = _HTTP_HEADER.match(content, header.end(), size)
    if (
        http is None
        or not url.startswith(("http:", "https:"))
        or _PACKED.search(content, http.start(), http.end())
    ):
        return None
    http_headers = _Headers(http.group())
    return _PlainRecord(kind, headers, http_headers, content[http.end() : size])


def bad_record(place: str, error: Exception) -> Reject:
    """Return the reject of a record that warcio cannot parse."""
    said = "no header of a record" if isinstance(error, AttributeError) else f"record: {str(error)[:80]!r}"
    return Reject(place, "fetch", Reason.CORRUPT, said)


def page_of_record(record: Any, uri: str, place: str, options: FetchOptions) -> Document | Reject:
    """Return the document of a page record, or why it is none."""
    headers = record.rec_headers
    url = (headers.get_header("WARC-Target-URI") or "").strip("<>").replace(" ", "%20") or None
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
    if content_type and NO_PAGE.match(content_type):
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
