"""traits: what a document is known by beside its text: its numbers and its title.

Reads    folded codes of texts, titles
Returns  hashes of numbers, 2-grams and keys of titles
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from tasks.dedupe.fold import Codes, fold_codes
from tasks.dedupe.ragged import Ints, Ragged, unique_by_owner

BASE = np.uint64(0x9E3779B97F4A7C15)
MIX = np.uint64(0xBF58476D1CE4E5B9)
"""Odd 64-bit constants of splitmix64 (Steele, Lea, Flood 2014)."""


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


def title_grams(titles: Sequence[str]) -> tuple[Ragged, NDArray[np.uint64]]:
    """Return the 2-grams of the folded titles, and a key of each title without its digits."""
    codes, offsets = fold_codes(titles)
    owners = np.repeat(np.arange(len(titles)), np.diff(offsets))
    letters = (codes < 48) | (codes > 57)
    codes, owners = codes[letters].astype(np.uint64), owners[letters]
    sizes = np.bincount(owners, minlength=len(titles))
    rank = (np.arange(len(codes)) - np.repeat(np.cumsum(sizes) - sizes, sizes)).astype(np.uint64)
    terms = codes * (MIX + rank * BASE) ** np.uint64(3)
    keys = np.zeros(len(titles), np.uint64)
    np.add.at(keys, owners, terms)
    keys *= MIX
    keys ^= keys >> np.uint64(31)
    same = owners[1:] == owners[:-1]
    grams = ((codes[:-1] << np.uint64(16)) | codes[1:])[same].astype(np.uint32)
    return unique_by_owner(grams, owners[:-1][same], len(titles)), keys
