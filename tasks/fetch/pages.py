"""The bytes of one page -> Document."""

from datetime import UTC, datetime

from tasks.document import Document, article_id_of, content_sha256
from tasks.fetch.sniff import HEAD_BYTES, is_html


def page_document(content: bytes, uri: str, name: str = "") -> Document:
    """Return the document of one page; its media type is what the content looks like."""
    sha256 = content_sha256(content)
    media_type = "text/html" if is_html(content[:HEAD_BYTES], name) else "text/plain"
    return Document(uri, content, sha256, article_id_of(sha256), datetime.now(UTC), media_type)
