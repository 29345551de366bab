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

from tasks.clean import character_width, copyright_mark, entities, invisible, mirror, whitespace
from tasks.clean.mirror import MirrorFacts
from tasks.edit import Change, Edit, PageEdits

_LINE_RULES: tuple[tuple[str, Callable[[str], list[Change]]], ...] = (
    (entities.RULE, entities.find_entities),
    (invisible.RULE, invisible.find_invisible),
    (copyright_mark.RULE, copyright_mark.find_copyright_mark),
    (character_width.RULE, character_width.find_character_width),
    (whitespace.RULE, whitespace.find_whitespace),
)


def _versions(*rules: str) -> dict[str, int]:
    return {name: int(version) for name, version in (rule.split("@") for rule in rules)}


RULES: dict[str, int] = {**mirror.RULES, **_versions(*(rule for rule, _ in _LINE_RULES))}
"""Every rule and its version, in the order they run."""


@dataclass(frozen=True, slots=True)
class RepairOptions:
    """What to repair.

    punctuation_width: give half-width marks between Chinese characters their full width.
    """

    punctuation_width: bool = False


@dataclass(slots=True)
class CleanFacts:
    """What was found on a page.

    unrecoverable: numbers of lines with text that no rule can bring back.
    """

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
    repaired = Repaired(PageEdits(received, numbers))
    repaired.facts.mirror = mirror.repair_mirror(repaired.page_edits)
    for rule, find in _LINE_RULES:
        for index, text in enumerate(repaired.texts):
            repaired.page_edits.apply(index, find(text), rule)
    return repaired
