"""Cron expressions: what is accepted is what Prefect can plan with, and what cannot come is told."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.cron import cron_mistake


@pytest.mark.parametrize(
    "expression",
    [
        "*/5 * * * *",
        "0,30 8-20/2 * * mon-fri",
        "0 8 1,15 * *",
        "10/5 * * * *",
        "0 0 L * *",
        "0 0 * * 5#2",
        "0 0 * * L5",
        "0 0 * * 5#2,5#4",
        "0 0 29 2 *",
        "0 22 31 jan-dec/2 ?",
        "0 0 * NOV-FEB 7",
        "  15   3 * * *  ",
        "@daily",
        "@Yearly",
    ],
)
def test_what_people_write_is_right(expression):
    """Names, steps, ranges, the last day, the second Friday, a leap day."""
    assert cron_mistake(expression) is None


@pytest.mark.parametrize(
    ("expression", "said"),
    [
        ("61 * * * *", "61 is no minute (0 to 59)"),
        ("* 24 * * *", "24 is no hour (0 to 23)"),
        ("0 0 0 * *", "0 is no day of the month (1 to 31)"),
        ("0 0 * 13 *", "13 is no month (1 to 12)"),
        ("0 0 * * 8", "8 is no day of the week (0 to 7)"),
        ("0 0 * * monday", "'monday' is no day of the week"),
        ("5-61 * * * *", "61 is no minute (0 to 59)"),
        ("*/0 * * * *", "'*/0': a step of 0 leads nowhere"),
        ("0 0 30 2 *", "that day never comes"),
        ("0 0 31 4,jun,9-9/5,11 *", None),
        ("0 0 31 4,jun,11 *", "that day never comes"),
        ("0 0 */21 9 5#2", "'5#2' needs * as the day of the month"),
        ("0 0 * * 0,5#2", "'5#2' is no day of the week"),
        ("* * * *", "it has 4 of the five fields"),
        ("0 0 * * * *", "it has 6 fields, not five"),
        ("every day", "it has 2 of the five fields"),
        ("H * * * *", "'h' is no minute"),
        ("1,,2 * * * *", "'' is no minute"),
        ("５ * * * *", "'５' is no minute"),
    ],
)
def test_what_is_wrong_is_named(expression, said):
    """The field, and what it may hold."""
    assert cron_mistake(expression) == said


_NUMBER = st.integers(0, 62).map(str) | st.sampled_from(["*", "mon", "feb", "l", "?", "5#2", "l5"])
_PART = st.one_of(
    _NUMBER, st.tuples(_NUMBER, _NUMBER).map("-".join), st.tuples(_NUMBER, _NUMBER).map("/".join)
)
_FIELD = st.lists(_PART, min_size=1, max_size=2).map(",".join)


@given(st.lists(st.just("*") | _FIELD, min_size=5, max_size=5).map(" ".join))
@settings(max_examples=150, deadline=None)
def test_prefect_can_plan_with_what_is_accepted(expression):
    """It reads the expression, and finds a next time."""
    from prefect._vendor.croniter import croniter

    if cron_mistake(expression) is None:
        assert croniter.is_valid(expression)
        croniter(expression, datetime(2024, 1, 1, tzinfo=UTC)).get_next(datetime)
