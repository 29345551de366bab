"""score: how well a text reads, character by character.

Reads    the model, characters as the model knows them
Adds     costs (negative decimal logarithms)
Source   two views of one word list, averaged: the best division into words (Viterbi, words of up to
         four characters), and pairs of neighbours; each is right where the other is not

Wrong for names and rare words, which no word list has.
"""

import functools
from itertools import product

from tasks.clean.mirror.model import UNSEEN_BEGIN, UNSEEN_END, load_model

Costs = tuple[float, float, float, float]
"""Cost of a text up to its end and up to one, two and three characters before it."""
START: Costs = (0.0, 99.0, 99.0, 99.0)

PAIR_WEIGHT = 0.5
WORD_WEIGHT = 0.5

OPENING = "“‘《（【「『〈"
CLOSING = "”’》）】」』〉"
STOPS = "，。、：；？！"
MARK_AFTER_MARK = {
    (OPENING, OPENING): 3.0,
    (OPENING, CLOSING): 8.0,
    (OPENING, STOPS): 10.0,
    (CLOSING, OPENING): 2.6,
    (CLOSING, CLOSING): 3.6,
    (CLOSING, STOPS): 2.4,
    (STOPS, OPENING): 3.0,
    (STOPS, CLOSING): 8.0,
    (STOPS, STOPS): 10.0,
    ("。！？", "”"): 1.6,
    ("。！？", "）"): 3.0,
    ("！？", "！？"): 3.0,
    ("…—", OPENING): 4.0,
    ("…—", STOPS): 8.0,
    ("…", "…"): 0.3,
    ("—", "—"): 0.3,
}
"""Cost of a mark after a mark; later rows win."""


class Scorer:
    """Scores characters after others; one per process, see ``load_scorer``."""

    def __init__(self) -> None:
        model = load_model()
        self.begin, self.end, self.alone, self.word = model.begin, model.end, model.alone, model.word
        self.pair = dict(model.pair)
        for (firsts, seconds), cost in MARK_AFTER_MARK.items():
            for first, second in product(firsts, seconds):
                self.pair[ord(first) << 16 | ord(second)] = cost

    def between(self, before: str, char: str, following: str | None) -> float:
        """Return the cost of a character after one and, if known, before another; by pairs alone."""
        cost = self.follow(before, char)
        return cost if following is None else cost + self.follow(char, following)

    def follow(self, before: str, char: str) -> float:
        """Return the cost of a character after another."""
        cost = self.pair.get(ord(before) << 16 | ord(char))
        if cost is None:
            return self.end.get(before, UNSEEN_END) + self.begin.get(char, UNSEEN_BEGIN)
        return cost

    def extend(self, costs: Costs, tail: str, char: str) -> Costs:
        """Return the costs of a text that ends in ``tail`` and goes on with a character."""
        a, b, c, d = costs
        pair = PAIR_WEIGHT * self.follow(tail[-1], char)
        best = a + WORD_WEIGHT * self.alone.get(char, UNSEEN_BEGIN)
        word = self.word
        cost = word.get(tail[-1:] + char)
        if cost is not None:
            best = min(best, b + cost * WORD_WEIGHT)
        cost = word.get(tail[-2:] + char)
        if cost is not None:
            best = min(best, c + cost * WORD_WEIGHT)
        cost = word.get(tail[-3:] + char)
        if cost is not None:
            best = min(best, d + cost * WORD_WEIGHT)
        return best + pair, a + pair, b + pair, c + pair


@functools.cache
def load_scorer() -> Scorer:
    """Return the scorer."""
    return Scorer()
