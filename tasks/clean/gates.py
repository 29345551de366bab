"""gates: which lines a rule has to look at, from one look at the whole page.

Reads    the lines of a page, and for each rule the characters without which it has nothing to do
Adds     which of them the page has, and on which lines
Source   measured: most pages need no rule but ``whitespace``; a table look-up per character costs a
         tenth of the cheapest pattern
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
import numpy.typing as npt

from tasks.decode.evidence import LineCodes

_ASTRAL = 0x10000
"""Entry of the table that stands for every character above U+FFFF."""

_RANGE = re.compile("(.)(?:-(.))?", re.DOTALL)


def code_ranges(characters: str) -> list[slice]:
    """Return the entries of a table by code point for the inside of a character class without escapes.

    >>> code_ranges("a-c ")
    [slice(97, 100, None), slice(32, 33, None)]
    """
    ends = ((match[1], match[2] or match[1]) for match in _RANGE.finditer(characters))
    return [slice(min(ord(first), _ASTRAL), min(ord(last), _ASTRAL) + 1) for first, last in ends]


Gate = str | Callable[[], npt.NDArray[np.bool_]]
"""The inside of a character class without escapes, or what marks characters in a table by code point."""


@lru_cache(maxsize=4)
def gate_table(gates: tuple[Gate, ...]) -> npt.NDArray[np.uint16]:
    """Return for each code point the bits of the gates it belongs to; bit n is gate n."""
    table = np.zeros(_ASTRAL + 1, np.uint16)
    for bit, gate in enumerate(gates):
        for codes in code_ranges(gate) if isinstance(gate, str) else (gate(),):
            table[codes] |= np.uint16(1 << bit)
    return table


@dataclass(frozen=True, slots=True)
class Look:
    """What a page has of each gate's characters.

    place: gate -> its bit; bits: for each character of the page the gates it belongs to; seen: all of them.
    """

    found: LineCodes
    place: Mapping[str, int]
    bits: npt.NDArray[np.uint16]
    seen: int

    def has(self, gate: str) -> bool:
        """Return whether any line has a character of a gate."""
        return bool(self.seen >> self.place[gate] & 1)

    def lines_of(self, gates: Collection[str]) -> dict[str, list[int]]:
        """Return for each of some gates, of which a page has few characters, the lines that have one."""
        mask = sum(1 << self.place[gate] for gate in gates)
        if not self.seen & mask:
            return {gate: [] for gate in gates}
        places = (self.bits & np.uint16(mask)).nonzero()[0]
        lines = self.found.ends.searchsorted(places, "right").tolist()
        bits: list[int] = self.bits.take(places).tolist()
        return {
            gate: sorted(
                {line for line, seen in zip(lines, bits, strict=True) if seen >> self.place[gate] & 1}
            )
            for gate in gates
        }

    def places(self, gate: str) -> npt.NDArray[np.bool_]:
        """Mark the characters of a gate among those of the page."""
        return np.asarray((self.bits & np.uint16(1 << self.place[gate])) != 0)


def look_at(found: LineCodes, gates: Mapping[str, Gate]) -> Look:
    """Look at all lines once; gates: at most 16, by name."""
    bits = gate_table(tuple(gates.values())).take(found.codes)
    return Look(found, {gate: bit for bit, gate in enumerate(gates)}, bits, int(np.bitwise_or.reduce(bits)))
