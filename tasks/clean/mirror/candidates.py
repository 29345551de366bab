"""candidates: the true characters of which only one byte is known, likeliest first.

Reads    the state of the search, what is shown next
Adds     characters
"""

from collections.abc import Iterator

from tasks.clean.mirror.brackets import CLOSING
from tasks.clean.mirror.code_page import CELLS, CODES, CUTS
from tasks.clean.mirror.gate import READING
from tasks.clean.mirror.model import UNSEEN_BEGIN, UNSEEN_END, load_forms
from tasks.clean.mirror.score import load_scorer
from tasks.clean.mirror.state import State
from tasks.clean.mirror.tables import Candidate, load_tables

LIKELY = 4
"""Characters tried where half of one is lost, at most."""
LIKELY_MARGIN = 2.5
"""How much more than the best of them one may cost."""


UNPAIRED = 8
"""Pairs of half characters tried where two halves make nothing, at most."""
LEFT_MARGIN = 6.0
"""The same before what follows is looked at."""


class Candidates:
    """Candidates on one page. annotated: its profile."""

    def __init__(self, annotated: frozenset[str]) -> None:
        self.annotated = annotated
        self.annotated_codes = frozenset(CODES.get(char, 0) for char in annotated)
        self.tables = load_tables()
        self.scorer = load_scorer()
        self.forms = load_forms()
        self.by_reading: dict[tuple[int, str], list[str]] = {}

    def unpaired(self, state: State, own: list[Candidate], line: str, at: int) -> list[tuple[str, int]]:
        """Return the likeliest characters whose second half makes nothing with a first half, and that half.

        at: where the text after the ``?`` that they show as begins.
        """
        undefined = self.tables.undefined
        follow = self.scorer.follow
        scored = []
        for true in self.likely(state, [one for one in own if CODES[one[0]] & 0xFF in undefined], None):
            known = self.tables.known_as.get(true, true)
            cost = follow(state.tail[-1], known)
            for lead, following in self._followers(undefined.get(CODES[true] & 0xFF, []), line, at):
                scored.append((cost + follow(known, following), true, lead))
        scored.sort()
        return [(true, lead) for _, true, lead in scored[:UNPAIRED]]

    def _followers(self, leads: list[int], line: str, at: int) -> Iterator[tuple[int, str]]:
        """Yield the first bytes that make a character with what is shown next, and that character."""
        shown = line[at : at + 1]
        if not shown:
            return
        reading = READING.match(line, at + 1) if shown == "?" else None
        if reading:
            for char in self.annotated:
                if CODES[char] >> 8 in leads and reading[1] in self.forms.readings[char]:
                    yield CODES[char] >> 8, self.tables.known_as.get(char, char)
        elif shown == "?" and 0xA3 in leads:
            yield 0xA3, "？"
        for lead in leads:
            following = self.aside(lead, shown)
            if following:
                yield lead, following

    def likely(self, state: State, chars: list[Candidate], following: str | None) -> list[str]:
        """Return the characters of a list that fit best between what is known before and after."""
        scorer = self.scorer
        pair = scorer.pair.get
        before = ord(state.tail[-1]) << 16
        ending = scorer.end.get(state.tail[-1], UNSEEN_END)
        # written out, because this is where the time goes
        scored = [
            (form + (ending + begin if (cost := pair(before | point)) is None else cost), char, point, end)
            for char, point, form, begin, end in chars
        ]
        if state.half == 0 and self.annotated_codes:
            last = (state.last & 0xFF) << 8
            scored = [one for one in scored if last | CODES[one[1]] >> 8 not in self.annotated_codes]
        if following:
            after = ord(following)
            begins = scorer.begin.get(following, UNSEEN_BEGIN)
            limit = min(scored, default=(0.0, "", 0, 0.0))[0] + LEFT_MARGIN
            scored = [
                (
                    left + (end + begins if (cost := pair(point << 16 | after)) is None else cost),
                    char,
                    point,
                    end,
                )
                for left, char, point, end in scored
                if left <= limit
            ]
        scored.sort()
        limit = scored[0][0] + LIKELY_MARGIN if scored else 0.0
        found = [one[1] for one in scored[:LIKELY] if one[0] <= limit]
        close = CLOSING.get(state.opened[-1:])
        if close and state.half == CODES[close] >> 8 and close not in found:
            found.append(close)
        return found

    def aside(self, half: int, shown: str) -> str | None:
        """Return the true character of a first half and what is shown next, as the model knows it.

        None when there is none, or when it is not certain.
        """
        if shown in ("?", ""):
            return None
        code = CUTS.get(shown) or CODES.get(shown, 0)
        if not code and shown > "~":
            return None
        true = CELLS.get(half << 8 | (code >> 8 or ord(shown)))
        return self.tables.known_as.get(true, true) if true else None

    def listed(self, lead: int, reading: str) -> list[str]:
        """Return the traditional characters with a first byte and a reading, second byte no ASCII."""
        key = (lead, reading)
        found = self.by_reading.get(key)
        if found is None:
            found = self.by_reading[key] = [
                char
                for char, *_ in self.tables.by_lead.get(lead, ())
                if char in self.forms.partner and reading in self.forms.readings.get(char, ())
            ]
        return found
