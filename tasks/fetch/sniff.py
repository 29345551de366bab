"""What bytes are, by their own beginning; names decide only where the content leaves it open.

Source: the magic numbers of the formats' specifications; https://mimesniff.spec.whatwg.org for HTML.
"""

import re
import zlib

HEAD_BYTES = 1 << 16
"""How far into a stream one looks."""

_WRAPPINGS: tuple[tuple[bytes, str], ...] = (
    (b"\x1f\x8b\x08", "gz"),
    (b"\x28\xb5\x2f\xfd", "zst"),
    (b"\xfd7zXZ\x00", "xz"),
    (b"PK\x03\x04", "zip"),
    (b"PK\x05\x06", "zip"),
)
_BZ2 = re.compile(rb"BZh[1-9](?:1AY&SY|\x17rE8P\x90)")

_BINARY: tuple[tuple[bytes, str], ...] = (
    (b"\x89PNG\r\n\x1a\n", "a PNG picture"),
    (b"\xff\xd8\xff", "a JPEG picture"),
    (b"GIF87a", "a GIF picture"),
    (b"GIF89a", "a GIF picture"),
    (b"RIFF", "a RIFF file (WebP, WAV, AVI)"),
    (b"II*\x00", "a TIFF picture"),
    (b"MM\x00*", "a TIFF picture"),
    (b"\x00\x00\x01\x00", "an icon"),
    (b"%PDF-", "a PDF file"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office file"),
    (b"{\\rtf", "an RTF file"),
    (b"\x7fELF", "an ELF program"),
    (b"\xca\xfe\xba\xbe", "a Java or Mach-O program"),
    (b"\xcf\xfa\xed\xfe", "a Mach-O program"),
    (b"\x00asm", "a WebAssembly program"),
    (b"SQLite format 3\x00", "an SQLite file"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"Rar!\x1a\x07", "a RAR archive"),
    (b"!<arch>\n", "an ar archive"),
    (b"ID3", "an MP3 file"),
    (b"OggS\x00", "an Ogg file"),
    (b"fLaC", "a FLAC file"),
    (b"wOFF", "a font"),
    (b"wOF2", "a font"),
    (b"OTTO\x00", "a font"),
    (b"\x00\x01\x00\x00\x00", "a font"),
    (b"\x89HDF\r\n\x1a\n", "an HDF5 file"),
    (b"\x93NUMPY", "a NumPy file"),
    (b"ARROW1\x00\x00", "an Arrow file"),
    (b"ORC", "an ORC file"),
)
_MAGICS = tuple(magic for magic, _ in _BINARY)
_NEEDS_ZERO = ("RIFF file", "MP3", "ORC")
"""Marks that a text could begin with: they count only with a zero byte near."""

NO_PAGE = re.compile(
    r"(?:image|audio|video|font|model)/|text/(?:css|javascript|calendar)|"
    r"application/(?:(?:x-)?javascript|pdf|zip|octet-stream|msword|vnd\.|font|x-shockwave|x-font)",
    re.I,
)
"""Content types under which no article is sent."""
MEDIA = re.compile(r"(?:image|audio|video|font|model)/", re.I)
"""Content types of which not even the body is needed."""

_HTML = re.compile(
    rb"(?:\xef\xbb\xbf)?\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*"
    rb"<(?:!doctype\s+html|html|head|body|title|meta|link|script|style|base|div|table|article|section|p|h1)\b",
    re.I | re.S,
)
_TAGS = re.compile(rb"<(?:/?(?:p|div|span|a|br|li|td|tr|h[1-6]|body|html|head|meta|img)\b[^<>]*)>", re.I)
_ROW = re.compile(rb'(?:\xef\xbb\xbf)?\s*\{\s*(?:"|\}\s*$)')
_ROWS_ARRAY = re.compile(rb"(?:\xef\xbb\xbf)?\s*\[\s*(?:\{|\]\s*$)")
_ROW_NAMES = (".jsonl", ".ndjson", ".jl", ".jsonlines")


_WARC_START = re.compile(rb"WARC/\d\.\d+\r?\n|filedesc://[^\r\n]*\n")
_ARC_LINE = re.compile(rb"[a-z]+:[^ \n]* \S+ \d{14} \S+ \d+\n")


def wrapping_of(head: bytes) -> str | None:
    """Return ``gz``, ``zst``, ``xz``, ``bz2`` or ``zip`` when the bytes are one of them."""
    for magic, form in _WRAPPINGS:
        if head.startswith(magic):
            return form
    return "bz2" if _BZ2.match(head) else None


def binary_kind(head: bytes) -> str | None:
    """Return what the bytes are, in words, when they are known to be no text."""
    for magic, kind in _BINARY if head.startswith(_MAGICS) else ():
        if head.startswith(magic) and (b"\0" in head[:512] or not any(weak in kind for weak in _NEEDS_ZERO)):
            return kind
    if head[4:8] == b"ftyp" and b"\0" in head[:4]:
        return "a video or HEIF picture"
    if head[:2] in (b"MZ", b"BM") and head[:512].count(0) > 8:
        return "a Windows program" if head[:2] == b"MZ" else "a BMP picture"
    return None


def is_html(head: bytes, name: str = "") -> bool:
    """Say whether the bytes are an HTML page: by their start, their tags, or name and tags."""
    if _HTML.match(head[:4096]):
        return True
    tags = len(_TAGS.findall(head[:16384]))
    return tags >= (1 if name.lower().endswith((".html", ".htm", ".xhtml", ".shtml")) else 10)


def row_form(head: bytes, name: str = "") -> str | None:
    """Return how rows of JSON are written: ``lines`` (one on each), ``values`` (any other way); ``None`` for no rows."""
    name = name.lower()
    if name.endswith(_ROW_NAMES):
        return "values" if _ROWS_ARRAY.match(head) else "lines"
    if _ROWS_ARRAY.match(head):
        return "values"
    if not _ROW.match(head):
        return None
    first, end, _ = head.lstrip(b"\xef\xbb\xbf \t\r\n").partition(b"\n")
    if not end or first.rstrip().endswith(b"}"):
        return "lines"
    return "values" if name.endswith(".json") or not first.strip(b"{ \t\r") else None


def warc_form(head: bytes, form: str | None) -> str | None:
    """Return ``gz`` or ``plain`` when a stream that begins so is a web archive."""
    if form is None:
        return "plain" if _WARC_START.match(head) else None
    if form != "gz":
        return None
    return "gz" if begins_record(head) else None


def begins_record(member: bytes) -> bool:
    """Say whether a gzip member holds the beginning of a WARC or ARC record."""
    try:
        start = zlib.decompressobj(31).decompress(member, 2048)
    except zlib.error:
        return False
    return bool(_WARC_START.match(start) or _ARC_LINE.match(start))


def is_parquet(head: bytes) -> bool:
    """Say whether the bytes are a Parquet file."""
    return head.startswith(b"PAR1")


def delimiter_of(head: bytes, name: str) -> str | None:
    """Return the delimiter of a table named ``.csv`` or ``.tsv``: by its header, ``None`` for other names."""
    if not name.lower().endswith((".csv", ".tsv", ".tab")):
        return None
    header = head.partition(b"\n")[0]
    counts = {sign: header.count(sign.encode()) for sign in ("\t", ",", ";", "|")}
    best = max(counts, key=lambda sign: counts[sign])
    return best if counts[best] else ("\t" if name.lower().endswith((".tsv", ".tab")) else ",")


def is_utf16_table(head: bytes, name: str) -> bool:
    """Say whether rows (by their name) are in UTF-16 (by their mark)."""
    tables = (*_ROW_NAMES, ".json", ".csv", ".tsv", ".tab")
    return head[:2] in (b"\xff\xfe", b"\xfe\xff") and name.lower().endswith(tables)
