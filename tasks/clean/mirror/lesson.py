"""lesson: does a page teach readings? Then they are its text.

Reads    a page in traditional script whose notes stand on every occurrence of a character
Adds     nothing; answers one question
Source   word lists, readers for learners, articles on a rare word: they too annotate a character wherever it
         stands. A mirror gives a character one reading (26 pages), annotates common characters in running
         text, has no other readings in brackets, and keeps the forms that a converter keeps.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Mapping

from tasks.clean.mirror.machine_made import only_kept_forms
from tasks.clean.mirror.model import load_forms
from tasks.clean.mirror.site_lists import is_listed
from tasks.clean.mirror.tones import TONED
from tasks.decode.evidence import common_characters

MIN_SECOND = 2
"""Notes with another reading than the character's first that speak for a lesson."""
MAX_SECOND_SHARE = 0.05
"""Their largest share on a mirror: what a converter copied may quote a gloss."""
MIN_COMMON_SHARE = 0.3
"""Share of the notes that a mirror has on common characters; among its characters one in eight is rare. On a page
that keeps what only a converter keeps, level 1 of GB 2312 is common enough."""
MIN_LISTED_SHARE = 0.85
"""Share of the notes in stretches of at most ``LONGEST_WORD`` characters from which a page is a word list."""
LONGEST_WORD = 3
MAX_TIMES = 2
"""How often one word may count."""
MIN_HEADS, MIN_HEAD_SHARE = 2, 0.5
"""Annotated characters, and their share, that begin a line and stand alone there, as in a dictionary; 問 and 答
of an interview are one."""
MAX_OTHER_SHARE = 0.2
"""Readings of other kinds, (sùshè), (ma), （mén）, for each note, from which a page teaches the language."""

_OTHER = re.compile(
    rf"[\u3400-\u9fff](?:（[ a-zü'’{TONED}]*[{TONED}][ a-zü'’{TONED}]*）"
    rf"|\((?:(?:[a-zü'’]{{0,6}}[{TONED}][a-zü'’]{{0,4}} ?){{2,}}|[a-zü'’]{{0,6}}[{TONED}][a-zü'’]{{4,8}}"
    r"|(?:de|le|ne|ma|ba|ge|zi|zhe|men|me))\))"
)
"""A reading of two syllables and more, one in full-width brackets, one of the syllables without tone."""
_HEAD = re.compile("(?m)^[ \u3000\\d.、「『【\\[(（]*([\u3400-\u9fff])\x01(?![\u3400-\u9fff])")
_STRETCH = re.compile("[\u3400-\u9fff\x01]+")


def is_lesson(text: str, notes: Mapping[str, int], given: Counter[tuple[str, str]], plain: str) -> bool:
    """Return whether the notes of a page belong to it.

    notes: character -> its notes; given: (character, reading) -> the same by reading; plain: the page with
    U+0001 in place of each note.
    """
    total = sum(notes.values())
    keeps = only_kept_forms(text)
    common = sum(count for char, count in notes.items() if _is_common(char) or (keeps and is_level_1(char)))
    return (
        common < MIN_COMMON_SHARE * total
        or _has_second_readings(given, total)
        or len(_OTHER.findall(text)) > MAX_OTHER_SHARE * total
        or _listed(plain) >= MIN_LISTED_SHARE * total
        or len(set(_HEAD.findall(plain))) >= max(MIN_HEADS, MIN_HEAD_SHARE * len(notes))
    )


def _is_common(char: str) -> bool:
    return char in common_characters() or is_listed(char)


def is_level_1(char: str) -> bool:
    """Return whether the simplified form of a character is one of the 3,755 of level 1 of GB 2312."""
    simplified = load_forms().partner.get(char, char)
    return b"\xb0" <= simplified.encode("gb2312", "replace") < b"\xd8"


def _has_second_readings(given: Counter[tuple[str, str]], total: int) -> bool:
    """Return whether characters are given different readings."""
    readings = load_forms().readings
    by_char: dict[str, list[int]] = defaultdict(list)
    for (char, reading), count in given.items():
        if reading in readings.get(char, ()):
            by_char[char].append(count)
    second = sum(sum(counts) - max(counts) for counts in by_char.values())
    return second >= MIN_SECOND and second > MAX_SECOND_SHARE * total


def _listed(plain: str) -> int:
    """Return the number of notes in words that stand alone; a word that stands so again and again is a label."""
    marks = 0
    for stretch, times in Counter(_STRETCH.findall(plain)).items():
        count = stretch.count("\x01")
        if count and len(stretch) - count <= LONGEST_WORD:
            marks += count * min(times, MAX_TIMES)
    return marks
