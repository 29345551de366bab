"""vocabulary: what a line says it is, in its own words.

``kind_of`` answers for one folded line (``fold``): a ``Kind``, or None when its words say
nothing. A kind is what a line *would* be outside the article; whether it stands inside is
decided by ``score``.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from tasks.extract.credits import CREDITS
from tasks.extract.kinds import KEY_REACH, Furniture, Kind
from tasks.extract.needed import alternatives_of, beginnings, needed
from tasks.extract.notices import NOTICES
from tasks.extract.prose import DATELINE, FUNCTION, MARKS
from tasks.extract.shapes import LONGEST as LONGEST_SHAPE
from tasks.extract.shapes import SHAPE_KEYS, SHAPE_NEEDS, SPEECH, SURE, TELLING, TELLING_END, kind_of_shape
from tasks.extract.signs import (
    FIELD_SIGN,
    FIRST_ENTRY,
    MARK_SIGN,
    SET_SIGN,
    STOP_SIGN,
    WIRE_SIGN,
    by_class,
    find_signs,
    sign_table,
    signs_of_line,
)
from tasks.extract.stamps import DATE, FIELD_LINE, METADATA, metadata_of
from tasks.extract.surroundings import SURROUNDINGS

_BULLETS = " ([<《*#·.■◆●★▲▼>|:+=※○◎□▉~►▶▷▸➤◤◇△▪☉☆\ufe0f-"
"""What may stand before the words of a line: bullets, brackets, bars."""
FURNITURE = SURROUNDINGS + CREDITS + NOTICES

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
_EVERY_SIGN = (1 << 64) - 1
"""What may begin with a bullet, before the words behind it are looked at."""
_BEGINNINGS = {FIELD_SIGN: beginnings(FIELD_LINE.pattern)} | {
    sign: beginnings(form) for sign, (_, form) in _FORMS.items()
}
_ANY_BEGINNING = ~sum(sign for sign, found in _BEGINNINGS.items() if found is not None) & _EVERY_SIGN
_BY_BEGINNING = {
    character: _ANY_BEGINNING
    | sum(sign for sign, found in _BEGINNINGS.items() if found and character in found)
    for character in frozenset().union(*filter(None, _BEGINNINGS.values()))
}
"""First character of the words of a line -> signs of what may begin with it."""
_BEHIND_BULLETS = sum(sign for sign, found in _BEGINNINGS.items() if found and not found.isdisjoint(_BULLETS))
"""Signs of what may begin with a bullet itself, before the words of a line that begins with one."""

_SIGNS = sign_table(
    {sign: entry.keys for sign, (entry, _) in _FORMS.items()},
    {
        **SHAPE_KEYS,
        MARK_SIGN: MARKS,
        WIRE_SIGN: "电讯消报",
        0: "".join((_BULLETS, *_BY_BEGINNING, *TELLING_END)),  # told apart, by where they stand
    },
    KEY_REACH,
    {
        **{sign: needed(form) for sign, (_, form) in _FORMS.items()},
        **SHAPE_NEEDS,
        WIRE_SIGN: needed(DATELINE.pattern),
    },
    FUNCTION,
)
_BY_SIGN = {
    sign: (re.compile(f"[{re.escape(_BULLETS)}]*(?:{form})").match, entry.kind)
    for sign, (entry, form) in _FORMS.items()
}
_SPEAKING = [
    sum(sign for sign, (entry, _) in _FORMS.items() if length <= entry.limit) for length in range(LONGEST + 1)
]
"""Signs of the entries that speak of lines of a length."""
_SPEAKING_OF = np.array([*_SPEAKING, 0], np.uint64)
_BEGINNING_WITH = by_class(_SIGNS, _BY_BEGINNING | dict.fromkeys(_BULLETS, _EVERY_SIGN), _ANY_BEGINNING)
_TELLS_AT_END = by_class(_SIGNS, dict.fromkeys(TELLING_END, 1)) != 0
_IS_WORD = np.array([chr(code).isalnum() for code in range(0x10000)] + [False])
_SENTENCE_OR_SET = np.uint64(STOP_SIGN | SET_SIGN)
"""The same by length and by class, for all lines of a page; letters and digits by code point."""


@dataclass(frozen=True, slots=True)
class Words:
    """What the words of lines say, each column in the order of the lines.

    kinds: None where they say nothing; functions: numbers of function characters.
    sentences, wires: whether they hold a mark of a sentence, and the words of a dateline.
    """

    kinds: list[Kind | None]
    functions: list[int]
    sentences: list[bool]
    wires: list[bool]


def words_of(text: str, lines: Sequence[str]) -> Words:
    """Return what the words of folded lines say; text: the same lines, a line feed behind each."""
    seen = find_signs(text, _SIGNS)
    may_begin = seen.signs & _BEGINNING_WITH.take(seen.first)
    entries = may_begin & _SPEAKING_OF.take(seen.lengths, mode="clip")
    shaped = ((may_begin & np.uint64(TELLING)) != 0) | ~_IS_WORD.take(seen.end, mode="clip")
    shaped &= ((may_begin & _SENTENCE_OR_SET) != np.uint64(STOP_SIGN)) | (seen.lengths < SPEECH)
    shaped |= _TELLS_AT_END.take(seen.last).any(axis=0)
    shaped &= seen.lengths <= LONGEST_SHAPE
    kinds: list[Kind | None] = [None] * len(lines)
    signs = may_begin.tolist()
    asked = (shaped | (entries != 0)).nonzero()[0]
    for index, by_entry in zip(asked.tolist(), entries[asked].tolist(), strict=True):
        line = lines[index]
        if by_entry and line[0] in _BULLETS:
            by_entry &= _may_begin(line)
        kinds[index] = _kind(line, signs[index], by_entry)
    return Words(
        kinds,
        seen.counts.tolist(),
        ((seen.signs & np.uint64(MARK_SIGN)) != 0).tolist(),
        ((seen.signs & np.uint64(WIRE_SIGN)) != 0).tolist(),
    )


def kind_of(folded: str) -> Kind | None:
    """Return what the words of a folded line say it is, or None."""
    if len(folded) > LONGEST:
        return None
    signs = signs_of_line(folded, _SIGNS)
    return _kind(folded, signs, signs & _SPEAKING[len(folded)] & _may_begin(folded))


def _kind(folded: str, signs: int, entries: int) -> Kind | None:
    """Return what a folded line with these signs is; entries: the signs among them of what it may begin with."""
    length = len(folded)
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
    return kind_of_shape(folded, length, signs) if length <= LONGEST_SHAPE else None


def _may_begin(folded: str) -> int:
    """Return the signs of what a folded line may begin with."""
    words = folded.lstrip(_BULLETS)
    signs = _BY_BEGINNING.get(words[:1], _ANY_BEGINNING)
    return signs if len(words) == len(folded) else signs | _BEHIND_BULLETS
