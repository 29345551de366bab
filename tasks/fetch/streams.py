"""Byte streams: read forward once, look ahead, never hold more than asked for.

A stream is made of chunks, wherever they come from (file, decompressor, HTTP body).
Source: RFC 1952 (gzip members), RFC 8878 (zstd frames), the bz2 and xz stream headers.
"""

import bz2
import lzma
import zlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Protocol

import zstandard

from tasks.reasons import Reason

CHUNK_BYTES = 1 << 16
EXPANSION_FREE_BYTES = 64_000_000
"""Output below which no ratio is held against a compressed stream: it can do no harm."""
ZSTD_FEED_BYTES = 1024
"""zstd gives out all that its input holds, up to 128 KiB for 4 bytes: feed it little at a time."""


class BrokenStream(Exception):
    """The stream cannot be read on; becomes a ``Reject`` of what was being read."""

    def __init__(self, reason: Reason, detail: str) -> None:
        super().__init__(detail)
        self.reason = reason
        self.detail = detail


@dataclass(frozen=True, slots=True)
class StreamLine:
    """One line, without its line end. content is empty when the line is over the limit."""

    number: int
    content: bytes
    size_bytes: int
    too_large: bool = False


class ByteStream:
    """Chunks of bytes read as a file is read.

    taken: bytes the chunks have given so far. A stream that breaks still gives what came
    before: looking ahead never raises, only taking what is not there does.
    """

    __slots__ = ("_broken", "_buffer", "_chunks", "taken")

    def __init__(self, chunks: Iterable[bytes]) -> None:
        self._chunks = iter(chunks)
        self._buffer = b""
        self._broken: BrokenStream | None = None
        self.taken = 0

    def _more(self) -> bool:
        if self._broken:
            raise self._broken
        try:
            chunk = next((c for c in self._chunks if c), b"")
        except BrokenStream as broken:
            self._broken = broken
            raise
        self.taken += len(chunk)
        self._buffer = self._buffer + chunk if self._buffer else chunk
        return bool(chunk)

    def peek(self, size: int) -> bytes:
        """Return the next ``size`` bytes, fewer at the end, without taking them."""
        with suppress(BrokenStream):
            while len(self._buffer) < size and self._more():
                pass
        return self._buffer[:size]

    def read(self, size: int) -> bytes:
        """Take and return the next ``size`` bytes, fewer at the end."""
        if size <= len(self._buffer):
            taken, self._buffer = self._buffer[:size], self._buffer[size:]
            return taken
        parts = []
        for chunk in self.chunks():
            parts.append(chunk[:size])
            self._buffer = chunk[size:]
            size -= len(parts[-1])
            if not size:
                break
        return b"".join(parts)

    def chunks(self) -> Iterator[bytes]:
        """Take the rest, chunk by chunk."""
        while self._buffer or self._more():
            taken, self._buffer = self._buffer, b""
            yield taken

    def push_back(self, content: bytes) -> None:
        """Put bytes back in front, to be taken next."""
        self._buffer = content + self._buffer

    def read_all(self, limit: int) -> bytes:
        """Take and return the rest; raises ``BrokenStream`` when it is over the limit."""
        content = self.read(limit + 1)
        if len(content) > limit:
            del content
            raise BrokenStream(Reason.TOO_LARGE, f"over the limit of {limit:,} bytes")
        return content

    def lines(self, limit: int) -> Iterator[StreamLine]:
        """Take the rest line by line, numbered from 1; a line over the limit is measured, not kept."""
        number = 1
        parts: list[bytes] = []
        held = 0
        for chunk in self.chunks():
            start = 0
            while (end := chunk.find(b"\n", start)) >= 0:
                yield _line(number, [*parts, chunk[start:end]], held + end - start, limit)
                parts, held = [], 0
                number += 1
                start = end + 1
            held += len(chunk) - start
            parts = [*parts, chunk[start:]] if held <= limit else []
        if held:
            yield _line(number, parts, held, limit)


def _line(number: int, parts: list[bytes], size: int, limit: int) -> StreamLine:
    if size > limit:
        return StreamLine(number, b"", size, too_large=True)
    return StreamLine(number, b"".join(parts).removesuffix(b"\r"), size)


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
    opener = _OPENERS[form]
    magic = source.peek(2)
    given = 0
    start = source.taken - len(source.peek(CHUNK_BYTES))
    while source.peek(2) == magic:
        member = opener()
        data = source.read(CHUNK_BYTES)
        while True:
            try:
                content = member.decompress(data, CHUNK_BYTES * 4)
            except _ERRORS as error:
                raise BrokenStream(Reason.CORRUPT, f"{form} data: {error}") from None
            data = b""
            if content:
                given += len(content)
                yield content
            if member.eof:
                source.push_back(member.unused_data)
                break
            taken = source.taken - start
            if given > EXPANSION_FREE_BYTES and given > taken * max_expansion:
                raise BrokenStream(Reason.REFUSED, f"{form} data expands more than {max_expansion} times")
            if not content:
                data = source.read(CHUNK_BYTES)
                if not data:
                    raise BrokenStream(Reason.TRUNCATED, f"{form} data ends early, after {given:,} bytes")
