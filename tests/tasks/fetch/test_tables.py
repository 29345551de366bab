"""Parquet and CSV: rows are documents as rows of JSON are."""

import csv
import gzip
import io
import json
import time
from datetime import UTC, date, datetime
from decimal import Decimal

import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from tasks.reasons import Reject

ROWS = [
    {
        "id": str(i),
        "url": f"https://example.com/{i}",
        "title": f"题{i}",
        "text": f"第{i}段，\n“引号”与,逗号。",
        "k": i,
    }
    for i in range(200)
]


def parquet(rows) -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.Table.from_pylist(rows), target, row_group_size=50)
    return target.getvalue()


def as_csv(rows, charset="utf-8", delimiter=",") -> bytes:
    target = io.StringIO()
    writer = csv.DictWriter(target, rows[0], delimiter=delimiter)
    writer.writeheader()
    writer.writerows(rows)
    return target.getvalue().encode(charset)


FORMS = {
    "x.parquet": parquet(ROWS),
    "x.txt": parquet(ROWS),
    "x.parquet.gz": gzip.compress(parquet(ROWS)),
    "x.csv": as_csv(ROWS),
    "x.csv.gz": gzip.compress(as_csv(ROWS)),
    "excel.csv": as_csv(ROWS, "utf-8-sig"),
    "old.csv": as_csv(ROWS, "gb18030"),
    "semicolon.csv": as_csv(ROWS, delimiter=";"),
    "x.tsv": as_csv(ROWS, delimiter="\t"),
}


@pytest.mark.parametrize("name", FORMS)
def test_every_row_is_a_document(tmp_path, read, name):
    """With its given fields; other columns are attributes; the content is the row as JSON."""
    (tmp_path / name).write_bytes(FORMS[name])

    outcome = read(tmp_path)

    assert outcome.pages == [row["text"] for row in ROWS]
    document = outcome.documents[7]
    assert document.uri.endswith(f"/{name}#id=7")
    assert (document.url, document.given.title) == ("https://example.com/7", "题7")
    assert {k: str(v) for k, v in json.loads(document.given.attributes).items()} == {"k": "7"}
    assert {k: str(v) for k, v in json.loads(document.content).items()} == {
        k: str(v) for k, v in ROWS[7].items()
    }
    assert document.media_type == "application/json"


def test_binary_html_in_parquet_is_decoded(tmp_path, read):
    """Crawls keep pages as bytes."""
    page = '<meta charset="gb2312"><p>网页</p>'.encode("gb18030")
    (tmp_path / "x.parquet").write_bytes(parquet([{"html": page}]))

    assert read(tmp_path).pages == ['<meta charset="gb2312"><p>网页</p>']


def test_a_parquet_file_cut_short(tmp_path, read):
    """Its list of columns stands at the end, and is lost."""
    (tmp_path / "x.parquet").write_bytes(parquet(ROWS)[:-200])

    assert read(tmp_path).rejects == [("x.parquet", "truncated")]


def test_a_damaged_parquet_file(tmp_path, read):
    """The row groups before the damage are read."""
    data = bytearray(parquet(ROWS))
    middle = data.index("第120段".encode()) if "第120段".encode() in data else len(data) // 2
    data[middle : middle + 40] = b"\xff" * 40
    (tmp_path / "x.parquet").write_bytes(data)

    outcome = read(tmp_path)

    assert {reason for _, reason in outcome.rejects} <= {"corrupt"}
    assert len(outcome.documents) >= 50


@pytest.mark.parametrize(
    ("table", "rejects"),
    [
        pytest.param("id,text\n1,a\n2,b,c\n3,d\n", [("x.csv#L2", "invalid_record")], id="too-many-columns"),
        pytest.param('id,text\n1,a\n2," "\n3,d\n', [("x.csv#L2", "empty")], id="blank-text"),
        pytest.param("id,text\n1,a\n2\n3,d\n", [("x.csv#L2", "invalid_record")], id="too-few-columns"),
    ],
)
def test_bad_rows_cost_themselves_only(tmp_path, read, table, rejects):
    """With the number of the row."""
    (tmp_path / "x.csv").write_text(table)

    outcome = read(tmp_path)

    assert outcome.rejects == rejects
    assert outcome.pages == ["a", "d"]


@pytest.mark.parametrize("name", ["x.csv", "x.tsv", "x.parquet"])
def test_a_table_without_text_says_what_it_has(tmp_path, read, name):
    """Once, not for each of its rows, so that the columns can be named in the source."""
    if name.endswith("parquet"):
        pq.write_table(pa.table({"docid": [1, 2, 3], "content": ["文"] * 3}), tmp_path / name)
    else:
        sign = "," if name == "x.csv" else "\t"
        (tmp_path / name).write_text(f"docid{sign}content\n" + f"1{sign}文\n" * 3)

    outcome = read(tmp_path)

    assert outcome.rejects == [(name, "invalid_record")]
    assert "docid, content" in outcome.events[0].detail
    assert read(tmp_path, source={"fields": {"text": "content"}}).pages == ["文"] * 3


def test_a_table_without_header_is_one_reject(tmp_path, read):
    """Its first row is shown in the place of the names that are missing."""
    (tmp_path / "x.csv").write_text("".join(f"{i},第{i}行\n" for i in range(1000)))

    outcome = read(tmp_path)

    assert outcome.rejects == [("x.csv", "invalid_record")]
    assert "first line, which must name the columns" in outcome.events[0].detail
    assert len(outcome.done) == 1


def test_a_quote_that_never_closes(tmp_path, read):
    """It swallows what follows up to the limit of a document, not the memory."""
    (tmp_path / "x.csv").write_text('id,text\n1,a\n2,"open\n' + "3,line\n" * 1000)

    outcome = read(tmp_path, max_document_bytes=500)

    assert outcome.pages[0] == "a"
    assert outcome.rejects[0] == ("x.csv#L2", "too_large")
    assert "CSV, lines 3 to " in str(outcome.events)


@pytest.mark.parametrize(
    ("text", "place", "lines"),
    [
        pytest.param('id,text\n1,a\n2,"open\n3,c\n4,d\n', "x.csv#L2", "lines 3 to 5", id="rows-behind-it"),
        pytest.param('id,text\n1,a\n2,"open\n', "x.csv#L2", "line 3", id="last-row"),
        pytest.param('id,text\n1,a\n\n2,"open\nmore', "x.csv#L2", "lines 4 to 5", id="behind-a-blank-line"),
        pytest.param('id,"text\n1,a\n', "x.csv", "lines 1 to 2", id="header"),
    ],
)
def test_a_quote_that_is_open_at_the_end_is_said(tmp_path, read, text, place, lines):
    """The rows it swallowed are not taken for its text: one reject names the lines."""
    (tmp_path / "x.csv").write_text(text)

    outcome = read(tmp_path)

    assert outcome.rejects == [(place, "invalid_record")]
    assert f"a quotation mark in {lines} is never closed" in str(outcome.events)
    assert outcome.pages == (["a"] if "#" in place else [])


@pytest.mark.parametrize(
    "text",
    ['id,text\n1,"a\nb"\n', 'id,text\n1,"a\nb"', 'id,text\n1,"a\nb"\n\n\n', 'id,text\n1,"a\nb"\n2\n'],
)
def test_a_quote_that_closes_is_no_fault(tmp_path, read, text):
    """A text over several lines, at the end of the file or before blank lines, is a text."""
    (tmp_path / "x.csv").write_text(text)

    assert read(tmp_path).pages == ["a\nb"]


def table(tmp_path, **columns):
    path = tmp_path / "t.parquet"
    pq.write_table(pa.table({"text": ["甲。", "乙。"], **columns}), path)
    return path


def test_columns_of_every_type_are_attributes(tmp_path, read):
    """Times, also those Python has no date for, bytes, decimals, maps and nothing: no row is lost."""
    columns = {
        "date": pa.array([datetime(2021, 3, 4, 5, tzinfo=UTC), None], pa.timestamp("us", tz="Asia/Shanghai")),
        "day": pa.array([date(2021, 3, 4)] * 2),
        "nanoseconds": pa.array([1_614_800_000_000_000_001] * 2, pa.timestamp("ns")),
        "far": pa.array([1 << 50] * 2, pa.timestamp("ms")),
        "long": pa.array([1 << 62] * 2, pa.duration("s")),
        "number": pa.array([Decimal("1.5")] * 2),
        "bytes": pa.array([["甲".encode("gbk")]] * 2, pa.list_(pa.binary())),
        "map": pa.array([[("a", b"b")]] * 2, pa.map_(pa.string(), pa.binary())),
        "none": pa.nulls(2),
    }
    outcome = read(table(tmp_path, **columns))

    assert outcome.pages == ["甲。", "乙。"]
    assert outcome.rejects == []
    given = outcome.documents[0].given
    assert given.date.startswith("2021-03-04 13:00:00")
    assert json.loads(given.attributes)["day"] == "2021-03-04"
    assert set(json.loads(given.attributes)) == set(columns) - {"date", "none"}


def test_a_line_over_the_limit_is_named(tmp_path, read):
    """A row of CSV that is too long is rejected by its number; the rows around it are read."""
    (tmp_path / "x.csv").write_text("id,text\n1,甲。\n2," + "长" * 1000 + "\n3,丙。\n", "utf-8")

    outcome = read(tmp_path / "x.csv", max_document_bytes=2000)

    assert outcome.pages == ["甲。", "丙。"]
    assert outcome.rejects == [("x.csv#L2", "too_large")]


def test_a_header_over_the_limit_is_named(tmp_path, read):
    """So is a file whose first line is already too long."""
    (tmp_path / "x.csv").write_text("长" * 1000 + "\n3,丙。\n", "utf-8")

    assert read(tmp_path / "x.csv", max_document_bytes=2000).rejects == [("x.csv", "too_large")]


def test_blank_lines_of_a_csv_cost_nothing(tmp_path, read):
    """Before the header, between rows and at the end, a million of them; inside quotation marks they are text."""
    text = "\n\r\n" + 'id,text\n\n1,"春天\n\n\n来了"\n' + "\n" * 1_000_000 + '2,夏天\n3,"秋天' + "\n" * 9
    path = tmp_path / "a.csv"
    path.write_text(text, newline="")
    started = time.process_time()

    outcome = read(path)

    assert time.process_time() - started < 1
    assert [document.body.decode() for document in outcome.documents] == ["春天\n\n\n来了", "夏天"]
    ((place, reason),) = outcome.rejects
    assert (place, reason) == ("a.csv#L3", "invalid_record")
    assert "lines 1000010 to 1000018 is never closed" in outcome.of(Reject)[0].detail
