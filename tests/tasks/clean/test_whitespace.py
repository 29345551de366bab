"""Tests of tasks/clean/whitespace.py."""

from hypothesis import given
from hypothesis import strategies as st

from tasks.clean.gates import Gates, look_at
from tasks.clean.whitespace import (
    GATE,
    MANY_BLANKS,
    RULE,
    find_whitespace,
    has_loose_spaces,
    whitespace_of_lines,
)
from tasks.decode.evidence import line_codes

LINES = st.lists(st.text("甲a \u3000\t\xa0", max_size=12), min_size=1, max_size=12)
GATES = Gates({RULE: GATE})


@given(LINES)
def test_a_page_is_laid_out_as_each_of_its_lines(lines):
    """One look at all lines finds what a look at each of them finds, with few blanks and with many."""
    for page in (lines, [*lines, *["甲 a 乙" for _ in range(MANY_BLANKS)], " 甲  a\u3000乙 "]):
        look = look_at(line_codes(page), GATES)
        found = whitespace_of_lines(look.found, look.marks(RULE))
        each = {index: [tuple(change) for change in find_whitespace(line)] for index, line in enumerate(page)}

        assert found == {index: changes for index, changes in each.items() if changes}


@given(st.lists(st.text("甲 ", max_size=6), min_size=1, max_size=4))
def test_spaces_are_loose_where_a_line_changes(lines):
    """Of lines whose only blanks are spaces one is changed exactly when a space is loose."""
    assert has_loose_spaces("\n".join([*lines, ""])) == any(map(find_whitespace, lines))
