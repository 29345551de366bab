"""notes: readings that a mirror inserted after characters are removed.

Reads    a line of a page that the gate let through, and the page's profile
Adds     one change for each note
Keeps    brackets that are no reading of the character before them, and notes on other characters
"""

from tasks.clean.mirror.gate import NOTE, Profile
from tasks.clean.mirror.model import load_forms
from tasks.edit import Change

RULE = "pinyin_notes@1"


def find_notes(line: str, profile: Profile) -> list[Change]:
    """Return the removal of each note on an annotated character.

    >>> find_notes("歡迎關(guān)注", Profile(frozenset("關"), 5))
    [Change(start=3, end=9, after='')]
    """
    if ")" not in line:
        return []
    readings = load_forms().readings
    return [
        Change(match.end(1), match.end(), "")
        for match in NOTE.finditer(line)
        if match[1] in profile.chars and match[2] in readings.get(match[1], ())
    ]
