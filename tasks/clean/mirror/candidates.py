"""candidates: the true characters of which only one byte is known, likeliest first.

Reads    the state of the search, what is shown next
Adds     characters
"""

import functools
from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from tasks.clean.mirror.brackets import CLOSING
from tasks.clean.mirror.code_page import CELLS, CODES, CUTS
from tasks.clean.mirror.gate import READING
from tasks.clean.mirror.model import load_forms
from tasks.clean.mirror.neighbours import Steps, costs_after, costs_before, steps
from tasks.clean.mirror.own_words import OwnWords
from tasks.clean.mirror.score import load_scorer
from tasks.clean.mirror.state import State
from tasks.clean.mirror.tables import NONE, Group, load_tables

LIKELY = 4
"""Characters tried where half of one is lost, at most."""
LIKELY_MARGIN = steps(2.5)
"""How much more than the best of them one may cost."""
UNPAIRED = 8
"""Pairs of half characters tried where two halves make nothing, at most."""
LEFT_MARGIN = steps(6.0)
"""The same before what follows is looked at."""
_WIDE = 0xA3
"""First byte of wide marks, digits and letters."""
_FAR = 1 << 14
"""More than any character costs."""


class Candidates:
    """Candidates on one page. annotated: its profile; own: its words, once they may speak for a guess."""

    def __init__(self, annotated: frozenset[str], own: OwnWords | None = None) -> None:
        self.annotated = annotated
        self.own = own
        self.tables = load_tables()
        self.scorer = load_scorer()
        self.forms = load_forms()
        self.beside: dict[tuple[str, str], list[tuple[float, int]]] = {}
        self.without: dict[int, npt.NDArray[np.bool_]] = {}
        for code in (CODES.get(char, 0) for char in annotated):
            self.without.setdefault(code >> 8, np.zeros(0x100, bool))[code & 0xFF] = True

    def unpaired(self, state: State, line: str, at: int) -> list[tuple[str, int]]:
        """Return the likeliest characters whose second half makes nothing with a first half, and that half.

        at: where the text after the ``?`` that they show as begins.
        """
        own = self.tables.unpaired.get(state.half, NONE)
        if not own.chars:
            return []
        before = chr(state.read.points & 0xFFFF)
        scored = []
        for true in self.likely(state, own, None):
            cost = self.scorer.follow(before, self.tables.known_as.get(true, true))
            scored += [(cost + more, true, lead) for more, lead in self._followers(true, line, at)]
        scored.sort()
        return [(true, lead) for _, true, lead in scored[:UNPAIRED]]

    def _followers(self, true: str, line: str, at: int) -> list[tuple[float, int]]:
        """Return the first bytes of the next character that leave the second half of ``true`` unpaired, likeliest first.

        Each makes a character with what is shown next, and comes with the cost of that character after ``true``.
        """
        shown = line[at : at + 1]
        reading = READING.match(line, at + 1) if shown == "?" else None
        key = (true, reading[1] if reading else shown)
        found = self.beside.get(key)
        if found is None:
            known = self.tables.known_as.get(true, true)
            follow = self.scorer.follow
            pairs = self._pairs(CODES[true] & 0xFF, shown, reading[1] if reading else "")
            found = self.beside[key] = sorted((follow(known, following), lead) for lead, following in pairs)
        return found[:UNPAIRED]

    def _pairs(self, trail: int, shown: str, reading: str) -> Iterator[tuple[int, str]]:
        """Yield the first bytes that make nothing with a second half, and the characters that follow then."""
        leads = self.tables.undefined.get(trail)
        if not leads or not shown:
            return
        if reading:
            for char in self.annotated:
                if CODES[char] >> 8 in leads and reading in self.forms.readings[char]:
                    yield CODES[char] >> 8, self.tables.known_as.get(char, char)
        elif shown == "?" and 0xA3 in leads:
            yield 0xA3, "？"
        for lead in leads:
            if following := self.aside(lead, shown):
                yield lead, following

    def likely(self, state: State, group: Group, following: str | None) -> list[str]:
        """Return the characters of a group that fit best between what is known before and after."""
        costs = costs_after(chr(state.read.points & 0xFFFF))[group.ids] + group.form
        if self.own is not None:
            costs -= self.own.steps()[group.ids]
        without = self.without.get(state.last & 0xFF) if state.half == 0 else None
        if without is not None:
            costs[without[group.leads]] = _FAR
        if following and costs.size:
            limit = costs.min() + LEFT_MARGIN
            costs = np.where(costs <= limit, costs + costs_before(following)[group.ids], _FAR)
        found = [group.chars[at] for at in _cheapest(costs)]
        close = CLOSING.get(state.opened[-1:])
        if close and state.half == CODES[close] >> 8 and close not in found:
            found.append(close)
        return found

    def aside(self, half: int, shown: str) -> str | None:
        """Return the true character of a first half and what is shown next, as the model knows it.

        None when there is none. A letter is the second half by itself where the two make a character; else it was
        shown wide, of two bytes, like a narrow mark or digit.
        """
        if shown in ("?", ""):
            return None
        code = CUTS.get(shown) or CODES.get(shown, 0)
        if not code and not "!" <= shown <= "~":
            return None
        true = CELLS.get(half << 8 | (code >> 8 or ord(shown)))
        if not code and (not true or "\ue000" <= true <= "\uf8ff"):
            true = CELLS.get(half << 8 | _WIDE)
        return self.tables.known_as.get(true, true) if true else None


@functools.lru_cache(maxsize=4096)
def listed(lead: int, reading: str) -> tuple[str, ...]:
    """Return the traditional characters with a first byte and a reading, second byte no ASCII."""
    forms = load_forms()
    return tuple(
        char
        for char in load_tables().by_lead.get(lead, NONE).chars
        if char in forms.partner and reading in forms.readings.get(char, ())
    )


def _cheapest(costs: Steps) -> list[int]:
    """Return the places of the lowest costs within the margin, lowest first."""
    if not costs.size:
        return []
    low = costs.min()
    near: npt.NDArray[np.intp] = (costs <= min(low + LIKELY_MARGIN, _FAR - 1)).nonzero()[0]
    if near.size > 1:
        near = near[costs[near].argsort(kind="stable")[:LIKELY]]
    places: list[int] = near.tolist()
    return places
