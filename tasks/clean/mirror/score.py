"""score: how well a text reads, character by character.

Reads    the model, characters as the model knows them
Adds     costs (negative decimal logarithms)
Source   two views of one word list, averaged: the best division into words (Viterbi, words of up to
         four characters), and pairs of neighbours; each is right where the other is not

Wrong for names and rare words, which no word list has.
"""

import functools
from typing import NamedTuple

from tasks.clean.mirror.model import LONGER, LONGEST, STEP, UNSEEN_BEGIN, UNSEEN_END, load_model

PAIR_WEIGHT = 0.5
WORD_WEIGHT = 0.5

_PAIR = [PAIR_WEIGHT * STEP * step for step in range(256)]
_WORD = [WORD_WEIGHT * STEP * step if step else 99.0 for step in range(256)]
"""Weighted cost for each step; a word of cost 0 is none."""


_TWO, _THREE = 0xFFFFFFFF, 0xFFFFFFFFFFFF
"""The last characters among code points of 16 bits."""


class Known(NamedTuple):
    """A character as the model knows it.

    point: its code point, of 16 bits; begin, alone: costs as in ``Model``, ``alone`` weighted;
    end: what a character costs more after it with which it stands in no word, weighted.
    """

    point: int
    begin: float
    alone: float
    end: float


class Read(NamedTuple):
    """What a text that goes on is judged by.

    cost: of the text up to its end; but_one, but_two, but_three: up to that many characters before it;
    points: code points of its last three characters, 16 bits each; begins: 1 when the last two begin a
    longer word, 2 more when the last three do; end: as in ``Known``, of the last one.
    """

    cost: float
    but_one: float
    but_two: float
    but_three: float
    points: int
    begins: int
    end: float


class Scorer:
    """Scores characters after others; one per process, see ``load_scorer``."""

    def __init__(self) -> None:
        model = load_model()
        self.begin, self.end, self._alone = model.begin, model.end, model.alone
        self.two, self.three, self.four = model.two, model.three, model.four

    def known(self, char: str) -> Known:
        """Return what is known of a character."""
        begin = self.begin.get(char, UNSEEN_BEGIN)
        alone = WORD_WEIGHT * self._alone.get(char, UNSEEN_BEGIN)
        return Known(min(ord(char), 0xFFFF), begin, alone, PAIR_WEIGHT * self.end.get(char, UNSEEN_END))

    def start(self, before: Known) -> Read:
        """Return the text that has yet to begin, after a character."""
        return Read(0.0, 99.0, 99.0, 99.0, before.point, 0, before.end)

    def follow(self, before: str, char: str) -> float:
        """Return the cost of a character after another."""
        steps = self.two.get(ord(before) << 16 | ord(char))
        if steps is None:
            return self.end.get(before, UNSEEN_END) + self.begin.get(char, UNSEEN_BEGIN)
        return (steps & 0xFF) * STEP

    def extend(self, read: Read, known: Known, more: float = 0.0) -> Read:
        """Return a text that goes on with a character, which costs ``more``."""
        a, b, c, d, points, begins, end_before = read
        point, begin, alone, end = known
        points = points << 16 | point
        best = a + alone
        two = self.two.get(points & _TWO)
        if two is None:  # no word has the two side by side
            more += end_before + PAIR_WEIGHT * begin
            return _new(Read, (best + more, a + more, b + more, c + more, points & _THREE, 0, end))
        more += _PAIR[two & 0xFF]
        if (cost := b + _WORD[two >> 8 & 0xFF]) < best:
            best = cost
        longer = 1 if two & LONGER else 0
        if begins:
            if begins & 1 and (three := self.three.get(points & _THREE)):
                if (cost := c + _WORD[three & 0xFF]) < best:
                    best = cost
                if three & LONGEST:
                    longer |= 2
            if begins & 2 and (four := self.four.get(points)) and (cost := d + _WORD[four]) < best:
                best = cost
        return _new(Read, (best + more, a + more, b + more, c + more, points & _THREE, longer, end))


_new = tuple.__new__
"""Makes a named tuple in a third of the time that its own constructor takes; the search makes many."""


@functools.cache
def load_scorer() -> Scorer:
    """Return the scorer."""
    return Scorer()
