"""cron: whether a cron expression means anything: five fields in range, and a day that comes.

Reads    an expression, as in ``schedule`` of a source
Adds     nothing: says in words what is wrong with it
Source   POSIX crontab; names, ``L``, ``#``, ``?`` and ``@daily`` as Prefect's reader has them, whose seconds,
         hashed and random fields are refused
"""

import re
from typing import NamedTuple

_SHORT = frozenset(("@hourly", "@daily", "@midnight", "@weekly", "@monthly", "@yearly", "@annually"))
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
"""Days of the months, at most."""


class _Field(NamedTuple):
    """A field of an expression. least, most: its numbers; words: names for some of them."""

    name: str
    least: int
    most: int
    words: dict[str, int]

    def number(self, text: str) -> int:
        return self.words[text] if text in self.words else int(text) if text.isdigit() else -1


_DAY = _Field("day of the month", 1, 31, {})
_MONTH = _Field("month", 1, 12, {name: number for number, name in enumerate(_MONTHS, 1)})
_WEEKDAY = _Field("day of the week", 0, 7, {name: number for number, name in enumerate(_DAYS)})
_FIELDS = (_Field("minute", 0, 59, {}), _Field("hour", 0, 23, {}), _DAY, _MONTH, _WEEKDAY)

_PART = re.compile(r"(?:(\*)|([a-z]{3}|[0-9]{1,3})(?:-([a-z]{3}|[0-9]{1,3}))?)(?:/([0-9]{1,3}))?")
_NTH = re.compile(rf"(?:[0-7]|{'|'.join(_DAYS)})#[1-5]|l[0-7]")
"""The second Friday (``5#2``), the last one (``L5``)."""


def cron_mistake(expression: str) -> str | None:
    """Return what is wrong with a cron expression, ``None`` when it says when.

    >>> cron_mistake("61 * * * *"), cron_mistake("0 0 30 2 *"), cron_mistake("*/5 8-20 * * mon-fri")
    ('61 is no minute (0 to 59)', 'that day never comes', None)
    """
    words = expression.lower().split()
    if len(words) == 1 and words[0] in _SHORT:
        return None
    if len(words) != len(_FIELDS):
        return (
            f"it has {len(words)} of the five fields"
            if len(words) < len(_FIELDS)
            else f"it has {len(words)} fields, not five"
        )
    for word, field in zip(words, _FIELDS, strict=True):
        for part in word.split(","):
            if not _is_special(part, word, field) and (wrong := _wrong_in(part, field)):
                return wrong
    if words[2] not in ("*", "?") and _NTH.match(words[4]):
        return f"{words[4]!r} needs * as the day of the month"  # Prefect's reader wants both on one day
    return None if _day_comes(words[2], words[3]) else "that day never comes"


def _is_special(part: str, word: str, field: _Field) -> bool:
    """Signs that only the fields of days know; ``?`` stands alone."""
    if field is _DAY:
        return part == "l" or word == "?"
    # Prefect's reader takes no such days beside plain ones
    return field is _WEEKDAY and (word == "?" or all(map(_NTH.fullmatch, word.split(","))))


def _wrong_in(part: str, field: _Field) -> str | None:
    found = _PART.fullmatch(part)
    if found is None:
        return f"{part!r} is no {field.name}"
    _, first, last, step = found.groups()
    for each in (first, last):
        if each is not None and not field.least <= field.number(each) <= field.most:
            return f"{each} is no {field.name} ({field.least} to {field.most})"
    return f"{part!r}: a step of 0 leads nowhere" if step is not None and int(step) == 0 else None


def _day_comes(days: str, months: str) -> bool:
    """Say whether one of the months has one of the days; the end of a month always comes."""
    earliest = min(1 if part in ("l", "?") else _values(part, _DAY)[0] for part in days.split(","))
    return any(
        earliest <= _LONGEST[month - 1] for part in months.split(",") for month in _values(part, _MONTH)
    )


def _values(part: str, field: _Field) -> range:
    """The numbers of a part that is right; those of a range that leads backwards, or nowhere, are all."""
    found = _PART.fullmatch(part)
    assert found is not None
    star, first, last, step = found.groups()
    low = field.least if star else field.number(first)
    high = field.most if star or (step and not last) else field.number(last or first)
    if low > high or (last and low == high):
        low, high = field.least, field.most
    return range(low, high + 1, int(step or 1))
