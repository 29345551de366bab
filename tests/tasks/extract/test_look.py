"""Promises of a line looked at by itself: where it ends."""

import pytest

from tasks.extract.look import look_at


@pytest.mark.parametrize(
    "line",
    [
        "船工说，灯亮着，船就来。1030404",
        "船工说，灯亮着，船就来。（編輯：林小舟）1110614",
        "船工说，灯亮着，船就来。(林小舟)1081108",
    ],
)
def test_the_number_of_an_agency_stands_behind_the_end(line: str) -> None:
    """A last sentence ends, though the agency of Taiwan sets its number behind it."""
    assert look_at([line])[0].ends


@pytest.mark.parametrize(
    "line",
    [
        "船工说，灯亮着。打这个电话：1030404",
        "渡口有灯。船票2030404",
        "渡口有灯。那一年是1998",
        "渡口的灯，编号1030404",
        "渡口有灯。船工李四",
        "1030404",
    ],
)
def test_other_figures_end_no_sentence(line: str) -> None:
    """A telephone, a price or a year at the end of a line is part of it."""
    assert not look_at([line])[0].ends
