"""explain: why two texts are, or are not, copies: shared and differing passages, for people.

Reads    two texts in full; slower and more exact than what ``assign`` does with sketches
Returns  ``Explanation``; passages are spans of the received texts, in characters, end exclusive
"""

from dataclasses import dataclass

import numpy as np

from tasks.dedupe.compare import Likeness, compare
from tasks.dedupe.counts import Counts
from tasks.dedupe.fingerprint import NGRAM, ArticleText, Fingerprints, fingerprint
from tasks.dedupe.fold import fold_key, fold_places
from tasks.dedupe.ragged import Ints
from tasks.dedupe.rules import MUCH_LONGER, PART, is_copy
from tasks.dedupe.side import side_of

NO_COUNTS = Counts(np.zeros(2, np.uint8), 0)
"""No gram is common: two texts alone know nothing of others."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch that both texts hold (equal when folded). a, b: (start, end) in each text; text: as in a."""

    a: tuple[int, int]
    b: tuple[int, int]
    text: str


@dataclass(frozen=True, slots=True)
class Explanation:
    """What two texts share.

    kind: exact, near, contained, or None when they are not copies (taken alone: the warehouse also weighs
    how common the shared text is). similarity: shared part of both; contained: of the shorter one; both of
    6-grams of the folded text, 0 to 1. shared: in order of a; only_a, only_b: spans of what is left.
    """

    kind: str | None
    similarity: float
    contained: float
    shared: list[Passage]
    only_a: list[tuple[int, int]]
    only_b: list[tuple[int, int]]


def explain_pair(
    text_a: str, text_b: str, title_a: str | None = None, title_b: str | None = None
) -> Explanation:
    """Compare two texts in full."""
    key_a, key_b = fold_key(text_a), fold_key(text_b)
    places_a, places_b = fold_places(text_a), fold_places(text_b)
    runs = _common_runs(key_a, key_b)
    shared = [_passage(text_a, places_a, places_b, *run) for run in runs]
    grams_a = {key_a[i : i + NGRAM] for i in range(len(key_a) - NGRAM + 1)}
    grams_b = {key_b[i : i + NGRAM] for i in range(len(key_b) - NGRAM + 1)}
    both = len(grams_a & grams_b)
    batch = fingerprint([ArticleText("a", text_a, title_a), ArticleText("b", text_b, title_b)])
    return Explanation(
        _kind(batch),
        both / max(len(grams_a | grams_b), 1),
        both / max(min(len(grams_a), len(grams_b)), 1),
        shared,
        _rest([passage.a for passage in shared], places_a, len(text_a)),
        _rest([passage.b for passage in shared], places_b, len(text_b)),
    )


def _kind(batch: Fingerprints) -> str | None:
    if (batch.digests[0] == batch.digests[1]).all():
        return "exact"
    like: Likeness = compare(side_of(batch, np.array([0])), side_of(batch, np.array([1])), NO_COUNTS)
    if not is_copy(like, np.zeros(1, bool))[0]:
        return None
    return "contained" if like.ratio[0] * MUCH_LONGER <= 1 and like.contained[0] >= PART else "near"


def _common_runs(a: str, b: str) -> list[tuple[int, int, int]]:
    """Return (start in a, start in b, length) of runs of at least ``NGRAM``, in order of a, greedily."""
    where: dict[str, list[int]] = {}
    for start in range(len(b) - NGRAM + 1):
        where.setdefault(b[start : start + NGRAM], []).append(start)
    runs = []
    position, after = 0, 0
    while position <= len(a) - NGRAM:
        starts = where.get(a[position : position + NGRAM])
        if starts is None:
            position += 1
            continue
        start = next((start for start in starts if start >= after), starts[0])
        length = NGRAM
        while (
            position + length < len(a)
            and start + length < len(b)
            and a[position + length] == b[start + length]
        ):
            length += 1
        runs.append((position, start, length))
        position, after = position + length, start + length
    return runs


def _passage(text: str, places_a: Ints, places_b: Ints, start: int, other: int, length: int) -> Passage:
    a = int(places_a[start]), int(places_a[start + length - 1]) + 1
    b = int(places_b[other]), int(places_b[other + length - 1]) + 1
    return Passage(a, b, text[slice(*a)])


def _rest(spans: list[tuple[int, int]], places: Ints, length: int) -> list[tuple[int, int]]:
    """Return what the spans leave of a text; what folding drops is no difference."""
    rest, position = [], 0
    for start, end in [*sorted(spans), (length, length)]:
        if np.searchsorted(places, position) < np.searchsorted(places, start):
            rest.append((position, start))
        position = max(position, end)
    return rest
