"""Tables (Parquet, CSV) -> a document for each row, as if it were a row of JSON.

Reads    a stream
Adds     Document: content is the row as one JSON object, in the order of its columns
Rejects  of rows: invalid_record, empty, too_large; of the table: corrupt, truncated
Source   Apache Parquet; RFC 4180 and what spreadsheets make of it
"""

import csv
import json
import os
import re
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from typing import Any, Self

import pyarrow as pa
import pyarrow.parquet as pq

from tasks.decode import decode
from tasks.document import Document
from tasks.fetch.options import FetchOptions
from tasks.fetch.rows import OTHER_NAMES, clean_text, page_of_row
from tasks.fetch.streams import EMPTY_LINES, BrokenStream, ByteStream
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
            _check_columns(table.schema_arrow.names, "it", source)
            size, rows = os.path.getsize(path), max(1, table.metadata.num_rows)
            for batch in table.iter_batches(batch_size=ROWS_AT_ONCE, use_threads=False):
                options.traffic.reached(size * number // rows)
                for row in _rows_of(batch):
                    number += 1
                    yield table_row(row, number, uri, source, options)
    except (pa.ArrowException, OSError, ValueError, LookupError, ArithmeticError) as error:
        said = str(error).partition("\n")[0][:200]
        cut = "footer" in said or "magic bytes" in said
        raise BrokenStream(Reason.TRUNCATED if cut else Reason.CORRUPT, f"parquet: {said}") from None


def _rows_of(batch: pa.RecordBatch) -> list[dict[str, Any]]:
    try:
        rows: list[dict[str, Any]] = batch.to_pylist()
    except (ValueError, ArithmeticError):
        columns = [_values_of(column) for column in batch.columns]
        rows = [dict(zip(batch.schema.names, values, strict=True)) for values in zip(*columns, strict=True)]
    return rows


def _values_of(column: pa.Array) -> list[Any]:
    """The values of a column, whatever they are.

    Text that is no UTF-8, which the format forbids, stays bytes to be decoded. Times that Python has
    none for (after the year 9999, parts of a microsecond) are written out, or told as the number they are.
    """
    for kind in (column.type, pa.binary() if pa.types.is_string(column.type) else pa.string(), pa.int64()):
        with suppress(ValueError, ArithmeticError, pa.ArrowException):
            return list(column.cast(kind).to_pylist())
    return [None] * len(column)


def csv_rows(
    stream: ByteStream, delimiter: str, uri: str, source: Source, options: FetchOptions
) -> Iterator[Document | Reject]:
    """Yield a document for each row after the header; rows are numbered from 1."""
    csv.field_size_limit(options.max_document_bytes)
    charset = _charset(stream.peek(1 << 20))
    lines = _TextLines(stream, charset, options.max_document_bytes)
    rows = csv.reader(lines, delimiter=delimiter)
    try:
        header = next((row for row in rows if row), None)
    except csv.Error as error:
        raise BrokenStream(_reason_of(error), f"CSV header: {error}") from None
    if lines.is_cut:
        raise BrokenStream(Reason.INVALID_RECORD, f"CSV header: {lines.never_closed()}")
    _check_columns(header or [], "its first line, which must name the columns,", source)
    number = 0
    while header is not None:
        lines.begin_row()
        try:
            values = next(rows, None)
        except csv.Error as error:
            number += 1
            yield Reject(f"{uri}#L{number}", "fetch", _reason_of(error), f"CSV, {lines.of_row()}: {error}")
            continue
        if values is None:
            return
        if not values:
            continue
        number += 1
        if lines.is_cut:
            yield Reject(f"{uri}#L{number}", "fetch", Reason.INVALID_RECORD, f"CSV: {lines.never_closed()}")
        elif len(values) > len(header):
            detail = f"{len(values)} columns where the header has {len(header)}"
            yield Reject(f"{uri}#L{number}", "fetch", Reason.INVALID_RECORD, detail)
        else:
            yield table_row(dict(zip(header, values, strict=False)), number, uri, source, options)


def _check_columns(header: Sequence[str], place: str, source: Source) -> None:
    """A table without a column to read is one reject, not one for each of its rows."""
    names = source.fields
    if header and not {names.text, names.html} & set(header):
        seen = clean_text(", ".join(header[:12]))[:200]
        detail = f"{place} has no column {names.text!r} or {names.html!r}; it has: {seen}. {OTHER_NAMES}"
        raise BrokenStream(Reason.INVALID_RECORD, detail)


def table_row(
    row: dict[str, Any], number: int, uri: str, source: Source, options: FetchOptions
) -> Document | Reject:
    """Return the document of one row of a table."""
    row = {name: _plain(value) for name, value in row.items()}
    content = json.dumps(row, ensure_ascii=False).encode("utf-8", "replace")
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


def _plain(value: Any) -> Any:
    """A value of a table as JSON has it: bytes and times, also inside lists and structs, are text."""
    if value is None or isinstance(value, str | int | float):
        return value
    return _as_text(value) if isinstance(value, bytes) else json.loads(json.dumps(value, default=_as_text))


def _as_text(value: object) -> str:
    return decode(value).text if isinstance(value, bytes) else str(value)


class _LineTooLarge(csv.Error):
    """A line over the limit; the reader goes on behind it."""


def _reason_of(error: csv.Error) -> Reason:
    is_large = isinstance(error, _LineTooLarge) or "field limit" in str(error)
    return Reason.TOO_LARGE if is_large else Reason.INVALID_RECORD


class _TextLines:
    """The lines of a stream as text; asking for one over the limit raises, and the next one is there.

    is_cut: the stream ended inside a row, because a quotation mark of it is never closed.
    """

    def __init__(self, stream: ByteStream, charset: str, limit: int) -> None:
        self._lines = stream.lines(limit, self._between_rows)
        self._charset = charset
        self._limit = limit
        self._first = self._last = 0
        self._is_between = True
        self.is_cut = False

    def begin_row(self) -> None:
        """Say that the next line begins a row, but for blank ones."""
        self._first = self._last
        self._is_between = True

    def _between_rows(self) -> re.Pattern[bytes] | None:
        return EMPTY_LINES if self._is_between else None

    def of_row(self) -> str:
        """Return which lines the row has taken in."""
        first = self._first + 1
        return f"lines {first} to {self._last}" if first < self._last else f"line {first}"

    def never_closed(self) -> str:
        """Return what is wrong with a row that is cut."""
        return f"a quotation mark in {self.of_row()} is never closed; all of it was taken for one row"

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> str:
        line = next(self._lines, None)
        if line is None:
            self.is_cut = self._last > self._first
            raise StopIteration
        if self._is_between:
            self._first, self._is_between = line.number - 1, False
        self._last = line.number
        if line.too_large:
            raise _LineTooLarge(f"a line of {line.size_bytes:,} bytes, over the limit of {self._limit:,}")
        charset = self._charset if line.number == 1 else self._charset.removesuffix("-sig")
        return line.content.decode(charset, "replace") + "\n"
