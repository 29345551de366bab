"""Tests of tasks/decode/cells.py."""

import pytest

from tasks.decode.cells import read_cells


@pytest.mark.parametrize("charset", ["gb18030", "gb2312", "big5", "big5hkscs"])
@pytest.mark.parametrize("row", [0x81, 0xA1, 0xC7, 0xF8, 0xFE])
def test_cells_read_together_read_as_each_alone(charset, row):
    """A cell is the one character that its two bytes are in the charset, else 0."""
    codes, points = read_cells(range(row, row + 1), range(0x40, 0xFF), charset)
    alone = [code.to_bytes(2, "big").decode(charset, "ignore") for code in codes.tolist()]
    assert points.tolist() == [ord(text) if len(text) == 1 else 0 for text in alone]
