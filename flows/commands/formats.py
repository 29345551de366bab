"""formats: a query result as table, CSV, JSON, JSON lines, Parquet or Markdown."""

import base64
import csv
import io
import json
import unicodedata
from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, BinaryIO
from uuid import UUID

import duckdb
import pyarrow.parquet as pq

FORMATS = ("table", "csv", "json", "jsonl", "parquet", "markdown")
ROWS_AT_ONCE = 1000
"""Rows in memory while a result is written; a table holds all of its rows, to know its widths."""
CELL_WIDTH = 60
"""Widest cell of a table, in columns of the terminal; longer values end in …"""


def write_result(con: duckdb.DuckDBPyConnection, chosen: str, file: BinaryIO) -> None:
    """Write the pending result of ``con``; rows are streamed, whatever their number."""
    _write(con, chosen, file)
    file.flush()


def _write(con: duckdb.DuckDBPyConnection, chosen: str, file: BinaryIO) -> None:
    if chosen == "parquet":
        reader = con.to_arrow_reader(ROWS_AT_ONCE)
        with pq.ParquetWriter(file, reader.schema, compression="zstd") as writer:
            for batch in reader:
                writer.write_batch(batch)
        return
    names = [column[0] for column in con.description or []]
    for piece in _PIECES[chosen](names, _rows(con)):
        file.write(piece.encode("utf-8", "backslashreplace"))


def _rows(con: duckdb.DuckDBPyConnection) -> Iterator[tuple[Any, ...]]:
    while rows := con.fetchmany(ROWS_AT_ONCE):
        yield from rows


def plain(value: Any) -> Any:
    """Return a value that JSON knows: times in ISO 8601, bytes in base64."""
    if isinstance(value, datetime | date | time):
        return value.isoformat()
    if isinstance(value, bytes | bytearray | memoryview):
        return base64.b64encode(bytes(value)).decode("ascii")
    if isinstance(value, Decimal):
        return int(value) if value == value.to_integral_value() else float(value)
    if isinstance(value, UUID | timedelta):
        return str(value)
    if isinstance(value, dict):
        return {str(k): plain(v) for k, v in value.items()}
    if isinstance(value, list | tuple):
        return [plain(v) for v in value]
    return value


def as_text(value: Any) -> str:
    """Return a value as one cell of a table or CSV file; null is empty."""
    value = plain(value)
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    return json.dumps(value, ensure_ascii=False) if isinstance(value, list | dict) else str(value)


def _csv(names: list[str], rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\n")
    writer.writerow(names)
    for row in rows:
        writer.writerow([as_text(value) for value in row])
        yield buffer.getvalue()
        buffer.seek(0)
        buffer.truncate()
    yield buffer.getvalue()


def _jsonl(names: list[str], rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    for row in rows:
        yield json.dumps(dict(zip(names, map(plain, row), strict=True)), ensure_ascii=False) + "\n"


def _json(names: list[str], rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    before = "[\n"
    for line in _jsonl(names, rows):
        yield before + line.rstrip("\n")
        before = ",\n"
    yield "[]\n" if before == "[\n" else "\n]\n"


def _markdown(names: list[str], rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    yield f"| {' | '.join(names)} |\n|{'---|' * len(names)}\n"
    for row in rows:
        cells = (as_text(v).replace("\\", "\\\\").replace("|", "\\|").replace("\n", "<br>") for v in row)
        yield "| " + " | ".join(cells) + " |\n"


def width(text: str) -> int:
    """Return the columns a text takes on a terminal: two for a Chinese character."""
    return sum(
        0 if unicodedata.combining(c) else 2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text
    )


def _cut(text: str) -> str:
    text = "".join(" " if c in "\r\n\t" else c if c.isprintable() else "�" for c in text)
    if width(text) <= CELL_WIDTH:
        return text
    kept, used = [], 0
    for character in text:
        used += width(character)
        if used > CELL_WIDTH - 1:
            break
        kept.append(character)
    return "".join(kept) + "…"


def _padded(text: str, columns: int) -> str:
    return text + " " * (columns - width(text))


def _table(names: list[str], rows: Iterator[tuple[Any, ...]]) -> Iterator[str]:
    cells = [[_cut(as_text(value)) for value in row] for row in rows]
    widths = [max([width(name), *(width(row[i]) for row in cells)]) for i, name in enumerate(names)]

    def line(row: list[str]) -> str:
        return (
            "  ".join(_padded(cell, columns) for cell, columns in zip(row, widths, strict=True)).rstrip()
            + "\n"
        )

    yield line(names)
    yield "  ".join("─" * columns for columns in widths) + "\n"
    yield from map(line, cells)
    yield f"({len(cells)} row{'' if len(cells) == 1 else 's'})\n"


_PIECES = {"table": _table, "csv": _csv, "json": _json, "jsonl": _jsonl, "markdown": _markdown}
