"""One ``http(s)`` page -> its document.

Reads    Input of kind "http"
Adds     Document with content_type as sent and url after redirects; InputDone
Rejects  not_found (404, 410), http_error (other statuses), network (no answer), too_large, loop (redirects)
         and all that ``content`` rejects
"""

import time
from collections.abc import Iterator
from datetime import UTC, datetime

import httpx

from tasks.discover import Input, InputUnchanged
from tasks.document import Document, content_sha256
from tasks.fetch.content import read_stream
from tasks.fetch.options import FetchOptions, InputDone
from tasks.fetch.streams import BrokenStream, ByteStream
from tasks.reasons import Reason, Reject


def read_page(
    found: Input, options: FetchOptions
) -> Iterator[Document | Reject | InputDone | InputUnchanged]:
    """Yield the documents of one URL, then ``InputDone`` when there was an answer to keep."""
    seen_at = datetime.now(UTC)
    try:
        final_url, content_type, content = _get(found.location, options)
    except BrokenStream as broken:
        yield Reject(found.uri, "fetch", broken.reason, broken.detail)
        return
    except (httpx.HTTPError, httpx.InvalidURL, OSError) as error:
        yield Reject(found.uri, "fetch", Reason.NETWORK, f"{type(error).__name__}: {error}")
        return
    digest = content_sha256(content)
    if found.known and found.known.digest == digest:
        yield InputUnchanged(found.uri, found.known._replace(seen_at=seen_at))
        return
    documents = rejects = 0
    name = httpx.URL(final_url).path
    for each in read_stream(ByteStream([content]), found.uri, name, found.source, options):
        if isinstance(each, Document):
            documents += 1
            if each.body is None:
                each.content_type = content_type
                each.url = final_url
        else:
            rejects += 1
        yield each
    yield InputDone(found.uri, len(content), None, digest, seen_at, documents, rejects)


def _get(url: str, options: FetchOptions) -> tuple[str, str | None, bytes]:
    timeout = httpx.Timeout(options.read_timeout_s, connect=options.connect_timeout_s)
    headers = {"User-Agent": options.user_agent, "Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
    with httpx.Client(
        timeout=timeout, headers=headers, follow_redirects=True, max_redirects=options.max_redirects
    ) as client:
        try:
            with client.stream("GET", url) as response:
                _check_status(response)
                return str(response.url), response.headers.get("content-type"), _body(response, options)
        except httpx.TooManyRedirects:
            raise BrokenStream(Reason.LOOP, f"more than {options.max_redirects} redirects") from None


def _check_status(response: httpx.Response) -> None:
    if response.status_code in (404, 410):
        raise BrokenStream(Reason.NOT_FOUND, f"HTTP {response.status_code}")
    if response.status_code != 200:
        raise BrokenStream(Reason.HTTP_ERROR, f"HTTP {response.status_code} {response.reason_phrase}")


def _body(response: httpx.Response, options: FetchOptions) -> bytes:
    deadline = time.monotonic() + options.total_timeout_s
    parts: list[bytes] = []
    size = 0
    for chunk in response.iter_bytes(1 << 16):
        size += len(chunk)
        if size > options.max_response_bytes:
            raise BrokenStream(Reason.TOO_LARGE, f"over the limit of {options.max_response_bytes:,} bytes")
        if time.monotonic() > deadline:
            raise BrokenStream(Reason.NETWORK, f"not done after {options.total_timeout_s:g} s")
        parts.append(chunk)
    return b"".join(parts)
