"""Whatever a file holds: documents and reasons, an end, never an exception."""

import bz2
import gzip
import io
import json
import lzma
import tarfile
import time
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from tasks.document import Document
from tasks.fetch.content import read_stream
from tasks.fetch.options import FetchOptions
from tasks.fetch.streams import BLANK_LINES, ByteStream
from tasks.reasons import Reject
from tasks.sources import Source

ROWS = b"".join(json.dumps({"id": i, "text": f"第{i}行"}).encode() + b"\n" for i in range(20))
PAGE = "<html><body><p>正文。</p></body></html>".encode()


def warc() -> bytes:
    target = io.BytesIO()
    writer = WARCWriter(target, gzip=True)
    for i in range(4):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/html")], protocol="HTTP/1.1")
        writer.write_record(
            writer.create_warc_record(f"http://h/{i}", "response", io.BytesIO(PAGE), http_headers=headers)
        )
    return target.getvalue()


def bundle(form) -> bytes:
    target = io.BytesIO()
    if form == "zip":
        with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.html", PAGE)
            archive.writestr("b.jsonl", ROWS)
    else:
        with tarfile.open(fileobj=target, mode="w") as archive:
            for name, content in (("a.html", PAGE), ("b.jsonl", ROWS)):
                info = tarfile.TarInfo(name)
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
    return target.getvalue()


def parquet() -> bytes:
    target = io.BytesIO()
    pq.write_table(pa.table({"text": ["甲", "乙"]}), target)
    return target.getvalue()


WHOLE = {
    "x.html": PAGE,
    "x.jsonl": ROWS,
    "x.json": b"[" + ROWS.strip().replace(b"\n", b",") + b"]",
    "x.csv": "id,text\n1,甲\n2,乙\n".encode(),
    "x.jsonl.gz": gzip.compress(ROWS),
    "x.bz2": bz2.compress(ROWS),
    "x.xz": lzma.compress(ROWS),
    "x.zst": zstandard.compress(ROWS),
    "x.zip": bundle("zip"),
    "x.tar": bundle("tar"),
    "x.tgz": gzip.compress(bundle("tar")),
    "x.warc.gz": warc(),
    "x.warc": gzip.decompress(warc()),
    "x.parquet": parquet(),
}
SOURCE = Source(location="x")


def all_of(content: bytes, name: str, chunk: int = 1 << 16) -> list[Document | Reject]:
    chunks = [content[i : i + chunk] for i in range(0, len(content), chunk)]
    return list(read_stream(ByteStream(chunks), f"file:///{name}", name, SOURCE, FetchOptions()))


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(data=st.data())
def test_damage_is_never_an_exception(name, data):
    """Bytes changed, cut out, doubled or cut off anywhere."""
    content = bytearray(WHOLE[name])
    for _ in range(data.draw(st.integers(1, 4))):
        at = data.draw(st.integers(0, len(content)))
        how = data.draw(st.sampled_from(["change", "cut", "double", "end"]))
        size = data.draw(st.integers(1, 40))
        if how == "change":
            content[at : at + size] = data.draw(st.binary(min_size=1, max_size=40))
        elif how == "cut":
            del content[at : at + size]
        elif how == "double":
            content[at:at] = content[at : at + size]
        else:
            del content[at:]

    found = all_of(bytes(content), name)

    assert found
    assert all(isinstance(each, Document | Reject) for each in found)


@pytest.mark.parametrize("name", WHOLE)
@settings(max_examples=15, deadline=None)
@given(chunk=st.integers(1, 3000))
def test_what_is_read_does_not_depend_on_the_chunks(name, chunk):
    """The same documents in the same order, however the bytes arrive."""
    whole = all_of(WHOLE[name], name)

    assert [(d.uri, d.article_id) for d in all_of(WHOLE[name], name, chunk)] == [
        (d.uri, d.article_id) for d in whole
    ]
    assert all(isinstance(each, Document) for each in whole)


@settings(max_examples=200, deadline=None)
@given(st.binary(max_size=300), st.sampled_from(["x", *WHOLE]))
def test_rubbish_under_any_name(content, name):
    """At least one document or reason for each file."""
    assert all_of(content, name)


@given(
    st.lists(st.sampled_from([b"a", b"\n", b"\r\n", b" ", b"\t", b"\r", b"\n\n"]), max_size=30),
    st.integers(1, 6),
)
def test_blank_lines_left_out_count(pieces, size):
    """Rows have the same numbers whether blank lines are looked at or passed over, however chunks fall."""
    content = b"".join(pieces)
    chunks = [content[at : at + size] for at in range(0, len(content), size)]
    each, fewer = (
        [
            (line.number, line.content)
            for line in ByteStream(chunks).lines(99, lambda passed=passed: passed)
            if line.content.strip()
        ]
        for passed in (None, BLANK_LINES)
    )

    assert each == fewer


def test_blank_lines_cost_next_to_nothing():
    """A file of millions of them, which is packed into nothing, is no work."""
    started = time.process_time()
    rows = list(ByteStream([b"\n" * 65_536] * 160 + [b"a\n"]).lines(99, lambda: BLANK_LINES))

    assert [(row.number, row.content) for row in rows] == [(65_536 * 160 + 1, b"a")]
    assert time.process_time() - started < 2
