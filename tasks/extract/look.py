"""look: each line of a page by itself: its folded form, what its words say, what it weighs.

Lines are looked at together, because folding and looking for telling characters cost little more
for a page than for a line. Short lines are remembered, as sites print them on every page.
"""

from collections.abc import Sequence
from itertools import starmap

from tasks.extract.fold import EDGE, fold_lines
from tasks.extract.kinds import Kind
from tasks.extract.prose import ends_sentence, hides_sentence, is_filed, weigh
from tasks.extract.scored import Scored
from tasks.extract.vocabulary import words_of

REMEMBERED = 60
"""Characters of the longest line that is remembered."""
MOST_REMEMBERED = 32_768
"""Lines remembered; then all are forgotten, as those of a site come back with its next page."""

_Look = tuple[str, int, bool, bool, int, Kind | None, float]
"""The first fields of ``Scored``."""

_remembered: dict[str, _Look] = {}


def look_at(texts: Sequence[str]) -> list[Scored]:
    """Return the lines of a page, each looked at by itself."""
    if len(_remembered) > MOST_REMEMBERED:
        forget_lines()
    # in the order of the page: what is asked of its lines later finds them side by side in memory
    new = [text for text in dict.fromkeys(texts) if text not in _remembered]
    _remembered.update(_look_at_new(new))
    scored = list(starmap(Scored, map(_remembered.__getitem__, texts)))
    for text in new:
        if len(text) > REMEMBERED:
            del _remembered[text]
    return scored


def forget_lines() -> None:
    """Forget the remembered lines, as measurements and changes of the tables need."""
    _remembered.clear()


def _look_at_new(texts: Sequence[str]) -> dict[str, _Look]:
    looks: dict[str, _Look] = {}
    if not texts:
        return looks
    found = fold_lines(texts)
    lines = found.text.split("\n")[:-1]
    words = words_of(found.text, lines)
    columns = zip(
        texts, lines, found.sizes, words.sentences, words.functions, words.kinds, words.wires, strict=True
    )
    for text, folded, size, sentence, function, kind, wire in columns:
        if not sentence and ("." in folded or len(text) > 2 * EDGE):
            sentence = hides_sentence(text, folded)
        ends = sentence and is_filed(text) if text[-1:].isalnum() else ends_sentence(text[-40:], folded)
        weight = -kind.cost if kind is not None else weigh(folded, size, sentence, ends, function, wire)
        looks[text] = folded, size, sentence, ends, function, kind, weight
    return looks
