"""stored: documents and articles of the warehouse, as the reading steps and ``explain`` want them."""

import json
from collections.abc import Iterable, Iterator
from datetime import datetime

import duckdb

from tasks.article import Article
from tasks.document import Document, Given
from tasks.edit import Edit
from tasks.fetch.rows import ROW_MEDIA_TYPE, row_document
from tasks.lines import Line
from tasks.rows import CHINA
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


def stored_documents(con: duckdb.DuckDBPyConnection, article_ids: Iterable[str]) -> Iterator[Document]:
    """Yield the stored documents of articles, ready to be read again, in order of their ids."""
    query = f"select {DOCUMENT} from core.documents where list_contains(?, article_id) order by article_id"
    for row in con.execute(query, [list(article_ids)]).fetchall():
        yield _document(*row)


def _document(
    article_id: str,
    sha256: str,
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
        content_sha256=sha256,
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
