"""Rows of JSON: a document each; a bad row costs itself only."""

import gzip
import json
import tracemalloc

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.fetch.json_values import json_objects
from tasks.fetch.rows import row_document
from tasks.fetch.streams import ByteStream
from tasks.reasons import Reject
from tasks.sources import Source

ROWS = [{"id": f"n{i}", "text": f"第{i}段，写在春天。"} for i in range(10)]


def lines(rows) -> bytes:
    return b"".join(json.dumps(row, ensure_ascii=False).encode() + b"\n" for row in rows)


def test_a_row_is_a_document(tmp_path, read):
    """Its content is its own bytes; known columns are given fields, others are attributes."""
    row = {
        "id": 7, "url": "https://example.com/7", "title": "题", "date": "2024-03-01", "source": "某报",
        "author": ["甲", "乙"], "html": "<p>文</p>", "channel": "农业", "n": None,
    }  # fmt: skip
    path = tmp_path / "x.jsonl"
    path.write_bytes(lines([row]).replace(b"\n", b"\r\n"))

    (document,) = read(path).documents

    assert document.content == lines([row])[:-1]
    assert document.body == "<p>文</p>".encode()
    assert document.uri == f"file://{path}#id=7"
    assert document.url == "https://example.com/7"
    assert (document.media_type, document.content_type) == ("application/json", "text/html; charset=utf-8")
    given_fields = document.given
    assert given_fields.external_id == "7"
    assert (given_fields.title, given_fields.date, given_fields.source_name) == ("题", "2024-03-01", "某报")
    assert given_fields.authors == ("甲", "乙")
    assert json.loads(given_fields.attributes) == {"channel": "农业"}


def test_a_row_without_id_is_named_by_its_line(tmp_path, read):
    """Blank lines count."""
    path = tmp_path / "x.jsonl"
    path.write_bytes(b'{"text": "a"}\n\n{"text": "b"}')

    assert [d.uri.rpartition("#")[2] for d in read(path).documents] == ["L1", "L3"]


def test_an_invalid_row_costs_itself_only(tmp_path, read):
    """Line 3 of 10 is no JSON: nine documents, one reject that names the line."""
    content = lines(ROWS).split(b"\n")
    content[2] = content[2][:-4]
    (tmp_path / "x.jsonl").write_bytes(b"\n".join(content))

    outcome = read(tmp_path)

    assert [d.given.external_id for d in outcome.documents] == [f"n{i}" for i in range(10) if i != 2]
    assert outcome.rejects == [("x.jsonl#L3", "invalid_record")]
    assert (outcome.done[0].documents, outcome.done[0].rejects) == (9, 1)


@pytest.mark.parametrize(
    ("row", "reason"),
    [
        pytest.param(b'{"title": "x"}', "invalid_record", id="no-text"),
        pytest.param(b'{"text": 5}', "invalid_record", id="text-is-a-number"),
        pytest.param(b'{"text": "  "}', "empty", id="blank-text"),
        pytest.param(b'["text"]', "invalid_record", id="an-array"),
        pytest.param(b"null", "invalid_record", id="null"),
        pytest.param(b'{"text": "a\0b"}', "invalid_record", id="zero-byte"),
        pytest.param(b"[" * 100_000, "invalid_record", id="deep"),
        pytest.param(b'{"text": "\xff\xfe\xff"}', "invalid_record", id="no-charset"),
        pytest.param(b'{"text": "' + b"x" * 300 + b'"}', "too_large", id="too-large"),
    ],
)
def test_bad_rows_have_a_reason(tmp_path, read, row, reason):
    """And the row after them is read."""
    (tmp_path / "x.jsonl").write_bytes(b'{"text": "a"}\n' + row + b'\n{"text": "b"}\n')

    outcome = read(tmp_path, max_document_bytes=300 if reason == "too_large" else 1_000_000)

    assert outcome.pages == ["a", "b"]
    assert outcome.rejects == [("x.jsonl#L2", reason)]


@pytest.mark.parametrize(
    ("value", "name"),
    [
        (5, "a number"),
        (1.5, "a number"),
        (None, "null"),
        (True, "a boolean"),
        ({"a": 1}, "an object"),
        ([1], "an array"),
    ],
)
def test_a_text_of_another_type_is_named_in_the_words_of_json(value, name):
    """The message says what the column holds, and not that there is no such column."""
    row = {"id": "1", "text": value}

    reject = row_document(json.dumps(row).encode(), "x.jsonl", 1, Source(location="x.jsonl"))

    assert isinstance(reject, Reject)
    assert reject.detail == f"text is {name}, not a string"


def test_rows_before_the_cut_of_a_gz_are_loaded(tmp_path, read):
    """Then one reject ``truncated``; the half row at the cut is not a reject of its own."""
    rows = [{"id": str(i), "text": f"{i * 7919 % 1000003} {i}"} for i in range(5000)]
    whole = gzip.compress(lines(rows))
    (tmp_path / "x.jsonl.gz").write_bytes(whole[: len(whole) // 2])

    outcome = read(tmp_path)

    assert 1000 < len(outcome.documents) < 5000
    assert outcome.rejects == [("x.jsonl.gz", "truncated")]


@pytest.mark.parametrize("name", ["x.json", "x.txt", "x.jsonl"])
@pytest.mark.parametrize(
    "form",
    [
        pytest.param(lines, id="lines"),
        pytest.param(lambda rows: json.dumps(rows, ensure_ascii=False).encode(), id="array"),
        pytest.param(lambda rows: json.dumps(rows, indent=1).encode(), id="indented-array"),
        pytest.param(lambda rows: b"\xef\xbb\xbf" + lines(rows), id="byte-order-mark"),
    ],
)
def test_rows_are_found_by_content(tmp_path, read, name, form):
    """Lines or an array, whatever the ending says."""
    (tmp_path / name).write_bytes(form(ROWS))

    assert [d.given.external_id for d in read(tmp_path).documents] == [r["id"] for r in ROWS]


def test_one_object_over_several_lines_is_one_row(tmp_path, read):
    """A .json file written by ``json.dump(row, indent=2)``."""
    (tmp_path / "x.json").write_text(json.dumps(ROWS[0], indent=2))

    assert len(read(tmp_path).documents) == 1


def test_rows_in_gb18030_are_read(tmp_path, read):
    """Old dumps are not UTF-8; the body is."""
    (tmp_path / "x.jsonl").write_bytes('{"text": "简体中文"}\n'.encode("gb18030"))

    assert read(tmp_path).pages == ["简体中文"]


def test_lone_surrogates_become_replacement_characters(tmp_path, read):
    r"""``\ud83d`` without its partner is JSON, but no text."""
    (tmp_path / "x.jsonl").write_bytes(b'{"text": "a\\ud83db", "title": "\\udc00", "k": "\\ud800"}\n')

    (document,) = read(tmp_path).documents
    assert document.body.decode() == "a\ufffdb"
    assert document.given.title == "\ufffd"
    document.given.attributes.encode()


def test_columns_by_other_names(tmp_path, read):
    """The source says which column is which."""
    (tmp_path / "x.jsonl").write_text('{"content": "文", "docid": "k", "text": "摘要"}\n')

    (document,) = read(tmp_path, source={"fields": {"text": "content", "id": "docid"}}).documents
    assert document.body.decode() == "文"
    assert document.given.external_id == "k"
    assert json.loads(document.given.attributes) == {"text": "摘要"}


def test_a_list_of_paragraphs_is_a_text(tmp_path, read):
    """Each on a line of its own; a list of anything else is no text."""
    (tmp_path / "x.jsonl").write_text('{"text": ["一段", "二段"]}\n{"text": [{"p": 1}]}\n{"text": []}\n')

    outcome = read(tmp_path)

    assert outcome.pages == ["一段\n二段"]
    assert outcome.rejects == [("x.jsonl#L2", "invalid_record"), ("x.jsonl#L3", "invalid_record")]


def test_rows_in_utf16_are_read(tmp_path, read):
    """As spreadsheets and old editors save them."""
    (tmp_path / "x.jsonl").write_bytes('{"text": "甲"}\r\n{"text": "乙"}\r\n'.encode("utf-16"))
    (tmp_path / "y.tsv").write_bytes("id\ttext\n1\t丙\n".encode("utf-16-be").join([b"\xfe\xff", b""]))

    assert read(tmp_path).pages == ["甲", "乙", "丙"]


def test_clean_text_is_marked(tmp_path, read):
    """Only when the source says so."""
    (tmp_path / "x.jsonl").write_text('{"text": "文"}\n')

    assert [d.is_clean for d in read(tmp_path).documents] == [False]
    assert [d.is_clean for d in read(tmp_path, source={"clean_text": True}).documents] == [True]


def test_a_huge_line_is_measured_and_not_held(tmp_path, read):
    """200 MB in one line: a reject with its size, in memory of a few limits."""
    path = tmp_path / "x.jsonl"
    with path.open("wb") as file:
        file.write(b'{"text": "a"}\n{"text": "')
        for _ in range(200):
            file.write(b"x" * 1_000_000)
        file.write(b'"}\n{"text": "b"}\n')
    tracemalloc.start()
    outcome = read(path, max_document_bytes=2_000_000)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert outcome.pages == ["a", "b"]
    assert outcome.rejects == [("x.jsonl#L2", "too_large")]
    assert peak < 12_000_000


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)
objects = st.dictionaries(st.text(), json_values, max_size=4)


@settings(deadline=None)
@given(st.lists(objects, max_size=5), st.integers(1, 40), st.sampled_from([None, 1]), st.booleans())
def test_objects_are_found_whatever_the_chunks(rows, chunk_size, indent, ascii_only):
    """An array cut into chunks anywhere gives its objects, in order."""
    content = json.dumps(rows, indent=indent, ensure_ascii=ascii_only).encode("utf-8", "surrogatepass")
    chunks = [content[i : i + chunk_size] for i in range(0, len(content), chunk_size)]

    found = [json.loads(v.content) for v in json_objects(ByteStream(chunks), 10_000)]

    assert found == json.loads(json.dumps(rows))


@settings(deadline=None)
@given(st.lists(st.binary(max_size=20)), st.integers(1, 7), st.integers(1, 15))
def test_lines_are_found_whatever_the_chunks(parts, chunk_size, limit):
    """Lines, their numbers and sizes do not depend on how the bytes arrive; none over the limit is kept."""
    content = b"\n".join(parts)
    chunks = [content[i : i + chunk_size] for i in range(0, len(content), chunk_size)]

    found = list(ByteStream(chunks).lines(limit))

    expected = content.split(b"\n")
    if not expected[-1]:
        expected.pop()
    assert [(line.number, line.size_bytes) for line in found] == [
        (i, len(e)) for i, e in enumerate(expected, 1)
    ]
    for line, wanted in zip(found, expected, strict=True):
        assert line.too_large == (len(wanted) > limit)
        assert line.content == (b"" if line.too_large else wanted.removesuffix(b"\r"))


def test_every_depth_of_nesting_is_a_row_or_a_reject(tmp_path, read):
    """Just where reading is still possible and writing it again no more, too."""
    depths = range(900, 1010)
    rows = [b'{"text": "a", "x": ' + b"[" * depth + b"]" * depth + b"}" for depth in depths]
    (tmp_path / "x.jsonl").write_bytes(b"\n".join(rows))

    outcome = read(tmp_path)

    assert len(outcome.documents) + len(outcome.rejects) == len(depths)


def test_a_damaged_character_costs_itself_only(tmp_path, read):
    """A row of UTF-8 with a few bytes that are none is read with the rest of its text."""
    row = json.dumps({"text": "渡船回港，码头上摆满了鱼。" * 5}, ensure_ascii=False).encode()
    (tmp_path / "x.jsonl").write_bytes(row[:40] + b"\xff\x80" + row[40:])

    (page,) = read(tmp_path).pages

    assert "码头上摆满了鱼" in page


def test_names_of_columns_may_be_damaged(tmp_path, read):
    """What a reject says of a row can be stored: no lone surrogates in it."""
    (tmp_path / "x.jsonl").write_bytes(b'{"\\ud800": 1}')

    (reject,) = read(tmp_path).of(Reject)

    assert reject.detail.encode()
