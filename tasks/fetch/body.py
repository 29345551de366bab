"""The body of an answer -> its content, unpacked as the server says it is packed.

Source   RFC 9110, 8.4 (Content-Encoding); RFC 7932 (br); servers that send raw deflate, or no gzip at all
"""

import zlib
from collections.abc import Iterator
from typing import IO

import brotli  # type: ignore[import-untyped]

from tasks.fetch.client import Answer
from tasks.fetch.decompress import EXPANSION_FREE_BYTES, decompress
from tasks.fetch.sniff import wrapping_of
from tasks.fetch.streams import CHUNK_BYTES, BrokenStream, ByteStream
from tasks.reasons import Reason


def body_stream(answer: Answer, max_expansion: int) -> ByteStream:
    """Return the content of an answer; raises ``BrokenStream`` for a packing nobody knows."""
    stream = ByteStream(_chunks(answer.body))
    encodings = answer.headers.get("content-encoding", "").lower().replace(" ", "").split(",")
    for encoding in reversed([e for e in encodings if e and e != "identity"][:3]):
        stream = _unpacked(stream, encoding, max_expansion)
    return stream


def _chunks(body: IO[bytes]) -> Iterator[bytes]:
    body.seek(0)
    while chunk := body.read(CHUNK_BYTES):
        yield chunk


def _unpacked(stream: ByteStream, encoding: str, max_expansion: int) -> ByteStream:
    if encoding in ("gzip", "x-gzip", "zstd"):
        form = "zst" if encoding == "zstd" else "gz"
        if wrapping_of(stream.peek(16)) != form:  # said, but not done
            return stream
        return ByteStream(decompress(stream, form, max_expansion))
    if encoding == "br":
        return ByteStream(_brotli(stream, max_expansion))
    if encoding == "deflate":
        return ByteStream(_deflate(stream, max_expansion))
    raise BrokenStream(Reason.UNSUPPORTED, f"Content-Encoding {encoding[:40]!r}")


def _brotli(stream: ByteStream, max_expansion: int) -> Iterator[bytes]:
    decoder = brotli.Decompressor()
    given = 0
    try:
        for chunk in stream.chunks():
            content = decoder.process(chunk, output_buffer_limit=CHUNK_BYTES * 4)
            while content or not decoder.can_accept_more_data():
                given += len(content)
                _check(given, stream.position, max_expansion)
                yield content
                content = decoder.process(b"", output_buffer_limit=CHUNK_BYTES * 4)
    except brotli.error as error:
        raise BrokenStream(Reason.CORRUPT, f"br data: {error}") from None
    if not decoder.is_finished():
        raise BrokenStream(Reason.TRUNCATED, "br data ends early")


def _deflate(stream: ByteStream, max_expansion: int) -> Iterator[bytes]:
    """Unpack a body: zlib as the standard has it, or raw deflate as some servers send it."""
    head = stream.peek(2)
    is_zlib = len(head) == 2 and head[0] & 15 == 8 and (head[0] * 256 + head[1]) % 31 == 0
    decoder = zlib.decompressobj(15 if is_zlib else -15)
    given = 0
    try:
        for chunk in stream.chunks():
            while chunk and not decoder.eof:
                content = decoder.decompress(chunk, CHUNK_BYTES * 4)
                chunk = decoder.unconsumed_tail
                given += len(content)
                _check(given, stream.position, max_expansion)
                yield content
    except zlib.error as error:
        raise BrokenStream(Reason.CORRUPT, f"deflate data: {error}") from None
    if not decoder.eof:
        raise BrokenStream(Reason.TRUNCATED, "deflate data ends early")


def _check(given: int, taken: int, max_expansion: int) -> None:
    if given > EXPANSION_FREE_BYTES and given > taken * max_expansion:
        raise BrokenStream(Reason.REFUSED, f"the body expands more than {max_expansion} times")
