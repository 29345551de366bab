"""Bundles: every member is read as a file would be; what is bad in one costs itself only."""

import io
import json
import tarfile
import time
import zipfile

import pytest

from tasks.reasons import Reject

PAGE = "渔船回港，码头上摆满了刚上岸的鱼。"


def tar_of(members, form="w", fmt=tarfile.PAX_FORMAT) -> bytes:
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode=form, format=fmt) as archive:
        for name, content in members:
            info = tarfile.TarInfo(name)
            if isinstance(content, tuple):
                info.type, info.linkname = content
                archive.addfile(info)
            else:
                info.size = len(content)
                archive.addfile(info, io.BytesIO(content))
    return target.getvalue()


def zip_of(members) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            archive.writestr(name, content)
    return target.getvalue()


ROWS = b'{"id": "1", "text": "x"}\nbad\n{"id": "2", "text": "y"}\n'
MEMBERS = [
    ("一/页.txt", PAGE.encode()),
    ("rows.jsonl", ROWS),
    ("pic.txt", b"\x89PNG\r\n\x1a\n"),
    ("d/empty", b""),
]
FORMS = {
    "zip": zip_of(MEMBERS),
    "tar": tar_of(MEMBERS),
    "tar.gz": tar_of(MEMBERS, "w:gz"),
    "tar.xz": tar_of(MEMBERS, "w:xz"),
    "gnu.tar": tar_of(MEMBERS, fmt=tarfile.GNU_FORMAT),
}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("named", [True, False])
def test_members_are_read_as_files_are(tmp_path, read, form, named):
    """Pages, rows, and rejects of single members; ``!/`` leads to the member."""
    path = tmp_path / (f"bundle.{form}" if named else "bundle.txt")
    path.write_bytes(FORMS[form])

    outcome = read(path)

    assert outcome.pages == [PAGE, "x", "y"]
    assert [d.uri.partition("!")[2] for d in outcome.documents] == [
        "/一/页.txt",
        "/rows.jsonl#id=1",
        "/rows.jsonl#id=2",
    ]
    assert outcome.rejects == [("rows.jsonl#L2", "invalid_record"), ("pic.txt", "binary"), ("empty", "empty")]
    assert (outcome.done[0].documents, outcome.done[0].rejects) == (3, 3)


@pytest.mark.parametrize("pack", [zip_of, tar_of], ids=["zip", "tar"])
@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "a/../../b", "..\\b", "C:\\b"])
def test_names_that_lead_out_are_refused(tmp_path, read, pack, name):
    """Nothing is ever written by a member's name; one that tries is not trusted at all."""
    (tmp_path / "b").write_bytes(pack([(name, b"x"), ("good.txt", PAGE.encode())]))

    outcome = read(tmp_path)

    assert outcome.pages == [PAGE]
    assert [reason for _, reason in outcome.rejects] == ["refused"]


@pytest.mark.parametrize("kind", [tarfile.SYMTYPE, tarfile.LNKTYPE])
def test_links_in_a_bundle_are_refused(tmp_path, read, kind):
    """A link in a bundle may point anywhere."""
    (tmp_path / "b.tar").write_bytes(tar_of([("l", (kind, "/etc/passwd")), ("good.txt", PAGE.encode())]))

    outcome = read(tmp_path)

    assert outcome.rejects == [("l", "refused")]
    assert outcome.pages == [PAGE]


def test_a_device_in_a_bundle_is_unsupported(tmp_path, read):
    """It holds no bytes."""
    (tmp_path / "b.tar").write_bytes(tar_of([("d", (tarfile.CHRTYPE, ""))]))

    assert read(tmp_path).rejects == [("d", "unsupported")]


def test_a_damaged_header_is_not_taken_for_the_end(tmp_path, read):
    """The members before it are read, and the loss is said."""
    data = bytearray(tar_of([(f"{i}.txt", PAGE.encode()) for i in range(5)]))
    data[3 * 1024 + 50] ^= 0x7F
    (tmp_path / "b.tar").write_bytes(data)

    outcome = read(tmp_path)

    assert len(outcome.documents) == 3
    assert outcome.rejects == [("b.tar", "corrupt")]


def test_a_zip_bomb_is_refused(tmp_path, read):
    """What its entries promise is more than any text compresses to."""
    (tmp_path / "b.zip").write_bytes(zip_of([(str(i), b" " * 10_000_000) for i in range(10)]))

    assert read(tmp_path).rejects == [("b.zip", "refused")]


@pytest.mark.parametrize("form", ["zip", "tar", "tar.gz"])
def test_a_bundle_cut_short_says_so(tmp_path, read, form):
    """tar: the members before the cut are read; zip: its list of members is lost."""
    pages = [(f"{i}.txt", json.dumps([i] * 3000).encode()) for i in range(20)]
    whole = {"zip": zip_of, "tar": tar_of, "tar.gz": lambda m: tar_of(m, "w:gz")}[form](pages)
    (tmp_path / f"b.{form}").write_bytes(whole[: len(whole) * 3 // 4])

    outcome = read(tmp_path)

    assert {reason for _, reason in outcome.rejects} == {"truncated"}
    assert bool(outcome.documents) == (form != "zip")


def test_a_damaged_member_costs_itself_only(tmp_path, read):
    """The members after it are read."""
    data = bytearray(zip_of([("a.txt", PAGE.encode() * 20), ("b.txt", PAGE.encode())]))
    at = data.index(b"a.txt") + 10
    data[at : at + 10] = b"\x5a" * 10
    (tmp_path / "x.zip").write_bytes(data)

    outcome = read(tmp_path)

    assert outcome.rejects == [("a.txt", "corrupt")]
    assert outcome.pages == [PAGE]


@pytest.mark.parametrize("marker", ["[Content_Types].xml", "mimetype", "META-INF/MANIFEST.MF"])
def test_office_files_are_binary(tmp_path, read, marker):
    """They are zips, and no bundles of pages."""
    (tmp_path / "x.docx").write_bytes(zip_of([(marker, "x"), ("word/document.xml", "<x/>")]))

    assert read(tmp_path).rejects == [("x.docx", "binary")]


def test_member_names_in_gb18030_are_read(tmp_path, read):
    """As Chinese Windows writes them: without the mark for UTF-8."""
    data = zip_of([("zzzz.txt", PAGE.encode())]).replace(b"zzzz", "新闻".encode("gb18030"))
    (tmp_path / "x.zip").write_bytes(data)

    (document,) = read(tmp_path).documents
    assert document.uri.endswith("x.zip!/新闻.txt")


def test_a_bundle_in_a_bundle(tmp_path, read):
    """Opened, up to the limit of depth."""
    inner = zip_of([("a.txt", PAGE.encode())])
    (tmp_path / "x.tar").write_bytes(tar_of([("in.zip", inner)]))

    (document,) = read(tmp_path).documents
    assert document.uri.endswith("x.tar!/in.zip!/a.txt")


def test_a_file_with_holes_is_not_filled(tmp_path, read):
    """A sparse member can promise more zeros than there is time to read."""
    header = {"GNU.sparse.major": "0", "GNU.sparse.minor": "1", "GNU.sparse.map": "0,0",
              "GNU.sparse.numblocks": "1", "GNU.sparse.size": str(1 << 50)}  # fmt: skip
    target = io.BytesIO()
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as archive:
        info = tarfile.TarInfo("x.jsonl")
        info.pax_headers = header
        archive.addfile(info)
    (tmp_path / "x.tar").write_bytes(target.getvalue())

    assert read(tmp_path).rejects == [("x.jsonl", "unsupported")]


def test_where_a_link_leads_can_be_stored(tmp_path, read):
    """Its name may be no text; what the reject says of it is."""
    (tmp_path / "x.tar").write_bytes(tar_of([("l", (tarfile.SYMTYPE, "\udcff"))], fmt=tarfile.GNU_FORMAT))

    (reject,) = read(tmp_path).of(Reject)

    assert reject.detail.encode() == b"a link to %FF"


def test_many_small_bombs_are_a_large_one(tmp_path, read):
    """What bundles in a bundle expand to is counted together; what came before is read."""
    blank_line = b" " * 99_999 + b"\n"
    bomb = zip_of([("x.jsonl", blank_line * 300)])
    (tmp_path / "x.zip").write_bytes(zip_of([("a.txt", PAGE), *((f"{n}.zip", bomb) for n in range(9))]))

    outcome = read(tmp_path)

    assert outcome.pages == [PAGE]
    assert [reason for _, reason in outcome.rejects] == ["empty"] * 2 + ["refused"] * 7


def header(name: bytes, size: bytes, kind: bytes = b"0") -> bytes:
    """A header of tar as nobody's program writes it."""
    block = bytearray(512)
    block[: len(name)], block[100:108], block[124:136] = name, b"0000644\0", size
    block[156:157], block[257:265], block[148:156] = kind, b"ustar\x0000", b" " * 8
    block[148:156] = b"%06o\0 " % sum(block)
    return bytes(block)


@pytest.mark.parametrize(
    ("content", "reasons"),
    [
        pytest.param(
            header(b"a", b"\x80" + b"\0" * 3 + b"\x7f" * 8) + b"x" * 512,
            {"truncated"},
            id="an-exabyte-promised",
        ),
        pytest.param(header(b"a", b"\xff" * 12) + b"x" * 512, {"empty", "corrupt"}, id="a-negative-size"),
        pytest.param(
            header(b"p", b"%011o\0" % 60_000, b"x") + b"9" * 60_416 + header(b"b", b"0" * 11 + b"\0"),
            {"corrupt"},
            id="an-extended-header-of-digits",
        ),
    ],
)
def test_a_header_that_lies_costs_no_time(tmp_path, read, content, reasons):
    """Sizes nobody could read are not waited for; headers that take the square of their length are not read."""
    (tmp_path / "a.tar").write_bytes(content)
    started = time.process_time()

    assert {reason for _, reason in read(tmp_path).rejects} == reasons
    assert time.process_time() - started < 1
