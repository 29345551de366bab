"""Web archives: record by record, and around every kind of damage."""

import gzip
import io
import zlib
from datetime import UTC, datetime

import pytest
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

PAGES = [f"<html><body><p>第{i}篇，写渔港的早晨。</p></body></html>" for i in range(6)]


def write_record(
    writer, i, page, status="200 OK", content_type="text/html; charset=utf-8", headers=(), **more
):
    record = writer.create_warc_record(
        f"http://example.com/{i}.html",
        more.pop("kind", "response"),
        payload=io.BytesIO(page),
        http_headers=StatusAndHeaders(
            status, [("Content-Type", content_type), *headers], protocol="HTTP/1.1"
        ),
        warc_headers_dict={"WARC-Date": "2023-04-05T06:07:08Z"},
    )
    writer.write_record(record)


def archive(compressed=True, pages=PAGES) -> bytes:
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=compressed)
    writer.write_record(writer.create_warcinfo_record("x.warc", {"software": "test"}))
    for i, page in enumerate(pages):
        write_record(writer, i, page.encode())
    return target.getvalue()


def members(data: bytes) -> list[bytes]:
    found = []
    while data:
        inner = zlib.decompressobj(31)
        inner.decompress(data)
        found.append(data[: len(data) - len(inner.unused_data)])
        data = inner.unused_data
    return found


def numbers(outcome) -> list[int]:
    return [int(d.url.rpartition("/")[2].removesuffix(".html")) for d in outcome.documents]


FORMS = {
    "plain": archive(False),
    "by-record": archive(True),
    "whole-gz": gzip.compress(archive(False)),
    "chunked-members": b"".join(
        gzip.compress(archive(False)[i : i + 700]) for i in range(0, len(archive(False)), 700)
    ),
}


@pytest.mark.parametrize("form", ["plain", "by-record", "whole-gz"])
@pytest.mark.parametrize("name", ["x.warc.gz", "x.txt"])
def test_every_page_is_a_document(tmp_path, read, form, name):
    """With the address, the time and the type of its capture, and the id of its record."""
    (tmp_path / name).write_bytes(FORMS[form])

    outcome = read(tmp_path)

    assert outcome.pages == PAGES
    assert numbers(outcome) == list(range(6))
    first = outcome.documents[0]
    assert first.fetched_at == datetime(2023, 4, 5, 6, 7, 8, tzinfo=UTC)
    assert first.content_type == "text/html; charset=utf-8"
    assert first.given.external_id.startswith("urn:uuid:")
    assert first.uri.endswith(f"#id={first.given.external_id}")
    assert first.given.date is None
    assert not outcome.rejects


def test_a_damaged_member_costs_its_record_only(tmp_path, read):
    """Bytes flipped inside the third page: five pages and one reject that names the place."""
    parts = members(FORMS["by-record"])
    broken = bytearray(parts[3])
    for at in range(len(broken) // 2, len(broken) // 2 + 8):
        broken[at] ^= 0xA5
    (tmp_path / "x.warc.gz").write_bytes(b"".join([*parts[:3], bytes(broken), *parts[4:]]))

    outcome = read(tmp_path)

    assert numbers(outcome) == [0, 1, 3, 4, 5]
    assert outcome.rejects == [(f"x.warc.gz#offset={sum(map(len, parts[:3]))}", "corrupt")]


def test_a_wrong_checksum_is_damage(tmp_path, read):
    """The record unpacks, and is not what was packed."""
    parts = members(FORMS["by-record"])
    wrong = bytearray(parts[2])
    wrong[-6] ^= 1
    (tmp_path / "x.warc.gz").write_bytes(b"".join([*parts[:2], bytes(wrong), *parts[3:]]))

    outcome = read(tmp_path)

    assert numbers(outcome) == [0, 2, 3, 4, 5]
    assert [reason for _, reason in outcome.rejects] == ["corrupt"]


def test_rubbish_between_members_is_skipped(tmp_path, read):
    """With a reject; all pages are read."""
    parts = members(FORMS["by-record"])
    (tmp_path / "x.warc.gz").write_bytes(b"".join([*parts[:3], b"\x00\x01rubbish\x1f\x8b" * 50, *parts[3:]]))

    outcome = read(tmp_path)

    assert numbers(outcome) == list(range(6))
    assert [reason for _, reason in outcome.rejects] == ["corrupt"]


@pytest.mark.parametrize("form", ["plain", "by-record"])
def test_an_archive_cut_short(tmp_path, read, form):
    """What came before the cut is read; the cut is one reject."""
    data = FORMS[form]
    (tmp_path / "x.warc").write_bytes(data[:-40])

    outcome = read(tmp_path)

    assert numbers(outcome) == [0, 1, 2, 3, 4]
    assert [reason for _, reason in outcome.rejects] == ["truncated"]


def test_a_plain_archive_goes_on_at_the_next_record(tmp_path, read):
    """A length that is too short leaves rubbish in front of the next record."""
    data = FORMS["plain"]
    at = data.index(b"2.html")
    start = data.rindex(b"WARC/1", 0, at)
    length = data.index(b"Content-Length: ", start) + 16
    end = data.index(b"\r\n", length)
    short = str(int(data[length:end]) - 20).encode().rjust(end - length, b"0")
    (tmp_path / "x.warc").write_bytes(data[:length] + short + data[end:])

    outcome = read(tmp_path)

    assert numbers(outcome)[-3:] == [3, 4, 5]
    assert [reason for _, reason in outcome.rejects] == ["corrupt"]


@pytest.mark.parametrize(
    ("record", "reason"),
    [
        pytest.param({"page": b"gone", "status": "404 Not Found"}, "not_found", id="404"),
        pytest.param({"page": b"oops", "status": "503 Busy"}, "http_error", id="503"),
        pytest.param({"page": b"\x89PNG", "content_type": "image/png"}, "unsupported", id="picture"),
        pytest.param({"page": b"%PDF-1.7 ...", "content_type": "text/html"}, "binary", id="pdf-named-html"),
        pytest.param({"page": b" \n"}, "empty", id="empty"),
        pytest.param({"page": b"x" * 3000}, "too_large", id="too-large"),
    ],
)
def test_captures_that_are_no_page_have_a_reason(tmp_path, read, record, reason):
    """And the page after them is read."""
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=True)
    write_record(writer, 0, **record)
    write_record(writer, 1, PAGES[1].encode())
    (tmp_path / "x.warc.gz").write_bytes(target.getvalue())

    outcome = read(tmp_path, max_document_bytes=2000)

    assert outcome.pages == [PAGES[1]]
    assert [r for _, r in outcome.rejects] == [reason]


def test_requests_and_metadata_are_no_documents(tmp_path, read):
    """They are ignored by name; an archive that holds nothing else holds no page."""
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=True)
    for kind, payload in (("metadata", b"x"), ("revisit", b""), ("request", b"GET / HTTP/1.1\r\n\r\n")):
        writer.write_record(
            writer.create_warc_record("http://example.com/", kind, payload=io.BytesIO(payload))
        )
    (tmp_path / "x.warc.gz").write_bytes(target.getvalue())

    outcome = read(tmp_path)

    assert not outcome.documents
    assert outcome.rejects == [("x.warc.gz", "empty")]


def test_bodies_packed_for_the_way_are_unpacked(tmp_path, read):
    """How the server packed a body (gzip, chunked) is not the page's matter."""
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=True)
    packed = gzip.compress(PAGES[0].encode())
    write_record(writer, 0, packed, headers=[("Content-Encoding", "gzip")])
    body = PAGES[1].encode()
    chunked = b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (body[:20], body[20:])) + b"0\r\n\r\n"
    write_record(writer, 1, chunked, headers=[("Transfer-Encoding", "chunked")])
    (tmp_path / "x.warc.gz").write_bytes(target.getvalue())

    assert read(tmp_path).pages == PAGES[:2]


def test_wet_records_are_text_in_utf8(tmp_path, read):
    """The text files of a crawl: conversion records."""
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=True)
    writer.write_record(
        writer.create_warc_record(
            "http://example.com/a",
            "conversion",
            payload=io.BytesIO("标题\n正文".encode()),
            warc_content_type="text/plain",
        )
    )
    (tmp_path / "x.warc.wet.gz").write_bytes(target.getvalue())

    (document,) = read(tmp_path).documents
    assert document.body is None
    assert (document.content.decode(), document.content_type) == ("标题\n正文", "text/plain; charset=utf-8")
    assert document.url == "http://example.com/a"


def test_arc_records_are_read(tmp_path, read):
    """The form before WARC."""
    http = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n" + PAGES[0].encode()
    spec = b"1 0 test\nURL IP-address Archive-date Content-type Archive-length\n"
    head = b"filedesc://x.arc 0.0.0.0 20080101000000 text/plain %d\n%s\n" % (len(spec), spec)
    line = b"http://example.com/0.html 1.2.3.4 20080102030405 text/html %d\n" % len(http)
    (tmp_path / "x.arc.gz").write_bytes(gzip.compress(head) + gzip.compress(line + http + b"\n"))

    outcome = read(tmp_path)

    assert outcome.pages == [PAGES[0]]
    assert outcome.documents[0].fetched_at == datetime(2008, 1, 2, 3, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize("length", [b"9" * 5000, b"-5", b"1e3", b""])
def test_a_length_that_is_no_number_costs_its_record(tmp_path, read, length):
    """Whatever stands there; the record after it is read."""
    good = b"WARC/1.0\r\nWARC-Type: resource\r\nContent-Type: text/plain\r\nContent-Length: 6\r\n\r\n\xe6\xb8\xa1\xe5\x8f\xa3\r\n\r\n"
    bad = b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: " + length + b"\r\n\r\nx\r\n\r\n"
    (tmp_path / "a.warc").write_bytes(bad + good)

    outcome = read(tmp_path)

    assert outcome.pages == ["渡口"]
    assert outcome.rejects
