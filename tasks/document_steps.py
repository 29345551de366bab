"""document_steps: what each step does to one document, in order.

Each function fills its own fields of the ``Document`` and returns ``None``, or the ``Reject``
with which the document stops. The batch steps (``tasks/batch.py``) and ``read_article`` call
the same functions, so what ``wencang explain`` shows is what was loaded.

Reads    content (and body, given, url of a record)
Adds     decode: received, charset, charset_source · extract: page · clean: repaired, labelled ·
         metadata: fields, lines, edits, paragraphs · script: script, text, text_hans
Rejects  decode: empty, binary, undecodable · clean: no_body · script: not_chinese
"""

import re
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from operator import itemgetter
from typing import cast
from urllib.parse import urljoin

from tasks.clean import UNRECOVERABLE, Repaired, repair_lines
from tasks.clean.spam import is_spam_line
from tasks.decode import decode
from tasks.document import Document
from tasks.extract import Labelled, looks_like_html, paragraphs, split_page
from tasks.extract.rules import stamp
from tasks.extract.site_lines import SiteLines
from tasks.heading import title_and_labels, title_block
from tasks.lines import Label, Line, Page
from tasks.metadata import find_fields, find_title, relabel
from tasks.reasons import Reason, Reject
from tasks.script import detect_region, detect_script, is_chinese, to_hans

SiteMemory = Callable[[str], SiteLines | None]
"""Gives what is known of a host's repeating lines; ``None`` when nothing is."""

_HOST = re.compile(r"https?://(?:[^/?#@]*@)?(\[[^\]]*\]|[^/?#:]+)", re.I)
_HTML_TYPE = re.compile(r"^\s*(text/html|application/xhtml\+xml)", re.I)
WRAPPED = "wrapped@1"
"""Stands beside the rule of a line that goes on in the next line of the body, as it was broken to fit a width."""
_TAG = re.compile(r"<[a-zA-Z/!?]")


def _reject(document: Document, step: str, reason: Reason, detail: str) -> Reject:
    return Reject(document.uri, step, reason, detail, document.article_id)


def _bytes_of(document: Document) -> bytes:
    return document.content if document.body is None else document.body


def decode_document(document: Document) -> Reject | None:
    """Bytes to text; stops what is empty or no text."""
    decoded = decode(_bytes_of(document), document.content_type)
    if decoded.reason is not None:
        return _reject(document, "decode", decoded.reason, decoded.detail)
    document.received = decoded.text
    document.charset = decoded.charset
    document.charset_source = decoded.source
    document.is_utf8 = decoded.is_utf8
    return None


def is_html(document: Document) -> bool:
    """Say whether to read the document as markup: by its declared type, else by its look.

    Servers, names of files and columns call plain text HTML too: where no tag begins, lines are lines.
    """
    if any(_HTML_TYPE.match(kind) for kind in (document.media_type, document.content_type) if kind):
        return _TAG.search(document.received) is not None
    return looks_like_html(document.received)


MOST_LINES = 200_000
"""Lines of one document; a book has some ten thousand, and each costs about a kilobyte while it is read."""

MOST_TAGS = 1_000_000
"""Tags of one document; the largest real pages have some ten thousand."""


def extract_document(document: Document) -> Reject | None:
    """Text to received lines, with what the markup says of each."""
    if len(document.received) > MOST_LINES:  # no shorter text has as many
        lines, tags = document.received.count("\n"), document.received.count("<")
        if lines > MOST_LINES or tags > MOST_TAGS:
            detail = f"{lines:,} lines and {tags:,} tags; at most {MOST_LINES:,} and {MOST_TAGS:,} are read as one page"
            return _reject(document, "extract", Reason.TOO_LARGE, detail)
    utf8 = _bytes_of(document) if document.is_utf8 else None
    document.page = split_page(document.received, is_html=is_html(document), utf8=utf8)
    document.received = ""  # the lines hold it now
    if not document.page.lines:
        return _reject(document, "extract", Reason.EMPTY, "no visible text")
    return None


def _page_of(document: Document) -> Page:
    if document.page is None:
        raise ValueError(f"{document.uri}: clean before extract")
    return document.page


def clean_document(document: Document, memory: SiteMemory | None = None) -> Reject | None:
    """Repair the lines, find the title, label every line."""
    page = _page_of(document)
    received = [line.text for line in page.lines]
    repaired = repair_lines(received, [line.number for line in page.lines])
    document.repaired = repaired
    document.is_damaged = repaired.facts.mirror.is_mirror
    url = document.url or document.uri
    if document.is_clean:
        document.title = find_title(page, repaired.texts)
        document.labelled = Labelled(labels=[("body", "given@1")] * len(received))
        return None
    host = host_of(url)
    site = memory(host) if memory is not None and host is not None else None
    texts = _without_spam(repaired)
    document.title, labelled = title_and_labels(_with_own_title(page), texts, site)
    for index, text in enumerate(texts) if "" in texts else ():
        if not text and received[index].strip() and labelled.labels[index][0] == "body":
            labelled.labels[index] = ("boilerplate", stamp("glyphs"))
    for index, rule in repaired.spam.items():
        labelled.labels[index] = ("spam", rule)
    document.labelled = labelled
    if "body" not in map(itemgetter(0), labelled.labels):
        lines = "its only line does not read" if len(received) == 1 else f"{len(received)} lines, none reads"
        return _reject(document, "clean", Reason.NO_BODY, f"{lines} as article text")
    return None


def _without_spam(repaired: Repaired) -> list[str]:
    """Return the repaired lines, empty where one is spam: no title and no part of an article."""
    texts = repaired.texts
    return [("" if i in repaired.spam else text) for i, text in enumerate(texts)] if repaired.spam else texts


def _with_own_title(page: Page) -> Page:
    """Return a page without its ``<title>`` where that is injected: such sites replace it first."""
    if page.title_tag and is_spam_line(page.title_tag, at_edge=True):
        return replace(page, title_tag=None)
    return page


def metadata_document(document: Document) -> Reject | None:
    """Find the fields; settle labels, edits and paragraphs."""
    page, repaired, labelled, title = _page_of(document), document.repaired, document.labelled, document.title
    if repaired is None or labelled is None or title is None:
        raise ValueError(f"{document.uri}: metadata before clean")
    labels = list(map(itemgetter(0), labelled.labels))
    url = document.url or document.uri
    document.fields = find_fields(page, repaired.texts, labels, title, document.given, url)
    document.fields.canonical_url = canonical_of(page, url)
    if not document.is_clean:
        block = title_block(title)
        for index, label in relabel(page, repaired.texts, labels, title, document.fields).items():
            if labels[index] != "spam" and (label[0] != "subtitle" or index in block):
                labelled.labels[index] = label
    for index, change, rule in labelled.cuts:
        if labelled.labels[index][0] == "body":
            repaired.page_edits.apply(index, [change], rule)
    document.paragraphs = paragraphs(repaired.texts, labelled)
    settle_lines(document)
    # nothing below reads the working state, and the next step need not carry it
    document.page = document.repaired = document.labelled = document.title = None
    if not document.paragraphs:
        return _reject(document, "metadata", Reason.NO_BODY, "the only text was a byline or a title")
    return None


_new_line = cast("Callable[[tuple[int, str, Label, str]], Line]", partial(tuple.__new__, Line))
"""``Line(*fields)``, without the call of Python code that this would be for each line of a page."""


def settle_lines(document: Document) -> None:
    """Write down the lines with their labels and the edits, as far as they were read.

    The rule of a line with text that nothing can bring back says so, and that of a line whose end was taken out.
    """
    if document.page is None or document.repaired is None or document.labelled is None:
        return
    edits, labels = document.repaired.page_edits, document.labelled.labels
    document.edits = edits.edits()
    columns = (edits.numbers, edits.received, *zip(*labels, strict=True))
    document.lines = list(map(_new_line, zip(*columns, strict=True)))
    lost = set(document.repaired.facts.unrecoverable)
    if lost:
        document.lines = [
            line._replace(rule=f"{line.rule}+{UNRECOVERABLE}") if line.number in lost else line
            for line in document.lines
        ]
    for index in document.labelled.joins:
        line = document.lines[index]
        if line.label == "body":
            document.lines[index] = line._replace(rule=f"{line.rule}+{WRAPPED}")


def script_document(document: Document) -> Reject | None:
    """Detect the script, then convert; stops other languages."""
    document.text = "\n".join(document.paragraphs)
    if not is_chinese(document.text):
        return _reject(document, "script", Reason.NOT_CHINESE, f"body begins: {document.text[:60]!r}")
    document.script = detect_script(document.text)
    document.script_region = detect_region(document.text) if document.script in ("hant", "mixed") else None
    document.text_hans = to_hans(document.text, document.script_region)
    return None


def canonical_of(page: Page, url: str) -> str | None:
    """Return the address that a page calls its own; ``None`` when that is no web address.

    >>> canonical_of(Page([], canonical_url="/b"), "http://a.cn/b?from=feed")
    'http://a.cn/b'
    """
    try:
        found = urljoin(url, (page.canonical_url or "").strip()) if page.canonical_url else None
    except ValueError:
        return None
    return found if found and host_of(found) else None


def host_of(url: str | None) -> str | None:
    """Return the host of an ``http(s)`` address in lower case, else ``None``.

    >>> host_of("http://News.Example.cn:8080/a.html"), host_of("file:///a.txt")
    ('news.example.cn', None)
    """
    match = _HOST.match(url or "")
    return match[1].lower() if match else None
