"""gate: is this page a mirror page, and which characters does it annotate?

Reads    the lines of a page, joined
Adds     Profile: the annotated characters, or None when the page is not to be touched
Source   26 mirror pages: a character of a site's list is annotated at every occurrence, a gloss
         in a real article is not; only characters changed by the conversion are annotated
"""

import re
from collections import Counter
from dataclasses import dataclass

from tasks.clean.mirror.lesson import is_lesson, is_level_1
from tasks.clean.mirror.machine_made import (
    has_written_forms,
    is_traditional,
    kept_forms,
    machine_made,
    mostly_simplified,
    mostly_written_forms,
    only_kept_forms,
)
from tasks.clean.mirror.model import load_forms
from tasks.clean.mirror.site_lists import TWO_READINGS, exceptions, follows_a_list, is_listed
from tasks.clean.mirror.tones import TONE, TONED

NOTE = re.compile(rf"([^\x00-\x7f])\(([a-zü]{{0,5}}[{TONED}][a-zü]{{0,4}}) ?\)")
"""A tone-marked syllable in ASCII brackets after a character; groups: character, reading."""
READING_NOTE = re.compile(rf"(?<=[^\x00-\x7f])\([a-zü]{{0,5}}[{TONED}][a-zü]{{0,4}} ?\)")
"""The same without the character; no group."""

READING = re.compile(rf"\(?([a-zü]{{0,5}}[{TONED}][a-zü]{{0,4}}) ?\)")
"""A reading, with or without its opening bracket; group: the reading."""
MISPLACED = re.compile(rf"\?(?=[a-zü]{{0,5}}[{TONED}][a-zü]{{0,4}} ?\))")
"""A character broken by a reading, whose bracket it swallowed."""

_RUNNING = re.compile(
    rf"(?:[\u3400-\u9fff)]|[0-9]{{2}})[\u3400-\u9fff]\([a-zü]{{0,5}}[{TONED}][a-zü]{{0,4}} ?\)"
    rf"|[\u3400-\u9fff]\([a-zü]{{0,5}}[{TONED}][a-zü]{{0,4}} ?\)[\u3400-\u9fff]"
)
"""A note inside running text."""

_INSIDE = re.compile(
    rf"[\u3400-\u9fff0-9][\u3400-\u9fff]\([a-zü]{{0,5}}[{TONED}][a-zü]{{0,4}} ?\)(?=[\u3400-\u9fff，。、；：,;:])"
)
"""A note inside a sentence, what it stands on no word of its own."""

_TRACE = re.compile(rf"[{TONED}][a-z]{{0,4}} ?\)")

CUT = re.compile(r"\?([!;?,。！；？，])([^\x00-\xa0\u3000])")
"""A half character, the mark at which it was cut, what a second half and a first half make."""

MIN_NOTES = 5
"""Notes that speak for themselves, one character being annotated twice."""
MIN_NOTES_BESIDE_BREAK = 1
"""Notes that speak for a mirror when a misplaced reading has broken a character, or a converter made the page."""
MIN_NOTES_BESIDE_FORMS = 3
"""The same when the page has the forms that only a converter keeps."""
MIN_FORMS_BESIDE_ONE = 2
"""Forms that only a converter keeps, beside which one note of a list may speak for a mirror."""
MANY_CHARACTERS = 6
"""Different annotated characters from which a list may be one that is not known."""
MAX_EXCEPTIONS = 0.5
"""Characters without a note for each with one, that a site of a known list would annotate besides; sites make few
exceptions (17 among 1,257), whoever glosses at will makes many."""
MANY_NOTES = 12
"""Notes from which even characters of two readings are not glossed by a writer: 參數(shù) at each line of a manual."""
MIN_LISTED_SHARE = 0.75
"""Share of the annotated characters that must be of a site's list where there are few and nothing is broken."""
MIN_RUNNING_SHARE = 0.5
"""Share of the notes that must stand inside running text, a Chinese character before or behind: a list of
characters with their readings annotates all of them too."""
MIN_USUAL_SHARE = 0.8
"""Share of the notes that must give common characters their usual reading when no note stands twice:
a gloss is put where a reader may be wrong, on a rare character or an unusual reading."""
MIN_CHANGED_SHARE = 0.9
"""Share of the annotated characters that must be traditional forms."""
MIN_COMPLETE_SHARE = 0.8
"""Share of the notes that must be on characters annotated nearly everywhere."""
NEARLY_EVERYWHERE = 0.8
"""Share of its occurrences at which such a character is annotated."""
MOSTLY = 0.5
"""The same once a page is known for a mirror: shifted runs may show the character by chance."""


@dataclass(frozen=True, slots=True)
class Profile:
    """What a mirror page annotates.

    chars: the annotated characters; notes: number of notes seen.
    """

    chars: frozenset[str]
    notes: int


def profile_of(text: str) -> Profile | None:
    """Return the profile of a page that carries inserted readings, None for any other page."""
    notes = _count_notes(text)
    changed = [char for char in notes if char in load_forms().partner] if notes else []
    if not changed or len(changed) < MIN_CHANGED_SHARE * len(notes):
        return None
    if len(_RUNNING.findall(text)) < MIN_RUNNING_SHARE * notes.total() or mostly_simplified(
        NOTE.sub("", text)
    ):
        return None
    complete = [c for c in changed if notes[c] >= NEARLY_EVERYWHERE * text.count(c)]
    total = notes.total()
    if sum(notes[c] for c in complete) < MIN_COMPLETE_SHARE * total:
        return None
    if is_lesson(text, notes, Counter(NOTE.findall(text)), READING_NOTE.sub("\x01", text)):
        return None
    is_damaged = MISPLACED.search(text) or CUT.search(text)
    if mostly_written_forms(text) and not is_damaged:
        return None
    is_few = len(notes) < MANY_CHARACTERS and not is_damaged
    if is_few and exceptions(notes, set(text) - notes.keys()) > MAX_EXCEPTIONS * len(notes):
        return None
    is_long = total >= MIN_NOTES and max(notes.values()) > 1
    if is_long and total < MANY_NOTES and TWO_READINGS.issuperset(notes) and not only_kept_forms(text):
        return None
    if not is_long and not (len(complete) == len(notes) and _is_mirror_in_short(text, notes)):
        return None
    return profile_on_mirror(text, notes)


def profile_on_mirror(text: str, notes: Counter[str] | None = None) -> Profile:
    """Return the profile of a page that is known for a mirror; it may be empty. notes: those of the page."""
    notes = notes or _count_notes(text)
    partner = load_forms().partner
    chars = frozenset(c for c in notes if c in partner and notes[c] >= MOSTLY * text.count(c))
    return Profile(chars, notes.total())


def _count_notes(text: str) -> Counter[str]:
    """Return how often each character is followed by a reading of it."""
    notes: Counter[str] = Counter()
    if not _TRACE.search(text):
        return notes
    readings = load_forms().readings
    for (char, reading), count in Counter(NOTE.findall(text)).items():
        if reading in readings.get(char, ()):
            notes[char] += count
    return notes


_TAUGHT = re.compile("讀音|讀作|拼音|注音|發音|念作|多音字|生字|生詞|漢字|漢語")
"""What a page speaks of that gives readings for their own sake."""


def _is_mirror_in_short(text: str, notes: Counter[str]) -> bool:
    """Return whether a page with few readings is a mirror.

    It is when a reading stands after a broken character, when the readings tell nobody anything or are
    those of a site's list, or when the page has the forms that only a converter keeps.
    """
    total = notes.total()
    if total >= MIN_NOTES_BESIDE_BREAK and (
        MISPLACED.search(text) or (machine_made(text) and _are_listed(notes))
    ):
        return True
    if total >= MIN_NOTES and _are_usual(text):
        return True
    if total >= MIN_NOTES_BESIDE_FORMS and only_kept_forms(text) and _are_listed(notes):
        return True
    if kept_forms(text) >= MIN_FORMS_BESIDE_ONE and not has_written_forms(text) and _are_alone(text, notes):
        return True
    may_be_one = _are_usual(text) and len(_RUNNING.findall(text)) >= total
    is_listed = follows_a_list(notes, set(text) - notes.keys(), may_be_one=may_be_one)
    return is_listed and is_traditional(text) and not has_written_forms(text)


def _are_alone(text: str, notes: Counter[str]) -> bool:
    """Return whether all tone marks of the page are in notes inside words, as a site's list has them.

    Each note is the usual reading of a character of the list that has one reading only, and no character
    above it in the list is on the page.
    """
    total = notes.total()
    inside = len(_INSIDE.findall(text)) == total == len(TONE.findall(text)) and not _TAUGHT.search(text)
    known = TWO_READINGS.isdisjoint(notes) and all(map(is_listed, notes))
    return inside and known and _are_usual(text) and not exceptions(notes, set(text) - notes.keys())


def _are_listed(notes: Counter[str]) -> bool:
    """Return whether sites are known to annotate nearly all of the characters that are."""
    return sum(map(is_listed, notes)) >= MIN_LISTED_SHARE * len(notes)


def _are_usual(text: str) -> bool:
    """Return whether the notes give common characters (level 1 of GB 2312) their usual reading."""
    forms = load_forms()
    notes = [(m[1], m[2]) for m in NOTE.finditer(text) if m[2] in forms.readings.get(m[1], ())]
    usual = [char for char, reading in notes if reading == forms.readings[char][0] and is_level_1(char)]
    return len(usual) >= MIN_USUAL_SHARE * len(notes)


_CUT_OR_END = re.compile(
    CUT.pattern
    + r"|\?[!！]\?|\?[;；]\?[\u3400-\u9fff]|\?[!;?,。！；？，][#-+\--:<->@-~]{1,2}[^\x00-\xa0\u3000]|"
    + MISPLACED.pattern
)


def may_be_shifted(text: str) -> bool:
    """Return whether a traditional page without readings has spots that look cut inside a character."""
    return _CUT_OR_END.search(text) is not None and is_traditional(text)
