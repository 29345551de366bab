"""Tables (Parquet, CSV) -> a document for each row, as if it were a row of JSON.

Reads    a stream
Adds     Document: content is the row as one JSON object, in the order of its columns
Rejects  of rows: invalid_record, empty, too_large; of the table: corrupt, truncated
Source   Apache Parquet; RFC 4180 and what spreadsheets make of it
"""

import csv
import json
import tempfile
from collections.abc import Iterator
from typing import Any

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.decode import decode
from tasks.document import Document
from tasks.fetch.options import FetchOptions
from tasks.fetch.rows import page_of_row
from tasks.fetch.streams import BrokenStream, ByteStream
from tasks.reasons import Reason, Reject
from tasks.sources import Source

ROWS_AT_ONCE = 64
"""Rows of Parquet taken out together."""


def parquet_rows(
    stream: ByteStream, uri: str, source: Source, options: FetchOptions
) -> Iterator[Document | Reject]:
    """Yield a document for each row. A stream that is no file is set down in one: Parquet is read from its end."""
    if stream.path is not None:
        yield from _parquet_file(stream.path, uri, source, options)
        return
    with tempfile.NamedTemporaryFile() as spool:
        for chunk in stream.chunks():
            spool.write(chunk)
        spool.flush()
        yield from _parquet_file(spool.name, uri, source, options)


def _parquet_file(path: str, uri: str, source: Source, options: FetchOptions) -> Iterator[Document | Reject]:
    number = 0
    try:
        with pq.ParquetFile(path, pre_buffer=False, buffer_size=1 << 20) as table:
            for batch in table.iter_batches(batch_size=ROWS_AT_ONCE, use_threads=False):
                for row in _rows_of(batch):
                    number += 1
                    yield table_row(row, number, uri, source, options)
    except (pa.ArrowException, OSError, ValueError, LookupError) as error:
        said = str(error).partition("\n")[0][:200]
        cut = "footer" in said or "magic bytes" in said
        raise BrokenStream(Reason.TRUNCATED if cut else Reason.CORRUPT, f"parquet: {said}") from None


def _rows_of(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    """The rows of a batch; text that is no UTF-8, which the format forbids, stays bytes to be decoded."""
    try:
        rows: list[dict[str, Any]] = batch.to_pylist()
    except UnicodeDecodeError:
        fields = [f.with_type(pa.binary()) if pa.types.is_string(f.type) else f for f in batch.schema]
        rows = pa.Table.from_batches([batch]).cast(pa.schema(fields)).to_pylist()
    return rows


def csv_rows(
    stream: ByteStream, delimiter: str, uri: str, source: Source, options: FetchOptions
) -> Iterator[Document | Reject]:
    """Yield a document for each row after the header; rows are numbered from 1."""
    csv.field_size_limit(options.max_document_bytes)
    charset = _charset(stream.peek(1 << 20))
    rows = csv.reader(_text_lines(stream, charset, options), delimiter=delimiter)
    try:
        header = next(rows, None)
    except csv.Error as error:
        raise BrokenStream(Reason.INVALID_RECORD, f"CSV header: {error}") from None
    number = 0
    while header is not None:
        try:
            values = next(rows, None)
        except csv.Error as error:
            number += 1
            yield Reject(f"{uri}#L{number}", "fetch", Reason.INVALID_RECORD, f"CSV: {error}")
            continue
        if values is None:
            return
        if not values:
            continue
        number += 1
        if len(values) > len(header):
            detail = f"{len(values)} columns where the header has {len(header)}"
            yield Reject(f"{uri}#L{number}", "fetch", Reason.INVALID_RECORD, detail)
        else:
            yield table_row(dict(zip(header, values, strict=False)), number, uri, source, options)


def table_row(
    row: dict[str, Any], number: int, uri: str, source: Source, options: FetchOptions
) -> Document | Reject:
    """Return the document of one row of a table."""
    row = {name: decode(value).text if isinstance(value, bytes) else value for name, value in row.items()}
    content = json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "replace")
    numbered = f"{uri}#L{number}"
    if len(content) > options.max_document_bytes:
        detail = f"{len(content):,} bytes, over the limit of {options.max_document_bytes:,}"
        return Reject(numbered, "fetch", Reason.TOO_LARGE, detail)
    return page_of_row(row, content, uri, numbered, source)


def _charset(head: bytes) -> str:
    """UTF-8, or what a spreadsheet in China saves; a character cut at the end of the sample does not count."""
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return "utf-8-sig" if error.start > len(head) - 4 else "gb18030"
    return "utf-8-sig"


def _text_lines(stream: ByteStream, charset: str, options: FetchOptions) -> Iterator[str]:
    for line in stream.lines(options.max_document_bytes):
        text = line.content.decode(charset if line.number == 1 else charset.removesuffix("-sig"), "replace")
        yield text + "\n"
