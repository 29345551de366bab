"""stored: documents of the warehouse as the reading steps want them."""

from tasks.document import Document, Given
from warehouse.catalog import Warehouse

COLUMNS = "article_id, content_sha256, uri, url, fetched_at, media_type, content_type, is_clean, content"


def stored_document(warehouse: Warehouse, article_id: str) -> Document | None:
    """Return the stored document of an article, ready to be read again; ``None`` when there is none."""
    with warehouse.connect() as con:
        row = con.execute(
            f"select {COLUMNS} from core.documents where article_id = ?", [article_id]
        ).fetchone()
    if row is None:
        return None
    found, sha256, uri, url, fetched_at, media_type, content_type, is_clean, content = row
    return Document(
        uri=uri,
        content=bytes(content),
        content_sha256=sha256,
        article_id=found,
        fetched_at=fetched_at,
        media_type=media_type,
        content_type=content_type,
        url=url,
        given=Given(url=url) if url else None,
        is_clean=bool(is_clean),
    )
