"""Promises of tasks/pieces.py: the short way to change pieces is no other way."""

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from tasks.edit import Change, EditLog

SPANS = st.lists(
    st.tuples(st.integers(0, 12), st.integers(1, 3), st.sampled_from(["", "x", "文文"])), max_size=4
)


@given(st.lists(SPANS, max_size=4))
def test_changes_inside_untouched_text_are_made_as_all_others(
    rounds: list[list[tuple[int, int, str]]],
) -> None:
    """A log that may take the short way has the edits of one that may not."""
    short, long = EditLog(1, "甲乙丙丁戊己庚辛壬癸子丑"), EditLog(1, "甲乙丙丁戊己庚辛壬癸子丑")
    for number, spans in enumerate(rounds):
        changes, at = [], 0
        for start, size, after in sorted(spans):
            if at <= start and start + size <= len(short.text):
                changes.append(Change(start, at := start + size, after))
        short.apply(changes, f"rule{number}@1")
        with patch("tasks.edit.split", return_value=None):
            long.apply(changes, f"rule{number}@1")

    assert short.text == long.text
    assert short.edits() == long.edits()
