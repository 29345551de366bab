"""read_article: one document in, one article out; the Python entry point.

    from tasks.article import read_article
    article = read_article(content, url=None, content_type=None)

The batch steps of the flow call the same functions in the same order.
"""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from tasks.clean.punctuation_width import restore_width
from tasks.document import Document, article_id_of, content_sha256
from tasks.document_steps import (
    clean_document,
    decode_document,
    extract_document,
    metadata_document,
    script_document,
    settle_lines,
)
from tasks.edit import Edit
from tasks.garbage import collect_all, collection_paused
from tasks.lines import Line
from tasks.reasons import Reason
from tasks.tables import load_tables

load_tables()  # here, so that no document waits for it
collect_all()  # nor for a full collection after this import

READ_STEPS = (decode_document, extract_document, clean_document, metadata_document, script_document)
"""From bytes to article, in order."""


@dataclass(slots=True)
class Article:
    """What one document says; ``None`` or empty where it does not say it.

    published_at: with zone (Asia/Shanghai unless the page prints another).
    date_printed: the day as far as it is printed, such as ``08-22`` where no year stands; then there is no moment.
    script: "hans", "hant", "mixed" or "unknown".
    text: repaired body in its own script, one paragraph per line; text_hans: the same simplified.
    lines, edits: every received line with label and rule; every changed span with its rule.
    reject: the reason why this is no article; then the rest may be empty, and lines say why no body was found.
    """

    title: str | None = None
    subtitle: str | None = None
    published_at: datetime | None = None
    source_name: str | None = None
    site: str | None = None
    authors: list[str] = field(default_factory=list)
    photographers: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)
    breadcrumb: list[str] = field(default_factory=list)
    script: str = "unknown"
    text: str = ""
    text_hans: str = ""
    lines: list[Line] = field(default_factory=list)
    edits: list[Edit] = field(default_factory=list)
    reject: str | None = None
    reject_detail: str | None = None
    article_id: str = ""
    charset: str | None = None
    date_precision: str | None = None
    evidence: dict[str, int] = field(default_factory=dict)
    date_printed: str | None = None

    @property
    def reading(self) -> str:
        """``text`` for readers: full-width marks (，：！) where Chinese is written."""
        return restore_width(self.text)


def read_document(document: Document) -> Article:
    """Run the reading steps over one document; never raises on bad content."""
    reject, detail = _read(document)
    found = document.fields
    return Article(
        title=found.title,
        subtitle=found.subtitle,
        published_at=found.published_at,
        source_name=found.source_name,
        site=found.site,
        authors=found.authors,
        photographers=found.photographers,
        editors=found.editors,
        breadcrumb=found.breadcrumb,
        script=document.script,
        text=document.text,
        text_hans=document.text_hans,
        lines=document.lines,
        edits=document.edits,
        reject=reject,
        reject_detail=detail,
        article_id=document.article_id,
        charset=document.charset,
        date_precision=found.date_precision,
        evidence=found.evidence,
        date_printed=found.date_printed,
    )


def _read(document: Document) -> tuple[str | None, str | None]:
    """Run the steps until one stops the document; return why it was stopped, and what was wrong."""
    for step in READ_STEPS:
        try:
            stopped = step(document)
        except Exception as error:  # noqa: BLE001 - a defect of ours must stop one document, not the rest
            return str(Reason.INTERNAL_ERROR), f"{step.__name__}: {type(error).__name__}: {error}"
        if stopped is not None:
            settle_lines(document)
            return str(stopped.reason), stopped.detail
    return None, None


def read_article(content: bytes, url: str | None = None, content_type: str | None = None) -> Article:
    """Return the article in ``content``: a whole page as HTML or as plain text.

    content: bytes as received, any Chinese charset. url: where it came from, if known (helps with
    the site and the date). content_type: the HTTP header of that name, if there was one.
    Never raises on bad content: ``reject`` names the reason. Text instead of bytes is a ``TypeError``.

    >>> read_article(b"").reject
    'empty'
    """
    if isinstance(content, str):
        raise TypeError("read_article takes bytes as they came, such as open(path, 'rb').read(), not str")
    with collection_paused():  # also while the document is freed: what is left of it is the article
        return read_document(_document_of(content, url, content_type))


def _document_of(content: bytes, url: str | None, content_type: str | None) -> Document:
    sha256 = content_sha256(content)
    return Document(
        uri=url or "memory:",
        content=content,
        content_sha256=sha256,
        article_id=article_id_of(sha256),
        fetched_at=datetime.now(UTC),
        media_type=content_type,
        content_type=content_type,
        url=url,
    )
