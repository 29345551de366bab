"""witnesses: whether two texts that share nothing are parts of one article, or two articles on one page.

Source   a page that holds both may be either. A text that was published in several pages is copied as a whole
         again and again, while pages that join two articles are few compared with the copies of each. So the
         documents that hold both are counted against those that hold one, of which only overlapping ones count:
         the pages of one text do not overlap.
"""

from collections.abc import Iterable, Sequence
from itertools import islice

from tasks.dedupe.scene import Scene

HELD = 0.5
"""Share of the smaller sketch: what a document holds of a part of its own text, at least."""

AS_LONG = 0.8
"""Ratio of lengths: what holds a part is as long as the part, or nearly."""

FEWEST = 2
"""Documents that must hold both parts: one alone proves nothing."""


def overlap(scene: Scene, members: Sequence[int], count: int) -> bool:
    """Return whether this many of the documents share text with one of them, itself included."""
    if len(members) < count:
        return False
    return any(_are_many((_shares(scene, one, each) for each in members), count) for one in members)


def holders_of_both(scene: Scene, number: int, mine: int, theirs: int) -> list[int]:
    """Return the documents that hold what two clusters are about, the newcomer among them.

    Nothing when they are too few to make the two clusters one.
    """
    one, other = scene.survivor(mine), scene.survivor(theirs)
    both: list[int] = []
    apart: tuple[list[int], list[int]] = [], []
    for member in dict.fromkeys((number, *scene.some(mine), *scene.some(theirs))):
        shares_one, shares_other = _shares(scene, member, one), _shares(scene, member, other)
        if shares_one and shares_other:
            if _is_as_long(scene, member, one) and _is_as_long(scene, member, other):
                both.append(member)
        elif shares_one or shares_other:
            apart[shares_other].append(member)
    if len(both) < FEWEST or any(overlap(scene, each, len(both)) for each in apart):
        return []
    return sorted(both)


def _are_many(answers: Iterable[bool], count: int) -> bool:
    return sum(islice(filter(None, answers), count)) >= count


def _shares(scene: Scene, member: int, part: int) -> bool:
    return member == part or scene.contained(member, part) >= HELD


def _is_as_long(scene: Scene, member: int, part: int) -> bool:
    return scene.standing(member).length >= AS_LONG * scene.standing(part).length
