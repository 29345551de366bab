"""beam: the most likely true text of a damaged stretch of a line.

Reads    a line, where the damage begins, the true text before it
Adds     the repaired runs and where the stretch ends
Source   beam search over positions of the shown line; states that agree on the last three
         true characters and the pending half are one state
"""

import re

from tasks.clean.mirror.brackets import open_after
from tasks.clean.mirror.code_page import CUTS, code_of
from tasks.clean.mirror.gate import MISPLACED, READING_NOTE
from tasks.clean.mirror.shift import Reader
from tasks.clean.mirror.state import Run, State

WIDTH = 16
"""States kept at a position; with 8 to 24 no character of 1.1 million came out otherwise, with 6 some."""
MARGIN = 7.0
"""States that cost so much more than the best are dropped; the same with 4 to 9, but rows of marks need it."""
LONGEST_RUN = 300
"""Characters after which a run is given up; real ones end at the next stop."""
ENDED_SHIFTED = 6.0
"""Cost of a line that ends inside a character."""


_FAR = 1e9
"""More than any text costs."""

LONGEST_STRETCH = 1000
"""Shown characters after which a stretch is ended with its best state in step."""
_MARKS = "".join(CUTS)
BROKEN = re.compile(rf"([{_MARKS}]{{6,}})|\?(?=[{_MARKS}])|{MISPLACED.pattern}")
"""A half character before a cut, or before a reading; group: a row of marks, which is none."""


def find_runs(reader: Reader, line: str) -> list[Run]:
    """Return the repaired runs of a line, in order."""
    found: list[Run] = []
    at = 0
    before = _Before()
    while reader.budget > 0 and (match := BROKEN.search(line, at)):
        start = match.end() if match[1] else match.start()
        before.add(line[at:start])
        at = start
        if match[1]:
            continue
        at, runs = read_stretch(reader, line, start, before)
        for run in runs:
            before.add(line[start : run.start])
            before.add(run.text)
            start = run.end
        before.add(line[start:at])
        found += runs
    return found


class _Before:
    """What is known of the line to the left: its last characters, the brackets open."""

    def __init__(self) -> None:
        self.text = ""
        self.opened = ""

    def add(self, shown: str) -> None:
        text = READING_NOTE.sub("", shown) if "(" in shown else shown
        self.opened = open_after(text, self.opened)
        self.text = (self.text + text)[-6:]


def read_stretch(reader: Reader, line: str, start: int, before: _Before) -> tuple[int, list[Run]]:
    """Return where the stretch that begins at ``start`` ends, and its repaired runs in order."""
    waiting: dict[int, dict[int, State]] = {start: {0: _first_state(reader, before)}}
    ahead, low = start, _FAR
    at = start - 1
    while waiting:
        at += 1
        states = waiting.pop(at, None)
        if not states:
            continue
        if at >= len(line):
            return at, _runs(min(states.values(), key=_final_cost))
        if at > start and not waiting and (len(states) == 1 or at > start + LONGEST_STRETCH):
            best = min(states.values(), key=_final_cost)
            if best.half == 0:
                return at, _runs(best)
        pruned = _pruned(list(states.values()), low if at < ahead else _FAR)
        if at > start + LONGEST_RUN:
            pruned = [state for state in pruned if state.open is None or len(state.open.text) <= LONGEST_RUN]
        reader.budget -= len(pruned)
        if code := reader.plain_code(line, at):
            if len(pruned) == 1 and not waiting:
                at, last = _read_on(reader, line, at, pruned[0])
                if last is not None:
                    waiting[at + 1] = {0: last}
                continue
            here = waiting.setdefault(at + 1, {})
            for state in pruned:
                following = reader.only(line[at], code, state)
                if following is not None:
                    _put(here, following)
            continue
        for state in pruned:
            for end, following in reader.follow(line, at, state):
                _put(waiting.setdefault(end, {}), following)
                if end > at + 1 and (ahead <= at or following[0][0] < low):
                    ahead, low = end, following[0][0]
    return start + 1, []


def _read_on(reader: Reader, line: str, at: int, state: State) -> tuple[int, State | None]:
    """Read on with the only state there is, as long as it is out of step and what is shown leaves no choice."""
    code = reader.plain_code(line, at)
    for end in range(at, min(len(line), at + LONGEST_RUN)):
        following = reader.only(line[end], code, state)
        code = reader.plain_code(line, end + 1)
        if following is None or following[1] == 0 or not code:
            return end, following
        state = following
        reader.budget -= 1
    return end, state


def _put(here: dict[int, State], state: State) -> None:
    """Keep the cheaper one of two states from which everything goes on alike."""
    read = state[0]
    key = (read[4] & _SEEN[read[5]]) << 8 | state[1]
    old = here.get(key)
    if old is None or read[0] < old[0][0]:
        here[key] = state


_SEEN = (0xFFFF, 0xFFFFFFFF, 0xFFFFFFFFFFFF, 0xFFFFFFFFFFFF)
"""The last characters from which words may go on, by ``Read.begins``."""


def _first_state(reader: Reader, before: _Before) -> State:
    read = reader.scorer.start(reader.known("。"))
    for char in before.text:
        read = reader.scorer.extend(read, reader.known(char))
    return State(read, 0, code_of(before.text[-1:]), before.opened, None, None)


def _pruned(states: list[State], low: float) -> list[State]:
    """Return the best states; low: cost of a state further on, which none may exceed by far."""
    if len(states) == 1 and states[0][0][0] <= low + MARGIN:
        return states
    states.sort(key=_cost)
    limit = min(states[0][0][0], low) + MARGIN
    return [state for state in states[:WIDTH] if state[0][0] <= limit]


def _cost(state: State) -> float:
    return state[0][0]


def _final_cost(state: State) -> float:
    return state.read.cost + (ENDED_SHIFTED if state.half else 0.0)


def _runs(state: State) -> list[Run]:
    runs: list[Run] = []
    node = state.runs
    while node is not None:
        run, node = node
        runs.append(run)
    return runs[::-1]
