"""traits: what identifies a document besides its text: its numbers and its title.

Reads    folded codes of texts, titles
Returns  hashes of numbers, 2-grams and keys of titles
"""

import re
import unicodedata
import zlib
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tasks.dedupe.fold import Codes, fold_codes
from tasks.dedupe.ragged import Ints, Ragged, offsets_of, unique_by_owner

BASE = np.uint64(0x9E3779B97F4A7C15)
MIX = np.uint64(0xBF58476D1CE4E5B9)
"""Odd 64-bit constants of splitmix64 (Steele, Lea, Flood 2014)."""

_WORD = re.compile(r"[\u3400-\u9fff〇]|[^\W\d_\u3400-\u9fff]+")

TELLING_TITLE = 3
"""2-grams from which a title says something."""


def number_hashes(codes: Codes, offsets: Ints) -> Ragged:
    """Return hashes of the runs of at least two digits; the top bit is set for telling ones.

    Two digits, and a year of 1900 to 2099, agree by chance; three digits, and four that are no year, hardly do.
    """
    places = np.flatnonzero((codes >= 48) & (codes <= 57))
    owners = np.searchsorted(offsets, places, side="right") - 1
    if not len(places):
        return Ragged(np.zeros(0, np.uint32), np.zeros(len(offsets), np.int64))
    first = np.concatenate(([True], (places[1:] != places[:-1] + 1) | (owners[1:] != owners[:-1])))
    starts = np.flatnonzero(first)
    sizes = np.diff(np.append(starts, len(places)))
    rank = (np.arange(len(places)) - np.repeat(starts, sizes)).astype(np.uint64)
    terms = codes[places].astype(np.uint64) * (MIX + rank * BASE) ** np.uint64(3)
    runs = np.add.reduceat(terms, starts) + sizes.astype(np.uint64)
    runs *= MIX
    long = sizes >= 2
    lead = codes[places[starts]] * 10 + codes[places[np.minimum(starts + 1, len(places) - 1)]]
    is_year = (sizes == 4) & ((lead == 49 * 10 + 57) | (lead == 50 * 10 + 48))
    telling = (sizes >= 3) & ~is_year
    runs = (runs >> np.uint64(33)) | telling.astype(np.uint64) << np.uint64(31)
    return unique_by_owner(runs[long].astype(np.uint32), owners[starts][long], len(offsets) - 1)


def with_title(shingles: Ragged, titles: Ragged, keys: NDArray[np.uint64]) -> Ragged:
    """Return the shingles of documents with one more for those with a title: it counts as a shared shingle.

    So a page of a few lines finds the text it is of, which is sampled too thinly. titles, keys: as ``title_grams``
    returns them. Titles of three letters are left out. As in all shingles the two lowest bits are zero.
    """
    told = titles.counts >= TELLING_TITLE
    key = keys * BASE
    key ^= key >> np.uint64(32)
    places = shingles.offsets[1:][told]
    values = np.insert(shingles.values, places, (key * MIX)[told] & ~np.uint64(3))
    return Ragged(values, offsets_of(shingles.counts + told))


def title_grams(titles: Sequence[str]) -> tuple[Ragged, NDArray[np.uint64]]:
    """Return the 2-grams of the folded titles, and a key of each title without its digits.

    Of a title with hardly any Han characters the words in letters count as one character each.
    """
    codes, offsets = fold_codes(titles)
    owners = np.repeat(np.arange(len(titles)), np.diff(offsets))
    letters = (codes < 48) | (codes > 57)
    values, owners = _with_words(titles, codes[letters].astype(np.uint64), owners[letters])
    sizes = np.bincount(owners, minlength=len(titles))
    rank = (np.arange(len(values)) - np.repeat(np.cumsum(sizes) - sizes, sizes)).astype(np.uint64)
    terms = values * (MIX + rank * BASE) ** np.uint64(3)
    keys = np.zeros(len(titles), np.uint64)
    np.add.at(keys, owners, terms)
    keys *= MIX
    keys ^= keys >> np.uint64(31)
    same = owners[1:] == owners[:-1]
    grams = ((values[:-1] << np.uint64(16)) | values[1:])[same].astype(np.uint32)
    return unique_by_owner(grams, owners[:-1][same], len(titles)), keys


def _with_words(
    titles: Sequence[str], codes: NDArray[np.uint64], owners: Ints
) -> tuple[NDArray[np.uint64], Ints]:
    """Return codes and owners of the letters of titles; in titles with few Han characters words are codes too."""
    few = np.bincount(owners, minlength=len(titles)) <= TELLING_TITLE
    worded = {
        row: words
        for row in np.flatnonzero(few).tolist()
        if len(words := _WORD.findall(unicodedata.normalize("NFKC", titles[row]).casefold())) > TELLING_TITLE
    }
    if not worded:
        return codes, owners
    kept = ~np.isin(owners, list(worded))
    values = [_word_code(word) for words in worded.values() for word in words]
    rows = np.repeat(list(worded), [len(words) for words in worded.values()])
    codes = np.concatenate((codes[kept], np.array(values, np.uint64)))
    owners = np.concatenate((owners[kept], rows))
    order = np.argsort(owners, kind="stable")
    return codes[order], owners[order]


def _word_code(word: str) -> int:
    """Return 16 bits for a word in letters, the folded code of a Han character."""
    folded, _ = fold_codes([word])
    return int(folded[0]) if len(folded) else zlib.crc32(word.encode()) & 0xFFFF
