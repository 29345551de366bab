"""Numbers in Chinese characters, for days and sections."""

import pytest

from tasks.han_numbers import han_number

DIGITS = "〇一二三四五六七八九"


def written(number: int) -> str:
    """Return a number below 100 as it is counted."""
    tens, ones = divmod(number, 10)
    head = "" if not tens else "十" if tens == 1 else f"{DIGITS[tens]}十"
    return head + (DIGITS[ones] if ones or not tens else "")


@pytest.mark.parametrize("number", range(100))
def test_counted_numbers_come_back(number: int) -> None:
    """Every number below 100 is read as it is counted, and as digits in a row."""
    assert han_number(written(number)) == number
    assert han_number("".join(DIGITS[int(digit)] for digit in str(number))) == number


@pytest.mark.parametrize(("text", "number"), [("元", 1), ("一〇七", 107), ("二○一八", 2018), ("零五", 5)])
def test_years_are_digits_in_a_row(text: str, number: int) -> None:
    """Years are written digit by digit, the first of an era as 元."""
    assert han_number(text) == number
