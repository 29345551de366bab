"""plain_notes: readings without tone marks that a mirror put after many a character, often twice.

Reads    a page, joined, and a line of it
Adds     one change for each row of such readings
Source   pages of company sites: 全(quan)(quan)國(guo) 生(sheng)產(chan), on some occurrences of any common
         character, in both scripts. A gloss stands once in its article, and twice after one character
         in none; a primer annotates every character. Both stay.
"""

import re
from collections import Counter

from tasks.clean.mirror.machine_made import is_traditional
from tasks.clean.mirror.model import load_forms
from tasks.edit import Change

RULE = "plain_notes@1"

NOTES = re.compile(r"([\u3400-\u9fff])((?:\([a-zü]{1,6}\))+)")
"""Readings in ASCII brackets after a character; groups: character, readings with their brackets."""

MIN_BRACKETS = 8
"""A page with fewer opening brackets is not looked at."""
MIN_NOTES = 8
MIN_CHARACTERS = 6
"""Notes of a page, and different characters that have one."""
MIN_REPEATED = 1.3
"""Notes for each annotated character, where no note stands twice: a gloss is given once."""
MIN_READING_SHARE = 0.9
"""Share of the small letters in brackets that must be a reading of the character before them."""
MAX_SHARE = 0.6
"""Largest share of the Chinese characters, in lines with notes, that have one; a primer annotates all."""

_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvnnnm")
_HANZI = re.compile("[\u3400-\u9fff]")


def has_plain_notes(text: str) -> bool:
    """Return whether a page carries readings without tones as only a mirror does."""
    if text.count("(") < MIN_BRACKETS or ")" not in text:
        return False
    found = NOTES.findall(text)
    if len(found) < MIN_NOTES:
        return False
    notes = Counter(char for char, brackets in found if _is_reading(char, brackets))
    total = notes.total()
    if total < MIN_NOTES or len(notes) < MIN_CHARACTERS or total < MIN_READING_SHARE * len(found):
        return False
    twice = any(len(set(brackets)) > 1 and ")(" in brackets for _, brackets in found)
    repeated = is_traditional(text) or total >= 2 * MIN_NOTES
    if not twice and not (repeated and total >= MIN_REPEATED * len(notes)):
        return False
    annotated = "".join(line for line in text.split("\n") if NOTES.search(line))
    return total <= MAX_SHARE * len(_HANZI.findall(annotated))


def find_plain_notes(line: str) -> list[Change]:
    """Return the removal of each reading on a line of such a page.

    >>> find_plain_notes("全(quan)(quan)國(guo)")
    [Change(start=1, end=13, after=''), Change(start=14, end=19, after='')]
    """
    if "(" not in line:
        return []
    return [
        Change(match.start(2), match.end(), "")
        for match in NOTES.finditer(line)
        if _is_reading(match[1], match[2])
    ]


def _is_reading(char: str, brackets: str) -> bool:
    """Return whether everything in the brackets is one reading of a character, tones aside."""
    shown = set(brackets[1:-1].split(")("))
    if len(shown) != 1:
        return False
    reading = shown.pop().replace("ü", "v")
    plain = {known.translate(_TONES) for known in load_forms().readings.get(char, ())}
    return reading in plain or (reading.replace("u", "v", 1) in plain and reading[:1] in "lnjqxy")
