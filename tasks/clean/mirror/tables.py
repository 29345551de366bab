"""tables: what the search looks up for each character and byte, made once per process.

Reads    the code page and the forms
"""

import functools
from collections import defaultdict
from dataclasses import dataclass

from tasks.clean.mirror.code_page import CELLS
from tasks.clean.mirror.model import UNSEEN_END, load_forms
from tasks.clean.mirror.score import load_scorer

FOREIGN = 3.0
"""Cost of a character that a page in traditional script does not have, beside the model's."""
VARIANT = 1.0
"""Cost of a traditional form that converters seldom write."""

Candidate = tuple[str, int, float, float, float]
"""A character, the code point the model knows it by, costs of its form, of beginning and ending a word."""


@dataclass(frozen=True, slots=True)
class Tables:
    """Lookups by character and by byte.

    known_as: character -> how the model knows it (simplified, marks full width, letters half width).
    form_cost: character -> what its form costs on a page in traditional script, if anything.
    by_lead: first byte -> characters with it whose second byte is 0x80 up.
    by_trail: second byte -> characters with it. Both without characters the model does not know.
    undefined: first byte -> second bytes (0x81 up) with which it makes no character.
    """

    known_as: dict[str, str]
    form_cost: dict[str, float]
    by_lead: dict[int, list[Candidate]]
    by_trail: dict[int, list[Candidate]]
    undefined: dict[int, list[int]]


@functools.cache
def load_tables() -> Tables:
    """Return the tables."""
    forms = load_forms()
    known_as = dict(forms.partner) | _widths()
    form_cost = dict.fromkeys(forms.simplified_only, FOREIGN) | dict.fromkeys(forms.variant, VARIANT)
    by_lead: dict[int, list[Candidate]] = defaultdict(list)
    by_trail: dict[int, list[Candidate]] = defaultdict(list)
    scorer = load_scorer()
    begin, end = scorer.begin, scorer.end
    for code, char in CELLS.items():
        known = known_as.get(char, char)
        if known in begin and char not in forms.simplified_only:
            candidate = (char, ord(known), form_cost.get(char, 0.0), begin[known], end.get(known, UNSEEN_END))
            by_trail[code & 0xFF].append(candidate)
            if code & 0xFF >= 0x80:
                by_lead[code >> 8].append(candidate)
    undefined = {
        first: [second for second in range(0x81, 0xFF) if first << 8 | second not in CELLS]
        for first in range(0x81, 0xFF)
    }
    return Tables(known_as, form_cost, by_lead, by_trail, {k: v for k, v in undefined.items() if v})


def _widths() -> dict[str, str]:
    """Return marks -> their full-width form, full-width letters and digits -> their half-width form."""
    pairs = [(chr(code), chr(code + 0xFEE0)) for code in range(0x21, 0x7F)]
    return dict((wide, narrow) if narrow.isalnum() else (narrow, wide) for narrow, wide in pairs)
