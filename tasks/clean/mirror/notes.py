"""notes: readings that a mirror inserted after characters are removed.

Reads    a line of a page that the gate let through, and the page's profile
Adds     one change for each note
Keeps    brackets that are no reading of the character before them, and notes on other characters
"""

import re

from tasks.clean.mirror.code_page import CELLS, code_of
from tasks.clean.mirror.gate import NOTE, Profile
from tasks.clean.mirror.model import load_forms
from tasks.clean.mirror.tones import TONED
from tasks.edit import Change

LETTER_NOTE = re.compile(rf"([^\x00-\x20A-Za-z])([@-~])\(([a-zü]{{0,5}}[{TONED}][a-zü]{{0,4}}) ?\)")
"""A reading after a letter that, with the half before it, was taken for a character."""


def find_notes(line: str, profile: Profile) -> list[Change]:
    """Return the removal of each note on an annotated character.

    >>> find_notes("歡迎關(guān)注", Profile(frozenset("關"), 5))
    [Change(start=3, end=9, after='')]
    """
    if ")" not in line:
        return []
    readings, partner = load_forms().readings, load_forms().partner
    found = [
        Change(match.end(1), match.end(), "")
        for match in NOTE.finditer(line)
        if match[1] in profile.chars and match[2] in readings[match[1]]
    ]
    for match in LETTER_NOTE.finditer(line):
        char = CELLS.get((code_of(match[1]) & 0xFF) << 8 | ord(match[2]), "")
        if char in partner and match[3] in readings.get(char, ()):
            found.append(Change(match.end(2), match.end(), ""))
    return found
