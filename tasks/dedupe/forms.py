"""forms: which pages that share most of their text are one form filled in twice, and not copies.

Reads    ``Likeness`` of pairs
Returns  one flag per pair
Source   measured on pages of forms (awards, obituaries, forecasts, vacancies, judgments, flats, appointments)
         and on pairs of copies (tests/bench/bench_dedup.py, 13 transformations)

A form is recognised by what changes when it is filled in: numbers, and the names in its title. Two pages of a form with
one title and hardly a number, or of more than about 250 characters without numbers, cannot be told from copies.
"""

import numpy as np
from numpy.typing import NDArray

from tasks.dedupe.compare import Likeness

FORM = 64
"""Grams. A form shares fewer with another copy of it: some 250 characters."""

NO_OTHER_WORD = 0.985
"""Share of the grams of a short text from which no word of it is another one."""

Flags = NDArray[np.bool_]


def is_form(like: Likeness) -> Flags:
    """Return which pairs are two pages of one form, unless one title says that they are one article."""
    return _is_one_form(like) | _is_half_a_form(like)


def _is_one_form(like: Likeness) -> Flags:
    """Short pages of one length whose text is much the same and whose numbers are not: one form, filled in twice.

    So it is told before a form is known to be common text. Of 37,000 pairs of copies 56 look like this, of 55
    pairs of pages of one form that no other rule told apart 39. Of a few lines most numbers agree by chance (the
    year, a day, an hour): there all must, or some of those that do not agree by chance, or most of the text.
    Two that all differ will do where the length is the same too: of 96,000 pairs of copies one is like that.
    What is shared in pieces needs more numbers: of 9,000 pairs of copies 11 have too few, of 22 of forms 7.
    """
    short = (like.shared < FORM) & (like.ratio >= 0.8) & (like.jaccard < 0.75) & (like.telling == 0)
    filled = (like.jaccard >= 0.33) & (like.number_count >= 3) & (like.numbers < 0.7)
    pieces = (like.hole >= 1) & (like.number_count >= 2)
    filled |= pieces & (like.jaccard >= 0.33) & (like.numbers <= 0.5) & (like.dense < 0.85)
    filled |= (
        pieces
        & (like.jaccard >= 0.25)
        & (like.number_count >= 4)
        & (like.numbers < 0.7)
        & (like.dense < 0.75)
    )
    lines = (like.jaccard >= 0.33) & (like.number_count >= 4) & (like.numbers <= 0.8)
    lines |= (like.jaccard >= 0.15) & (like.telling_count >= 2) & (like.numbers < 0.7)
    lines |= (like.jaccard >= 0.33) & (like.ratio >= 0.93) & (like.number_count >= 2) & (like.numbers == 0)
    filled |= lines & (like.shared < FORM // 2)
    form: Flags = short & filled
    return form


def _is_half_a_form(like: Likeness) -> Flags:
    """Return which pairs are one form around two articles ("…与…纠纷一审民事判决书") that no number tells apart.

    They are of one length, share half of the title and one stretch word for word, and differ in the rest.
    Of 26 pairs of copies that only half a title brought together none looks like this; of 1,200 pairs of forms that
    were a half or two thirds of each text 66 were merged without this, 3 with it.
    """
    stretch = (like.dense >= 0.85) & (like.hole == 0) & (like.contained < 0.7)
    stretch &= np.minimum(like.spread_a, like.spread_b) < 0.75
    half: Flags = stretch & (like.title >= 0) & (like.title < 0.8) & (like.ratio >= 0.9)
    return half


def is_filled_anew(like: Likeness) -> Flags:
    """Return which pairs are one form filled in for two people ("…同志逝世", "…与…纠纷一审民事判决书"), numbers or not.

    Their texts are nearly the same, under titles of one pattern with different names. A site that reprints a page under
    another title leaves its text as it is, or most numbers at least. Of 96,000 pairs of copies some 130 look like this,
    most of them scans with errors in the title; of 1,300 pairs of seven short forms that no other rule told apart, 1,297
    do. One number, a temperature or an age, may agree by chance.
    """
    alike = (like.contained >= 0.6) & (like.contained < NO_OTHER_WORD) & (like.title > 0)
    few_numbers = like.number_count <= 1
    short = (like.shared < FORM) & (few_numbers | (like.numbers < 1))
    long = (like.shared >= FORM) & (like.contained >= 0.8) & (few_numbers | (like.numbers < 0.85))
    named = (like.title < 0.75) & (short | long)
    named |= (like.title < 0.86) & (like.contained >= 0.85) & short
    numbered = (like.title >= 0.2) & (like.title < 0.9) & ~few_numbers & (like.numbers < 0.5)
    anew: Flags = alike & (named | (numbered & (like.ratio >= 0.9)))
    return anew
