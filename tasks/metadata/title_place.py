"""title_place: what the position of a line says about its being the title: above the prose, beside the date, within text.

Works without markup; with markup the score is added to that of the markup.
"""

import re
from collections.abc import Sequence
from typing import Final

from tasks.lines import Page
from tasks.metadata.folding import fold_lines
from tasks.metadata.names import COMPOUND_SURNAMES, SURNAMES, is_likely_name
from tasks.metadata.title_shape import AFFILIATION, is_metadata

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
SENTENCE: Final = 18
ABOVE: Final = 12
MANY: Final = 3
"""Characters of a sentence, lines in which they stand above a line within text, and how many are enough."""
LONGEST_TABLE: Final = 40
CELL: Final = 24
"""Lines of a table within the text, and characters of a line of it."""
FEWEST_PLAIN: Final = 6
LONGEST_PLAIN: Final = 40
"""Lines of a text without marks, and characters of a line of it."""
CONTRAST: Final = 20
"""What a line that is no prose takes from a run: three menus end a run, a subheading does not."""
MOST_NEAR: Final = 3.0
"""More than metadata below and above a line can add."""

_FIGURE: Final = re.compile(r"\d")
_DAY: Final = re.compile(r"(?:19|20)\d\d[-/.年]\d|\d:\d\d")
_SPEAKER: Final = re.compile(r"[^\s:。,]{1,8}\s?:")
_SENTENCE: Final = re.compile(r"[，。！？；,!?;]")
_STOP: Final = re.compile(r"[。！？!?；…][”」』）)]*\s*$|。")
_NOTE: Final = re.compile(
    r"[jJcCbB瀏浏內内隱隐\u3041-\u309f](?:(?<=[jJ])(?i:avascript)|(?<=[cC])(?i:ookie)|(?<=[bB])(?i:rowser)|(?<=[瀏浏])[覽览]器|"
    r"(?<=[內内])容分[級级]|(?<=[隱隐])私[權权聲声政條条]|(?<=[\u3041-\u309f])[\u3041-\u309f]{3})"
)
"""What a page says of browsers, of its rating and of privacy, above everything else; what it says in Japanese."""
NAMES_APART: Final = re.compile(r"[\s、,;]+")


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
            return index if page.is_html else _above_table(texts, index)
    return found


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
        if size < least or page.lines[index].link_share >= 0.5 or not _is_prose(text):
            total -= CONTRAST
            continue
        if total <= 0:
            total, start = 0, index
        total += min(size, 200)
        if total > best:
            best, best_start = total, start
    return best_start


def _is_prose(text: str) -> bool:
    """Tell whether a long line has a sentence mark and is no note of a page on itself."""
    if text.isascii() or _SENTENCE.search(text) is None:
        return False
    return len(text) > LONGEST_NOTE or _NOTE.search(text) is None


class Surroundings:
    """Neighbours of the lines of one page; each line is folded and judged once."""

    def __init__(self, page: Page, texts: Sequence[str]) -> None:
        self.page = page
        self.texts = texts
        self.prose = prose_start(texts, page)
        self._folded = fold_lines(texts)
        self._metadata: dict[int, bool] = {}
        if not page.is_html and not (self.prose < len(texts) and len(texts[self.prose]) >= WRAPPED):
            self.prose = min(self.prose, self._block_start())

    def _block_start(self) -> int:
        """Return where most lines without a mark stand together, on a page that has no prose."""
        best = start = 0
        found = len(self.texts)
        for index in range(len(self.texts) + 1):
            if index < len(self.texts) and self._is_plain(index):
                continue
            if index - start > max(best, FEWEST_PLAIN):
                best, found = index - start, start
            start = index + 1
        return found

    def _is_plain(self, index: int) -> bool:
        folded = self._folded[index]
        return (
            3 <= len(folded) <= LONGEST_PLAIN
            and folded.count(" ") < MANY
            and "|" not in folded
            and not self.is_metadata(index)
        )

    def folded(self, index: int) -> str:
        """Return the folded text of a line."""
        return self._folded[index]

    def is_metadata(self, index: int) -> bool:
        """Tell whether a line is one of metadata."""
        found = self._metadata.get(index)
        if found is None:
            found = self._metadata[index] = len(self.texts[index]) <= 160 and is_metadata(self.folded(index))
        return found

    def is_sentence(self, index: int) -> bool:
        """Tell whether a line is a sentence for certain, which parts a headline from the days below it."""
        if len(self.texts[index]) < SENTENCE:
            return False
        text = self.texts[index].rstrip("”」』）) ")
        if len(text) < SENTENCE or not text.endswith(("。", "！", "？", "：", "!", "?", ":")):
            return False
        return ("，" in text or "," in text or "。" in text[:-1]) and not _NOTE.search(text)

    def is_below_text(self, index: int) -> bool:
        """Tell whether a line stands within text: sentences close above it, and no day with text below it."""
        above = sum(self.is_sentence(i) for i in range(max(index - ABOVE, 0), index))
        if above == 0 or above >= MANY:
            return above > 0
        below = range(index + 1, min(index + 3, len(self.texts)))
        day = next((i for i in below if self.is_metadata(i)), -1)
        after = range(day + 1, min(day + 1 + ABOVE, len(self.texts)))
        return day < 0 or not any(self.is_sentence(i) for i in after)

    def dated(self, most: int) -> list[int]:
        """Return the first lines, ``most`` at most, that print a date and are metadata."""
        found: list[int] = []
        for index, text in enumerate(self.texts):
            if len(text) <= 140 and ("20" in text or "19" in text) and self.is_metadata(index):
                found.append(index)
                if len(found) == most:
                    break
        return found

    def _are_names(self, index: int) -> bool:
        """Tell whether a line holds the authors: names, above where they work, or several above the day."""
        folded = self._folded[index]
        if len(folded) > 40 or index + 1 == len(self.texts):
            return False
        if folded[:1] not in SURNAMES and folded[:2] not in COMPOUND_SURNAMES:
            return False
        names = NAMES_APART.split(folded)
        if len(names[0]) > 4 or not all(map(is_likely_name, names)):
            return False
        is_row = 2 <= len(names) <= 4 and max(map(len, names)) == 3 and self.is_metadata(index + 1)
        return is_row or AFFILIATION.fullmatch(self._folded[index + 1]) is not None

    def _is_abstract(self, index: int) -> bool:
        """Tell whether a sentence stands between a headline and the day: metadata below, text below that."""
        return index + 2 < self.prose and self.is_metadata(index + 1)

    def _is_verse(self, index: int) -> bool:
        """Tell whether a line that opens the prose is one of verse."""
        return len(self.texts[index]) < WRAPPED and _is_prose(self.texts[index])

    def is_spoken(self, index: int) -> bool:
        """Tell whether a line opens with a speaker whose name opens others too."""
        speaker = _SPEAKER.match(self._folded[index])
        if speaker is None:
            return False
        return sum(folded.startswith(speaker[0]) for folded in self._folded) >= MANY

    def score(self, index: int) -> float:
        """Return what stands around a line: metadata close below, prose not far below."""
        return self.near(index) + self.place(index)

    def near(self, index: int) -> float:
        """Return what metadata close to a line adds, 0 to ``MOST_NEAR``."""
        score = 0.0
        texts, known, is_html = self.texts, self._metadata, self.page.is_html
        for below in range(index + 1, min(index + 6, len(texts))):
            if not is_html and len(texts[below]) >= SENTENCE and self.is_sentence(below):
                if below == index + 1 and self._is_abstract(below):
                    continue
                break
            if known[below] if below in known else self.is_metadata(below):
                score += 2.6 - 0.4 * (below - index)
                break
        for step in range(1, 3):
            if index - step >= 0 and self.is_metadata(index - step):
                score += 0.9 - 0.2 * step
                break
        return score

    def place(self, index: int) -> float:
        """Return what the place of a line above the prose or in it says; names are no title wherever they stand."""
        score = -3.0 if self._are_names(index) else 0.0
        away = self.prose - index
        if away > 0 or (away == 0 and len(self.texts[index]) < PROSE and not self._is_verse(index)):
            return (
                score + 1.5 - min(0.06 * away, 2.5) + (0.8 if index == 0 and not self.page.is_html else 0.0)
            )
        return score - 1.0 - min(0.1 * -away, 2.0)
