"""Promises of tasks/edit.py: edits replay, backwards and forwards, whatever the rules did."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tasks.edit import Change, Edit, EditLog, PageEdits, apply_edits, undo_edits

SMALL_ALPHABET = "ab字（ "


@st.composite
def changes_of(draw: st.DrawFn, text: str) -> list[Change]:
    """Up to two changes of ``text`` that do not overlap."""
    bounds = sorted(draw(st.lists(st.integers(0, len(text)), min_size=4, max_size=4)))
    new = st.text("xy文", max_size=3)
    first = Change(bounds[0], bounds[1], draw(new))
    if bounds[2] == bounds[1]:
        return [first]
    return [first, Change(bounds[2], bounds[3], draw(new))]


@given(st.text(SMALL_ALPHABET, max_size=12), st.data())
def test_edits_lead_from_received_to_cleaned_and_back(received: str, data: st.DataObject) -> None:
    """After any sequence of rules the edits give the cleaned line, and backwards the received one."""
    log = EditLog(1, received)
    expected = received
    for step in range(data.draw(st.integers(0, 5))):
        changes = data.draw(changes_of(expected))
        for change in reversed(changes):
            expected = expected[: change.start] + change.after + expected[change.end :]
        log.apply(changes, f"rule{step}@1")

    assert log.text == expected
    assert apply_edits(received, log.edits()) == expected
    assert undo_edits(expected, log.edits()) == received


@given(st.text(SMALL_ALPHABET, max_size=12), st.data())
def test_a_page_keeps_the_edits_a_log_would(received: str, data: st.DataObject) -> None:
    """However many rules change a line of a page, its edits are those of the line's own log."""
    page, log = PageEdits([received]), EditLog(1, received)
    for step in range(data.draw(st.integers(0, 3))):
        changes = data.draw(changes_of(log.text))
        page.apply(0, changes, f"rule{step}@1")
        log.apply(changes, f"rule{step}@1")

    assert page.texts == [log.text]
    assert page.edits() == log.edits()


@given(st.lists(st.text("ab \t", max_size=8), min_size=1, max_size=4), st.booleans())
def test_changes_of_a_whole_page_are_those_of_its_lines(lines: list[str], was_touched: bool) -> None:
    """``apply_all`` leaves the texts and edits that ``apply`` leaves, also on lines that were changed before."""
    one, all_at_once = PageEdits(lines), PageEdits(lines)
    for page in (one, all_at_once) if was_touched else ():
        page.apply(0, [Change(0, 0, "a\t")], "first@1")
    found = {
        index: [(place, place + 1, " ") for place, char in enumerate(text) if char == "\t"]
        for index, text in enumerate(one.texts)
        if "\t" in text
    }
    for index, changes in found.items():
        one.apply(index, changes, "blank@1")
    all_at_once.apply_all(found, "blank@1")
    assert all_at_once.texts == one.texts
    assert all_at_once.edits() == one.edits()


def test_rules_that_meet_on_one_span_are_both_named() -> None:
    """A span changed twice names both rules, in the order they ran."""
    log = EditLog(7, "ａ")
    log.apply([Change(0, 1, "a")], "width@1")
    log.apply([Change(0, 1, "A")], "case@2")

    assert log.edits() == [Edit(7, 0, 1, "ａ", "A", "width@1+case@2")]


def test_a_change_taken_back_is_no_edit() -> None:
    """A span that ends as it began is not reported."""
    log = EditLog(1, "字")
    log.apply([Change(0, 1, "文")], "there@1")
    log.apply([Change(0, 1, "字")], "back@1")

    assert log.edits() == []


@pytest.mark.parametrize("change", [Change(0, 9, ""), Change(2, 1, ""), Change(-1, 1, "")])
def test_a_change_outside_the_line_is_refused(change: Change) -> None:
    """A rule that leaves its line is a defect and is told so."""
    with pytest.raises(ValueError, match="overlaps or leaves"):
        EditLog(1, "字文").apply([change], "bad@1")
    with pytest.raises(ValueError, match="overlaps or leaves"):
        PageEdits(["字文"]).apply(0, [change], "bad@1")


def test_edits_that_do_not_fit_are_refused() -> None:
    """Replaying edits over another line fails instead of giving a wrong text."""
    with pytest.raises(ValueError, match="does not fit"):
        apply_edits("別的", [Edit(1, 0, 1, "字", "", "any@1")])
    with pytest.raises(ValueError, match="does not fit"):
        undo_edits("別的", [Edit(1, 0, 1, "字", "文", "any@1")])


def test_page_edits_number_lines_as_received() -> None:
    """Edits carry the received line number, and untouched lines have none."""
    page = PageEdits(["甲", "乙"], numbers=[3, 8])
    page.apply(1, [Change(0, 1, "丙")], "rule@1")

    assert page.texts == ["甲", "丙"]
    assert [(e.line, e.before, e.after) for e in page.edits()] == [(8, "乙", "丙")]
