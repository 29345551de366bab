"""plain_notes: readings that a mirror put after characters of all kinds, often without tones, often twice.

Reads    a page, joined, and a line of it
Adds     one change for each row of such readings
Source   pages of company sites: 全(quan)(quan)國(guo) 生(sheng)產(chan), or 企(qǐ)业协(xié)会, on some
         occurrences of any character, in both scripts. A gloss stands once in its article, on a rare
         character, and twice after one character in none; a primer annotates every character, a list of
         readings gives more than one of a character. All these stay. With tones on a traditional page
         they are of this family where many are on characters that the conversion left alone, of a list
         at every occurrence, 一(yī)個人的(de), or of all kinds more than once; the family of ``gate``
         annotates changed ones only.
"""

import re
from collections import Counter, defaultdict

from tasks.clean.mirror.gate import MIN_COMPLETE_SHARE, NEARLY_EVERYWHERE
from tasks.clean.mirror.machine_made import is_traditional
from tasks.clean.mirror.model import load_forms
from tasks.clean.mirror.tones import TONE, TONED
from tasks.edit import Change

RULE = "plain_notes@5"

NOTES = re.compile(rf"([\u3400-\u9fff])((?:\([a-zü{TONED}]{{1,6}}\))+)")
"""Readings in ASCII brackets after a character; groups: character, readings with their brackets."""

_BRACKETS = re.compile(rf"\([a-zü{TONED}]{{1,6}}\)")
MIN_NOTES = 8
MIN_CHARACTERS = 6
"""Notes of a page, and different characters that have one."""
MIN_NOTES_ONCE = 12
"""The same of a page where no note stands twice."""
MIN_REPEATED = 1.3
"""Notes without tones for each annotated character that speak for a mirror: a gloss is given once."""
COMMON = frozenset(
    "一去自的是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说這為個國時來們對會發動過說"
)
"""Characters that nobody explains."""
MIN_COMMON, MIN_COMMON_REPEATED = 6, 2
"""How many of them are annotated where nothing else, and where repetition speaks for a mirror."""
MIN_KEPT_SHARE = 0.4
"""Share of the characters annotated with tones on a traditional page that simplification left alone; of
those that a converter annotates one in ten is."""
MIN_RETURNING = 1.2
"""Notes for each annotated character where they are sprinkled over such a page; a lesson annotates the first only."""
MIN_READING_SHARE = 0.9
"""Share of the small letters in brackets that must be a reading of the character before them."""
MAX_SHARE = 0.42
"""Largest share of the Chinese characters, in lines with notes, that have one; a primer annotates all."""

MAX_WORD_SHARE = 0.2
"""Words in brackets, (xuéxiào), for each note, from which a page is a reader that gives them word by word."""

MIN_LATE = 2
"""Notes that must stand on a character that was there before: a lesson or a dictionary annotates the first."""

_WORD = re.compile(rf"[\u3400-\u9fff]\([a-zü’' {TONED}]{{7,60}}\)")
_TONES = str.maketrans("āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ", "aaaaeeeeiiiioooouuuuvvvvnnnm")
_HANZI = re.compile("[\u3400-\u9fff]")


def has_plain_notes(text: str) -> bool:
    """Return whether a page carries readings as only a mirror does."""
    if text.count("(") < MIN_NOTES or len(_BRACKETS.findall(text)) < MIN_NOTES:
        return False
    found = NOTES.findall(text)
    if len(found) < MIN_NOTES:
        return False
    notes: Counter[str] = Counter()
    for (char, brackets), count in Counter(found).items():
        if _is_reading(char, brackets):
            notes[char] += count
    if (
        is_traditional(text)
        and any(TONE.search(brackets) for _, brackets in found)
        and not _is_no_conversion(text, notes)
    ):
        return False
    total = notes.total()
    if total < MIN_NOTES or len(notes) < MIN_CHARACTERS or total < MIN_READING_SHARE * len(found):
        return False
    if not any(")(" in brackets and _is_reading(char, brackets) for char, brackets in found) and not (
        _is_sprinkled(found, notes) and _are_late(text)
    ):
        return False
    if len(_WORD.findall(text)) > MAX_WORD_SHARE * total:
        return False
    annotated = "".join(line for line in text.split("\n") if NOTES.search(line))
    return total <= MAX_SHARE * len(_HANZI.findall(annotated))


def _is_no_conversion(text: str, notes: Counter[str]) -> bool:
    """Return whether the notes are on characters other than those that a converter changed.

    Many are on characters that it left alone, and they follow a list of characters wherever these stand,
    or recur at random.
    """
    kept = sum(char not in load_forms().partner for char in notes)
    complete = sum(count for char, count in notes.items() if count >= NEARLY_EVERYWHERE * text.count(char))
    is_listed = complete >= MIN_COMPLETE_SHARE * notes.total()
    return kept >= MIN_KEPT_SHARE * len(notes) and (is_listed or notes.total() >= MIN_RETURNING * len(notes))


def _is_sprinkled(found: list[tuple[str, str]], notes: Counter[str]) -> bool:
    """Return whether notes, none of which stands twice, are on characters that need none, one reading each."""
    if notes.total() < MIN_NOTES_ONCE:
        return False
    readings: dict[str, set[str]] = defaultdict(set)
    for char, brackets in found:
        readings[char].add(brackets)
    common = len(COMMON & notes.keys())
    is_toned = any(TONE.search(brackets) for _, brackets in found)
    is_repeated = not is_toned and notes.total() >= MIN_REPEATED * len(notes)
    if any(len(given) > 1 for given in readings.values()):
        return False
    return common >= (MIN_COMMON_REPEATED if is_repeated else MIN_COMMON)


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
    reading = shown.pop()
    if TONE.search(reading):
        return reading in load_forms().readings.get(char, ())
    reading = reading.replace("ü", "v")
    plain = {known.translate(_TONES) for known in load_forms().readings.get(char, ())}
    return reading in plain or (reading.replace("u", "v", 1) in plain and reading[:1] in "lnjqxy")


def _are_late(text: str) -> bool:
    """Return whether notes stand where a character returns, and not where it is new."""
    late = 0
    for match in NOTES.finditer(text):
        late += text.find(match[1]) < match.start() and _is_reading(match[1], match[2])
        if late >= MIN_LATE:
            return True
    return False
