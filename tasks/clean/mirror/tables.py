"""tables: what the search looks up for each character and byte, made once per process.

Reads    the code page and the forms
"""

import functools
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from tasks.clean.mirror.code_page import CELLS, CODES
from tasks.clean.mirror.model import load_forms
from tasks.clean.mirror.neighbours import Steps, load_neighbours, steps

FOREIGN = 3.0
"""Cost of a character that a page in traditional script does not have, beside the model's."""
VARIANT = 1.0
"""Cost of a traditional form that converters seldom write."""


@dataclass(frozen=True, slots=True)
class Group:
    """Characters that share a byte, in order.

    ids: their places among the neighbours, as the model knows them; form: steps that their forms cost;
    leads: their first bytes.
    """

    chars: tuple[str, ...]
    ids: npt.NDArray[np.intp]
    form: Steps
    leads: npt.NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Tables:
    """Lookups by character and by byte.

    known_as: character -> how the model knows it (simplified, marks full width, letters half width).
    form_cost: character -> what its form costs on a page in traditional script, if anything.
    by_lead: first byte -> characters with it whose second byte is 0x80 up.
    by_trail: second byte -> characters with it. Both without characters the model does not know.
    unpaired: first byte -> those of ``by_lead`` whose second byte makes no character with some byte.
    undefined: first byte -> second bytes (0x81 up) with which it makes no character.
    """

    known_as: dict[str, str]
    form_cost: dict[str, float]
    by_lead: dict[int, Group]
    by_trail: dict[int, Group]
    unpaired: dict[int, Group]
    undefined: dict[int, list[int]]


NONE = Group((), np.zeros(0, np.intp), np.zeros(0, np.int16), np.zeros(0, np.uint8))
"""No characters."""


@functools.cache
def load_tables() -> Tables:
    """Return the tables."""
    forms = load_forms()
    known_as = dict(forms.partner) | _widths()
    form_cost = dict.fromkeys(forms.simplified_only, FOREIGN) | dict.fromkeys(forms.variant, VARIANT)
    by_lead: dict[int, list[str]] = defaultdict(list)
    by_trail: dict[int, list[str]] = defaultdict(list)
    ids = load_neighbours().ids
    for code, char in CELLS.items():
        if known_as.get(char, char) in ids and char not in forms.simplified_only:
            by_trail[code & 0xFF].append(char)
            if code & 0xFF >= 0x80:
                by_lead[code >> 8].append(char)
    undefined = {
        first: leads
        for first in range(0x81, 0xFF)
        if (leads := [second for second in range(0x81, 0xFF) if first << 8 | second not in CELLS])
    }

    def group(chars: Iterable[str]) -> Group:
        ordered = tuple(sorted(chars))
        return Group(
            ordered,
            np.array([ids[known_as.get(char, char)] for char in ordered], np.intp),
            np.array([steps(form_cost.get(char, 0.0)) for char in ordered], np.int16),
            np.array([CODES[char] >> 8 for char in ordered], np.uint8),
        )

    broken = {
        lead: [char for char in chars if CODES[char] & 0xFF in undefined] for lead, chars in by_lead.items()
    }
    return Tables(
        known_as,
        form_cost,
        {lead: group(chars) for lead, chars in by_lead.items()},
        {trail: group(chars) for trail, chars in by_trail.items()},
        {lead: group(chars) for lead, chars in broken.items() if chars},
        undefined,
    )


def _widths() -> dict[str, str]:
    """Return marks -> their full-width form, full-width letters and digits -> their half-width form."""
    pairs = [(chr(code), chr(code + 0xFEE0)) for code in range(0x21, 0x7F)]
    return dict((wide, narrow) if narrow.isalnum() else (narrow, wide) for narrow, wide in pairs)
