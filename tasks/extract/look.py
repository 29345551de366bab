"""look: each line of a page by itself: its folded form, what its words say, what it weighs.

Lines are looked at together, because folding and looking for telling characters cost little more
for a page than for a line. Short lines are remembered, as sites print them on every page.
"""

from collections.abc import Sequence

from tasks.extract.fold import EDGE, fold_lines
from tasks.extract.kinds import Kind
from tasks.extract.prose import ends_sentence, hides_sentence, sizes_of, weigh
from tasks.extract.scored import Scored
from tasks.extract.signs import MARK_SIGN, WIRE_SIGN
from tasks.extract.vocabulary import kind_by_signs, signs_of

REMEMBERED = 60
"""Characters of the longest line that is remembered."""
MOST_REMEMBERED = 32_768
"""Lines remembered; then all are forgotten, as those of a site come back with its next page."""

_Look = tuple[str, int, bool, bool, int, Kind | None, float]
"""The first fields of ``Scored``."""

_remembered: dict[str, _Look] = {}


def look_at(texts: Sequence[str]) -> list[Scored]:
    """Return the lines of a page, each looked at by itself."""
    looks = _look_at_new([*set(texts).difference(_remembered)])
    scored = [Scored(*(looks.get(text) or _remembered[text])) for text in texts]
    if len(_remembered) + len(looks) > MOST_REMEMBERED:
        forget_lines()
    _remembered.update({text: look for text, look in looks.items() if len(text) <= REMEMBERED})
    return scored


def forget_lines() -> None:
    """Forget the remembered lines, as measurements and changes of the tables need."""
    _remembered.clear()


def _look_at_new(texts: Sequence[str]) -> dict[str, _Look]:
    folded = fold_lines(texts)
    columns = zip(texts, folded, sizes_of(texts), *signs_of(folded), strict=True)
    return {row[0]: _look(*row) for row in columns}


def _look(text: str, folded: str, size: int, signs: int, function: int) -> _Look:
    """Return what is seen of one line; function: number of its function characters."""
    kind = kind_by_signs(folded, signs)
    sentence = signs & MARK_SIGN != 0
    if not sentence and ("." in folded or len(text) > 2 * EDGE):
        sentence = hides_sentence(text, folded)
    ends = not text[-1:].isalnum() and ends_sentence(text[-40:], folded)
    if kind is not None:
        weight = -kind.cost
    else:
        weight = weigh(folded, size, sentence, ends, function, wire=signs & WIRE_SIGN != 0)
    return folded, size, sentence, ends, function, kind, weight
