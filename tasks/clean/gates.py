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


def _blank_runs(codes: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    """Mark spaces at the beginning or end of a line or beside another space."""
    odd = np.zeros(codes.size, bool)
    space, end = codes == 0x20, codes == 0x0A
    odd[:-1] |= space[:-1] & (space[1:] | end[1:])
    odd[1:] |= space[1:] & end[:-1]
    odd[:1] |= space[:1]
    return odd


def lines_to_check(found: LineCodes, gates: Mapping[str, str], blank_rule: str) -> dict[str, list[int]]:
    """Return for each rule with work to do the lines that have a character of its gate.

    gates: rule -> inside of a character class. blank_rule also gets the lines with spare spaces.
    """
    bits = _table(tuple(gates.values()))[found.codes]
    seen = int(np.bitwise_or.reduce(bits))
    lines: dict[str, list[int]] = {}
    for bit, rule in enumerate(gates):
        hits: list[npt.NDArray[np.intp]] = []
        if seen >> bit & 1:
            hits.append(np.flatnonzero(bits & np.uint16(1 << bit)))
        if rule == blank_rule:
            hits.append(np.flatnonzero(_blank_runs(found.codes)))
        places = [
            place for hit in hits if hit.size for place in np.searchsorted(found.ends, hit, "right").tolist()
        ]
        lines[rule] = sorted(set(places))
    return lines
