"""gates: which lines a rule has to look at, from one look at the whole page.

Reads    the lines of a page, and for each rule the characters without which it has nothing to do
Adds     rule -> indexes of lines
Source   measured: most pages need no rule but ``whitespace``; a table look-up per character costs a
         tenth of the cheapest pattern
"""

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache

import numpy as np
import numpy.typing as npt

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


def lines_to_check(lines: Sequence[str], gates: Mapping[str, str], blank_rule: str) -> dict[str, list[int]]:
    """Return for each rule the lines with at least one character of its gate.

    gates: rule -> inside of a character class. blank_rule also gets the lines with spare spaces.
    """
    if not lines:
        return {rule: [] for rule in gates}
    text = "\n".join([*lines, ""])
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), "<u4")
    ends = np.cumsum([len(line) + 1 for line in lines])
    bits = _table(tuple(gates.values()))[np.minimum(codes, _ASTRAL)]
    found: dict[str, list[int]] = {}
    seen = int(np.bitwise_or.reduce(bits))
    for bit, rule in enumerate(gates):
        hits = (bits & np.uint16(1 << bit)) != 0 if seen >> bit & 1 else np.zeros(codes.size, bool)
        if rule == blank_rule:
            hits |= _blank_runs(codes)
        places = np.searchsorted(ends, np.flatnonzero(hits), "right")
        found[rule] = np.unique(places).tolist()
    return found
