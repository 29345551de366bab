"""vocabulary: what a line says it is, in its own words.

``kind_of`` answers for one folded line (``fold``): a ``Kind``, or None when its words say
nothing. A kind is what a line *would* be outside the article; whether it stands inside is
decided by ``score``.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.credits import CREDITS
from tasks.extract.kinds import KEY_REACH, Furniture, Kind
from tasks.extract.needed import alternatives_of, beginnings, needed
from tasks.extract.prose import DATELINE, FUNCTION, MARKS
from tasks.extract.shapes import SHAPE_KEYS, SHAPE_NEEDS, SURE, kind_of_shape
from tasks.extract.signs import (
    FIRST_ENTRY,
    FUNCTION_SIGN,
    MARK_SIGN,
    WIRE_SIGN,
    find_signs,
    sign_table,
    signs_of_line,
)
from tasks.extract.stamps import DATE, METADATA, metadata_of
from tasks.extract.surroundings import SURROUNDINGS

_BULLETS = " ([<《*#·.■◆●★▲▼>|:+=※○◎□▉~►▶▷▸➤◤◇△▪☉☆\ufe0f-"
"""What may stand before the words of a line: bullets, brackets, bars."""
FURNITURE = SURROUNDINGS + CREDITS

_SAID = {
    entry.kind.rule: replace(entry.kind, cost=10, closing=0.0, opens=False, firm=False)
    for entry in FURNITURE
    if entry.kind.rule in ("promotion", "share", "tags", "source_line")
}
"""What a full sentence may be: guides and notices say 点击, 下载 and 请关注 too, and then mean it."""
LONGEST = 400
"""Characters of the longest line any kind speaks of."""

FEWEST_APART = 2
"""Alternatives of an entry that may begin with any character, from which they are asked apart from the others."""


def _forms(entry: Furniture) -> list[str]:
    """Return the patterns of an entry: one, or those that may begin with any character apart from the others.

    They are the slow ones, and what they need stands in few lines.
    """
    alternatives = [each for pattern in entry.patterns for each in alternatives_of(pattern)]
    slow = [each for each in alternatives if beginnings(each) is None]
    fast = [each for each in alternatives if each not in slow]
    apart = min(len(slow), len(fast)) >= FEWEST_APART
    return ["|".join(fast), "|".join(slow)] if apart else ["|".join(alternatives)]


_FORMS = {
    1 << bit: form
    for bit, form in enumerate(
        ((entry, form) for entry in FURNITURE for form in _forms(entry)), start=FIRST_ENTRY
    )
}
"""Sign -> entry and pattern."""
_SIGNS = sign_table(
    {sign: entry.keys for sign, (entry, _) in _FORMS.items()},
    {
        **SHAPE_KEYS,
        FUNCTION_SIGN: "".join(FUNCTION),
        MARK_SIGN: MARKS,
        WIRE_SIGN: "电讯消报",
    },
    KEY_REACH,
    {
        **{sign: needed(form) for sign, (_, form) in _FORMS.items()},
        **SHAPE_NEEDS,
        WIRE_SIGN: needed(DATELINE.pattern),
    },
)
_BY_SIGN = {
    sign: (re.compile(f"[{re.escape(_BULLETS)}]*(?:{form})").match, entry.kind)
    for sign, (entry, form) in _FORMS.items()
}
_SPEAKING = [
    sum(sign for sign, (entry, _) in _FORMS.items() if length <= entry.limit) for length in range(LONGEST + 1)
]
"""Signs of the entries that speak of lines of a length."""
_BEGINNINGS = {sign: beginnings(form) for sign, (_, form) in _FORMS.items()}
_ANY_BEGINNING = sum(sign for sign, found in _BEGINNINGS.items() if found is None)
_BY_BEGINNING = {
    character: _ANY_BEGINNING
    | sum(sign for sign, found in _BEGINNINGS.items() if found and character in found)
    for character in frozenset().union(*filter(None, _BEGINNINGS.values()))
}
"""First character of the words of a line -> signs of what may begin with it."""
_BEHIND_BULLETS = sum(sign for sign, found in _BEGINNINGS.items() if found and not found.isdisjoint(_BULLETS))
"""Signs of what may begin with a bullet itself, before the words of a line that begins with one."""


def signs_of(lines: Sequence[str]) -> tuple[list[int], list[int]]:
    """Return of all folded lines the signs that ``kind_by_signs`` reads, and the numbers of function characters."""
    return find_signs(lines, _SIGNS, FUNCTION_SIGN)


def kind_of(folded: str) -> Kind | None:
    """Return what the words of a folded line say it is, or None."""
    return kind_by_signs(folded, signs_of_line(folded, _SIGNS))


def kind_by_signs(folded: str, signs: int) -> Kind | None:
    """Return what the words of a folded line with these signs say it is, or None."""
    length = len(folded)
    if length > LONGEST:
        return None
    entries = signs & _SPEAKING[length]
    if entries & ~_ANY_BEGINNING:  # else there is nothing that its first word could leave out
        entries &= _may_begin(folded)
    while entries:
        lowest = entries & -entries
        entries ^= lowest
        match, kind = _BY_SIGN[lowest]
        if match(folded):
            if folded[-1] == "。" and kind.rule in _SAID and length > 10 and not SURE.search(folded):
                return _SAID[kind.rule]
            byline = kind.label == "byline"
            dated = byline and DATE.search(folded) and (length <= 60 or metadata_of(folded, signs))
            return METADATA if dated else kind
    return kind_of_shape(folded, length, signs) if length <= 120 else None


def _may_begin(folded: str) -> int:
    """Return the signs of what a folded line may begin with."""
    words = folded.lstrip(_BULLETS)
    signs = _BY_BEGINNING.get(words[:1], _ANY_BEGINNING)
    return signs if len(words) == len(folded) else signs | _BEHIND_BULLETS
