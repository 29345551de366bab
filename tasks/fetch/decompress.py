"""Compressed streams -> their content, without trusting their size.

Source: RFC 1952 (gzip members), RFC 8878 (zstd frames), the bz2 and xz stream headers.
"""

import bz2
import lzma
import os
import zlib
from collections.abc import Callable, Iterator
from typing import Protocol

import zstandard

from tasks.fetch.streams import CHUNK_BYTES, BrokenStream, ByteStream
from tasks.reasons import Reason

EXPANSION_FREE_BYTES = 64_000_000
"""Output below which no ratio is held against a compressed stream: it can do no harm."""
RESCAN_BYTES = 1 << 18
"""How far back one looks for the next member after damage; records of web archives are mostly smaller."""
ZSTD_FEED_BYTES = 1024
"""zstd gives out all that its input holds, up to 128 KiB for 4 bytes: feed it little at a time."""


class _Decompressor(Protocol):
    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: bytes, max_length: int = ...) -> bytes: ...


class _Gzip:
    """zlib's object with the manner of bz2's and lzma's: it keeps what it could not yet use."""

    def __init__(self) -> None:
        self._inner = zlib.decompressobj(31)

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data

    def decompress(self, data: bytes, max_length: int = 0) -> bytes:
        return self._inner.decompress(self._inner.unconsumed_tail + data, max_length)


class _Zstd:
    """zstandard's object; it has no limit of output, so its input is limited instead."""

    def __init__(self) -> None:
        self._inner = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompressobj()
        self._waiting = b""
        self._position = 0

    @property
    def eof(self) -> bool:
        return self._inner.eof

    @property
    def unused_data(self) -> bytes:
        return self._inner.unused_data + self._waiting[self._position :]

    def decompress(self, data: bytes, max_length: int = 0) -> bytes:
        if data:
            self._waiting, self._position = self._waiting[self._position :] + data, 0
        content = b""
        while not content and self._position < len(self._waiting) and not self._inner.eof:
            end = self._position + ZSTD_FEED_BYTES
            content = self._inner.decompress(self._waiting[self._position : end])
            self._position = min(end, len(self._waiting))
        return content


class Unpacked:
    """Bytes taken out of one input, at every depth: many small bombs in a bundle are a large one."""

    def __init__(self, outer: ByteStream, max_expansion: int) -> None:
        self._outer = outer
        self._size = os.path.getsize(outer.path) if outer.path is not None else 0
        self._max_expansion = max_expansion
        self._bytes = 0

    def count(self, inner: ByteStream) -> Iterator[bytes]:
        """Yield the chunks of a stream inside; raises ``BrokenStream`` (refused) when all are too many."""
        for chunk in inner.chunks():
            self._bytes += len(chunk)
            allowed = max(self._size, self._outer.taken) * self._max_expansion
            if self._bytes > max(EXPANSION_FREE_BYTES, allowed):
                detail = f"what is packed in the input expands more than {self._max_expansion} times"
                raise BrokenStream(Reason.REFUSED, detail)
            yield chunk


_OPENERS: dict[str, Callable[[], _Decompressor]] = {
    "gz": _Gzip,
    "bz2": bz2.BZ2Decompressor,
    "xz": lzma.LZMADecompressor,
    "zst": _Zstd,
}
_ERRORS = (zlib.error, OSError, lzma.LZMAError, EOFError, zstandard.ZstdError, ValueError)


def decompress(source: ByteStream, form: str, max_expansion: int) -> Iterator[bytes]:
    """Yield the content of a ``gz``, ``bz2``, ``xz`` or ``zst`` stream, all its members.

    Raises ``BrokenStream``: truncated (ends inside a member), corrupt, refused (expands beyond reason).
    Bytes after the last member that begin no other are left out, as gzip does.
    """
    magic = source.peek(2)
    while magic and source.peek(2) == magic:
        yield from decompress_member(source, form, max_expansion)


def decompress_member(source: ByteStream, form: str, max_expansion: int) -> Iterator[bytes]:
    """Yield the content of one member and leave the source behind its end; raises as ``decompress``.

    After damage the source is set back, as far as ``RESCAN_BYTES``, behind the member's first byte:
    what was taken for this member may hold the next one.
    """
    member = _OPENERS[form]()
    start = source.position
    given = 0
    data = source.read(CHUNK_BYTES)
    fed = data
    while True:
        try:
            content = member.decompress(data, CHUNK_BYTES * 4)
        except _ERRORS as error:
            source.push_back(fed[1:])
            raise BrokenStream(Reason.CORRUPT, f"{form} data: {error}") from None
        data = b""
        if content:
            given += len(content)
            yield content
        if member.eof:
            source.push_back(member.unused_data)
            return
        if given > EXPANSION_FREE_BYTES and given > (source.position - start) * max_expansion:
            raise BrokenStream(Reason.REFUSED, f"{form} data expands more than {max_expansion} times")
        if not content:
            data = source.read(CHUNK_BYTES)
            if not data:
                raise BrokenStream(Reason.TRUNCATED, f"{form} data ends early, after {given:,} bytes")
            fed = (fed + data)[-RESCAN_BYTES:]
