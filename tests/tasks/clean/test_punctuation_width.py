"""Width of marks: what a long line costs. What changes and what stays is in tests/cases."""

import time

import pytest

from tasks.clean.punctuation_width import restore_width

SENTENCE = "那里有全部的说明和大家的意见，请慢慢看完再来说"


@pytest.mark.parametrize(
    "piece", ["://甲", "://a", "://a?", "://a?b=", "://a?b=1&", "(甲", "甲(", "?=", "甲,;"]
)
def test_a_long_line_is_read_once(piece: str) -> None:
    """A line of many addresses, or one whose bracket is never closed, costs what its length is: 0.1 s, not minutes."""
    line = piece * 50_000
    started = time.process_time()

    assert len(restore_width(f"{line},丙")) == len(line) + 2
    assert time.process_time() - started < 2


@pytest.mark.parametrize(
    "line",
    [
        "见http://a.example/?b=1&c=2,",
        "见http://a.example/x://b?c=d,",
        "见http://a.example/?b=1&c=2,http://a.example/?b=3,",
    ],
)
def test_an_address_with_a_query_makes_no_code(line: str) -> None:
    """Its = is its own; a mark behind it gets its width."""
    assert restore_width(line + SENTENCE) == f"{line[:-1]}，{SENTENCE}"


@pytest.mark.parametrize(
    "line",
    [
        "见http://a.example/?b=1-甲,",
        "见http://a.example/x://b?c=d/甲,",
        "见http://a.example/?b=,",
        "见http://a.example/|x=1,",
        "见http://a.example/甲,",
        "见http://a.example/?b=1 x=2,",
    ],
)
def test_other_signs_beside_an_address_are_code(line: str) -> None:
    """Chinese inside an address, an empty value, an = that is no query's: the line stays."""
    assert restore_width(line + SENTENCE) == line + SENTENCE
