"""title_prose: where the prose of a page begins, above which its title stands.

Reads    texts and links of a page
Gives    the line; the number of lines when nothing looks like prose
"""

import re
from collections.abc import Sequence
from typing import Final

from tasks.extract.wrap import width_of
from tasks.lines import Page

PROSE: Final = 32
"""Characters from which a line with sentence marks counts as prose."""
WRAPPED: Final = 14
"""The same where no line is that long."""
VERSE: Final = 8
"""The same where no line is as long as that either."""
PARAGRAPH: Final = 70
"""Characters from which such a line is a paragraph whatever it ends with."""
NEAR: Final = 8
"""Lines at the start of a run of prose that may still be headlines."""
LONGEST_NOTE: Final = 140
"""Characters beyond which a line is prose, whatever it speaks of."""
LONGEST_TABLE: Final = 40
CELL: Final = 24
"""Lines of a table within the text, and characters of a line of it."""
NARROWEST: Final = 56
RAGGED: Final = 4
FEWEST_FULL: Final = 2
MOST_OTHER: Final = 2
"""Columns of the narrowest page, those a line may fall short of it or go beyond, how many lines fill it, and how many
others may stand between two that do."""
CONTRAST: Final = 20
"""What a line that is no prose takes from a run: three menus end a run, a subheading does not."""

_FIGURE: Final = re.compile(r"\d")
_DAY: Final = re.compile(r"(?:19|20)\d\d[-/.年]\d|\d:\d\d")
_SENTENCE: Final = re.compile(r"[，。！？；,!?;]")
_STOP: Final = re.compile(r"[。！？!?；…][”」』）)]*\s*$|。")
_END: Final = re.compile(r"[。！？!?；;：:…][”」』）)]*\s*$")
NOTE: Final = re.compile(
    r"[jJcCbB瀏浏內内隱隐\u3041-\u309f](?:(?<=[jJ])(?i:avascript)|(?<=[cC])(?i:ookie)|(?<=[bB])(?i:rowser)|(?<=[瀏浏])[覽览]器|"
    r"(?<=[內内])容分[級级]|(?<=[隱隐])私[權权聲声政條条]|(?<=[\u3041-\u309f])[\u3041-\u309f]{3})"
)
"""What a page says of browsers, of its rating and of privacy, above everything else; what it says in Japanese."""


def prose_start(texts: Sequence[str], page: Page) -> int:
    """Return the index of the first line of the longest stretch of prose; the number of lines without one.

    Maximum-sum run (Kadane): a prose line adds its length up to 200, any other takes ``CONTRAST``.
    A text without long lines is hard-wrapped or in verse: then lines of ``WRAPPED`` count.
    """
    found = _longest_run(texts, page, PROSE)
    if found == len(texts):
        found = _longest_run(texts, page, WRAPPED)
        return found if found < len(texts) else _longest_run(texts, page, VERSE)
    for index in range(found, min(found + NEAR, len(texts))):
        if _opens_prose(texts[index]):
            return index if page.is_html else _above_wrapped(texts, _above_table(texts, index))
    return found


def _above_wrapped(texts: Sequence[str], start: int) -> int:
    """Return the first line of the text that ``start`` stands in, where it is broken to fit a width.

    Its lines fill the width and end anywhere; the last ones of paragraphs and headings stand between them.
    """
    near = range(max(start - 1, 0), min(start + 2, len(texts)))
    open_ended = [index for index in near if not _END.search(texts[index])]
    width = max((_columns(texts[index]) for index in open_ended), default=0)
    below = [index for index in open_ended if index >= start and width - _columns(texts[index]) <= RAGGED]
    first, full, marked, other = start, len(below), len(below), 0
    for index in range(start - 1, -1, -1) if width >= NARROWEST else ():
        if abs(_columns(texts[index]) - width) <= RAGGED and not _END.search(texts[index]):
            first, other = index, 0
            full += 1
            marked += _SENTENCE.search(texts[index]) is not None
        elif (other := other + 1) > MOST_OTHER:
            break
    return first if below and full >= FEWEST_FULL and marked * 2 >= full else start


def _columns(text: str) -> int:
    """Return the columns that a line fills, its indent too."""
    return width_of(text) + len(text) - len(text.lstrip())


def _above_table(texts: Sequence[str], start: int) -> int:
    """Return the paragraph that only a table or list parts from the prose: short lines, a quarter with a figure."""
    figures = 0
    for index in range(start - 1, max(start - LONGEST_TABLE, -1), -1):
        text = texts[index].strip()
        if len(text) > CELL:
            between = start - 1 - index
            opens = text.endswith(("。", "：", ":")) and ("，" in text or "," in text)
            return index if opens and 2 <= between <= 4 * figures else start
        if _DAY.search(text):
            return start
        figures += _FIGURE.search(text) is not None
    return start


def _opens_prose(text: str) -> bool:
    """Tell whether a line with sentence marks is text for certain: headlines and paths have marks, but no end."""
    return len(text) >= PARAGRAPH or _STOP.search(text) is not None


def _longest_run(texts: Sequence[str], page: Page, least: int) -> int:
    best = total = 0
    start, best_start = 0, len(texts)
    for index, text in enumerate(texts):
        size = len(text)
        if size < least or page.lines[index].link_share >= 0.5 or not is_prose(text):
            total -= CONTRAST
            continue
        if total <= 0:
            total, start = 0, index
        total += min(size, 200)
        if total > best:
            best, best_start = total, start
    return best_start


def is_prose(text: str) -> bool:
    """Tell whether a long line has a sentence mark and is no note of a page on itself."""
    if text.isascii() or _SENTENCE.search(text) is None:
        return False
    return len(text) > LONGEST_NOTE or NOTE.search(text) is None
