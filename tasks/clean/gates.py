"""gates: which lines a rule has to look at, found for the whole page at once.

Reads    the lines of a page, and for each rule the characters without which it has nothing to do
Adds     which of them the page has, and on which lines
Source   measured: most pages need no rule but ``whitespace``; a table lookup for each character takes a
         tenth of the time of the cheapest pattern
"""

import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from functools import cached_property

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


_NOWHERE = np.zeros(0, np.int64)


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
        """Return for those of some gates, of which a page has few characters, that it has: the lines, in order."""
        seen = [(gate, 1 << self.place[gate]) for gate in gates if self.has(gate)]
        if not seen:
            return {}
        places = (self.bits & np.uint16(sum(bit for _, bit in seen))).nonzero()[0]
        lines = self.found.ends.searchsorted(places, "right").tolist()
        bits: list[int] = self.bits.take(places).tolist()
        return {
            gate: list(dict.fromkeys([line for line, some in zip(lines, bits, strict=True) if some & bit]))
            for gate, bit in seen
        }

    def marks(self, gate: str) -> npt.NDArray[np.bool_]:
        """Mark the characters of a gate among those of the page."""
        return np.asarray((self.bits & np.uint16(1 << self.place[gate])) != 0)

    def places(self, gate: str) -> npt.NDArray[np.int64]:
        """Return where the characters of a gate stand, in order."""
        return self.marks(gate).nonzero()[0] if self.has(gate) else _NOWHERE


class Gates(dict[str, Gate]):
    """At most 16 gates by name."""

    def __init__(self, gates: Mapping[str, Gate]) -> None:
        super().__init__(gates)
        self.place = {gate: bit for bit, gate in enumerate(gates)}

    @cached_property
    def table(self) -> npt.NDArray[np.uint16]:
        """The bits of each code point: those of the gates it belongs to; bit n is gate n."""
        table = np.zeros(_ASTRAL + 1, np.uint16)
        for gate, bit in self.place.items():
            marked = self[gate]
            for codes in code_ranges(marked) if isinstance(marked, str) else (marked(),):
                table[codes] |= np.uint16(1 << bit)
        return table


def look_at(found: LineCodes, gates: Gates) -> Look:
    """Look at all lines once."""
    bits = gates.table.take(found.codes, mode="wrap")
    return Look(found, gates.place, bits, int(np.bitwise_or.reduce(bits)))
