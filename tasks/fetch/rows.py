"""One row (JSONL, CSV, Parquet) -> Document.

Reads    the row as a JSON object and its bytes
Adds     body: its text or html as UTF-8
         given: id, url, title, date, source, author; the other columns as attributes
Rejects  invalid_record: not a JSON object, or without text; empty: its text is blank

The place of a row is its file with its id, else with its number. Its url is what the dump says of it, not a
place that was read: rows of two dumps with one url are two articles, and none supersedes the other.
"""

import json
from datetime import UTC, datetime
from typing import Any
from urllib.parse import quote

from tasks.decode import decode
from tasks.document import Document, Given, article_id_of, content_sha256
from tasks.reasons import Reason, Reject
from tasks.sources import FieldNames, Source

ROW_MEDIA_TYPE = "application/json"
"""``Document.media_type`` of a row: its content is a JSON object, its page is in ``body``."""


_WESTERN = "cp1252"
"""What fits any bytes: no evidence that a row is text."""


def row_document(content: bytes, uri: str, number: int, source: Source) -> Document | Reject:
    """Return the document of one row, the ``number``-th of the input ``uri``."""
    numbered = f"{uri}#L{number}"
    try:
        row = json.loads(decode_row(content))
        if isinstance(row, dict):
            # inside: what is nested just as deep as can be read may be too deep to be written again
            return page_of_row(row, content, uri, numbered, source)
    except (ValueError, RecursionError) as error:
        return Reject(numbered, "fetch", Reason.INVALID_RECORD, f"not JSON: {error}")
    return Reject(numbered, "fetch", Reason.INVALID_RECORD, f"{json_type(row)}, not an object")


def page_of_row(
    row: dict[str, Any], content: bytes, uri: str, numbered: str, source: Source
) -> Document | Reject:
    """Return the document of a row that is an object already."""
    names = source.fields
    texts = {name: _page_text(row.get(name)) for name in (names.text, names.html)}
    column = next((name for name, text in texts.items() if text and not text.isspace()), None)
    given = given_of(row, names)
    place = f"{uri}#id={_fragment(given.external_id)}" if given.external_id else numbered
    if column is None:
        blank = any(text is not None for text in texts.values())
        detail = "its text is blank" if blank else _without_text(row, names)
        return Reject(numbered, "fetch", Reason.EMPTY if blank else Reason.INVALID_RECORD, detail)
    sha256 = content_sha256(content)
    return Document(
        uri=place,
        content=content,
        content_sha256=sha256,
        article_id=article_id_of(sha256),
        fetched_at=datetime.now(UTC),
        media_type=ROW_MEDIA_TYPE,
        content_type=f"text/{'plain' if column == names.text else 'html'}; charset=utf-8",
        url=given.url,
        given=given,
        body=encode_text(texts[column] or ""),
        is_clean=source.clean_text and column == names.text,
    )


OTHER_NAMES = 'Columns of other names are told in wencang.toml: fields = { text = "…" }'
"""What to do about rows whose text stands in a column of another name."""


def _without_text(row: dict[str, Any], names: FieldNames) -> str:
    """Say why a row has no text: its column holds something else, or there is none."""
    held = [name for name in (names.text, names.html) if name in row]
    if held:
        name = next((name for name in held if row[name] is not None), held[0])
        return f"{name} is {json_type(row[name])}, not a string"
    seen = clean_text(", ".join(list(row)[:12]))[:200] or "none"
    return f"no column {names.text!r} or {names.html!r}; it has: {seen}. {OTHER_NAMES}"


def json_type(value: object) -> str:
    """Return what JSON calls the type of a value, for a sentence: ``a number``.

    >>> json_type(True), json_type(1.5), json_type(None), json_type([1])
    ('a boolean', 'a number', 'null', 'an array')
    """
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, int | float):
        return "a number"
    if isinstance(value, str):
        return "a string"
    return "an object" if isinstance(value, dict) else "an array"


def _page_text(value: object) -> str | None:
    """The page in a column: a text, or a list of paragraphs."""
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        return "\n".join(value)
    return value if isinstance(value, str) else None


def given_of(row: dict[str, Any], names: FieldNames) -> Given:
    """Return what a row says of itself; columns that are null or blank say nothing."""
    known = {
        names.text, names.html, names.id, names.url, names.title, names.date, names.source, names.author
    }  # fmt: skip
    others = {name: value for name, value in row.items() if name not in known and value is not None}
    return Given(
        external_id=_text(row.get(names.id)),
        url=_text(row.get(names.url)),
        title=_text(row.get(names.title)),
        date=_text(row.get(names.date)),
        source_name=_text(row.get(names.source)),
        authors=_texts(row.get(names.author)),
        attributes=clean_text(json.dumps(others, ensure_ascii=False)) if others else None,
    )


def decode_row(content: bytes) -> str:
    """Return the row as text: UTF-8 as JSON has it, else what it is by evidence, mostly GB18030 of old dumps.

    Raises ``ValueError`` when it is no text.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        decoded = decode(content)
        if decoded.reason is not None:
            raise ValueError(f"{decoded.reason}: {decoded.detail}") from None
        if decoded.charset == _WESTERN:
            raise
        return decoded.text


def clean_text(text: str) -> str:
    """Return text without lone surrogates (JSON escapes can make them); they become U+FFFD."""
    if text.isascii():
        return text
    try:
        text.encode("utf-8")
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def encode_text(text: str) -> bytes:
    """Return text as UTF-8, lone surrogates as U+FFFD."""
    return clean_text(text).encode("utf-8")


def _text(value: object) -> str | None:
    if value is None or isinstance(value, bool):
        return None
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return clean_text(text).strip() or None


def _texts(value: object) -> tuple[str, ...]:
    found = (_text(v) for v in (value if isinstance(value, list) else [value]))
    return tuple(text for text in found if text)


def _fragment(text: str | None) -> str:
    return "".join(c if c.isalnum() or c in "-._~!$&'()*+,;=:@/" else quote(c) for c in text or "")
