"""What fetch is told and what it reports: limits, and the end of an input."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import NamedTuple

from tasks.discover import InputUnchanged
from tasks.document import Document
from tasks.reasons import Reject

USER_AGENT = "wencang/0.1 (corpus reader; obeys robots.txt)"
"""Name under which pages are asked for."""


class HttpState(NamedTuple):
    """What is known of a URL that was asked for: a row of the warehouse's ``http_state``.

    status: of the last answer, 304 when it had not changed, 0 for none. content_sha256: of the body, without
    its packing. fetched_at: when it was asked, with zone. failures: runs in a row that got no page.
    read_at: when its content came last, ``None`` when it never did or nobody recorded it.
    """

    uri: str
    etag: str | None
    last_modified: str | None
    status: int
    content_sha256: str | None
    fetched_at: datetime
    failures: int = 0
    read_at: datetime | None = None


class RobotsState(NamedTuple):
    """What a site answered for its robots.txt: a row of the warehouse's ``robots``.

    uri: address of the file; text: as received, ``None`` when there is none (``status`` says why).
    fetched_at, expires_at: when it was asked for, and until when it need not be asked for again, with zone.
    """

    uri: str
    status: int
    text: str | None
    etag: str | None
    last_modified: str | None
    fetched_at: datetime
    expires_at: datetime


class Pause(NamedTuple):
    """A host asked to be left alone, did not answer, or answers again: a row of the warehouse's ``pauses``.

    uri: address that was asked for; status: of the answer, 0 for none; noted_at, until: with zone, the same
    when it may be asked at once.
    """

    host: str
    uri: str
    status: int
    noted_at: datetime
    until: datetime


@dataclass(slots=True)
class Traffic:
    """What a run took in.

    received_bytes: bodies as sent; not_modified: answers 304; files_bytes, position_bytes: of the files read to
    their end, and of the one that is being read, as stored.
    listings: feeds, sitemaps and lists read; links: what they name; links_left_out: those that include and exclude
    leave out.
    left_alone: hosts that asked for it, with the time until which they are not asked (with zone); silent: hosts
    that are left alone as they did not answer earlier runs; pages_left_alone: those of both that were due in this run.
    """

    requests: int = 0
    received_bytes: int = 0
    not_modified: int = 0
    files_bytes: int = 0
    position_bytes: int = 0
    listings: int = 0
    links: int = 0
    links_left_out: int = 0
    left_alone: dict[str, datetime] = field(default_factory=dict)
    silent: dict[str, datetime] = field(default_factory=dict)
    pages_left_alone: int = 0

    @property
    def read_bytes(self) -> int:
        """Bytes of files read so far."""
        return self.files_bytes + self.position_bytes

    def reached(self, position: int) -> None:
        """Note how far the file that is being read has been read."""
        self.position_bytes = max(self.position_bytes, position)

    def end_file(self, size: int) -> None:
        """Note that a file is done with."""
        self.files_bytes += size
        self.position_bytes = 0


def _utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class FetchOptions:
    """Limits of one run.

    max_document_bytes: largest document or row, after decompression.
    max_response_bytes: largest body of one HTTP page, before and after decompression; max_listing_bytes:
    the same of a page that may be a feed, sitemap or list. user_agent: name that is sent and that rules of
    robots.txt are looked up for.
    max_download_bytes: largest archive or dump over HTTP, as sent.
    max_expansion: largest ratio of decompressed to compressed bytes (see ``decompress``).
    max_depth: how many wrappings (gz in zip in gz …) are opened.
    connect_timeout_s, read_timeout_s: of one connection, of one wait for bytes.
    total_timeout_s: of one page with its body; a download may take longer while it is not slower
    than min_bytes_per_s. max_redirects: followed for one request.
    attempts: tries of one URL in a run, the first included; backoff_s: wait before the second,
    doubled for each further one, with jitter. max_retry_after_s: longest wait for a host that
    asks for it; one that asks for more is left alone until then, by the next runs too.
    delay_s, host_connections: between requests to one host, at one time; a source may set its own.
    max_crawl_delay_s: longest Crawl-delay of robots.txt that is honoured.
    connections: requests at one time, all hosts. host_failures: URLs in a row without answer after
    which a host is left alone for the rest of the run (see ``silence``).
    allow_private: addresses of private, loopback and link-local networks may be connected to.
    http_state: what earlier runs recorded of a URL; with it, fetch yields ``HttpState`` rows to record.
    http_states: the same for many URLs at once, used instead when given. Both are called from the
    crawl's threads. robots: what earlier runs recorded of a robots.txt; with it, fetch yields
    ``RobotsState`` rows to record. pauses: hosts that asked earlier runs to be left alone, and until when;
    silences: hosts that did not answer earlier runs, since when and until when they are left alone.
    ask_now: a person asks: those hosts are asked all the same, and each robots.txt anew.
    downloads: folder in which downloads are set down, so that one that broke off goes on
    in the next run; without it only in this one. traffic: counts the requests of the run.
    now: the clock, with zone; a test sets its own.
    """

    max_document_bytes: int = 20_000_000
    max_response_bytes: int = 20_000_000
    max_listing_bytes: int = 60_000_000
    max_download_bytes: int = 100_000_000_000
    max_expansion: int = 250
    max_depth: int = 3
    user_agent: str = USER_AGENT
    connect_timeout_s: float = 10.0
    read_timeout_s: float = 30.0
    total_timeout_s: float = 120.0
    min_bytes_per_s: int = 10_000
    max_redirects: int = 10
    attempts: int = 3
    backoff_s: float = 2.0
    max_retry_after_s: float = 120.0
    delay_s: float = 1.0
    host_connections: int = 2
    max_crawl_delay_s: float = 60.0
    connections: int = 32
    host_failures: int = 5
    allow_private: bool = False
    http_state: Callable[[str], HttpState | None] | None = None
    http_states: Callable[[Sequence[str]], Mapping[str, HttpState]] | None = None
    robots: Callable[[str], RobotsState | None] | None = None
    pauses: Mapping[str, datetime] = field(default_factory=dict)
    silences: Mapping[str, tuple[datetime, datetime]] = field(default_factory=dict)
    ask_now: bool = False
    downloads: Path | None = None
    traffic: Traffic = field(default_factory=Traffic)
    now: Callable[[], datetime] = _utc_now

    @property
    def remembers(self) -> bool:
        """Whether ``HttpState`` rows are wanted."""
        return self.http_state is not None or self.http_states is not None


@dataclass(frozen=True, slots=True)
class InputDone:
    """An input read to its end: nothing more comes of it until it changes.

    digest: SHA-256 of the bytes of the input (a file as stored, a page as received); of a file followed by
    ``Source.reading``.
    seen_at: when reading began. documents, rejects: how many it gave.
    """

    uri: str
    size_bytes: int | None
    mtime_ns: int | None
    digest: str
    seen_at: datetime
    documents: int
    rejects: int


Event = Document | Reject | InputDone | InputUnchanged | HttpState | RobotsState | Pause
"""What fetch yields. ``HttpState`` only when ``FetchOptions.remembers``, ``RobotsState`` only with its ``robots``."""
