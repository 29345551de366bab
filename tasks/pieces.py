"""pieces: a received line cut where rules changed it.

Reads    the pieces of a line, changes in coordinates of its current text
Adds     the pieces after them
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple


class Change(NamedTuple):
    """A replacement proposed by a rule, in coordinates of the text the rule was given."""

    start: int
    end: int
    after: str


@dataclass(slots=True)
class Piece:
    """A stretch of the received line: untouched (no rule), or replaced by ``text``."""

    start: int
    end: int
    text: str
    rule: str | None

    @property
    def is_gap(self) -> bool:
        """Nothing is left of it."""
        return not self.text and self.rule is not None


def _take_touched(
    left: list[tuple[int, Piece]], right: list[tuple[int, Piece]], change: Change
) -> list[tuple[int, Piece]]:
    """Take the pieces that a change touches, in order; those behind it move to ``right``.

    Text that was taken out right before a change, or where one is put in, counts as touched: they are one edit.
    """
    while left and left[-1][0] >= change.end:
        right.append(left.pop())
    touched: list[tuple[int, Piece]] = []
    if change.start == change.end and right and right[-1][0] == change.start and right[-1][1].is_gap:
        touched.append(right.pop())
    while left:
        start, piece = left[-1]
        stop = start + len(piece.text)
        if stop < change.start or (stop == change.start and not piece.is_gap):
            break
        touched.append(left.pop())
    return touched[::-1]


def replace(left: list[tuple[int, Piece]], right: list[tuple[int, Piece]], change: Change, rule: str) -> None:
    """Make one change to the pieces; it ends as the last of ``left``."""
    touched = _take_touched(left, right, change)
    if not touched:
        place = left[-1][1].end if left else 0
        left.append((change.start, Piece(place, place, change.after, rule)))
        return
    (first_at, first), (last_at, last) = touched[0], touched[-1]
    start, end, text, at = first.start, last.end, change.after, first_at
    low, high = max(change.start - first_at, 0), min(change.end - last_at, len(last.text))
    if last.rule is not None:
        text += last.text[high:]
    elif high < len(last.text):
        end = last.start + high
        right.append((change.end, Piece(end, last.end, last.text[high:], None)))
    if first.rule is not None:
        text = first.text[:low] + text
    else:
        start, at = first.start + low, first_at + low
        if low:
            left.append((first_at, Piece(first.start, start, first.text[:low], None)))
    rules = list(dict.fromkeys(piece.rule for _, piece in touched if piece.rule is not None))
    rules += [r for r in (rule,) if not rules or r not in rules[-1].split("+")]
    left.append((at, Piece(start, end, text, "+".join(rules))))


def split(
    pieces: Sequence[Piece], text: str, changes: Sequence[Change], rule: str
) -> tuple[list[Piece], str] | None:
    """Make changes of which each lies inside an untouched piece, and return the pieces and the text after them.

    ``None`` when one does not: it may touch what was changed before. Takes time linear in text and changes.
    """
    made: list[Piece] = []
    rest = iter(pieces)
    piece: Piece | None = None
    origin = begins = ends = 0  # what is left of the piece: from where in the received line, and in the text
    for start, end, after in changes:
        while ends < end:
            if piece is not None:
                made += _left_of(piece, origin, text[begins:ends])
            piece = next(rest, None)
            if piece is None:
                return None
            origin, begins, ends = piece.start, ends, ends + len(piece.text)
        if piece is None or piece.rule is not None or not begins <= start < end:
            return None
        is_behind_gap = start == begins and origin == piece.start and made and made[-1].is_gap
        if is_behind_gap or text[start:end] == after:
            return None
        low = origin + start - begins
        if begins < start:
            made.append(Piece(origin, low, text[begins:start], None))
        begins, origin = end, low + end - start
        made.append(Piece(low, origin, after, rule))
    if piece is not None:
        made += _left_of(piece, origin, text[begins:ends])
    made += rest
    return made, "".join([part.text for part in made])


def _left_of(piece: Piece, origin: int, text: str) -> list[Piece]:
    """Return what changes left of a piece: all of it, its end from ``origin`` on with this text, or nothing."""
    if origin == piece.start:
        return [piece]
    return [Piece(origin, piece.end, text, None)] if text else []
