"""mirror: pages copied by sites that hide the copy behind inserted readings and shifted bytes.

Reads    the lines of a page as received (private-use characters still in place)
Adds     edits of the rules below, and MirrorFacts
Rejects  nothing
Source   the way such pages are made, seen in public mirror pages: characters converted one by one
         to traditional forms, readings inserted after some of them by byte replacement in GBK, the
         bytes cut at the codes of some marks, each piece decoded by itself
"""

import re
from dataclasses import dataclass, field

from tasks.clean.mirror import notes
from tasks.clean.mirror.beam import find_runs
from tasks.clean.mirror.evidence import has_shifted_runs
from tasks.clean.mirror.gate import Profile, may_be_shifted, profile_of
from tasks.clean.mirror.machine_made import machine_made
from tasks.clean.mirror.shift import Reader
from tasks.edit import Change, PageEdits

EVENT_COST = 1.5

RULES = {"pinyin_notes": 1, "gbk_shift": 1}
"""Rule -> version."""


@dataclass(slots=True)
class MirrorFacts:
    """What was found on a page.

    is_mirror: the page carries inserted readings or shifted bytes.
    machine_made: its traditional characters were made one by one from simplified text.
    profile: the annotated characters, sorted; level: notes per 1,000 Chinese characters.
    notes_removed, damages_repaired: numbers of edits.
    unresolved: (line number, character position in the repaired line) of each spot that lost a
    character no context can tell.
    """

    is_mirror: bool = False
    machine_made: bool = False
    profile: str = ""
    level: float = 0.0
    notes_removed: int = 0
    damages_repaired: int = 0
    unresolved: list[tuple[int, int]] = field(default_factory=list)


_WIDE = re.compile("(?<=[一-龥])[，：；（）]")
_NARROW = re.compile("(?<=[一-龥])[,:;()]")
_TO_NARROW = {code + 0xFEE0: code for code in range(0x21, 0x7F)}


def text_is_narrow(text: str) -> bool:
    """Return whether marks after Chinese characters are narrow on this page."""
    return len(_NARROW.findall(text)) > len(_WIDE.findall(text))


def narrow(text: str) -> str:
    """Return the text with its full-width ASCII forms narrowed."""
    return text.translate(_TO_NARROW)


def repair_mirror(edits: PageEdits) -> MirrorFacts:
    """Repair a mirror page and return what was done; any other page stays as it is."""
    text = "\n".join(edits.texts)
    profile = profile_of(text)
    facts = MirrorFacts(machine_made=machine_made(text))
    if profile is not None:
        facts.is_mirror = True
        facts.profile = "".join(sorted(profile.chars))
        _repair_shifts(edits, text, Reader(profile.chars, EVENT_COST), facts)
        _remove_notes(edits, profile, facts)
    elif may_be_shifted(text) and has_shifted_runs(edits.texts, facts.machine_made):
        facts.is_mirror = True
        _repair_shifts(edits, text, Reader(frozenset(), EVENT_COST), facts)
    return facts


def _repair_shifts(edits: PageEdits, text: str, reader: Reader, facts: MirrorFacts) -> None:
    is_narrow = text_is_narrow(text)
    for index, line in enumerate(edits.texts):
        runs = find_runs(reader, line)
        changes = [Change(run.start, run.end, narrow(run.text) if is_narrow else run.text) for run in runs]
        edits.apply(index, changes, "gbk_shift@1")
        facts.damages_repaired += len(runs)


def _remove_notes(edits: PageEdits, profile: Profile, facts: MirrorFacts) -> None:
    for index, line in enumerate(edits.texts):
        found = notes.find_notes(line, profile)
        edits.apply(index, found, notes.RULE)
        facts.notes_removed += len(found)
