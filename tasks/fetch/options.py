"""What fetch is told and what it reports: limits, and the end of an input."""

from dataclasses import dataclass
from datetime import datetime

USER_AGENT = "wencang/0.1 (corpus reader; obeys robots.txt)"
"""Name under which pages are asked for."""


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """Limits of one run.

    max_document_bytes: largest document or row, after decompression.
    max_response_bytes: largest body of one HTTP page, after decompression.
    max_expansion: largest ratio of decompressed to compressed bytes, once over ``EXPANSION_FREE_BYTES``.
    max_depth: how many wrappings (gz in zip in gz …) are opened.
    connect_timeout_s, read_timeout_s: of one connection, of one wait for bytes.
    total_timeout_s: of one HTTP request with its redirects and its body.
    max_redirects: followed for one request; attempts: tries of one URL, the first included.
    allow_private: addresses of private, loopback and link-local networks may be connected to.
    """

    max_document_bytes: int = 20_000_000
    max_response_bytes: int = 20_000_000
    max_expansion: int = 250
    max_depth: int = 3
    user_agent: str = USER_AGENT
    connect_timeout_s: float = 10.0
    read_timeout_s: float = 30.0
    total_timeout_s: float = 120.0
    max_redirects: int = 10
    attempts: int = 3
    allow_private: bool = False


@dataclass(frozen=True, slots=True)
class InputDone:
    """An input read to its end: nothing more comes of it until it changes.

    digest: SHA-256 of the bytes of the input (a file as stored, a page as received).
    seen_at: when reading began. documents, rejects: how many it gave.
    """

    uri: str
    size_bytes: int | None
    mtime_ns: int | None
    digest: str
    seen_at: datetime
    documents: int
    rejects: int
