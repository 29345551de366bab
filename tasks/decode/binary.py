"""Binary content: what is no text at all, known by its first bytes or by its control bytes.

Source   the signatures that the formats' own specifications print
"""

_SIGNATURES = {
    b"\x89PNG\r\n\x1a\n": "PNG picture",
    b"\xff\xd8\xff": "JPEG picture",
    b"GIF87a": "GIF picture",
    b"GIF89a": "GIF picture",
    b"II*\x00": "TIFF picture",
    b"MM\x00*": "TIFF picture",
    b"\x00\x00\x01\x00": "icon",
    b"%PDF-": "PDF document",
    b"%!PS": "PostScript document",
    b"{\\rtf": "RTF document",
    b"PK\x03\x04": "ZIP archive or office document",
    b"PK\x05\x06": "empty ZIP archive",
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": "office document",
    b"\x1f\x8b\x08": "gzip data",
    b"\xfd7zXZ\x00": "xz data",
    b"\x28\xb5\x2f\xfd": "zstd data",
    b"7z\xbc\xaf\x27\x1c": "7z archive",
    b"Rar!\x1a\x07": "RAR archive",
    b"\x7fELF": "program",
    b"MZ\x90\x00": "program",
    b"\xca\xfe\xba\xbe": "program",
    b"\xcf\xfa\xed\xfe": "program",
    b"\x00asm": "program",
    b"SQLite format 3\x00": "SQLite database",
    b"ARROW1\x00\x00": "Arrow file",
    b"OggS": "sound or film",
    b"ID3\x03": "sound",
    b"ID3\x04": "sound",
    b"fLaC": "sound",
    b"\x1aE\xdf\xa3": "film",
    b"FLV\x01": "film",
    b"wOFF": "font",
    b"wOF2": "font",
    b"\x00\x01\x00\x00\x00": "font",
    b"OTTO\x00": "font",
}
_BEGINNINGS = tuple(_SIGNATURES)

_CONTROLS = bytes((*range(0x01, 0x09), *range(0x0E, 0x1B), *range(0x1C, 0x20)))

_SAMPLE_BYTES = 64 << 10

MAX_CONTROL_SHARE = 0.05
"""Largest share of control bytes in text; program code and compressed data have 10 % and more."""


def binary_kind(content: bytes) -> str | None:
    """Return what kind of binary content this is, ``None`` for what may be text."""
    if content.startswith(_BEGINNINGS):
        return next(kind for signature, kind in _SIGNATURES.items() if content.startswith(signature))
    if content[:4] == b"RIFF" and content[8:12] in (b"WEBP", b"WAVE", b"AVI "):
        return "picture, sound or film"
    if content[4:8] == b"ftyp":
        return "film"
    if content[:2] == b"BM" and content[6:10] == b"\x00\x00\x00\x00":
        return "BMP picture"
    if content[:3] == b"BZh" and content[4:10] == b"1AY&SY":
        return "bzip2 data"
    if content.startswith(b"PAR1") and content.endswith(b"PAR1"):
        return "Parquet file"
    if content[257:262] == b"ustar":
        return "tar archive"
    return None


def control_share(content: bytes) -> float:
    """Return the share of control bytes (NUL aside) among the first 64 KiB, 0 to 1."""
    sample = content[:_SAMPLE_BYTES]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    return controls / len(sample) if sample else 0.0
