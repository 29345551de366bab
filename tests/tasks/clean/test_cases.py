"""Every rule has a case file: pages it must change, twice as many it must leave alone."""

import json
from pathlib import Path

import pytest

from tasks.clean import RULES, RepairOptions, repair_lines
from tasks.edit import apply_edits, undo_edits

CASES = Path(__file__).parents[2] / "cases"
OPTIONS = RepairOptions(punctuation_width=True)


def load(rule: str) -> dict[str, list]:
    return json.loads((CASES / f"{rule}.json").read_text("utf-8"))


def cases(kind: str) -> list:
    found = []
    for rule in RULES:
        if (CASES / f"{rule}.json").exists():
            found += [pytest.param(rule, case, id=f"{rule}-{n}") for n, case in enumerate(load(rule)[kind])]
    return found


def run(rule: str, page: str) -> tuple[str, bool]:
    """Return the repaired page without its spam lines, and whether the rule did something."""
    options = OPTIONS if rule == "punctuation_width" else RepairOptions()
    repaired = repair_lines(page.split("\n"), options=options)
    rules = {name for edit in repaired.edits() for name in edit.rule.split("+")} | set(repaired.spam.values())
    kept = [text for index, text in enumerate(repaired.texts) if index not in repaired.spam]
    return "\n".join(kept), any(name.split("@")[0] == rule for name in rules)


@pytest.mark.parametrize("rule", RULES)
def test_every_rule_has_cases_and_twice_as_many_to_keep(rule: str) -> None:
    """A rule without a case file, or with more to change than half of what it must keep, fails."""
    found = load(rule)
    assert found["change"]
    assert len(found["keep"]) >= 2 * len(found["change"])
    assert "known_failure" in found


@pytest.mark.parametrize(("rule", "case"), cases("change"))
def test_what_is_broken_is_mended(rule: str, case: list[str]) -> None:
    """The page comes out as the case says, by this rule."""
    before, after = case
    assert run(rule, before) == (after, True)


@pytest.mark.parametrize(("rule", "case"), cases("keep"))
def test_what_only_looks_broken_stays(rule: str, case: str) -> None:
    """The rule does nothing."""
    assert run(rule, case)[1] is False


@pytest.mark.parametrize(("rule", "case"), cases("known_failure"))
def test_known_failures_still_fail(rule: str, case: list[str]) -> None:
    """A known failure that begins to work belongs under change or keep."""
    before, wanted = case
    assert run(rule, before)[0] != wanted


@pytest.mark.parametrize(("rule", "case"), cases("change"))
def test_every_case_can_be_undone(rule: str, case: list[str]) -> None:
    """Replaying the edits backwards gives the received lines; each names its rules in today's versions."""
    received = case[0].split("\n")
    repaired = repair_lines(received, options=OPTIONS)
    known = {f"{name}@{version}" for name, version in RULES.items()}
    assert {name for edit in repaired.edits() for name in edit.rule.split("+")} <= known
    for number, (line, text) in enumerate(zip(received, repaired.texts, strict=True), 1):
        edits = [edit for edit in repaired.edits() if edit.line == number]
        assert apply_edits(line, edits) == text
        assert undo_edits(text, edits) == line
