"""title_place: what the position of a line says about its being the title: above the prose, beside the date, within text.

Works without markup; with markup the score is added to that of the markup.
"""

import re
from collections.abc import Callable, Sequence
from typing import Final

from tasks.lines import Page
from tasks.metadata.folding import fold_lines
from tasks.metadata.names import COMPOUND_SURNAMES, SURNAMES, is_likely_name
from tasks.metadata.title_prose import NOTE, PROSE, WRAPPED, is_prose, prose_start
from tasks.metadata.title_shape import AFFILIATION, is_metadata

SENTENCE: Final = 18
ABOVE: Final = 12
MANY: Final = 3
"""Characters of a sentence, lines in which they stand above a line within text, and how many are enough."""
FEWEST_PLAIN: Final = 6
LONGEST_PLAIN: Final = 40
"""Lines of a text without marks, and characters of a line of it."""
LONGEST_BROKEN: Final = 4
"""Lines above one that goes on with them."""
MOST_NEAR: Final = 3.0
"""More than metadata below and above a line can add."""

_SPEAKER: Final = re.compile(r"[^\s:。,]{1,8}\s?:")
NAMES_APART: Final = re.compile(r"[\s、,;]+")


class Surroundings:
    """Neighbours of the lines of one page; each line is folded and judged once. folded: returns the folded text of a line."""

    def __init__(self, page: Page, texts: Sequence[str]) -> None:
        self.page = page
        self.texts = texts
        self.prose = prose_start(texts, page)
        self._folded = fold_lines(texts)
        self.folded: Callable[[int], str] = self._folded.__getitem__
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
        return ("，" in text or "," in text or "。" in text[:-1]) and not NOTE.search(text)

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
        return len(self.texts[index]) < WRAPPED and is_prose(self.texts[index])

    def is_spoken(self, index: int) -> bool:
        """Tell whether a line opens with a speaker whose name opens others too."""
        speaker = _SPEAKER.match(self._folded[index])
        if speaker is None:
            return False
        return sum(folded.startswith(speaker[0]) for folded in self._folded) >= MANY

    def goes_on(self, index: int) -> bool:
        """Tell whether a line goes on with those above it: lines with a comma, the first of them ended by it."""
        for above in range(index - 1, max(index - 1 - LONGEST_BROKEN, -1), -1):
            folded = self._folded[above].rstrip()
            if "," not in folded or self.page.lines[above].link_share:
                return False
            if folded.endswith(","):
                return True
        return False

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
