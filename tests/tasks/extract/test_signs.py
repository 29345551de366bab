"""Tests of tasks/extract/signs.py."""

import pytest

from tasks.extract.signs import find_signs, sign_table, signs_of_line


def test_more_entries_than_signs_stop_the_start():
    """A sign beyond the last is no sign of another entry."""
    with pytest.raises(OverflowError):
        sign_table({1 << 64: "甲"}, {}, 8, {})


def test_signs_of_a_page_are_those_of_its_lines():
    """The highest of all signs too; characters that count only at the beginning of a line do not further on."""
    table = sign_table({1: "甲"}, {1 << 63: "丙", 2: "乙"}, 2, {}, "乙")
    lines = ["甲乙", "乙丁甲", "丙", "丁"]

    seen = find_signs("".join(f"{line}\n" for line in lines), table)

    assert seen.signs.tolist() == [1 | 2, 2, 1 << 63, 0] == [signs_of_line(line, table) for line in lines]
    assert seen.counts.tolist() == [1, 1, 0, 0]
    assert seen.lengths.tolist() == [2, 3, 1, 1]
