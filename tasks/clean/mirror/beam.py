"""beam: the most likely true text of a damaged stretch of a line.

Reads    a line, where the damage begins, the true text before it
Adds     the repaired runs and where the stretch ends
Source   beam search over positions of the shown line; states that agree on the last three
         true characters and the pending half are one state
"""

import re

from tasks.clean.mirror.brackets import open_after
from tasks.clean.mirror.code_page import CUTS, code_of
from tasks.clean.mirror.gate import MISPLACED, NOTE
from tasks.clean.mirror.score import START
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
        text = NOTE.sub(r"\1", shown)
        self.opened = open_after(text, self.opened)
        self.text = (self.text + text)[-6:]


def read_stretch(reader: Reader, line: str, start: int, before: _Before) -> tuple[int, list[Run]]:
    """Return where the stretch that begins at ``start`` ends, and its repaired runs in order."""
    waiting = {start: {(0, ""): _first_state(reader, before)}}
    at = start
    while True:
        states = waiting.pop(at, None)
        if states is None:
            if not waiting:
                return start + 1, []
            at += 1
            continue
        if at >= len(line):
            return at, _runs(min(states.values(), key=_final_cost))
        if at > start and not waiting and (len(states) == 1 or at > start + LONGEST_STRETCH):
            best = min(states.values(), key=_final_cost)
            if best.half == 0:
                return at, _runs(best)
        pruned = _pruned(list(states.values()))
        reader.budget -= len(pruned)
        for state in pruned:
            if state.open and len(state.open.text) > LONGEST_RUN:
                continue
            for end, following in reader.follow(line, at, state):
                here = waiting.get(end)
                if here is None:
                    here = waiting[end] = {}
                key = (following.half, following.tail[-3:])
                old = here.get(key)
                if old is None or following.costs[0] < old.costs[0]:
                    here[key] = following
        at += 1


def _first_state(reader: Reader, before: _Before) -> State:
    known = reader.tables.known_as
    tail, costs = "。", START
    for char in before.text:
        costs = reader.scorer.extend(costs, tail, known.get(char, char))
        tail += known.get(char, char)
    return State(costs, 0, tail, code_of(before.text[-1:]), before.opened, None, None)


def _pruned(states: list[State]) -> list[State]:
    states.sort(key=_cost)
    limit = states[0].costs[0] + MARGIN
    return [state for state in states[:WIDTH] if state.costs[0] <= limit]


def _cost(state: State) -> float:
    return state.costs[0]


def _final_cost(state: State) -> float:
    return state.costs[0] + (ENDED_SHIFTED if state.half else 0.0)


def _runs(state: State) -> list[Run]:
    runs: list[Run] = []
    node = state.runs
    while node is not None:
        run, node = node
        runs.append(run)
    return runs[::-1]
