"""place: which cluster a document joins, given its copies, and which member is the survivor.

Source   a page that holds two articles is a copy of each, although they are no copies of each other: so a document
         joins one cluster only, and only if it shares text with what that cluster is about
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from tasks.dedupe.compare import compare
from tasks.dedupe.counts import VALUE_BITS, Counts
from tasks.dedupe.ragged import Ints
from tasks.dedupe.rules import COMMON_TITLE, LONGER, is_copy, stands_before
from tasks.dedupe.scene import Scene
from tasks.dedupe.witnesses import holders_of_both, overlap

SAME_TEXT = 0.25
"""Share of the smaller sketch; members of one cluster share more, halves of a joined page less."""

SAME_WHOLE = 0.6
"""Shared part of both texts from which one confirms the length of the other."""

SAME_TITLE = 0.8
"""Share of the shorter title, where titles alone say that two texts which share nothing are one article."""


@dataclass(slots=True)
class Link:
    """A copy found for a document: the other one, and how alike they are. title: -1 when it says nothing."""

    other: int
    jaccard: float
    contained: float
    title: float


@dataclass(slots=True)
class Work:
    """An assignment on its way.

    matched: document -> the one it joined by; touched: clusters whose rows change; gone: documents that leave.
    """

    scene: Scene
    grams: Counts
    titles: Counts
    matched: dict[int, int] = field(default_factory=dict)
    touched: set[int] = field(default_factory=set)
    gone: set[int] = field(default_factory=set)
    alike: dict[tuple[int, int], tuple[bool, bool]] = field(default_factory=dict)
    relations: list[tuple[int, int, float]] = field(default_factory=list)


def place(work: Work, number: int, links: list[Link], seen: dict[int, float]) -> None:
    """Join the cluster of the best link; merge others into it first, if their survivors are copies too.

    seen: documents compared with -> contained share.
    """
    scene = work.scene
    links.sort(key=lambda link: (-(link.jaccard >= 0.9), -(link.title >= 0.5), -link.jaccard, link.other))
    usable: list[Link] = []
    for link in links:
        is_settled = usable and scene.cluster(link.other) == scene.cluster(usable[0].other)
        if not is_settled and _is_about_it(work, number, link, seen):
            usable.append(link)
    if not usable:
        return
    best = usable[0]
    for link in usable[1:]:
        mine, theirs = scene.cluster(best.other), scene.cluster(link.other)
        if mine == theirs:
            continue
        if _are_one(work, mine, theirs, best, link):
            _merge(work, max(mine, theirs), min(mine, theirs))
        elif wholes := holders_of_both(scene, number, mine, theirs):
            _merge(work, max(mine, theirs), min(mine, theirs))
            _let_stand(work, min(mine, theirs), wholes)
    clusters = {scene.cluster(link.other) for link in usable}
    join(work, number, best.other, may_stand=len(clusters) == 1, is_confirmed=best.jaccard >= SAME_WHOLE)


def _is_about_it(work: Work, number: int, link: Link, seen: dict[int, float]) -> bool:
    """Return whether a document shares text with what a link's cluster is about.

    Compared are the survivor, and the shorter member that a longer one holds (its anchor). Where all
    titles agree they may be pages of one article, which share nothing. In doubt most members decide.
    """
    scene = work.scene
    cluster = scene.cluster(link.other)
    survivor = scene.survivor(cluster)
    core = {survivor, scene.anchor(link.other), scene.anchor(survivor)} - {-1, number, link.other}
    strange = [member for member in sorted(core) if not _shares_text(scene, number, member, seen)]
    if not core and link.jaccard >= SAME_WHOLE:
        return True
    if core and all(link.title >= 0.5 and scene.titles_agree(number, member) for member in strange):
        return True
    others = [member for member in scene.some(cluster) if member not in (number, link.other)]
    strangers = [member for member in others if not _shares_text(scene, number, member, seen)]
    sharing = len(others) - len(strangers)
    if not strangers or sharing > len(strangers):
        return True
    is_even = sharing and (sharing == len(strangers) or not overlap(scene, strangers, sharing + 1))
    if is_even and not any(scene.titles_differ(number, member) for member in strangers):
        return True
    if link.title >= 0.5 and all(scene.titles_agree(number, member) for member in strangers):
        return True
    if overlap(scene, strangers, 2):
        _is_joined_page(work, link.other)
    return False


def _shares_text(scene: Scene, number: int, member: int, seen: dict[int, float]) -> bool:
    if member not in seen:
        seen[member] = scene.contained(number, member)
    return seen[member] >= SAME_TEXT


def _let_stand(work: Work, cluster: int, wholes: list[int]) -> None:
    """Let the oldest of the documents that hold all of a cluster stand for it, unless one of them does."""
    scene = work.scene
    if scene.survivor(cluster) not in wholes:
        scene.survivors[cluster] = min(wholes)


def _is_joined_page(work: Work, number: int) -> None:
    """Return whether a page holds two articles, so that it may not be the survivor of the cluster of one."""
    scene = work.scene
    cluster, anchor = scene.cluster(number), scene.anchor(number)
    if scene.survivor(cluster) == number and anchor >= 0:
        scene.survivors[cluster] = anchor
        work.touched.add(cluster)


def _are_one(work: Work, mine: int, theirs: int, best: Link, link: Link) -> bool:
    """Return whether two clusters are one: their survivors are copies, or all titles agree."""
    scene = work.scene
    one, other = sorted((scene.survivor(mine), scene.survivor(theirs)))
    agree = scene.titles_agree(one, other)
    if not agree and scene.contained(one, other) < SAME_TEXT:
        return False
    if (one, other) not in work.alike:
        work.alike[one, other] = _compare_survivors(work, one, other)
    copies, common = work.alike[one, other]
    named = agree and not common and scene.titles_agree(one, other, SAME_TITLE)
    if copies or (named and best.title >= 0.5 and link.title >= 0.5):
        return True
    return _is_shown(scene, best, link) or _is_shown(scene, link, best)


def _is_shown(scene: Scene, whole: Link, copy: Link) -> bool:
    """Return whether a newcomer shows two clusters to be one, whose survivors are no copies of each other.

    It is the same as a member of one from beginning to end, and a copy of what stands for the other; and all
    members of each share text with these.
    """
    if whole.jaccard < SAME_WHOLE or scene.survivor(scene.cluster(copy.other)) != copy.other:
        return False
    pairs = (copy.other, whole.other), (whole.other, copy.other)
    return all(
        scene.contained(one, member) >= SAME_TEXT
        for one, other in pairs
        for member in scene.some(scene.cluster(other))
    )


def _compare_survivors(work: Work, one: int, other: int) -> tuple[bool, bool]:
    """Return whether two documents are copies, neither of them by a joined page; and whether a title is common."""
    scene = work.scene
    sides = scene.side(np.array([one])), scene.side(np.array([other]))
    like = compare(*sides, work.grams)
    common = titles_are_common(work, sides[0].title_keys, sides[1].title_keys)
    back = Link(other, float(like.jaccard[0]), float(like.contained[0]), float(like.title[0]))
    forth = Link(one, back.jaccard, back.contained, back.title)
    copies = bool(is_copy(like, common)[0])
    copies = copies and _is_about_it(work, one, back, {}) and _is_about_it(work, other, forth, {})
    copies = copies and _most_share(scene, one, other) and _most_share(scene, other, one)
    return copies, bool(common[0])


def _most_share(scene: Scene, number: int, member: int) -> bool:
    """Return whether a document shares text with most members of another's cluster."""
    members = scene.some(scene.cluster(member))
    return 2 * sum(scene.contained(number, each) >= SAME_TEXT for each in members) > len(members)


def title_values(keys: NDArray[np.uint64]) -> Ints:
    """Return title keys as values to be counted."""
    return (keys >> np.uint64(64 - VALUE_BITS)).astype(np.int64)


def titles_are_common(work: Work, one: NDArray[np.uint64], other: NDArray[np.uint64]) -> NDArray[np.bool_]:
    """Return for pairs of title keys whether one of them is used by many clusters."""
    held = np.maximum(work.titles.held(title_values(one)), work.titles.held(title_values(other)))
    common: NDArray[np.bool_] = held > COMMON_TITLE
    return common


def join(work: Work, number: int, other: int, may_stand: bool = True, is_confirmed: bool = False) -> None:
    """Put a document into the cluster of another.

    may_stand: it holds one article only. is_confirmed: the other is the same from beginning to end, so
    what the survivor lacks is no page of its own.
    """
    scene = work.scene
    cluster = scene.cluster(other)
    scene.join(number, cluster)
    work.matched[number] = other
    survivor, newcomer = scene.standing(scene.survivor(cluster)), scene.standing(number)
    if newcomer.length >= LONGER * survivor.length:
        scene.anchors[number] = survivor.number
    elif survivor.length >= LONGER * newcomer.length and scene.anchor(survivor.number) < 0:
        scene.anchors[survivor.number] = number
    is_same = is_confirmed or scene.titles_agree(number, survivor.number)
    if may_stand and stands_before(newcomer, survivor, is_same):
        scene.survivors[cluster] = number
        work.touched.add(cluster)


def _merge(work: Work, younger: int, older: int) -> None:
    scene = work.scene
    one, other = scene.standing(scene.survivor(older)), scene.standing(scene.survivor(younger))
    scene.merge(younger, older)
    same_title = scene.titles_agree(one.number, other.number)
    scene.survivors[older] = other.number if stands_before(other, one, same_title) else one.number
    work.touched.add(older)
