"""layout: the records of the index, and how ids and digests become keys."""

from collections.abc import Sequence
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]
Keys = NDArray[np.uint64]

LAYOUT = 3
"""Raised when a file changes its meaning; an index of another layout is rebuilt."""

DOCUMENT = np.dtype(
    [
        ("id", "<u8", (2,)),
        ("digest", "<u8", (2,)),
        ("title_key", "<u8"),
        ("published", "<i8"),
        ("sketch", "<u8"),
        ("traits", "<u8"),
        ("length", "<u4"),
        ("sketch_count", "<u4"),
        ("number_count", "<u2"),
        ("title_count", "<u2"),
        ("level", "u1"),
        ("flags", "u1"),
        ("reserved", "<u2"),
    ]
)
"""What never changes of a document; ``sketch`` and ``traits``: first entry in their files."""

MEMBER = np.dtype(
    [
        ("cluster", "<i4"),
        ("next", "<i4"),
        ("survivor", "<i4"),
        ("anchor", "<i4"),
        ("decision", "<i4"),
        ("similarity", "<f4"),
        ("kind", "u1"),
        ("gone", "u1"),
        ("reserved", "<u2"),
    ]
)
"""What may change. cluster: number of the cluster's first document; next: next member, in a ring;
survivor: valid in the record of the cluster's first document; anchor: a much shorter member that this
longer document holds, or -1."""

SPREAD = np.uint64(0x9E3779B97F4A7C15)
"""An odd constant with well mixed bits (splitmix64)."""

KINDS = (None, "exact", "near", "contained")
"""Names of ``MEMBER.kind``."""


class RaggedColumn(Protocol):
    """Arrays of a batch end to end."""

    @property
    def values(self) -> NDArray[Any]:
        """All entries."""

    @property
    def offsets(self) -> Ints:
        """n + 1 positions."""


class SignatureColumns(Protocol):
    """Fingerprints of a batch, by columns (``tasks.dedupe.Fingerprints`` is one)."""

    @property
    def article_ids(self) -> list[str]: ...
    @property
    def digests(self) -> NDArray[np.uint64]: ...
    @property
    def lengths(self) -> Ints: ...
    @property
    def levels(self) -> NDArray[np.uint8]: ...
    @property
    def title_keys(self) -> NDArray[np.uint64]: ...
    @property
    def published(self) -> Ints: ...
    @property
    def flags(self) -> NDArray[np.uint8]: ...
    @property
    def sketches(self) -> RaggedColumn: ...
    @property
    def shingles(self) -> RaggedColumn: ...
    @property
    def numbers(self) -> RaggedColumn: ...
    @property
    def titles(self) -> RaggedColumn: ...


def id_words(article_ids: Sequence[str]) -> NDArray[np.uint64]:
    """Return article ids (32 hexadecimal digits each) as (n, 2) words."""
    return np.frombuffer(bytes.fromhex("".join(article_ids)), ">u8").reshape(-1, 2).astype(np.uint64)


def id_texts(words: NDArray[np.uint64]) -> list[str]:
    """Return the article ids of (n, 2) words."""
    text = words.astype(">u8").tobytes().hex()
    return [text[start : start + 32] for start in range(0, len(text), 32)]


def id_keys(words: NDArray[np.uint64]) -> Keys:
    """Return the index keys of ids: shingle keys end in 00, digest keys in 01, these in 11.

    Both words count, so that ids which are no digests do not all have one key.
    """
    return (words[:, 0] ^ (words[:, 1] * SPREAD)) | np.uint64(3)


def digest_keys(digests: NDArray[np.uint64]) -> Keys:
    """Return the index keys of digests."""
    return (digests[:, 0] & ~np.uint64(3)) | np.uint64(1)


def ranges(starts: Ints, counts: Ints) -> Ints:
    """Return the positions start, start + 1, … of each range, one range after the other."""
    before = np.cumsum(counts) - counts
    positions: Ints = np.repeat(starts - before, counts)
    positions += np.arange(len(positions))
    return positions


def offsets_of(counts: Ints) -> Ints:
    """Return the n + 1 offsets for the given counts."""
    return np.concatenate((np.zeros(1, np.int64), np.cumsum(counts, dtype=np.int64)))
