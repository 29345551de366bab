"""signed: who signs a text at its foot, by name and day: essays, letters, weblogs.

Reads    the last lines of the body and the first below it
Gives    the name or the day, and its line
Wrong for a letter quoted at the end of an article by nobody
"""

import re
from collections.abc import Iterator
from typing import Final

from tasks.metadata.alone import is_plain_word, is_told_of, is_word_of_two
from tasks.metadata.dates import PrintedDate, find_dates
from tasks.metadata.pen_names import is_pen_name, is_spaced_name
from tasks.metadata.zones import Zones

REACH: Final = 2
"""Lines below the body among which the day stands; as many above its last one."""
LONGEST: Final = 36
"""Characters of a line that signs."""
LONGEST_DAY: Final = 18
LONGEST_SIGNER: Final = 40
"""Characters of a day alone on its line, and of the name of the office above it."""
_SENTENCE: Final = re.compile(r"[。!?;]")
_BEFORE_DAY: Final = re.compile(
    r"(?:-{1,2}|[(/]|文/|by )?\s?(?P<name>[^\s()/,。:]{2,16}|[\u3400-\u9fff] {1,3}[\u3400-\u9fff])?\s*"
    r"(?:[写记作草改定完脱]{0,2}稿?[于在]|[谨敬]?[识记启上书])?\s*\(?",
    re.IGNORECASE,
)
"""What stands before the day: a name, 写于."""
_BEHIND_DAY: Final = re.compile(
    r"[夜晚晨凌午早上下深初]{0,2}[写记作草改定完脱]{0,2}稿?(?:[于在][\u3400-\u9fff·]{2,10})?[\s)。]*"
)
"""What stands behind it: 夜, 写于江城."""
_ALONE: Final = re.compile(
    r"(?:-{1,2}|文/|by )?\s?(?P<name>[^\s()/,。:]{2,16}?|[\u3400-\u9fff] {1,3}[\u3400-\u9fff])"
    r"(?:\s?[谨敬](?:识|记|启|上|书)|\s?[写记作草]?[于在][\u3400-\u9fff·]{2,8})?",
    re.IGNORECASE,
)
"""A name on the line above the day, with 谨识 or 于江城."""
_HANDLE: Final = re.compile(r"[A-Za-z][A-Za-z_.-]{2,18}\d{0,4}")
_OF_PLACES: Final = frozenset("城州山江河湖海县市镇乡村里门阳安京宁津港湾岛川原")
"""What the names of places end with, which stand above a day as names of people do."""
_OTHERS: Final = frozenset(("comment", "related", "navigation", "legal", "share", "contact"))
_WORDS: Final = frozenset(
    "admin top back home page next edit editor print close copyright updated update posted date".split()
)


def signed_by(zones: Zones) -> tuple[str, int] | None:
    """Return the name above, before or below the day that ends the text, and its line."""
    for index, date in _days(zones):
        text, folded = zones.texts[index].strip(), zones.folded(index)
        before = _BEFORE_DAY.fullmatch(folded[: date.start])
        if before is None:
            continue
        if before["name"]:
            if _is_name(before["name"], zones):
                return text[slice(*before.span("name"))], index
            continue
        above = _ALONE.fullmatch(zones.folded(index - 1).rstrip())
        if above is not None and zones.labels[index - 1] not in _OTHERS and _is_name(above["name"], zones):
            return zones.texts[index - 1].rstrip()[slice(*above.span("name"))], index - 1
        below = zones.next_text(index).strip()
        if len(below) == 3 and date.minute is None and zones.labels[index + 1] not in _OTHERS:
            folded = zones.folded(index + 1).strip()
            if is_plain_word(folded) and _is_name(folded, zones):
                return below, index + 1
    return None


def signed_on(zones: Zones) -> tuple[PrintedDate, int] | None:
    """Return the day that ends the text, and its line: below an office or a name, behind a name, beside 写于 or a place."""
    if (date := _below_signer(zones)) is not None:
        return date, zones.last
    for index, date in _days(zones):
        before = _BEFORE_DAY.fullmatch(zones.folded(index)[: date.start])
        if before is not None and (not before["name"] or _is_name(before["name"], zones)):
            return date, index
    return None


def _below_signer(zones: Zones) -> PrintedDate | None:
    """Return the day that ends the body alone on a line, below the name of an office: that of a notice."""
    if not 0 < zones.last < len(zones.texts) or zones.last - 1 <= zones.first:
        return None
    text, above = zones.folded(zones.last), zones.folded(zones.last - 1)
    if len(text) > LONGEST_DAY or len(above) > LONGEST_SIGNER or _SENTENCE.search(above[-1:]):
        return None
    date = next(find_dates(text), None)
    is_alone = date is not None and date.year is not None and date.day is not None
    if date is None or not is_alone or len(text) - (date.end - date.start) > 2:
        return None
    return date


def _days(zones: Zones) -> Iterator[tuple[int, PrintedDate]]:
    """Yield the lines at the foot that hold a whole day, and hardly anything else."""
    if zones.last - 1 <= zones.first:
        return
    for index in range(zones.last - 1, min(zones.last + 1 + REACH, len(zones.texts))):
        folded = zones.folded(index).rstrip()
        if not 6 <= len(folded) <= LONGEST or zones.labels[index] in _OTHERS:
            continue
        date = next(find_dates(folded), None)
        if date is None or date.year is None or date.day is None:
            continue
        if _BEHIND_DAY.fullmatch(folded, date.end) and not _is_of_comment(zones, index, date):
            yield index, date


def _is_of_comment(zones: Zones, index: int, date: PrintedDate) -> bool:
    """Tell whether a day with its time may head a comment: anything but furniture stands below it."""
    if date.minute is None or index <= zones.last:
        return False
    return any(label not in _OTHERS or label == "comment" for label in zones.labels[index + 1 :])


def _is_name(folded: str, zones: Zones) -> bool:
    """Tell whether a word is a name, a pen name, or what somebody calls himself in Latin letters."""
    if _HANDLE.fullmatch(folded):
        return folded.lower() not in _WORDS and "." not in folded[-4:]
    if not (is_spaced_name(folded) or is_pen_name(folded) or is_plain_word(folded)):
        return False
    is_place = len(folded) == 2 and folded[1] in _OF_PLACES
    return not is_place and not is_word_of_two(folded) and not is_told_of(folded, zones)
