"""Tests of tasks/clean/gates.py."""

import re

import numpy as np
import pytest

from tasks.clean import GATES
from tasks.clean.gates import Gates, code_ranges, look_at
from tasks.decode.evidence import line_codes


@pytest.mark.parametrize("gate", sorted({gate for gate in GATES.values() if isinstance(gate, str)}))
def test_a_gate_is_the_characters_of_its_class(gate):
    """A table marks the characters that the pattern ``[gate]`` finds, and no others."""
    marked = np.zeros(0x10001, bool)
    for codes in code_ranges(gate):
        marked[codes] = True
    every = np.arange(0x10000, dtype="<u4").tobytes().decode("utf-32-le", "surrogatepass")
    assert np.flatnonzero(marked[:-1]).tolist() == [m.start() for m in re.finditer(f"[{gate}]", every)]
    assert bool(marked[-1]) == bool(re.search(f"[{gate}]", "\U000e0100"))


def test_a_look_tells_lines_and_places_of_a_gate():
    """A gate's characters are marked where they stand, and told by line, each once; of what a page lacks, nothing."""
    gates = Gates({"questions": "?？", "digits": "0-9", "amps": "&"})
    look = look_at(line_codes(["甲?乙？", "", "12 丙?", "丁"]), gates)

    assert look.lines_of(gates) == {"questions": [0, 2], "digits": [2]}
    assert look.lines_of(["amps"]) == {}
    assert look.places("questions").tolist() == np.flatnonzero(look.marks("questions")).tolist() == [1, 3, 10]
    assert look.places("amps").size == 0
    assert [look.has(gate) for gate in gates] == [True, True, False]
