"""signature: fingerprints as one binary value per document, and back.

Layout, little endian, in 4-byte words: digest 16 bytes; title key, published 8 bytes each; length,
level | flags << 8, and four counts, 4 bytes each; then shingles (8 bytes each), sketch, numbers, titles.
"""

from collections.abc import Sequence

import numpy as np
import pyarrow as pa
from numpy.typing import NDArray

from tasks.dedupe.columns import SIGNATURE_COLUMNS
from tasks.dedupe.fingerprint import METHOD, Fingerprints, join_fingerprints
from tasks.dedupe.ragged import Ints, Ragged, offsets_of, ranges

HEADER = np.dtype(
    [
        ("digest", "<u8", (2,)),
        ("title_key", "<u8"),
        ("published", "<i8"),
        ("length", "<u4"),
        ("level", "<u4"),
        ("counts", "<u4", (4,)),
    ]
)
_HEADER_WORDS = HEADER.itemsize // 4


def pack(batch: Fingerprints) -> pa.Table:
    """Return the rows of ``core.signatures`` for a batch (columns: ``SIGNATURE_COLUMNS``)."""
    parts = (batch.shingles, batch.sketches, batch.numbers, batch.titles)
    header = np.zeros(len(batch), HEADER)
    header["digest"], header["title_key"], header["published"] = (
        batch.digests,
        batch.title_keys,
        batch.published,
    )
    header["length"] = batch.lengths
    header["level"] = batch.levels.astype(np.uint32) | batch.flags.astype(np.uint32) << 8
    header["counts"] = np.stack([part.counts for part in parts], axis=1)
    words = [part.counts * (part.values.itemsize // 4) for part in parts]
    starts = offsets_of(sum(words, np.full(len(batch), _HEADER_WORDS, np.int64)))
    packed = np.empty(int(starts[-1]), np.uint32)
    packed[(starts[:-1, None] + np.arange(_HEADER_WORDS)).ravel()] = header.view(np.uint32)
    position = starts[:-1] + _HEADER_WORDS
    for part, count in zip(parts, words, strict=True):
        packed[ranges(position, count)] = part.values.view(np.uint32)
        position = position + count
    blobs = pa.LargeBinaryArray.from_buffers(
        pa.large_binary(), len(batch), [None, pa.py_buffer(starts * 4), pa.py_buffer(packed)]
    )
    columns = [
        pa.array(batch.article_ids, pa.string()),
        pa.array([METHOD] * len(batch)),
        blobs.cast(pa.binary()),
    ]
    return pa.table(columns, schema=pa.schema(SIGNATURE_COLUMNS))


def unpack(article_ids: Sequence[str], signatures: Sequence[bytes]) -> Fingerprints:
    """Return the fingerprints that ``pack`` was given, from its ``article_id`` and ``signature`` columns."""
    if not signatures:
        return join_fingerprints([])
    packed = np.frombuffer(b"".join(signatures), np.uint32)
    starts = offsets_of(np.fromiter(map(len, signatures), np.int64, len(signatures)) // 4)
    header = packed[(starts[:-1, None] + np.arange(_HEADER_WORDS)).ravel()].view(HEADER)
    position = starts[:-1] + _HEADER_WORDS
    parts = []
    for index, kind in enumerate((np.uint64, np.uint32, np.uint32, np.uint32)):
        counts = header["counts"][:, index].astype(np.int64)
        words = counts * (np.dtype(kind).itemsize // 4)
        parts.append(Ragged(_read(packed, position, words, kind), offsets_of(counts)))
        position = position + words
    shingles, sketches, numbers, titles = parts
    return Fingerprints(
        list(article_ids),
        header["digest"],
        header["length"].astype(np.int64),
        (header["level"] & 255).astype(np.uint8),
        header["title_key"],
        header["published"],
        (header["level"] >> 8).astype(np.uint8),
        sketches,
        shingles,
        numbers,
        titles,
    )


def _read(packed: NDArray[np.uint32], starts: Ints, words: Ints, kind: type) -> NDArray[np.uint64]:
    return packed[ranges(starts, words)].view(kind)
