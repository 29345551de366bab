"""shift: what the shown characters of a shifted run can have been, one step at a time.

Reads    one line, a state of the search
Adds     the states that may follow: each has read some shown characters and knows some true ones
Source   Such pages were cut at the codes of ！ ； ？ ， 。 and got readings after codes without a look at
         where characters begin. A half character shows as ``?``. From there on each shown character
         holds the second half of a true character and the first half of the next one, until a second
         half stands alone or the next cut restores the step.
"""

from collections.abc import Iterator

from tasks.clean.mirror.brackets import BRACKETS, turn
from tasks.clean.mirror.candidates import Candidates, listed
from tasks.clean.mirror.code_page import CELLS, CODES, CUTS, code_of
from tasks.clean.mirror.gate import READING
from tasks.clean.mirror.model import load_forms
from tasks.clean.mirror.own_words import OwnWords
from tasks.clean.mirror.score import Known, load_scorer
from tasks.clean.mirror.state import Run, State, lose, plus
from tasks.clean.mirror.tables import NONE, load_tables

UNANNOTATED = 4.0
"""Cost of a character of the site's list that stands without its reading."""
STRANGE_NOTE = 2.0
"""Cost of a reading on a character not known to be on the site's list."""
NOTED_EVENT = 1.0
"""Cost of a misplaced reading: the reading itself is evidence."""
LOST_STOP = 0.75
"""Cost of a full stop cut in two, beside the model's, which has too many of them."""
EATEN = 1.0
"""Cost of an ASCII character that a stray first half swallowed."""
UNDEFINED = 1.0
"""Cost of two halves that make no character."""
LETTER = 1.0
"""Cost of an ASCII letter right after a shifted run."""


ROW = 3.0
"""What the last mark of ``???`` at the end of a line costs less than the model says: writers end lines so, while a
second half, a mark and a first half seldom meet where no mark follows."""

FREE_STATES, STATES_SHARE = 10_000, 0.25
"""States that may be followed on a page: so many, and this many for each character, 15 to 45 µs each. A page of
1,000 characters with 3 cuts takes 50, one with 18 takes 400."""

Step = tuple[int, State]
"""Position up to which the line is read, and the state there."""


class Reader:
    """Reads lines of one page.

    annotated: its profile; event_cost: cost of assuming a cut; budget: states that may still be followed,
    from ``chars``, the length of the page in characters; own: its words, once they may speak for a guess.
    """

    def __init__(
        self, annotated: frozenset[str], event_cost: float, chars: int, own: OwnWords | None = None
    ) -> None:
        self.annotated = annotated
        self.own = own
        self.budget = FREE_STATES + int(STATES_SHARE * chars)
        self.event_cost = event_cost
        self.tables = load_tables()
        self.scorer = load_scorer()
        self.readings = load_forms().readings
        self.partner = load_forms().partner
        self.candidates = Candidates(self.annotated, own)

    def known(self, char: str) -> Known:
        """Return what the model knows of a character as shown."""
        return (_KNOWN.get(char) or _learn(char))[0]

    def _worth(self, state: State, true: str) -> float:
        """Return what the page's own words say for a guessed character."""
        if self.own is None:
            return 0.0
        return self.own.worth(chr(state.read.points & 0xFFFF), self.tables.known_as.get(true, true))

    def plain_code(self, line: str, at: int) -> int:
        """Return the code of a character that leaves no choice: ``only`` is what follows each state; 0 of others."""
        code = CODES.get(line[at : at + 1], 0)
        return code if code & 0x80 and line[at + 1 : at + 2] != "(" else 0

    def only(self, char: str, code: int, state: State) -> State | None:
        """Return the one state that may follow where such a character is shown, ``None`` when there is none."""
        half = state[1]
        if not half:
            return self._add(state, char, 0, False, 0.0)
        true = CELLS.get(half << 8 | code >> 8)
        if true is None:
            return None
        cost = UNANNOTATED if char in self.annotated else 0.0
        return self._add(state, true, code & 0xFF, False, cost)

    def follow(self, line: str, at: int, state: State) -> Iterator[Step]:
        """Yield the states that may follow."""
        if state.half == 0:
            return self._in_step(line, at, state)
        return self._out_of_step(line, at, state)

    def _in_step(self, line: str, at: int, state: State) -> Iterator[Step]:
        char = line[at]
        note = self._note(line, at + 1, char, state.last) if line[at + 1 : at + 2] == "(" else None
        is_row = char == "?" and line.startswith("???", at - 2) and not line[at + 1 :].strip()
        yield note or at + 1, self._add(state, char, 0, note is not None, -ROW if is_row else 0.0)
        if char != "?":
            return
        code = CUTS.get(line[at + 1 : at + 2])
        if code is not None:
            opened = _new(State, (*state[:4], Run(at, 0, "", ()), state.runs))
            following = self.candidates.aside(code & 0xFF, line[at + 2 : at + 3])
            for lost in self.candidates.likely(state, self.tables.by_trail.get(code >> 8, NONE), following):
                if lost not in self.annotated:
                    cost = self.event_cost + (LOST_STOP if lost == "。" else 0.0) - self._worth(state, lost)
                    yield at + 2, self._add(opened, lost, code & 0xFF, True, cost)
            return
        reading = READING.match(line, at + 1)
        if reading and line[at + 1] != "(":
            run = Run(at, 0, "", ())
            for found in listed(state.last & 0xFF, reading[1]):
                cost = NOTED_EVENT + (0.0 if found in self.annotated else STRANGE_NOTE)
                yield (
                    reading.end(),
                    state._replace(read=plus(state.read, cost), half=CODES[found] & 0xFF, open=run),
                )

    def _out_of_step(self, line: str, at: int, state: State) -> Iterator[Step]:
        char = line[at]
        code = CODES.get(char, 0)
        if char == "?":
            yield from self._half_shown(line, at, state)
        if char <= "~":
            if char <= " ":
                for true in self.candidates.likely(state, self.tables.by_lead.get(state.half, NONE), None):
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
        note = self._note(line, at + 1, char, 0) if line[at + 1 : at + 2] == "(" else None
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
            note = self._note(line, at + 1, true, 0) if line[at + 1 : at + 2] == "(" else None
            end = note or at + 1
            yield end, self._add(state, true, 0, note is not None, 0.0, end)

    def _half_shown(self, line: str, at: int, state: State) -> Iterator[Step]:
        """``?`` out of step: a second half before a cut, or one that swallowed what followed it."""
        after = line[at + 1 : at + 2]
        reading = READING.match(line, at + 1) if after and after != "(" else None
        is_cut = not after or after in CUTS
        if is_cut or not reading:
            following = self.tables.known_as.get(after, after) or None
            likely = self.candidates.likely(state, self.tables.by_lead.get(state.half, NONE), following)
        if is_cut:
            for true in likely:
                yield at + 1, self._add(state, true, 0, False, -self._worth(state, true), at + 1)
        if reading:
            for true in listed(state.half, reading[1]):
                cost = 0.0 if true in self.annotated else STRANGE_NOTE
                yield reading.end(), self._add(state, true, 0, True, cost, reading.end())
            return
        for true in likely if not is_cut else ():
            yield at + 1, lose(self._add(state, true, 1, False, EATEN), at + 1)
        for true, lead in self.candidates.unpaired(state, line, at + 1):
            yield at + 1, self._add(state, true, lead, False, UNDEFINED)

    def _note(self, line: str, at: int, char: str, last: int) -> int | None:
        """Return where the reading of a character ends, if one stands here; it may be half of ``last`` and a letter."""
        if "@" <= char <= "~" and last:
            char = CELLS.get((last & 0xFF) << 8 | ord(char), "")
        match = READING.match(line, at) if char in self.partner else None
        return match.end() if match and match[1] in self.readings[char] else None

    def _add(self, state: State, char: str, half: int, noted: bool, cost: float, end: int = 0) -> State:
        """Return the state with one more true character; ``end`` closes the run there."""
        known, form, code, bracket = _KNOWN.get(char) or _learn(char)
        cost += form
        if not noted and char in self.annotated:
            cost += UNANNOTATED
        read, _, _, opened, run, runs = state
        if bracket:
            more, opened = turn(opened, bracket)
            cost += more
        if run is not None:
            longer = _new(Run, (run[0], end, run[2] + char, run[3]))
            run, runs = (None, (longer, runs)) if end else (longer, runs)
        return _new(State, (self.scorer.extend(read, known, cost), half, code, opened, run, runs))


_new = tuple.__new__
"""Makes a named tuple in a third of the time that its own constructor takes; the search makes many."""

_KNOWN: dict[str, tuple[Known, float, int, str]] = {}
"""What ``_learn`` returned: at most one entry for each character of the code page and of ASCII."""


def _learn(char: str) -> tuple[Known, float, int, str]:
    """Return what the model knows of a character, what its form costs, its code, and the bracket that it is."""
    tables = load_tables()
    true = tables.known_as.get(char, char)
    code = code_of(char)
    bracket = true if true in BRACKETS else ""
    known = (load_scorer().known(true), tables.form_cost.get(char, 0.0), code, bracket)
    if code:
        _KNOWN[char] = known
    return known
