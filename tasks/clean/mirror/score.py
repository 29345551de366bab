"""score: how well a text reads, character by character.

Reads    the model, characters as the model knows them
Adds     costs (negative decimal logarithms)
Source   two views of one word list, averaged: the best division into words (Viterbi, words of up to
         four characters), and pairs of neighbours; each is right where the other is not

Wrong for names and rare words, which no word list has.
"""

import functools

from tasks.clean.mirror.model import UNSEEN_BEGIN, UNSEEN_END, load_model

Costs = tuple[float, float, float, float]
"""Cost of a text up to its end and up to one, two and three characters before it."""
START: Costs = (0.0, 99.0, 99.0, 99.0)

PAIR_WEIGHT = 0.5
WORD_WEIGHT = 0.5

_UNSEEN = (WORD_WEIGHT * UNSEEN_BEGIN, UNSEEN_BEGIN)


class Scorer:
    """Scores characters after others; one per process, see ``load_scorer``."""

    def __init__(self) -> None:
        model = load_model()
        self.begin, self.end = model.begin, model.end
        self.pair, self.word = model.pair, model.word
        self.own = {char: (WORD_WEIGHT * model.alone[char], cost) for char, cost in model.begin.items()}

    def follow(self, before: str, char: str) -> float:
        """Return the cost of a character after another."""
        cost = self.pair.get(ord(before) << 16 | ord(char))
        if cost is None:
            return self.end.get(before, UNSEEN_END) + self.begin.get(char, UNSEEN_BEGIN)
        return cost

    def extend(self, costs: Costs, tail: str, char: str, more: float = 0.0) -> Costs:
        """Return the costs of a text that ends in ``tail`` and goes on with a character, which costs ``more``."""
        a, b, c, d = costs
        before = tail[-1]
        alone, begin = self.own.get(char, _UNSEEN)
        best = a + alone
        cost = self.pair.get(ord(before) << 16 | ord(char))
        if cost is None:  # no word has the two side by side
            more += PAIR_WEIGHT * (self.end.get(before, UNSEEN_END) + begin)
            return best + more, a + more, b + more, c + more
        more += PAIR_WEIGHT * cost
        word = self.word
        cost = word.get(before + char)
        if cost is not None and b + cost * WORD_WEIGHT < best:
            best = b + cost * WORD_WEIGHT
        cost = word.get(tail[-2:] + char)
        if cost is not None and c + cost * WORD_WEIGHT < best:
            best = c + cost * WORD_WEIGHT
        cost = word.get(tail[-3:] + char)
        if cost is not None and d + cost * WORD_WEIGHT < best:
            best = d + cost * WORD_WEIGHT
        return best + more, a + more, b + more, c + more


@functools.cache
def load_scorer() -> Scorer:
    """Return the scorer."""
    return Scorer()
