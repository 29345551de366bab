"""clean: received lines -> repaired lines, each change an edit.

Reads    the received lines of a page
Adds     repaired texts, edits, spam lines, facts
Rejects  nothing
Source   the rules, one file each. Their order is not free: a wrong decoding hides everything else, so
         it is undone first; the mirror repair needs private-use characters, question marks and blanks
         as received; only then are single characters mended; white space comes last.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial

from tasks.clean import (
    character_width,
    compatibility,
    copyright_mark,
    entities,
    forum_jammer,
    invisible,
    lost_zero,
    mirror,
    mojibake,
    private_use,
    punctuation_width,
    spam,
    spam_gate,
    spam_offer,
    spam_span,
    whitespace,
)
from tasks.clean.gates import Gates, Look, look_at
from tasks.clean.mirror import MirrorFacts
from tasks.clean.mirror.tones import TONED
from tasks.clean.mojibake import MojibakeFacts
from tasks.decode.evidence import line_codes
from tasks.edit import Change, Edit, PageEdits, Span
from tasks.script import detect_script

Find = Callable[[str], list[Change]]

_LINE_RULES = (
    (entities, entities.find_entities),
    (invisible, invisible.find_invisible),
    (private_use, private_use.find_private_use),
    (compatibility, compatibility.find_compatibility),
    (copyright_mark, copyright_mark.find_copyright_mark),
    (lost_zero, lost_zero.find_lost_zero),
    (character_width, character_width.find_character_width),
    (punctuation_width, punctuation_width.find_punctuation_width),
)

_FINDERS: dict[str, Find] = {module.RULE: find for module, find in _LINE_RULES}
_WIDTH_KEPT = {rule: find for rule, find in _FINDERS.items() if rule != punctuation_width.RULE}

_ODD_BLANKS = "blanks that are no space"
_TONES = "letters with the marks of tones"
_DOUBTFUL = "characters of text that is misread"
GATES = Gates(
    {module.RULE: module.GATE for module, _ in _LINE_RULES}
    | {whitespace.RULE: whitespace.GATE, forum_jammer.RULE: forum_jammer.GATE, mojibake.RULE: mojibake.GATE}
    | {_ODD_BLANKS: whitespace.ODD_BLANKS, _TONES: TONED, _DOUBTFUL: mojibake.doubtful_characters}
)
"""Rule -> the characters without which it has nothing to do; and some more by name."""


def _versions(*rules: str) -> dict[str, int]:
    return {name: int(version) for name, version in (rule.split("@") for rule in rules)}


RULES: dict[str, int] = {
    **_versions(mojibake.RULE),
    **mirror.RULES,
    **_versions(forum_jammer.RULE, spam.RULE, spam_span.RULE, spam_offer.RULE),
    **_versions(*(module.RULE for module, _ in _LINE_RULES)),
    **_versions(whitespace.RULE),
}
"""Every rule and its version, in the order they run."""

UNRECOVERABLE = "unrecoverable@1"
"""Stands beside the rule of a line's label where text of the line is lost for good: 锟斤拷 is never guessed."""


@dataclass(frozen=True, slots=True)
class RepairOptions:
    """What to repair.

    punctuation_width: give half-width marks between Chinese characters their full width. Off as long
    as nobody asks: which width a page uses is a fact about it, and comparing texts depends on it.
    """

    punctuation_width: bool = False


@dataclass(slots=True)
class CleanFacts:
    """What was found on a page.

    unrecoverable: numbers of lines with text that no rule can bring back.
    """

    mojibake: MojibakeFacts = field(default_factory=MojibakeFacts)
    mirror: MirrorFacts = field(default_factory=MirrorFacts)
    unrecoverable: list[int] = field(default_factory=list)


@dataclass(slots=True)
class Repaired:
    """A page after its repair. spam: index of a line -> rule that calls it spam."""

    page_edits: PageEdits
    spam: dict[int, str] = field(default_factory=dict)
    facts: CleanFacts = field(default_factory=CleanFacts)

    @property
    def texts(self) -> list[str]:
        """The repaired lines, same order and number as received."""
        return self.page_edits.texts

    def edits(self) -> list[Edit]:
        """Return all edits, in order of line and position."""
        return self.page_edits.edits()


def repair_lines(
    received: Sequence[str], numbers: Sequence[int] | None = None, *, options: RepairOptions | None = None
) -> Repaired:
    """Repair the lines of one page.

    received: lines without their ends; numbers: their line numbers, 1, 2, 3 … when ``None``.
    """
    numbers = numbers if numbers is not None else range(1, len(received) + 1)
    edits = PageEdits(received, numbers)
    if not received:
        return Repaired(edits)
    codes = line_codes(received)
    look = look_at(codes, GATES)
    doubtful, has_western = look.places(_DOUBTFUL), look.has(mojibake.RULE)
    facts = CleanFacts(mojibake.repair_mojibake(edits, codes, doubtful, has_western=has_western))
    text = None if facts.mojibake.lines else codes.text[:-1]
    has_tones = facts.mojibake.lines > 0 or look.has(_TONES)
    facts.mirror = mirror.repair_mirror(edits, text, has_tones=has_tones)
    lost = {*facts.mojibake.unrecoverable, *(index for index, _ in facts.mirror.unresolved)}
    facts.unrecoverable = [numbers[index] for index in sorted(lost)]
    if facts.mojibake.lines or facts.mirror.is_mirror or facts.mirror.damages_repaired:
        codes = line_codes(edits.texts)
        look = look_at(codes, GATES)
    if look.has(forum_jammer.RULE) and (noisy := forum_jammer.lines_with_noise(codes)):
        jammed = forum_jammer.find_forum_jammer(edits.texts, noisy)
        for index, changes in jammed.items():
            edits.apply(index, changes, forum_jammer.RULE)
        if jammed:
            codes = line_codes(edits.texts)
            look = look_at(codes, GATES)
    suspects = spam_gate.lines_with_terms(codes)
    injected = spam.find_spam_lines(edits.texts, suspects.spam)
    cut = _cut_spans(edits, [index for index in suspects.spam if index not in injected])
    if suspects.offers:
        offers, parts = spam_offer.find_offers(edits.texts, [i for i in suspects.offers if i not in injected])
        injected |= offers
        for index, changes in parts.items():
            edits.apply(index, changes, spam_offer.RULE)
        cut.update(parts)
    touched = _apply_line_rules(edits, look, options or RepairOptions(), cut)
    _lay_out(edits, look, touched)
    return Repaired(edits, injected, facts)


def _cut_spans(edits: PageEdits, indexes: Sequence[int]) -> set[int]:
    """Cut injected stretches out of lines; return which lines changed."""
    touched: set[int] = set()
    for index in indexes:
        changes = spam_span.find_spam_spans(edits.texts[index])
        if changes:
            edits.apply(index, changes, spam_span.RULE)
            touched.add(index)
    return touched


def _apply_line_rules(edits: PageEdits, look: Look, options: RepairOptions, touched: set[int]) -> set[int]:
    """Run the rules in order; a line that one of them changed is shown to all that follow.

    Return the lines that changed. look: at the lines but for those in ``touched``, which every rule is shown.
    """
    rules = _FINDERS if options.punctuation_width else _WIDTH_KEPT
    lines = look.lines_of(rules)
    if not touched and not lines:
        return touched
    if look.has(private_use.RULE) and detect_script("\n".join(edits.texts)) == "hant":
        rules = rules | {private_use.RULE: partial(private_use.find_private_use, is_traditional=True)}
    for rule, find in rules.items():
        for index in sorted(touched.union(lines.get(rule, ()))) if touched else lines.get(rule, ()):
            changes = find(edits.texts[index])
            if changes:
                edits.apply(index, changes, rule)
                touched.add(index)
    return touched


def _lay_out(edits: PageEdits, look: Look, touched: set[int]) -> None:
    """Apply ``whitespace``, the last rule: to lines not touched before all at once, to the others as they are."""
    odd: dict[int, list[Span]] = {}
    has_blanks = look.has(whitespace.RULE)
    if has_blanks and (look.has(_ODD_BLANKS) or whitespace.has_loose_spaces(look.found.text)):
        odd = whitespace.whitespace_of_lines(look.found, look.marks(whitespace.RULE))
    if touched:
        odd = {index: changes for index, changes in odd.items() if index not in touched}
    edits.apply_all(odd, whitespace.RULE)
    for index in sorted(touched):
        edits.apply(index, whitespace.find_whitespace(edits.texts[index]), whitespace.RULE)
