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
    copyright_mark,
    entities,
    invisible,
    mirror,
    mojibake,
    private_use,
    punctuation_width,
    spam,
    whitespace,
)
from tasks.clean.gates import lines_to_check
from tasks.clean.mirror import MirrorFacts
from tasks.clean.mojibake import MojibakeFacts
from tasks.edit import Change, Edit, PageEdits
from tasks.script import detect_script

Find = Callable[[str], list[Change]]

_LINE_RULES = (
    (entities, entities.find_entities),
    (invisible, invisible.find_invisible),
    (private_use, private_use.find_private_use),
    (copyright_mark, copyright_mark.find_copyright_mark),
    (character_width, character_width.find_character_width),
    (punctuation_width, punctuation_width.find_punctuation_width),
    (whitespace, whitespace.find_whitespace),
)


def _versions(*rules: str) -> dict[str, int]:
    return {name: int(version) for name, version in (rule.split("@") for rule in rules)}


RULES: dict[str, int] = {
    **_versions(mojibake.RULE),
    **mirror.RULES,
    **_versions(spam.RULE, *(module.RULE for module, _ in _LINE_RULES)),
}
"""Every rule and its version, in the order they run."""


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
    repaired = Repaired(PageEdits(received, numbers))
    repaired.facts.mojibake = mojibake.repair_mojibake(repaired.page_edits)
    repaired.facts.mirror = mirror.repair_mirror(repaired.page_edits)
    repaired.facts.unrecoverable = [numbers[index] for index in repaired.facts.mojibake.unrecoverable]
    repaired.spam = dict.fromkeys(spam.find_spam_lines(repaired.texts), spam.RULE)
    _apply_line_rules(repaired.page_edits, options or RepairOptions())
    return repaired


def _rules_for(texts: Sequence[str], options: RepairOptions) -> dict[str, tuple[str, Find]]:
    """Return the rules to run on a page: rule -> (gate, function)."""
    rules: dict[str, tuple[str, Find]] = {module.RULE: (module.GATE, find) for module, find in _LINE_RULES}
    if not options.punctuation_width:
        del rules[punctuation_width.RULE]
    is_traditional = detect_script("\n".join(texts)) == "hant"
    rules[private_use.RULE] = (
        private_use.GATE,
        partial(private_use.find_private_use, is_traditional=is_traditional),
    )
    return rules


def _apply_line_rules(edits: PageEdits, options: RepairOptions) -> None:
    """Run the rules in order; a line that one of them changed is shown to all that follow."""
    rules = _rules_for(edits.texts, options)
    gates = {rule: gate for rule, (gate, _) in rules.items()}
    to_check = lines_to_check(edits.texts, gates, whitespace.RULE)
    touched: set[int] = set()
    for rule, (_, find) in rules.items():
        for index in sorted(touched.union(to_check[rule])):
            changes = find(edits.texts[index])
            if changes:
                edits.apply(index, changes, rule)
                touched.add(index)
