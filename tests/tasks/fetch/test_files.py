"""Pages in files: one document each, whatever wraps them; bad files stop alone and with a reason."""

import bz2
import gzip
import io
import lzma
import os
import zipfile

import pyarrow as pa
import pyarrow.parquet as pq
import pytest
import zstandard

from tasks.discover import Input, list_inputs
from tasks.document import article_id_of, content_sha256
from tasks.fetch import FetchOptions, read_documents
from tasks.fetch.pages import page_document
from tasks.reasons import Reason, Reject
from tasks.sources import Source

PAGE = "春耕时节，河边的水渠又响了起来。\n村里的人说，今年的水比往年来得早。\n".encode()


def zipped(**members: bytes) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return target.getvalue()


WRAPPINGS = {
    "gz": gzip.compress(PAGE),
    "bz2": bz2.compress(PAGE),
    "xz": lzma.compress(PAGE),
    "zst": zstandard.ZstdCompressor(write_checksum=True).compress(PAGE),
    "zip": zipped(page=PAGE),
}


def test_a_text_file_is_one_document(tmp_path, read):
    """Its content is the file's bytes, its id comes from them, its uri is readable."""
    path = tmp_path / "新闻 1.txt"
    path.write_bytes(PAGE)

    outcome = read(path)

    (document,) = outcome.documents
    assert document.content == PAGE
    assert document.article_id == article_id_of(content_sha256(PAGE))
    assert document.uri == f"file://{tmp_path}/新闻%201.txt"
    assert document.media_type == "text/plain"
    (done,) = outcome.done
    assert (done.uri, done.size_bytes, done.digest) == (document.uri, len(PAGE), content_sha256(PAGE))
    assert (done.documents, done.rejects) == (1, 0)


@pytest.mark.parametrize(
    ("name", "content", "media_type"),
    [
        pytest.param("a.html", b"<!DOCTYPE html><html><body><p>x</p>", "text/html", id="doctype"),
        pytest.param("a.txt", b"<html><head><title>x</title>", "text/html", id="html-named-txt"),
        pytest.param("a.htm", "一段<br>二段".encode(), "text/html", id="fragment-named-htm"),
        pytest.param("a.txt", "若 a<b 且 b<p 则…".encode(), "text/plain", id="comparison-is-no-tag"),
        pytest.param("a.html", "只有文字，没有标签。".encode(), "text/plain", id="text-named-html"),
        pytest.param("a.txt", "{注}本文写于春天。".encode(), "text/plain", id="brace-is-no-row"),
        pytest.param("a.txt", "[记者手记]春天来了。".encode(), "text/plain", id="bracket-is-no-array"),
        pytest.param("a.txt", "MZ 是两个字母。".encode(), "text/plain", id="program-magic-in-text"),
        pytest.param("a.txt", "ID3 标签怎么写".encode(), "text/plain", id="mp3-magic-in-text"),
    ],
)
def test_a_file_is_what_its_content_says(tmp_path, read, name, content, media_type):
    """The name decides only where the content leaves it open."""
    (tmp_path / name).write_bytes(content)

    assert [d.media_type for d in read(tmp_path).documents] == [media_type]


@pytest.mark.parametrize("form", WRAPPINGS)
@pytest.mark.parametrize("name", ["right", "wrong.txt"])
def test_wrapped_pages_are_opened_under_any_name(tmp_path, read, form, name):
    """A compressed page is its content; a name without or with another ending does not matter."""
    path = tmp_path / (f"page.txt.{form}" if name == "right" else name)
    path.write_bytes(WRAPPINGS[form])

    assert read(path).pages == [PAGE.decode()]


def test_a_text_named_gz_is_a_text(tmp_path, read):
    """The ending .gz alone opens nothing."""
    (tmp_path / "page.gz").write_bytes(PAGE)

    assert read(tmp_path).pages == [PAGE.decode()]


def test_several_gzip_members_are_one_stream(tmp_path, read):
    """``cat a.gz b.gz`` is read as gzip reads it."""
    (tmp_path / "two.gz").write_bytes(gzip.compress(b"one ") + gzip.compress(b"two"))

    assert read(tmp_path).pages == ["one two"]


def test_bytes_after_the_last_member_are_left_out(tmp_path, read):
    """As gzip does."""
    (tmp_path / "padded.gz").write_bytes(gzip.compress(PAGE) + b"\0" * 512)

    assert read(tmp_path).pages == [PAGE.decode()]


@pytest.mark.parametrize("form", ["gz", "bz2", "xz", "zst"])
def test_a_page_cut_short_is_not_loaded(tmp_path, read, form):
    """Half a page is no page."""
    whole = {"gz": gzip, "bz2": bz2, "xz": lzma, "zst": zstandard}[form].compress(
        os.urandom(5000).hex().encode()
    )
    (tmp_path / f"cut.{form}").write_bytes(whole[: len(whole) // 2])

    outcome = read(tmp_path)

    assert outcome.rejects == [(f"cut.{form}", "truncated")]
    assert not outcome.documents
    assert [d.rejects for d in outcome.done] == [1]


@pytest.mark.parametrize("form", ["gz", "bz2", "xz", "zst", "zip"])
def test_damaged_data_is_corrupt(tmp_path, read, form):
    """A flipped middle costs the file, with a reason that says so."""
    data = bytearray(WRAPPINGS[form])
    for at in range(len(data) // 3, len(data) // 3 + 12):
        data[at] ^= 0x5A
    (tmp_path / "bad").write_bytes(data)

    ((name, reason),) = read(tmp_path).rejects
    assert name in ("bad", "page")
    assert reason in ("corrupt", "truncated")


@pytest.mark.parametrize(
    "magic",
    [
        b"\x89PNG\r\n\x1a\n" + b"\0" * 20,
        b"\x7fELF\x02\x01\x01" + b"\0" * 20,
        b"%PDF-1.7\n%\xe2\xe3",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 20,
        b"\xff\xd8\xff\xe0\0\x10JFIF",
        b"MZ\x90" + b"\0" * 60,
        b"SQLite format 3\0",
    ],
)
@pytest.mark.parametrize("name", ["a.txt", "a.jsonl.txt", "a"])
def test_known_binaries_are_rejected_under_any_name(tmp_path, read, magic, name):
    """Pictures, programs and office files hold no article."""
    (tmp_path / name).write_bytes(magic)

    assert read(tmp_path).rejects == [(name, "binary")]


@pytest.mark.parametrize("content", [b"", b"  \r\n\t\n", b" " * 200_000])
def test_blank_files_are_empty(tmp_path, read, content):
    """Nothing but white space is nothing."""
    (tmp_path / "blank.txt").write_bytes(content)

    assert read(tmp_path).rejects == [("blank.txt", "empty")]


def test_a_page_may_begin_with_many_blanks(tmp_path, read):
    """Blanks in front are no reason to stop."""
    (tmp_path / "page.txt").write_bytes(b"\n" * 100_000 + PAGE)

    assert len(read(tmp_path).documents) == 1


def test_a_page_over_the_limit_is_too_large(tmp_path, read):
    """Everything else is still read."""
    (tmp_path / "a.txt").write_bytes(b"x" * 1001)
    (tmp_path / "b.txt").write_bytes(b"x" * 1000)

    outcome = read(tmp_path, max_document_bytes=1000)

    assert outcome.rejects == [("a.txt", "too_large")]
    assert len(outcome.documents) == 1


def test_a_bomb_is_refused_without_being_unpacked(tmp_path, read):
    """Data that expands beyond reason stops early: a gigabyte of blanks in a row file."""
    bomb = gzip.compress(b'{"text": "' + b" " * 100_000_000, 6)
    (tmp_path / "bomb.gz").write_bytes(bomb)

    assert read(tmp_path).rejects == [("bomb.gz", "refused")]


def test_wrapping_without_end_is_refused(tmp_path, read):
    """gz in gz in gz in gz."""
    content = PAGE
    for _ in range(5):
        content = gzip.compress(content)
    (tmp_path / "deep.gz").write_bytes(content)

    assert read(tmp_path).rejects == [("deep.gz", "refused")]


@pytest.mark.parametrize("seen_size", [5, None])
def test_what_cannot_be_opened_is_unreadable(tmp_path, seen_size):
    """A file that vanished after it was listed: a reject, not done, so the next run looks again."""
    path = str(tmp_path / "gone.txt")
    found = Input(f"file://{path}", "file", path, Source(location=path), seen_size, 1)

    (reject,) = read_documents([found], FetchOptions())

    assert reject.reason is Reason.UNREADABLE


def test_no_permission_is_unreadable(tmp_path, read, monkeypatch):
    """Permission is simulated: root may read everything."""
    (tmp_path / "secret.txt").write_bytes(PAGE)
    (tmp_path / "open.txt").write_bytes(PAGE)
    real_open = os.open

    def guarded(path, *args, **kwargs):
        if str(path).endswith("secret.txt"):
            raise PermissionError(13, "Permission denied")
        return real_open(path, *args, **kwargs)

    monkeypatch.setattr(os, "open", guarded)
    outcome = read(tmp_path)

    assert outcome.rejects == [("secret.txt", "unreadable")]
    assert len(outcome.documents) == len(outcome.done) == 1


def test_zero_bytes_are_left_for_decode_to_judge(tmp_path, read):
    """A page with a few zero bytes may be readable (UTF-16 is full of them)."""
    (tmp_path / "a.txt").write_bytes(PAGE.replace(b"\n", b"\0\n"))
    (tmp_path / "b.txt").write_bytes("\ufeff春天".encode("utf-16-le"))

    assert len(read(tmp_path).documents) == 2


def test_a_film_is_not_read_for_its_digest(tmp_path, read):
    """Nor any other large file without a document: its size and time tell when to look at it again."""
    for name, head in (("film.mp4", b"\x00\x00\x00\x18ftypisom"), ("huge.txt", "河".encode() * 100)):
        with (tmp_path / name).open("wb") as file:
            file.write(head)
            file.truncate(10**12)

    outcome = read(tmp_path, max_document_bytes=1_000_000)

    assert outcome.rejects == [("film.mp4", "binary"), ("huge.txt", "too_large")]
    assert [done.digest for done in outcome.done] == ["", ""]


@pytest.mark.parametrize(
    "name", ["a.txt", "a.txt.gz", "a.zip", "a.parquet", "a.jsonl", "broken.zip", "a.png"]
)
def test_how_far_a_run_is_counts_bytes_as_stored(tmp_path, name):
    """It never goes back, never beyond the files, and at the end is all of them."""
    rows = b"".join(b'{"text": "%d"}\n' % i for i in range(3000))
    content = {
        "a.txt": PAGE, "a.txt.gz": WRAPPINGS["gz"], "a.zip": zipped(a=PAGE, b=PAGE), "a.jsonl": rows,
        "broken.zip": zipped(a=PAGE)[:-9], "a.png": b"\x89PNG\r\n\x1a\n\0" * 99,
    }  # fmt: skip
    if name == "a.parquet":
        pq.write_table(pa.table({"text": [str(i) for i in range(3000)]}), tmp_path / name)
    else:
        (tmp_path / name).write_bytes(content[name])
    (tmp_path / "z.txt").write_bytes(PAGE)
    options = FetchOptions()
    total = sum(path.stat().st_size for path in tmp_path.iterdir())

    events = read_documents(list_inputs([Source(location=str(tmp_path))], {}), options)
    seen = [options.traffic.read_bytes for _ in events]

    assert seen == sorted(seen)
    assert seen[-1] <= total
    assert options.traffic.read_bytes == total


def test_a_defect_of_ours_costs_its_input_only(tmp_path, read, monkeypatch):
    """It is said with its place, and the other inputs are read; a fault of the disk is another thing."""
    for name in ("a.txt", "b.txt", "c.txt"):
        (tmp_path / name).write_bytes(PAGE)

    def broken(content, uri, name=""):
        if uri.endswith(("a.txt", "b.txt")):
            raise ZeroDivisionError("a") if uri.endswith("a.txt") else OSError(5, "Input/output error")
        return page_document(content, uri, name)

    monkeypatch.setattr("tasks.fetch.content.page_document", broken)
    outcome = read(tmp_path)

    assert outcome.rejects == [("a.txt", "internal_error"), ("b.txt", "unreadable")]
    assert "ZeroDivisionError: a (test_files.py:" in outcome.of(Reject)[0].detail
    assert len(outcome.documents) == 1
