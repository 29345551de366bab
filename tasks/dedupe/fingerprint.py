"""fingerprint: article -> what is needed to compare it, of bounded size, without the text.

Reads    article id, text, title, and what the choice of the survivor needs
Adds     digest   16 bytes, equal when the folded texts are equal
         sketch   the 6-grams whose hash ends in ``level`` zero bits, as ``gram << 4 | place``:
                  gram 28 bits, place the sixteenth of the text it stands in; sorted, each gram once
         shingles 64-bit hashes of at most about 32 of these 6-grams and of the title: the keys of the index
         numbers  hashes of the runs of two or more digits; titles: 2-grams of the title
Source   FracMinHash (Irber et al. 2022, doi 10.1101/2022.01.11.475870) with a rate that follows the
         length. Rates, sizes and n were chosen by measurement (tests/bench/bench_dedup.py).

Stateless and deterministic: it may run in any process, and the same article always gives the same rows.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import numpy as np
from numpy.typing import NDArray

from tasks.dedupe.fold import Codes, fold_codes, folded_digest, mainland_words
from tasks.dedupe.ragged import Ints, Ragged, concatenate, offsets_of
from tasks.dedupe.traits import BASE, MIX, number_hashes, title_grams, with_title

METHOD = "folded-6-grams@1"
"""Name and version; signatures of another method are not comparable."""

NGRAM = 6
MIN_LEVEL, MAX_LEVEL = 2, 5
SKETCH_SIZE = 256
"""Grams in a sketch, at most about; longer texts raise the level (one in 2 ** level is kept)."""
SHINGLES = 32
PLACE_BITS = 4
NO_TIME = np.iinfo(np.int64).max

DAMAGED, ORIGINAL = 1, 2
"""Bits of ``flags``."""

BASE2 = np.uint64((0x9E3779B97F4A7C15**2) % 2**64)
_GROUP = 64
"""Articles folded and hashed together: more leave the caches, fewer pay for the calls (32 to 512 tried)."""


@dataclass(frozen=True, slots=True)
class ArticleText:
    """What dedupe reads of an article.

    text: the repaired body, in any script. published_at: with zone. is_damaged: a mirror page, or one
    whose text had to be repaired heavily. is_original: a line of it names the site it stands on as the outlet.
    """

    article_id: str
    text: str
    title: str | None = None
    published_at: datetime | None = None
    is_damaged: bool = False
    is_original: bool = False


@dataclass(frozen=True, slots=True)
class Fingerprints:
    """Fingerprints of a batch, by columns; all of length n.

    digests: (n, 2) uint64. levels, flags: uint8. lengths: folded characters.
    title_keys: uint64, 0 without a title. published: microseconds since 1970, ``NO_TIME`` if unknown.
    """

    article_ids: list[str]
    digests: NDArray[np.uint64]
    lengths: Ints
    levels: NDArray[np.uint8]
    title_keys: NDArray[np.uint64]
    published: Ints
    flags: NDArray[np.uint8]
    sketches: Ragged
    shingles: Ragged
    numbers: Ragged
    titles: Ragged

    def __len__(self) -> int:
        return len(self.article_ids)

    def take(self, rows: Ints) -> "Fingerprints":
        """Return some of the documents, in the given order."""
        return Fingerprints(
            [self.article_ids[row] for row in rows.tolist()],
            self.digests[rows],
            self.lengths[rows],
            self.levels[rows],
            self.title_keys[rows],
            self.published[rows],
            self.flags[rows],
            self.sketches.take(rows),
            self.shingles.take(rows),
            self.numbers.take(rows),
            self.titles.take(rows),
        )


def fingerprint(articles: Sequence[ArticleText]) -> Fingerprints:
    """Return the fingerprints of a batch, in its order."""
    groups = [articles[start : start + _GROUP] for start in range(0, len(articles), _GROUP)]
    return join_fingerprints([_fingerprint(group) for group in groups])


def _fingerprint(articles: Sequence[ArticleText]) -> Fingerprints:
    codes, offsets = fold_codes([article.text for article in articles])
    lengths = np.diff(offsets)
    levels = _level(lengths, SKETCH_SIZE)
    sketches, shingles = _grams(codes, offsets, levels, shingle_levels(lengths))
    titles, title_keys = title_grams([mainland_words(article.title or "") for article in articles])
    digests = b"".join(
        folded_digest(codes[start:end], article.title, article.text)
        for article, start, end in zip(articles, offsets[:-1].tolist(), offsets[1:].tolist(), strict=True)
    )
    flags = [article.is_damaged * DAMAGED | article.is_original * ORIGINAL for article in articles]
    return Fingerprints(
        [article.article_id for article in articles],
        np.frombuffer(digests, "<u8").reshape(-1, 2),
        lengths,
        levels.astype(np.uint8),
        title_keys,
        np.array([_microseconds(article.published_at) for article in articles], np.int64),
        np.array(flags, np.uint8),
        sketches,
        with_title(shingles, titles, title_keys),
        number_hashes(codes, offsets),
        titles,
    )


def _level(lengths: Ints, most: int) -> Ints:
    """Return the least level that keeps about ``most`` grams of a text."""
    bits = np.ceil(np.log2(np.maximum(lengths, 1) / most)).astype(np.int64)
    return np.clip(bits, MIN_LEVEL, MAX_LEVEL if most == SKETCH_SIZE else 40)


def shingle_levels(lengths: Ints) -> Ints:
    """Return how thinly the shingles of texts are sampled: one in 2 ** level is kept. lengths: folded characters."""
    return _level(lengths, SHINGLES)


def _microseconds(time: datetime | None) -> int:
    return NO_TIME if time is None else int(time.timestamp() * 1_000_000)


def _grams(codes: Codes, offsets: Ints, levels: Ints, shingle_levels: Ints) -> tuple[Ragged, Ragged]:
    """Return sketches and shingles of texts given as codes."""
    documents = len(offsets) - 1
    hashes, places = _sampled_hashes(codes, offsets)
    owners = np.searchsorted(offsets, places, side="right") - 1
    low = _lowest_bits(levels)[owners]
    kept = hashes & low == 0
    hashes, places, owners = hashes[kept], places[kept], owners[kept]
    gram = ((hashes >> np.uint64(39)) << np.uint64(3)) | ((hashes >> np.uint64(2)) & np.uint64(7))
    place = ((places - offsets[owners]) << PLACE_BITS) // np.maximum(np.diff(offsets)[owners], 1)
    sketch = _first_of_each_gram((gram << np.uint64(PLACE_BITS)) | place.astype(np.uint64), owners, documents)
    kept = hashes & _lowest_bits(shingle_levels)[owners] == 0
    order = np.lexsort((hashes[kept], owners[kept]))
    keys, owners = hashes[kept][order], owners[kept][order]
    if len(keys):
        new = np.concatenate(([True], (keys[1:] != keys[:-1]) | (owners[1:] != owners[:-1])))
        keys, owners = keys[new], owners[new]
    return sketch, Ragged(keys, offsets_of(np.bincount(owners, minlength=documents)))


def _lowest_bits(levels: Ints) -> NDArray[np.uint64]:
    return (np.uint64(1) << levels.astype(np.uint64)) - np.uint64(1)


def _first_of_each_gram(values: NDArray[np.uint64], owners: Ints, documents: int) -> Ragged:
    packed = (owners.astype(np.uint64) << np.uint64(32)) | values
    packed.sort()
    grams = packed >> np.uint64(PLACE_BITS)
    if len(packed):
        packed = packed[np.concatenate(([True], grams[1:] != grams[:-1]))]
    counts = np.bincount((packed >> np.uint64(32)).astype(np.int64), minlength=documents)
    return Ragged(packed.astype(np.uint32), offsets_of(counts))


def _sampled_hashes(codes: Codes, offsets: Ints) -> tuple[NDArray[np.uint64], Ints]:
    """Return hash and place of the 6-grams at ``MIN_LEVEL``; none spans two texts."""
    if len(codes) < NGRAM:
        return np.zeros(0, np.uint64), np.zeros(0, np.int64)
    hashes = _hash(codes)
    spans = (offsets[1:, None] - np.arange(1, NGRAM)).ravel()
    chosen = hashes & np.uint64((1 << MIN_LEVEL) - 1) == 0
    chosen[spans[(spans >= 0) & (spans < len(hashes))]] = False
    places = np.flatnonzero(chosen)
    return hashes[places], places


def _hash(codes: Codes) -> NDArray[np.uint64]:
    """Return the mixed 64-bit hash of each 6-gram: a polynomial, built from pairs, then mixed."""
    wide = codes.astype(np.uint64)
    pairs = wide[:-1] * BASE
    pairs += wide[1:]
    fours = pairs[:-2] * BASE2
    fours += pairs[2:]
    grams = fours[:-2] * BASE2
    grams += pairs[4:]
    grams ^= grams >> np.uint64(32)
    grams *= MIX
    grams ^= grams >> np.uint64(29)
    grams *= BASE
    grams ^= grams >> np.uint64(32)
    return grams


def join_fingerprints(parts: Sequence[Fingerprints]) -> Fingerprints:
    """Return the documents of all parts, in order."""
    if not parts:
        return _NONE
    if len(parts) == 1:
        return parts[0]
    return Fingerprints(
        [article_id for part in parts for article_id in part.article_ids],
        np.concatenate([part.digests for part in parts]),
        np.concatenate([part.lengths for part in parts]),
        np.concatenate([part.levels for part in parts]),
        np.concatenate([part.title_keys for part in parts]),
        np.concatenate([part.published for part in parts]),
        np.concatenate([part.flags for part in parts]),
        concatenate([part.sketches for part in parts]),
        concatenate([part.shingles for part in parts]),
        concatenate([part.numbers for part in parts]),
        concatenate([part.titles for part in parts]),
    )


def _nothing(kind: type) -> NDArray[Any]:
    return np.zeros(0, kind)


_NONE = Fingerprints(
    [],
    np.zeros((0, 2), np.uint64),
    _nothing(np.int64),
    _nothing(np.uint8),
    _nothing(np.uint64),
    _nothing(np.int64),
    _nothing(np.uint8),
    *(Ragged(_nothing(kind), np.zeros(1, np.int64)) for kind in (np.uint32, np.uint64, np.uint32, np.uint32)),
)
