"""candidates: the true characters of which only one byte is known, likeliest first.

Reads    the state of the search, what is shown next
Adds     characters
"""

from tasks.clean.mirror.code_page import CELLS, CODES, CUTS
from tasks.clean.mirror.model import load_forms
from tasks.clean.mirror.score import load_scorer
from tasks.clean.mirror.state import State
from tasks.clean.mirror.tables import Candidate, load_tables

LIKELY = 6
"""Characters tried where half of one is lost, at most."""
LIKELY_MARGIN = 3.0
"""How much more than the best of them one may cost."""


class Candidates:
    """Candidates on one page. annotated: its profile."""

    def __init__(self, annotated: frozenset[str]) -> None:
        self.annotated_codes = frozenset(CODES.get(char, 0) for char in annotated)
        self.tables = load_tables()
        self.scorer = load_scorer()
        self.forms = load_forms()
        self.by_reading: dict[tuple[int, str], list[str]] = {}

    def unpaired(self, state: State, own: list[Candidate], after: str) -> list[tuple[str, int]]:
        """Return the likeliest characters whose second half makes nothing with a first half, and that half."""
        if not after:
            return []
        undefined = self.tables.undefined
        known_as = self.tables.known_as
        scored = []
        for true in self.likely(state, [one for one in own if CODES[one[0]] & 0xFF in undefined], None):
            for lead in undefined[CODES[true] & 0xFF]:
                following = self.aside(lead, after)
                if following:
                    cost = self.scorer.between(state.tail[-1], known_as.get(true, true), following)
                    scored.append((cost, true, lead))
        scored.sort()
        return [(true, lead) for _, true, lead in scored[:LIKELY]]

    def likely(self, state: State, chars: list[Candidate], following: str | None) -> list[str]:
        """Return the characters of a list that fit best between what is known before and after."""
        between = self.scorer.between
        before = state.tail[-1]
        last = (state.last & 0xFF) << 8
        excluded = self.annotated_codes if state.half == 0 else ()
        scored = [
            (between(before, known, following) + form, char)
            for char, known, form in chars
            if (last | CODES[char] >> 8) not in excluded
        ]
        scored.sort()
        limit = scored[0][0] + LIKELY_MARGIN if scored else 0.0
        return [char for cost, char in scored[:LIKELY] if cost <= limit]

    def aside(self, half: int, shown: str) -> str | None:
        """Return the true character of a first half and what is shown next, as the model knows it.

        None when there is none, or when it is not certain.
        """
        if shown == "?":
            return None
        code = CUTS.get(shown) or CODES.get(shown, 0)
        true = CELLS.get(half << 8 | (code >> 8 or (ord(shown) if shown else 0)))
        return self.tables.known_as.get(true, true) if true else None

    def listed(self, lead: int, reading: str) -> list[str]:
        """Return the traditional characters with a first byte and a reading, second byte no ASCII."""
        key = (lead, reading)
        found = self.by_reading.get(key)
        if found is None:
            found = self.by_reading[key] = [
                char
                for char, _, _ in self.tables.by_lead.get(lead, ())
                if char in self.forms.partner and reading in self.forms.readings.get(char, ())
            ]
        return found
