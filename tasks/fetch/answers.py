"""An answer -> what it means: a page, a stream of rows or records, a list of links, or a reason.

Reads    Answer
Adds     Page, with its content in memory, or Download, to be read as a stream
Rejects  not_found (404, 410), http_error, and what reading the body rejects
"""

import hashlib
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from tasks.document import Document, content_sha256
from tasks.fetch.body import body_stream
from tasks.fetch.client import Answer
from tasks.fetch.content import read_stream
from tasks.fetch.decompress import decompress
from tasks.fetch.links import is_xml_listing
from tasks.fetch.options import Event, FetchOptions, HttpState, InputDone
from tasks.fetch.sniff import HEAD_BYTES, MEDIA, row_form, warc_form, wrapping_of
from tasks.fetch.streams import ByteStream
from tasks.reasons import Reason
from tasks.sources import Source

PASSING_STATUS = frozenset((408, 425, 429, 500, 502, 503, 504))
"""Statuses after which the same request may succeed (RFC 9110, 15.5 and 15.6; 425: RFC 8470; 429: RFC 6585)."""
REDIRECTS = frozenset((301, 302, 303, 307, 308))
MAX_VALIDATOR_CHARS = 1000
"""A longer ETag is not sent back: servers refuse requests with long headers."""
_DOWNLOAD = re.compile(
    r"\.(?:warc|wet|arc|jsonl|ndjson|json|parquet|csv|tsv|tar|tgz|zip)(?:\.(?:gz|zst|bz2|xz))?$", re.I
)


@dataclass(slots=True)
class Page:
    """One page in memory. content: unpacked."""

    url: str
    content: bytes
    content_type: str | None
    digest: str


def is_download(path: str) -> bool:
    """Say whether a URL's path names an archive or a dump, which may be large."""
    return bool(_DOWNLOAD.search(path))


def problem_of(status: int, content_type: str = "") -> tuple[Reason, str] | None:
    """Return why an answer is no page, ``None`` when it may be one."""
    if status == 200:
        return (Reason.UNSUPPORTED, content_type[:80]) if MEDIA.match(content_type) else None
    return (Reason.NOT_FOUND if status in (404, 410) else Reason.HTTP_ERROR), f"HTTP {status}"


def read_page(answer: Answer, options: FetchOptions, limit: int) -> Page | None:
    """Return the page of an answer, ``None`` when it has to be read as a stream. Raises ``BrokenStream``."""
    stream = body_stream(answer, options.max_expansion)
    head = stream.peek(HEAD_BYTES)
    form = wrapping_of(head)
    name = answer.url.partition("?")[0]
    is_feed = b"https://jsonfeed.org/version" in head[:2048]
    if form in ("gz", "bz2", "xz", "zst") and is_xml_listing(_unwrapped(answer, form, options).peek(4096)):
        stream = _unwrapped(answer, form, options)
    elif not is_feed and (form or row_form(head, name) or warc_form(head, form) or is_download(name)):
        return None
    content = stream.read_all(limit)
    return Page(answer.url, content, answer.headers.get("content-type"), content_sha256(content))


def _unwrapped(answer: Answer, form: str, options: FetchOptions) -> ByteStream:
    """The content of a page that is compressed itself, as ``sitemap.xml.gz`` is."""
    return ByteStream(decompress(body_stream(answer, options.max_expansion), form, options.max_expansion))


def state_of(uri: str, answer: Answer, digest: str | None, at: datetime) -> HttpState:
    """Return what to remember of an answer."""
    etag, modified = (validator(answer.headers.get(name)) for name in ("etag", "last-modified"))
    return HttpState(uri, etag, modified, answer.status, digest, at, read_at=at if digest else None)


def validator(value: str | None) -> str | None:
    """Return what can be sent back as it came; a validator of another kind proves nothing."""
    return value if value and value.isascii() and len(value) <= MAX_VALIDATOR_CHARS else None


@dataclass(frozen=True, slots=True)
class Arrival:
    """Where an answer came from. uri: as asked for; url: after redirects; seen_at: when it was asked for."""

    uri: str
    url: str
    content_type: str | None
    source: Source
    state: HttpState
    seen_at: datetime


def page_events(arrival: Arrival, page: Page, options: FetchOptions) -> Iterator[Event]:
    """Yield the documents of a page, what to remember of it, and its end."""
    yield from _events(arrival, ByteStream([page.content]), page.digest, len(page.content), options)


def download_events(arrival: Arrival, answer: Answer, options: FetchOptions) -> Iterator[Event]:
    """Yield the documents of an archive or dump over HTTP, record by record."""
    with answer.body as body:
        digest = hashlib.sha256()
        while chunk := body.read(1 << 20):
            digest.update(chunk)
        stream = body_stream(answer, options.max_expansion)
        arrival = replace(
            arrival, state=arrival.state._replace(content_sha256=digest.hexdigest(), read_at=arrival.seen_at)
        )
        yield from _events(arrival, stream, digest.hexdigest(), answer.size_bytes, options)


def _events(
    arrival: Arrival, stream: ByteStream, digest: str, size: int, options: FetchOptions
) -> Iterator[Event]:
    documents = rejects = 0
    name = arrival.url.partition("?")[0]
    for each in read_stream(stream, arrival.uri, name, arrival.source, options):
        if isinstance(each, Document):
            documents += 1
            if each.uri == arrival.uri:
                each.content_type, each.url = arrival.content_type, arrival.url
                each.fetched_at = arrival.seen_at
        else:
            rejects += 1
        yield each
    if options.remembers:
        yield arrival.state
    yield InputDone(arrival.uri, size, None, digest, arrival.seen_at, documents, rejects)
