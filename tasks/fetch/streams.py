"""Byte streams: read forward once, look ahead, never hold more than asked for.

A stream is made of chunks, wherever they come from (file, decompressor, HTTP body).
"""

import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from dataclasses import dataclass

from tasks.reasons import Reason

CHUNK_BYTES = 1 << 16

BLANK_LINES = re.compile(rb"(?:[ \t]*+\r?\n)++")
"""A file may be nothing else: a hundred megabytes of them are packed into half a megabyte."""
EMPTY_LINES = re.compile(rb"(?:\r?\n)++")
"""The same where blanks and tabs may be cells."""


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

    taken: bytes the chunks have given so far; broken: why they stopped, if they did. A stream
    that breaks still gives what came before: looking ahead never raises, only taking what is
    not there does. path: where all of it lies as a file, for those who have to seek.
    """

    __slots__ = ("_at", "_buffer", "_chunks", "broken", "path", "taken")

    def __init__(self, chunks: Iterable[bytes], path: str | None = None) -> None:
        self._chunks = iter(chunks)
        self._buffer = b""
        self._at = 0
        self.broken: BrokenStream | None = None
        self.taken = 0
        self.path = path

    @property
    def position(self) -> int:
        """Bytes read so far."""
        return self.taken - len(self._buffer) + self._at

    def _more(self) -> bool:
        if self.broken:
            raise self.broken
        try:
            chunk = next((c for c in self._chunks if c), b"")
        except BrokenStream as broken:
            self.broken = broken
            raise
        self.taken += len(chunk)
        self._buffer = self._buffer[self._at :] + chunk
        self._at = 0
        return bool(chunk)

    def peek(self, size: int) -> bytes:
        """Return the next ``size`` bytes, fewer at the end, without taking them."""
        with suppress(BrokenStream):
            while len(self._buffer) - self._at < size and self._more():
                pass
        return self._buffer[self._at : self._at + size]

    def read(self, size: int) -> bytes:
        """Take and return the next ``size`` bytes, fewer at the end."""
        end = self._at + size
        if end <= len(self._buffer):
            taken = self._buffer[self._at : end]
            self._at = end
            return taken
        parts = []
        for chunk in self.chunks():
            parts.append(chunk[:size])
            if len(chunk) >= size:
                self._buffer, self._at = chunk, size
                break
            size -= len(chunk)
        return b"".join(parts)

    def readline(self, limit: int | None = None) -> bytes:
        """Take and return the next line with its end, cut at ``limit`` bytes (64 KiB when not given)."""
        limit = CHUNK_BYTES if limit is None else limit
        searched = 0
        while (end := self._buffer.find(b"\n", self._at + searched) + 1) == 0:
            searched = len(self._buffer) - self._at
            if searched >= limit or not self._more():
                return self.read(min(limit, len(self._buffer) - self._at))
        return self.read(min(limit, end - self._at))

    def chunks(self) -> Iterator[bytes]:
        """Take the rest, chunk by chunk."""
        while self._at < len(self._buffer) or self._more():
            taken, self._buffer, self._at = self._buffer[self._at :], b"", 0
            yield taken

    def push_back(self, content: bytes) -> None:
        """Put bytes back in front, to be taken next."""
        self._buffer, self._at = content + self._buffer[self._at :], 0

    def read_all(self, limit: int) -> bytes:
        """Take and return the rest; raises ``BrokenStream`` when it is over the limit."""
        content = self.read(limit + 1)
        if len(content) > limit:
            del content
            raise BrokenStream(Reason.TOO_LARGE, f"over the limit of {limit:,} bytes")
        return content

    def lines(
        self, limit: int, blank: Callable[[], re.Pattern[bytes] | None] = lambda: None
    ) -> Iterator[StreamLine]:
        """Take the rest line by line, numbered from 1; a line over the limit is measured, not kept.

        blank: what may be left out of what comes now, but for a few lines of it; they count.
        """
        number = 1
        parts: list[bytes] = []
        held = 0
        for chunk in self.chunks():
            start = 0
            if not held and (pattern := blank()) and (found := pattern.match(chunk)):
                start = found.end()
                number += chunk.count(b"\n", 0, start)
            while (end := chunk.find(b"\n", start)) >= 0:
                yield _line(number, [*parts, chunk[start:end]], held + end - start, limit)
                parts, held = [], 0
                number += 1
                start = end + 1
                if (pattern := blank()) and (found := pattern.match(chunk, start)):
                    number += chunk.count(b"\n", start, found.end())
                    start = found.end()
            held += len(chunk) - start
            parts = [*parts, chunk[start:]] if held <= limit else []
        if held:
            yield _line(number, parts, held, limit)


def _line(number: int, parts: list[bytes], size: int, limit: int) -> StreamLine:
    if size > limit:
        return StreamLine(number, b"", size, too_large=True)
    return StreamLine(number, b"".join(parts).removesuffix(b"\r"), size)
