"""stored: documents and articles of the warehouse, as the reading steps and ``explain`` want them."""

import json
from datetime import datetime
from typing import Any

import duckdb

from tasks.article import Article
from tasks.china_time import CHINA
from tasks.difference import Cleaning, Span
from tasks.document import Document, Given
from tasks.edit import Edit
from tasks.fetch.rows import ROW_MEDIA_TYPE, row_document
from tasks.lines import Line
from tasks.sources import Source
from warehouse.catalog import Warehouse

DOCUMENT = "article_id, content_sha256, uri, url, fetched_at, media_type, content_type, is_clean, content"
ARTICLE = """
select title, subtitle, published_at, source_name, site, authors, photographers, editors, breadcrumb, script, text,
       coalesce(text_hans, text), date_precision, evidence, revision, uri
from core.articles where article_id = ? order by revision desc limit 1
"""


def stored_article(warehouse: Warehouse, article_id: str) -> tuple[str, Article] | None:
    """Return (uri, article) as the tables hold it: its newest cleaning, superseded or not."""
    with warehouse.connect() as con:
        row = con.execute(ARTICLE, [article_id]).fetchone()
        if row is None:
            return None
        revision, uri = row[14], row[15]
        lines = con.execute(
            "select line_no, text, label, rule from core.lines where article_id = ? and revision = ? order by 1",
            [article_id, revision],
        ).fetchall()
        edits = con.execute(
            'select line_no, start_char, end_char, "before", "after", rule from core.edits '
            "where article_id = ? and revision = ? order by 1, 2",
            [article_id, revision],
        ).fetchall()
        charset = con.execute(
            "select charset from core.documents where article_id = ?", [article_id]
        ).fetchone()
    names = ("title", "subtitle", "published_at", "source_name", "site", "authors", "photographers", "editors",
             "breadcrumb", "script", "text", "text_hans", "date_precision")  # fmt: skip
    article = Article(**dict(zip(names, row, strict=False)))
    if article.published_at is not None:
        article.published_at = article.published_at.astimezone(CHINA)
    article.evidence = json.loads(row[13]) if row[13] else {}
    article.lines = [Line(*each) for each in lines]
    article.edits = [Edit(*each) for each in edits]
    article.article_id = article_id
    article.charset = charset[0] if charset else None
    return uri, article


def document_of(row: dict[str, Any]) -> Document:
    """Return the document of a row of ``core.documents``, ready to be read again."""
    return _document(**{name: row[name] for name in DOCUMENT.split(", ")})


COMPARED = ("title", "subtitle", "source_name", "site", "published_at", "authors", "photographers", "editors",
            "breadcrumb", "script", "text")  # fmt: skip
"""Columns of ``core.articles`` in which two cleanings of a document may differ."""

CLEANINGS = """
select {columns}
from core.{table} as t
join (select article_id, max(revision) as revision from core.articles where list_contains(?, article_id) group by all)
using (article_id, revision)
"""


def stored_cleanings(con: duckdb.DuckDBPyConnection, article_ids: list[str]) -> dict[str, Cleaning]:
    """Return article id -> its newest cleaning, to be compared with another one."""

    def rows(table: str, columns: str) -> list[tuple[Any, ...]]:
        return con.execute(CLEANINGS.format(table=table, columns=columns), [article_ids]).fetchall()

    labels: dict[str, dict[int, tuple[str, str]]] = {each: {} for each in article_ids}
    for article_id, number, label, rule in rows("lines", "article_id, line_no, label, rule"):
        labels[article_id][number] = (label, rule)
    edits: dict[str, dict[Span, str]] = {each: {} for each in article_ids}
    for article_id, *span, rule in rows("edits", 'article_id, line_no, start_char, end_char, "after", rule'):
        edits[article_id][(span[0], span[1], span[2], span[3])] = rule
    return {
        row[0]: Cleaning(dict(zip(COMPARED, row[1:], strict=True)), labels[row[0]], edits[row[0]])
        for row in rows("articles", "article_id, " + ", ".join(COMPARED))
    }


def _document(
    article_id: str,
    content_sha256: str,
    uri: str,
    url: str | None,
    fetched_at: datetime,
    media_type: str | None,
    content_type: str | None,
    is_clean: bool,
    content: bytes,
) -> Document:
    """Return the document as fetch made it; a row of a dump is opened again."""
    document = Document(
        uri=uri,
        content=bytes(content),
        content_sha256=content_sha256,
        article_id=article_id,
        fetched_at=fetched_at,
        media_type=media_type,
        content_type=content_type,
        url=url,
        given=Given(url=url) if url else None,
        is_clean=is_clean,
    )
    if media_type == ROW_MEDIA_TYPE:
        source = Source(location=uri.partition("#")[0], clean_text=is_clean)
        row = row_document(document.content, source.location, 0, source)
        if isinstance(row, Document):
            document.body, document.given, document.content_type = row.body, row.given, row.content_type
    return document
