"""Bundles (zip, tar) -> their members, each a stream of its own.

Reads    a stream; a zip that is no file is set down in one first, because it is read from its end
Adds     Member: name and stream; to be read before the next one is asked for
Rejects  refused: names that lead out of the bundle, links, bundles that expand beyond reason
         unsupported: members with a password, devices, sparse files
         binary: office files and programs, which are zips too
Source   PKWARE APPNOTE (zip), POSIX ustar and pax (tar)
"""

import io
import lzma
import struct
import tarfile
import tempfile
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from tarfile import HeaderError, ReadError, TarInfo
from typing import IO, Self, cast

from tasks.fetch.decompress import EXPANSION_FREE_BYTES
from tasks.fetch.options import FetchOptions
from tasks.fetch.streams import CHUNK_BYTES, BrokenStream, ByteStream
from tasks.file_uri import readable
from tasks.reasons import Reason

_ZIP_ERRORS = (
    zipfile.BadZipFile, zlib.error, lzma.LZMAError, struct.error,
    OSError, ValueError, LookupError, ArithmeticError, RuntimeError, EOFError,
)  # fmt: skip
"""What ``zipfile`` raises at damaged bundles."""
READS_AT_THE_END = 16
"""How often ``tarfile`` may ask for more where there is nothing; it does so a few times in sound archives."""
MAX_PAX_BYTES = 8192
"""Names and times of one member; the longest path has 4,096 bytes."""
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
_NO_BUNDLES = {
    "[Content_Types].xml": "an Office file",
    "mimetype": "an EPUB or OpenDocument file",
    "META-INF/MANIFEST.MF": "a Java program",
    "AndroidManifest.xml": "an Android program",
}
"""Members that tell what else a zip can be."""


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a bundle."""

    name: str
    stream: ByteStream


@dataclass(frozen=True, slots=True)
class BadMember:
    """One member that is not read, and why."""

    name: str
    reason: Reason
    detail: str


def archive_members(
    stream: ByteStream, form: str | None, head: bytes, name: str, options: FetchOptions
) -> Iterator[Member | BadMember] | None:
    """Return the members of a zip or tar, ``None`` when the stream is neither."""
    if form == "zip":
        return _zip_members(stream, options)
    if head[257:262] == b"ustar" or (name.lower().endswith(".tar") and _is_old_tar(head)):
        return _tar_members(stream)
    return None


def escapes(name: str) -> bool:
    """Say whether a member's name leads out of its bundle: ``../``, ``/etc``, ``C:\\``."""
    parts = name.replace("\\", "/").split("/")
    return ".." in parts or name.startswith(("/", "\\")) or name[1:2] == ":" or "\0" in name


def _zip_members(stream: ByteStream, options: FetchOptions) -> Iterator[Member | BadMember]:
    with _as_file(stream) as spool:
        size = spool.seek(0, io.SEEK_END)
        try:
            archive = zipfile.ZipFile(spool)
        except _ZIP_ERRORS as error:
            raise BrokenStream(_zip_reason(spool, size), f"zip: {error}") from None
        with archive:
            members = archive.infolist()
            kind = next((_NO_BUNDLES[m.filename] for m in members if m.filename in _NO_BUNDLES), None)
            if kind:
                raise BrokenStream(Reason.BINARY, kind)
            _check_expansion(size, sum(m.file_size for m in members), options)
            for member in members:
                if not member.filename.endswith("/"):
                    yield _zip_member(archive, member)
                if stream.path is not None:
                    options.traffic.reached(member.header_offset + member.compress_size)


def _as_file(stream: ByteStream) -> IO[bytes]:
    """The stream as a file to seek in: its own, or a temporary one."""
    if stream.path is not None:
        return open(stream.path, "rb")
    spool = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    for chunk in stream.chunks():
        spool.write(chunk)
    return spool


def _zip_reason(spool: IO[bytes], size: int) -> Reason:
    """A zip without its end, where its list of members stands, was cut short."""
    spool.seek(max(0, size - (1 << 16) - 22))
    return Reason.CORRUPT if b"PK\x05\x06" in spool.read() else Reason.TRUNCATED


def _check_expansion(size: int, expanded: int, options: FetchOptions) -> None:
    if expanded > EXPANSION_FREE_BYTES and expanded > size * options.max_expansion:
        raise BrokenStream(Reason.REFUSED, f"zip expands more than {options.max_expansion} times")


def _zip_member(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Member | BadMember:
    name = _zip_name(member)
    if escapes(name):
        return BadMember(name, Reason.REFUSED, "its name leads out of the bundle")
    if member.flag_bits & _ENCRYPTED:
        return BadMember(name, Reason.UNSUPPORTED, "it needs a password")
    if (member.external_attr >> 16) & 0o170000 == 0o120000:
        return BadMember(name, Reason.REFUSED, "a link")
    return Member(name, ByteStream(_zip_chunks(archive, member)))


def _zip_chunks(archive: zipfile.ZipFile, member: zipfile.ZipInfo) -> Iterator[bytes]:
    """The member's bytes; no more than its entry promises, so that a lie cannot expand without end."""
    try:
        with archive.open(member) as file:
            while chunk := file.read(CHUNK_BYTES):
                yield chunk
    except _ZIP_ERRORS as error:
        raise BrokenStream(Reason.CORRUPT, f"zip: {error}") from None


def _zip_name(member: zipfile.ZipInfo) -> str:
    """Names without the UTF-8 mark are in the writer's code page: in China mostly GB18030."""
    if member.flag_bits & _UTF8_NAME or member.filename.isascii():
        return member.filename
    for charset in ("utf-8", "gb18030"):
        try:
            return member.filename.encode("cp437").decode(charset)
        except UnicodeError:
            continue
    return member.filename


def _is_old_tar(head: bytes) -> bool:
    """A tar from before ustar: its first header's checksum is right."""
    try:
        tarfile.TarInfo.frombuf(head[:512], "utf-8", "surrogateescape")
    except tarfile.HeaderError:
        return False
    return True


class _StrictTarInfo(tarfile.TarInfo):
    """Headers whose damage is said: ``TarFile`` takes a damaged header for the end of the archive."""

    @classmethod
    def fromtarfile(cls, tarfile: tarfile.TarFile) -> Self:
        try:
            return super().fromtarfile(tarfile)
        except HeaderError as error:
            if type(error).__name__ == "EOFHeaderError":  # the block of zeros that ends a tar
                raise
            cut = type(error).__name__ in ("TruncatedHeaderError", "EmptyHeaderError")
            raise ReadError("unexpected end of data" if cut else str(error)) from None

    def _proc_pax(self, tarfile: tarfile.TarFile) -> tarfile.TarInfo:
        if self.size > MAX_PAX_BYTES:  # some releases of Python take the square of its length to read it
            raise ReadError(f"an extended header of {self.size:,} bytes")
        return cast(TarInfo, super()._proc_pax(tarfile))  # type: ignore[misc]


class _UpToTheEnd:
    """A stream that says when it is over: ``tarfile`` skips a member of an exabyte by reading on and on."""

    def __init__(self, stream: ByteStream) -> None:
        self._stream = stream
        self._empty = 0

    def read(self, size: int) -> bytes:
        content = self._stream.read(size)
        self._empty += not content
        if self._empty > READS_AT_THE_END:
            raise ReadError("unexpected end of data")
        return content


def _tar_members(stream: ByteStream) -> Iterator[Member | BadMember]:
    try:
        with tarfile.open(
            fileobj=cast(IO[bytes], _UpToTheEnd(stream)),
            mode="r|",
            tarinfo=_StrictTarInfo,
            errors="surrogateescape",
        ) as archive:
            for member in archive:
                if not member.isdir():
                    yield _tar_member(archive, member)
                archive.members = []  # type: ignore[attr-defined]  # tarfile keeps all it has seen; a long tar would fill the memory
    except (tarfile.TarError, EOFError, ValueError) as error:
        cut = "end of data" in str(error) or "end of file" in str(error)
        raise BrokenStream(Reason.TRUNCATED if cut else Reason.CORRUPT, f"tar: {error}") from None


def _tar_member(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Member | BadMember:
    if escapes(member.name):
        return BadMember(member.name, Reason.REFUSED, "its name leads out of the bundle")
    if member.islnk() or member.issym():
        return BadMember(member.name, Reason.REFUSED, f"a link to {readable(member.linkname)}")
    if not member.isreg():
        return BadMember(member.name, Reason.UNSUPPORTED, "a pipe or device")
    if member.issparse():  # its holes need no bytes: a name and a number expand without end
        return BadMember(member.name, Reason.UNSUPPORTED, "a file with holes")
    return Member(member.name, ByteStream(_tar_chunks(archive, member)))


def _tar_chunks(archive: tarfile.TarFile, member: tarfile.TarInfo) -> Iterator[bytes]:
    file = archive.extractfile(member)
    while file is not None:
        try:
            chunk = file.read(CHUNK_BYTES)
        except (tarfile.TarError, EOFError, OSError) as error:
            raise BrokenStream(Reason.TRUNCATED, f"tar: {error}") from None
        if not chunk:
            return
        yield chunk
