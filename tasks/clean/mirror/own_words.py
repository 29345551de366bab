"""own_words: what a page says elsewhere speaks for a character of which only one half is left.

Reads    the text of the page as received, readings left out
Gives    what a guessed character costs less, beside the model's cost
Source   chosen on articles with the noise of three families of sites: more for a character adds wrong
         ones, more for a pair changes nothing
"""

from collections import Counter
from itertools import pairwise

import numpy as np

from tasks.clean.mirror.gate import READING_NOTE
from tasks.clean.mirror.neighbours import Steps, load_neighbours, steps
from tasks.clean.mirror.tables import load_tables

KNOWN = 0.5
FEWEST = 2
"""What a Chinese character is worth that the page has so often."""
PAIR = 0.5
"""What it is worth more where the page has it behind the same character."""


class OwnWords:
    """The characters and pairs of a page, counted when the first is asked for."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._characters: frozenset[str] | None = None
        self._pairs: frozenset[tuple[str, str]] = frozenset()
        self._steps: Steps | None = None

    def worth(self, before: str, char: str) -> float:
        """Return what a character is worth behind another, both as the model knows them."""
        if char not in self._known():
            return 0.0
        return KNOWN + PAIR if (before, char) in self._pairs else KNOWN

    def steps(self) -> Steps:
        """Return what every character of the model is worth by itself, in steps of ``model.STEP``."""
        if self._steps is None:
            ids = load_neighbours().ids
            self._steps = np.zeros(len(ids), np.int16)
            self._steps[[ids[char] for char in self._known() if char in ids]] = steps(KNOWN)
        return self._steps

    def _known(self) -> frozenset[str]:
        """Return the characters that speak for themselves, and note the pairs."""
        if self._characters is None:
            known_as = load_tables().known_as
            shown = READING_NOTE.sub("", self._text)
            known = [known_as.get(char, char) for char in shown]
            counts = Counter(known).items()
            self._characters = frozenset(
                char for char, count in counts if count >= FEWEST and "\u3400" <= char <= "\u9fff"
            )
            self._pairs = frozenset(pairwise(known))
        return self._characters
