"""mirror: pages copied by sites that hide the copy behind inserted readings and shifted bytes.

Reads    the lines of a page as received (private-use characters still in place)
Adds     edits of the rules below, and MirrorFacts
Rejects  nothing
Source   the way such pages are made, seen in public mirror pages: characters converted one by one
         to traditional forms, readings inserted after some of them by byte replacement in GBK, the
         bytes cut at the codes of some marks, each piece decoded by itself

``plain_notes`` removes readings without tones. For the others, ``gate`` and ``evidence`` decide whether a
page is touched at all; ``notes`` removes readings; ``beam`` searches for the true text of shifted runs, one
step at a time (``shift``), with a character model (``score``, ``model``, built by ``build_model``).
"""

import re
from dataclasses import dataclass, field

from tasks.clean.mirror import notes, plain_notes
from tasks.clean.mirror.beam import find_runs
from tasks.clean.mirror.evidence import has_shifted_runs
from tasks.clean.mirror.gate import Profile, may_be_shifted, profile_of, profile_on_mirror
from tasks.clean.mirror.machine_made import machine_made
from tasks.clean.mirror.own_words import OwnWords
from tasks.clean.mirror.shift import Reader
from tasks.edit import Change, PageEdits

RULES: dict[str, int] = {"plain_notes": 5, "pinyin_notes": 6, "gbk_shift": 8}
"""Rule -> version."""

SHIFT_RULE = f"gbk_shift@{RULES['gbk_shift']}"
NOTES_RULE = f"pinyin_notes@{RULES['pinyin_notes']}"

EVENT_COST = 1.5
"""What a cut inside a character costs on a page known to have them (0.5 to 2.5 were tried)."""

_TAG_REST = re.compile(
    r"/?(?:strong|span|p|b|i|u|em|font|a|div|td|th|tr|li|ul|ol|h[1-6]|br|center|section|table|tbody|img)"
    r"(?:\s[^<>]{0,200})?/?>",
    re.IGNORECASE,
)
"""What is left of a tag whose ``<`` was swallowed by a stray first half."""
_WIDE = re.compile("(?<=[\u4e00-\u9fff])[，：；]")
_NARROW = re.compile("(?<=[\u4e00-\u9fff])[,:;]")
_TO_NARROW = {code + 0xFEE0: code for code in range(0x21, 0x7F)}


@dataclass(slots=True)
class MirrorFacts:
    """What was found on a page.

    is_mirror: the page carries inserted readings or shifted bytes.
    machine_made: it may be one, and its traditional characters were made one by one from simplified text.
    notes_removed, damages_repaired: numbers of changes.
    unresolved: (index of the line, position of the ``?`` in the line as given) of each run that
    swallowed an ASCII character; no context can tell which, so none is put back.
    """

    is_mirror: bool = False
    machine_made: bool = False
    notes_removed: int = 0
    damages_repaired: int = 0
    unresolved: list[tuple[int, int]] = field(default_factory=list)


def repair_mirror(edits: PageEdits, text: str | None = None, *, has_tones: bool = True) -> MirrorFacts:
    """Repair a mirror page and return what was done; any other page stays as it is.

    text: its lines, if joined. has_tones: whether it holds a letter of ``TONED``.
    """
    text = text if text is not None else "\n".join(edits.texts)
    plain = _remove_plain_notes(edits, text)
    if plain:
        text = "\n".join(edits.texts)
    facts = MirrorFacts(is_mirror=plain > 0, notes_removed=plain)
    profile = profile_of(text) if has_tones else None
    if profile is None and not may_be_shifted(text):
        return facts
    facts.machine_made = machine_made(text)
    if profile is None and has_shifted_runs(edits.texts, facts.machine_made):
        profile = profile_on_mirror(text)
    if profile is None:
        return facts
    facts.is_mirror = True
    reader = Reader(profile.chars, EVENT_COST, len(text), OwnWords(text))
    _repair_shifts(edits, reader, _is_narrow(text), facts)
    _remove_notes(edits, profile, facts)
    return facts


def _repair_shifts(edits: PageEdits, reader: Reader, is_narrow: bool, facts: MirrorFacts) -> None:
    for index, line in enumerate(edits.texts):
        runs = find_runs(reader, line)
        changes = []
        for run in runs:
            rest = _TAG_REST.match(line, run.end) if run.lost[-1:] == (len(run.text),) else None
            text = run.text.translate(_TO_NARROW) if is_narrow else run.text
            changes.append(Change(run.start, rest.end() if rest else run.end, text))
            facts.unresolved += [(index, run.start)] * (len(run.lost) - (rest is not None))
        edits.apply(index, changes, SHIFT_RULE)
        facts.damages_repaired += len(runs)


def _remove_plain_notes(edits: PageEdits, text: str) -> int:
    """Remove readings without tones; return their number."""
    if not plain_notes.has_plain_notes(text):
        return 0
    found = {index: plain_notes.find_plain_notes(line) for index, line in enumerate(edits.texts)}
    for index, changes in found.items():
        edits.apply(index, changes, plain_notes.RULE)
    return sum(map(len, found.values()))


def _remove_notes(edits: PageEdits, profile: Profile, facts: MirrorFacts) -> None:
    for index, line in enumerate(edits.texts):
        found = notes.find_notes(line, profile)
        edits.apply(index, found, NOTES_RULE)
        facts.notes_removed += len(found)


def _is_narrow(text: str) -> bool:
    """Return whether marks after Chinese characters are narrow on this page."""
    return len(_NARROW.findall(text)) > len(_WIDE.findall(text))
