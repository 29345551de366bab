"""Document: one received page or record on its way through the steps.

Each step fills its own fields and leaves the rest alone; a step never empties a field.
Plain data, so that a batch can be written to a file and go on in another process.
"""

import hashlib
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING

from tasks.edit import Edit
from tasks.lines import Line, Page

if TYPE_CHECKING:
    from tasks.clean import Repaired
    from tasks.extract import Labelled
    from tasks.metadata import Title


def content_sha256(content: bytes) -> str:
    """Return the SHA-256 of the received bytes, 64 hexadecimal digits."""
    return hashlib.sha256(content).hexdigest()


def article_id_of(sha256: str) -> str:
    """Return the id that content has wherever and whenever it is found: 32 hexadecimal digits."""
    return sha256[:32]


@dataclass(slots=True)
class Given:
    """What the source says of a record; wins over what is found in the text.

    date: as given, in any form; attributes: the row's other columns as one JSON object.
    """

    external_id: str | None = None
    url: str | None = None
    title: str | None = None
    date: str | None = None
    source_name: str | None = None
    authors: tuple[str, ...] = ()
    attributes: str | None = None


@dataclass(slots=True)
class Fields:
    """Metadata found in a page; ``None`` or empty when the page does not print it.

    published_at: with zone; its precision is in ``date_precision`` ("minute", "second", "day", "month").
    evidence: field name -> number of the line it came from (0: markup or the record itself).
    date_printed: the day as far as it is printed: ``2018-08-22``, ``2018-08``, or ``08-22`` when no
    year stands anywhere; then ``published_at`` is ``None``.
    canonical_url: the address that the page calls its own (``rel=canonical``), whole.
    """

    title: str | None = None
    subtitle: str | None = None
    source_name: str | None = None
    site: str | None = None
    published_at: datetime | None = None
    date_precision: str | None = None
    authors: list[str] = field(default_factory=list)
    photographers: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    breadcrumb: list[str] = field(default_factory=list)
    evidence: dict[str, int] = field(default_factory=dict)
    date_printed: str | None = None
    canonical_url: str | None = None


@dataclass(slots=True)
class Document:
    """One document. Groups of fields in the order of the steps that fill them.

    uri: where it was found (``file://…``, ``http(s)://…``; ``#…`` names a record in it).
    content: bytes as received; for a row of JSONL the bytes of that row.
    body: the bytes to be read as a page, when they are not ``content`` itself (the text of a row).
    is_clean: the source says its text is clean: every line is body.
    is_utf8: what was decoded is ``received`` in UTF-8, byte for byte.
    """

    # fetch
    uri: str
    content: bytes
    content_sha256: str
    article_id: str
    fetched_at: datetime
    media_type: str | None = None
    content_type: str | None = None
    url: str | None = None
    given: Given | None = None
    body: bytes | None = None
    is_clean: bool = False
    # decode
    received: str = ""
    charset: str | None = None
    charset_source: str | None = None
    is_utf8: bool = False
    # extract
    page: Page | None = None
    # clean: working state, dropped after the script step
    repaired: "Repaired | None" = None
    title: "Title | None" = None
    labelled: "Labelled | None" = None
    is_damaged: bool = False
    # metadata
    lines: list[Line] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    paragraphs: list[str] = field(default_factory=list)
    fields: Fields = field(default_factory=Fields)
    # script
    script: str = "unknown"
    script_region: str | None = None
    text: str = ""
    text_hans: str = ""
