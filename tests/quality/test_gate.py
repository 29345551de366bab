"""The quality gate: scores may rise, and fall only together with their floors in a commit that says so."""

import importlib.util
from pathlib import Path
from types import ModuleType

import pytest


@pytest.fixture(scope="module")
def gate() -> ModuleType:
    """The gate beside this file, which is also a command."""
    spec = importlib.util.spec_from_file_location("gate", Path(__file__).with_name("gate.py"))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_own_pages_keep_their_floors(gate: ModuleType) -> None:
    """On our own pages no score is below its floor."""
    assert gate.below_floor(gate.own_scores()) == []


@pytest.mark.shared
def test_shared_pages_keep_their_floors(gate: ModuleType) -> None:
    """On the hand-labelled pages no score is below its floor."""
    scores = gate.shared_scores()

    assert scores
    assert gate.below_floor(scores) == []


def test_the_gate_can_fail(gate: ModuleType) -> None:
    """A score under its floor is reported; dropping every line scores nothing."""
    assert gate.below_floor({"own": {"f1": 0.1, "exact": 0.1}})
    assert gate.line_scores(["正文"], [True], [False]) == (0.0, 0.0)
