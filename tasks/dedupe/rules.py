"""rules: which likeness makes two documents copies, which of two stands for both.

The dictionary of the warehouse states them too (``warehouse.schema_copies``).
Source of the thresholds: chosen on pages made by 13 transformations of written articles, on floods of
template pages and on stories with hundreds of copies (tests/bench/bench_dedup.py repeats it).
"""

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from tasks.dedupe.compare import Likeness
from tasks.dedupe.fingerprint import DAMAGED, ORIGINAL
from tasks.dedupe.forms import FORM, is_filled_anew, is_form

COMMON_TITLE = 12
"""Clusters. A title used by more says nothing ("天气预报")."""

MUCH_LONGER = 1.3
"""Ratio of lengths from which the shorter of two copies is called contained."""

PART = 0.75
"""Share of the shorter text that the longer one holds, from which it is called contained."""

LONGER = 1.08
"""Ratio of lengths from which a longer page may hold the shorter one beside something else."""

QUOTED, QUOTED_GRAMS = 0.15, 24
"""Ratio of lengths and grams (some 100 characters) below which what a longer text holds is a quotation. Of 53,000
pairs of copies 22 are below both."""

TITLED_FORM = 52
"""Grams. The same under one title, where most of the text is shared and all of it in place: some 210 characters."""

COMPLETE = 1.15
"""Ratio of lengths from which the shorter of two copies is taken to lack something."""

Flags = NDArray[np.bool_]


def is_copy(like: Likeness, title_is_common: Flags) -> Flags:
    """Return which pairs are copies of one article; any of these findings will do.

    whole: most of all text is shared. titled: the titles agree and a good part of the text does.
    part: one contains most of the other. noisy: shared text all over both, with much in between lost.
    scanned: as noisy, of one length, with up to every tenth character lost. edited: every number is
    different, all else is the same.
    """
    same_title = (like.title >= 0.5) & ~title_is_common
    unbroken = like.hole <= 1
    whole = (like.jaccard >= 0.6) & (like.rare_jaccard >= 0.45) & (unbroken | (like.jaccard >= 0.8))
    titled = same_title & (like.rare_contained >= 0.4) & ((like.hole <= 2) | (like.contained >= 0.75))
    part = (like.contained >= 0.65) & (like.rare_contained >= 0.6) & unbroken
    part |= (like.contained >= 0.9) & (like.rare_contained >= 0.75)
    everywhere = np.minimum(like.spread_a, like.spread_b) >= 0.7
    noisy = (like.rare_contained >= 0.4) & (like.jaccard >= 0.22) & everywhere & unbroken
    alike = whole | titled | part | noisy
    enough = (like.shared >= 5) | ((like.shared >= 3) & (like.contained >= 0.6))
    copies: Flags = alike & _numbers_agree(like) & _enough_rare(like, title_is_common) & enough
    likely = (
        copies
        | _is_scanned(like, same_title)
        | _is_edited(like, same_title)
        | _is_held(like, title_is_common)
    )
    kept = likely & ~is_form(like) & ~_is_quoted(like, same_title)
    one_title = _is_taken_over(like, title_is_common) | _is_revised(like, title_is_common)
    return (kept | one_title) & ~is_filled_anew(like)


def _is_quoted(like: Likeness, same_title: Flags) -> Flags:
    """Return which pairs are a quotation: a few lines in a text many times as long, without its title."""
    quoted: Flags = (like.ratio < QUOTED) & (like.shared < QUOTED_GRAMS) & ~same_title
    return quoted


def _is_held(like: Likeness, title_is_common: Flags) -> Flags:
    """One holds the other from beginning to end, in rare text: what its frame adds in numbers says nothing.

    Of 210,000 pairs of different articles none passed that the other rules kept apart.
    """
    strict = (like.contained >= 0.9) & (like.rare_contained >= 0.9) & (like.rarity >= 0.97)
    titled = (like.title >= 0.8) & ~title_is_common & (like.rarity >= 0.95)
    titled &= (like.contained >= 0.8) & (like.rare_contained >= 0.8)
    held: Flags = (like.hole == 0) & (like.shared >= 50) & (strict | titled)
    return held


def _is_scanned(like: Likeness, same_title: Flags) -> Flags:
    """A scan that lost a tenth of its characters keeps half of its 6-grams, or less, in all places.

    Of 300,000 pairs of different articles none passed with a rare_contained of .24, of the pages of one
    template none where half of the numbers must agree; 16 did where .3 of them had to. Under one title less
    will do, as the words of another region leave (Taiwan's for computers), where all numbers are the same: of
    210,000 pairs none passed, and of 310,000 none with still less of short texts of rare words.
    """
    spread = np.minimum(like.spread_a, like.spread_b)
    text = (like.rare_contained >= 0.3) & (like.jaccard >= 0.15) & (like.rarity >= 0.8) & (like.shared >= 8)
    numbers = (like.number_count < 3) | (like.numbers >= 0.5)
    bare = text & (spread >= 0.75) & (like.ratio >= 0.8) & (like.hole <= 1) & numbers
    titled = same_title & (like.rare_contained >= 0.25) & (like.jaccard >= 0.15) & (like.rarity >= 0.9)
    titled &= (like.shared >= 14) & (spread >= 0.6) & (like.ratio >= 0.9) & (like.hole <= 3)
    few = same_title & (like.title >= 0.6) & (like.rare_contained >= 0.25) & (like.jaccard >= 0.13)
    few &= (like.rarity >= 0.95) & (like.shared >= 12) & (spread >= 0.55) & (like.ratio >= 0.85)
    titled |= few & (like.hole <= 4)
    scanned: Flags = bare | (titled & ((like.number_count < 2) | (like.numbers >= 0.8)))
    return scanned


def _is_edited(like: Likeness, same_title: Flags) -> Flags:
    """Most of the text is shared and no place lacks it: then numbers may agree by chance only.

    Under one title, of rare text, or with more shared, they need not agree at all: header and footer of a
    site bring numbers of their own. Of 330,000 pairs of different articles none passed.
    """
    whole = (like.hole == 0) & (like.shared >= 20)
    some = (
        (like.contained >= 0.6) & (like.rare_contained >= 0.6) & (like.rarity >= 0.8) & (like.numbers >= 0.2)
    )
    rare = (like.contained >= 0.65) & (like.rare_contained >= 0.65) & (like.jaccard >= 0.55)
    rare &= (like.rarity >= 0.98) & (np.minimum(like.spread_a, like.spread_b) >= 0.5)
    bare = rare & (like.contained >= 0.75) & (like.rare_contained >= 0.75) & (like.jaccard >= 0.6)
    bare &= (np.minimum(like.spread_a, like.spread_b) >= 0.6) & (like.shared >= 30) & (like.number_count <= 8)
    edited: Flags = whole & ((same_title & (some | rare)) | bare)
    return edited


def _is_taken_over(like: Likeness, title_is_common: Flags) -> Flags:
    """Return which pairs share a title and one stretch of rare text with hardly a word changed.

    The frame around it may be as long again and have numbers of its own; forms, by contrast, agree from end to end.
    Of 290,000 pairs of different articles none passed; of 8,500 pairs of copies that no other rule found 300 did.
    """
    taken = (like.title >= 0.8) & ~title_is_common & (like.rarity >= 0.95) & (like.shared >= 30)
    taken &= (like.contained >= 0.55) & (like.hole == 0) & (like.dense >= 0.8)
    framed: Flags = taken & (np.minimum(like.spread_a, like.spread_b) <= 0.8)
    return framed


def _is_revised(like: Likeness, title_is_common: Flags) -> Flags:
    """Under one title, of one length and all in place, most of the rare text is shared: only its facts are others.

    Of 290,000 pairs of different articles none passed; shorter ones are forms filled in anew.
    """
    spread = np.minimum(like.spread_a, like.spread_b)
    revised = (like.title >= 0.8) & ~title_is_common & (like.rarity >= 0.95) & (like.shared >= TITLED_FORM)
    revised &= (like.contained >= 0.72) & (spread >= 0.88) & (like.hole <= 1) & (like.ratio >= 0.98)
    same: Flags = revised
    return same


def _numbers_agree(like: Likeness) -> Flags:
    """Template pages share their text and not their numbers; edited numbers leave all the rest alone.

    The more the shared text is broken up, the more of the numbers must agree.
    """
    telling = like.telling_count >= 3
    numbers = np.where(telling, like.telling, like.numbers)
    need = np.select([like.hole == 0, like.hole == 1], [0.15, 0.5], 0.6)
    edited = (like.jaccard >= 0.5) & (np.minimum(like.spread_a, like.spread_b) >= 0.9) & (like.hole <= 1)
    few = ~telling & (like.number_count < np.where(like.hole == 0, 3, 2))
    return few | (numbers >= need) | (like.jaccard >= 0.75) | edited


def _enough_rare(like: Likeness, title_is_common: Flags) -> Flags:
    """When most of the shared text is common text, the numbers must agree or the rest be nearly equal.

    Where there are numbers that do not agree by chance, one of them must; of a few lines without any, all the text.
    A title that few pages have, over nearly the same text, tells of which page of its form a reprint is.
    """
    few_lines = (like.shared < FORM // 2) & (like.ratio >= 0.8) & (like.contained < 0.97)
    told = (like.telling > 0) | ((like.telling_count == 0) & ~few_lines)
    numbered = (like.number_count >= 4) & (like.numbers >= 0.7) & (like.contained >= 0.5) & (like.hole <= 1)
    nearly = (like.contained >= 0.8) & (like.rare_contained >= 0.7)
    nearly &= (like.number_count < 4) | (like.numbers >= 0.8)
    numbered, nearly = numbered & told, nearly & told
    titled = (like.title >= 0.95) & ~title_is_common & (like.contained >= 0.9)
    titled &= (like.number_count < 2) | (like.numbers >= 0.8)
    enough: Flags = (like.rarity >= 0.4) | numbered | nearly | titled
    return enough


def is_related(like: Likeness) -> Flags:
    """Return which pairs share much of one of the texts."""
    return (like.contained >= 0.6) & (like.rare_contained >= 0.4) & (like.shared >= 4)


class Standing(NamedTuple):
    """What decides which member stands for a cluster. published: microseconds, largest when unknown."""

    number: int
    length: int
    published: int
    flags: int


def stands_before(challenger: Standing, survivor: Standing, same_title: bool) -> bool:
    """Return whether a newcomer replaces the survivor of its cluster.

    In this order: complete (a much longer text of another title holds something else and does not count);
    not damaged; the page that names its own site as the outlet; published first; there first.
    """
    if challenger.length > survivor.length * COMPLETE:
        return same_title or challenger.length <= survivor.length * 4 / 3
    if challenger.length * COMPLETE < survivor.length:
        return False
    if (challenger.flags ^ survivor.flags) & DAMAGED:
        return not challenger.flags & DAMAGED
    if (challenger.flags ^ survivor.flags) & ORIGINAL:
        return bool(challenger.flags & ORIGINAL)
    return challenger.published < survivor.published
