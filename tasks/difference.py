"""difference: what another cleaning of the same document changes, by rule.

Reads    two cleanings of one document: fields, labels by line, edits
Adds     Difference: which fields, and which rules gave the lines and spans that differ
"""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

LineLabels = Mapping[int, tuple[str, str]]
"""Line number -> (label, rule)."""

Span = tuple[int, int, int, str]
"""Line number, start, end, replacement."""


@dataclass(frozen=True, slots=True)
class Cleaning:
    """What is compared. fields: name -> value; labels: of every line; edits: span -> rule."""

    fields: Mapping[str, Any]
    labels: LineLabels
    edits: Mapping[Span, str]


@dataclass(slots=True)
class Difference:
    """How two cleanings differ. fields: names; rules: rule name -> lines and spans; empty: they do not."""

    fields: list[str] = field(default_factory=list)
    rules: Counter[str] = field(default_factory=Counter)

    def __bool__(self) -> bool:
        return bool(self.fields or self.rules)


def rule_name(rule: str) -> str:
    """Return the rule without its version.

    >>> rule_name("pinyin_notes@2+whitespace@1")
    'pinyin_notes+whitespace'
    """
    return "+".join(part.partition("@")[0] for part in rule.split("+"))


def difference(before: Cleaning, after: Cleaning) -> Difference:
    """Compare two cleanings; versions of rules do not count, only what they did."""
    found = Difference([name for name, value in after.fields.items() if before.fields.get(name) != value])
    for number, (label, rule) in after.labels.items():
        if before.labels.get(number, ("", ""))[0] != label:
            found.rules[rule_name(rule)] += 1
    for one, other in ((before.edits, after.edits), (after.edits, before.edits)):
        for span, rule in one.items():
            if span not in other:
                found.rules[rule_name(rule)] += 1
    return found
