"""gates: which lines a rule has to look at, from one look at the whole page.

Reads    the lines of a page, and for each rule the characters without which it has nothing to do
Adds     rule -> indexes of lines
Source   measured: most pages need no rule but ``whitespace``; a table look-up per character costs a
         tenth of the cheapest pattern
"""

import re
from collections.abc import Mapping
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tasks.decode.evidence import LineCodes

_ASTRAL = 0x10000
"""Entry of the table that stands for every character above U+FFFF."""


@lru_cache(maxsize=4)
def _table(gates: tuple[str, ...]) -> npt.NDArray[np.uint16]:
    """Return for each code point the bits of the gates it belongs to; bit n is gate n."""
    table = np.zeros(_ASTRAL + 1, np.uint16)
    every = "".join(map(chr, range(_ASTRAL)))
    for bit, gate in enumerate(gates):
        for match in re.finditer(f"[{gate}]+", every):
            table[match.start() : match.end()] |= np.uint16(1 << bit)
        if re.search(f"[{gate}]", "\U000e0100\U000e0001\U000f0000"):
            table[_ASTRAL] |= np.uint16(1 << bit)
    return table


def lines_to_check(found: LineCodes, gates: Mapping[str, str]) -> dict[str, list[int]]:
    """Return for each rule with work to do the lines that have a character of its gate.

    gates: rule -> inside of a character class.
    """
    bits = _table(tuple(gates.values()))[found.codes]
    seen = int(np.bitwise_or.reduce(bits))
    lines: dict[str, list[int]] = {}
    for bit, rule in enumerate(gates):
        places = np.flatnonzero(bits & np.uint16(1 << bit)) if seen >> bit & 1 else ()
        lines[rule] = np.unique(np.searchsorted(found.ends, places, "right")).tolist() if len(places) else []
    return lines
