"""shift: what the shown characters of a shifted run can have been, one step at a time.

Reads    one line, a state of the search
Adds     the states that may follow: each has read some shown characters and knows some true ones
Source   Such pages were cut at the codes of ！ ； ？ ， 。 and got readings after codes without a look at
         where characters begin. A half character shows as ``?``. From there on each shown character
         holds the second half of a true character and the first half of the next one, until a second
         half stands alone or the next cut restores the step.
"""

import re
from collections.abc import Iterator
from typing import NamedTuple, Optional

from tasks.clean.mirror.code_page import CELLS, CODES
from tasks.clean.mirror.gate import TONED
from tasks.clean.mirror.model import load_forms
from tasks.clean.mirror.score import Costs, load_scorer
from tasks.clean.mirror.tables import Candidate, load_tables

CUTS = {"!": 0xA3A1, ";": 0xA3BB, "?": 0xA3BF, ",": 0xA3AC, "。": 0xA1A3}
CUTS |= {chr(ord(mark) + 0xFEE0): code for mark, code in CUTS.items() if mark < "\x80"}
"""Shown mark, wide or narrow -> the code at which the page was cut."""
CUT_CODES = frozenset(CUTS.values())

READING = re.compile(rf"\(?([a-zü]{{0,5}}[{TONED}][a-zü]{{0,4}}) ?\)")

UNANNOTATED = 4.0
"""Cost of a character of the site's list that stands without its reading."""
STRANGE_NOTE = 2.0
"""Cost of a reading on a character not known to be on the site's list."""
NOTED_EVENT = 1.0
"""Cost of a misplaced reading: the reading itself is evidence."""
LOST_STOP = 1.0
"""Cost of a full stop cut in two, beside the model's, which has too many of them."""
EATEN = 1.0
"""Cost of an ASCII character that a stray first half swallowed."""
UNDEFINED = 1.0
"""Cost of two halves that make no character."""
LETTER = 1.0
"""Cost of an ASCII letter right after a shifted run."""


LIKELY = 6
"""Characters tried where half of one is lost, at most."""
LIKELY_MARGIN = 3.0
"""How much more than the best of them one may cost."""


class Run(NamedTuple):
    """A repaired run: span in the shown line, its true text, positions in it where a character is lost."""

    start: int
    end: int
    text: str
    lost: tuple[int, ...]


Runs = Optional[tuple[Run, "Runs"]]  # noqa: UP045, a string cannot stand beside ``|``
"""Runs, newest first, as a linked list."""


class State(NamedTuple):
    """One way to read the line so far.

    costs: see ``Scorer.extend``; half: first byte of a character begun, 0 when in step; tail: last
    true characters as the model knows them; last: code of the last true character; open: the run
    being read, or None; runs: runs read.
    """

    costs: Costs
    half: int
    tail: str
    last: int
    open: Run | None
    runs: Runs


Step = tuple[int, State]
"""Position up to which the line is read, and the state there."""


class Reader:
    """Reads lines of one page. annotated: its profile; event_cost: what a cut that is assumed costs."""

    def __init__(self, annotated: frozenset[str], event_cost: float) -> None:
        self.annotated = annotated
        self.annotated_codes = frozenset(CODES.get(char, 0) for char in annotated)
        self.event_cost = event_cost
        self.tables = load_tables()
        self.scorer = load_scorer()
        self.readings = load_forms().readings
        self.partner = load_forms().partner
        self.by_reading: dict[tuple[int, str], list[str]] = {}

    def follow(self, line: str, at: int, state: State) -> Iterator[Step]:
        """Yield the states that may follow."""
        if state.half == 0:
            return self._in_step(line, at, state)
        return self._out_of_step(line, at, state)

    def _in_step(self, line: str, at: int, state: State) -> Iterator[Step]:
        char = line[at]
        note = self._note(line, at + 1, char, state.last)
        yield note or at + 1, self._add(state, char, 0, note is not None, 0.0)
        if char != "?":
            return
        code = CUTS.get(line[at + 1 : at + 2])
        if code is not None:
            opened = state._replace(open=Run(at, 0, "", ()))
            following = self.aside(code & 0xFF, line[at + 2 : at + 3])
            for lost in self._likely(state, self.tables.by_trail[code >> 8], following):
                if lost not in self.annotated:
                    cost = self.event_cost + (LOST_STOP if lost == "。" else 0.0)
                    yield at + 2, self._add(opened, lost, code & 0xFF, True, cost)
            return
        reading = READING.match(line, at + 1)
        if reading and line[at + 1] != "(":
            run = Run(at, 0, "", ())
            for found in self._listed(state.last & 0xFF, reading[1]):
                cost = NOTED_EVENT + (0.0 if found in self.annotated else STRANGE_NOTE)
                yield (
                    reading.end(),
                    state._replace(costs=_plus(state.costs, cost), half=CODES[found] & 0xFF, open=run),
                )

    def _out_of_step(self, line: str, at: int, state: State) -> Iterator[Step]:
        char = line[at]
        code = CODES.get(char, 0)
        if char == "?":
            yield from self._half_shown(line, at, state)
        if char <= "~":
            if char <= " ":
                for true in self._likely(state, self.tables.by_lead[state.half], None):
                    yield from self._in_step(line, at, self._add(state, true, 0, False, 0.0, at))
                return
            code = 0xA380 | ord(char)
            if char >= "@":
                yield from self._resume(line, at, state, ord(char))
        elif char == "€":
            yield from self._resume(line, at, state, 0x80)
        true = CELLS.get(state.half << 8 | code >> 8, "") if code else ""
        if not true:
            return
        note = self._note(line, at + 1, char, 0)
        cost = UNANNOTATED if note is None and char in self.annotated else 0.0
        if code & 0x80:
            yield note or at + 1, self._add(state, true, code & 0xFF, False, cost)
        else:
            letter = self._add(state, true, 1, False, cost + LETTER)
            end = note or at + 1
            yield end, self._add(letter, chr(code & 0xFF), 0, True, 0.0, end)

    def _resume(self, line: str, at: int, state: State, trail: int) -> Iterator[Step]:
        """A second half that stands alone: the step is restored."""
        true = CELLS.get(state.half << 8 | trail)
        if true:
            note = self._note(line, at + 1, true, 0)
            end = note or at + 1
            yield end, self._add(state, true, 0, note is not None, 0.0, end)

    def _half_shown(self, line: str, at: int, state: State) -> Iterator[Step]:
        """``?`` out of step: a second half before a cut, or one that swallowed what followed it."""
        after = line[at + 1 : at + 2]
        own = self.tables.by_lead[state.half]
        if not after or after in CUTS:
            following = self.tables.known_as.get(after, after) or None
            for true in self._likely(state, own, following):
                yield at + 1, self._add(state, true, 0, False, 0.0, at + 1)
        reading = READING.match(line, at + 1)
        if reading and line[at + 1] != "(":
            for true in self._listed(state.half, reading[1]):
                cost = 0.0 if true in self.annotated else STRANGE_NOTE
                yield reading.end(), self._add(state, true, 0, True, cost, reading.end())
            return
        following = self.tables.known_as.get(after, after) or None
        for true in self._likely(state, own, following):
            yield at + 1, _lose(self._add(state, true, 1, False, EATEN), at + 1)
        for true, lead in self._unpaired(state, own, after):
            yield at + 1, self._add(state, true, lead, False, UNDEFINED)

    def _unpaired(self, state: State, own: list[Candidate], after: str) -> list[tuple[str, int]]:
        """Return the likeliest characters whose second half makes nothing with a first half, and that half."""
        if not after:
            return []
        undefined = self.tables.undefined
        known_as = self.tables.known_as
        scored = []
        for true in self._likely(state, [one for one in own if CODES[one[0]] & 0xFF in undefined], None):
            for lead in undefined[CODES[true] & 0xFF]:
                following = self.aside(lead, after)
                if following:
                    cost = self.scorer.between(state.tail[-1], known_as.get(true, true), following)
                    scored.append((cost, true, lead))
        scored.sort()
        return [(true, lead) for _, true, lead in scored[:LIKELY]]

    def _likely(self, state: State, chars: list[Candidate], following: str | None) -> list[str]:
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

    def _listed(self, lead: int, reading: str) -> list[str]:
        """Return the traditional characters with a first byte and a reading, second byte no ASCII."""
        key = (lead, reading)
        found = self.by_reading.get(key)
        if found is None:
            found = self.by_reading[key] = [
                char
                for char, _, _ in self.tables.by_lead.get(lead, ())
                if char in self.partner and reading in self.readings.get(char, ())
            ]
        return found

    def _note(self, line: str, at: int, char: str, last: int) -> int | None:
        """Return where the reading of a character ends, if one stands here.

        The character may be half of ``last`` and an ASCII letter.
        """
        if line[at : at + 1] != "(":
            return None
        if "@" <= char <= "~" and last:
            char = CELLS.get((last & 0xFF) << 8 | ord(char), "")
        match = READING.match(line, at) if char in self.partner else None
        return match.end() if match and match[1] in self.readings[char] else None

    def _add(self, state: State, char: str, half: int, noted: bool, cost: float, end: int = 0) -> State:
        """Return the state with one more true character; ``end`` closes the run there."""
        tables = self.tables
        known = tables.known_as.get(char, char)
        cost += tables.form_cost.get(char, 0.0)
        if not noted and char in self.annotated:
            cost += UNANNOTATED
        costs = self.scorer.extend(state.costs, state.tail, known)
        if cost:
            costs = _plus(costs, cost)
        tail = state.tail[-5:] + known
        code = CODES.get(char, 0) or (0xA380 | ord(char) if char < "\x80" else 0)
        run = state.open
        if run is None:
            return State(costs, half, tail, code, None, state.runs)
        if end:
            closed = Run(run.start, end, run.text + char, run.lost)
            return State(costs, half, tail, code, None, (closed, state.runs))
        return State(costs, half, tail, code, Run(run.start, 0, run.text + char, run.lost), state.runs)


def _lose(state: State, end: int) -> State:
    """Return the state in step again, with a lost ASCII character at the end of the run."""
    run = state.open or Run(end, end, "", ())
    closed = run._replace(end=end, lost=(*run.lost, len(run.text)))
    return state._replace(half=0, open=None, runs=(closed, state.runs))


def _plus(costs: Costs, cost: float) -> Costs:
    a, b, c, d = costs
    return a + cost, b + cost, c + cost, d + cost
