"""What the key index answers."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class InputState:
    """An input file as it was when read last."""

    size_bytes: int
    mtime_ns: int
    content_sha256: str | None
    documents: int
    seen_at: datetime


@dataclass(frozen=True, slots=True)
class HttpState:
    """The last answer for an address. failures: runs in a row without a page; read_at: when content came last."""

    etag: str | None
    last_modified: str | None
    status: int
    content_sha256: str | None
    fetched_at: datetime
    failures: int = 0
    read_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class RobotsState:
    """The last answer for a robots.txt. expires_at: when it has to be asked for again."""

    status: int
    text: str | None
    etag: str | None
    last_modified: str | None
    fetched_at: datetime
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class ArticleState:
    """What the index knows of an article.

    revision: newest cleaning, 0 when only the raw document is stored; decision: newest about its cluster;
    event_no, reason: newest row of ``retired``, 0 and ``None`` without one.
    """

    article_id: str
    has_document: bool = False
    revision: int = 0
    decision: int = 0
    cluster_id: str | None = None
    is_canonical: bool = False
    event_no: int = 0
    reason: str | None = None

    @property
    def is_gone(self) -> bool:
        """Superseded, rejected by newer rules, or forgotten."""
        return self.reason in ("superseded", "rejected", "forgotten")
