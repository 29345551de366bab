"""Tests of tasks/clean/gates.py."""

import re

import numpy as np
import pytest

from tasks.clean import GATES
from tasks.clean.gates import code_ranges


@pytest.mark.parametrize("gate", sorted({gate for gate in GATES.values() if isinstance(gate, str)}))
def test_a_gate_is_the_characters_of_its_class(gate):
    """A table marks the characters that the pattern ``[gate]`` finds, and no others."""
    marked = np.zeros(0x10001, bool)
    for codes in code_ranges(gate):
        marked[codes] = True
    every = np.arange(0x10000, dtype="<u4").tobytes().decode("utf-32-le", "surrogatepass")
    assert np.flatnonzero(marked[:-1]).tolist() == [m.start() for m in re.finditer(f"[{gate}]", every)]
    assert bool(marked[-1]) == bool(re.search(f"[{gate}]", "\U000e0100"))
