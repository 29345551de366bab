"""han_numbers: numbers in Chinese characters, as days, years and sections are counted: 十二, 二十, 〇七, 一〇七, 元."""

from typing import Final

HAN_DIGITS: Final = "〇○零一二三四五六七八九"
"""Characters of one digit each; the first three are naught."""


def han_number(text: str) -> int:
    """Return the number that ``HAN_DIGITS``, 十, 一百 in front and 元 alone write, up to 199.

    >>> [han_number(text) for text in ("十二", "二十", "〇七", "一〇七", "一百", "一百一十二", "元")]
    [12, 20, 7, 107, 100, 112, 1]
    """
    if text == "元":
        return 1
    if text.startswith("一百"):
        return 100 + (han_number(text[2:]) if len(text) > 2 else 0)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (han_number(tens) if tens else 1) * 10 + (han_number(ones) if ones else 0)
    return int("".join(str(max(HAN_DIGITS.index(c) - 2, 0)) for c in text))
