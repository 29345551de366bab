"""Edits: every change of a received line, so that the change can be read and undone.

An edit is a span of the *received* line and what stands in its place. The edits of a
line never overlap, so ``apply_edits`` gives the cleaned line and ``undo_edits`` gives
the received one back. Rules run one after the other on the text as it is by then;
``EditLog`` keeps their changes in coordinates of the received line.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Edit:
    """One changed span.

    line: number of the line, from 1.
    start, end: span in the received line, in characters (code points), 0-based, end exclusive.
    before: the received text of the span; after: what replaces it.
    rule: ``name@version``; two rules that met on one span are joined with ``+``.
    """

    line: int
    start: int
    end: int
    before: str
    after: str
    rule: str


@dataclass(frozen=True, slots=True)
class Change:
    """A replacement proposed by a rule, in coordinates of the text the rule was given."""

    start: int
    end: int
    after: str


def apply_edits(received: str, edits: Iterable[Edit]) -> str:
    """Return the cleaned line for a received line and its edits (any order).

    >>> apply_edits("關(guān)注", [Edit(1, 1, 7, "(guān)", "", "pinyin_notes@1")])
    '關注'
    """
    parts: list[str] = []
    position = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        if edit.start < position or received[edit.start : edit.end] != edit.before:
            raise ValueError(f"edit {edit} does not fit line {received[:40]!r}")
        parts += (received[position : edit.start], edit.after)
        position = edit.end
    return "".join((*parts, received[position:]))


def undo_edits(cleaned: str, edits: Iterable[Edit]) -> str:
    """Return the received line for a cleaned line and its edits: ``apply_edits`` backwards."""
    parts: list[str] = []
    position = 0
    shift = 0
    for edit in sorted(edits, key=lambda e: (e.start, e.end)):
        start = edit.start + shift
        end = start + len(edit.after)
        if start < position or cleaned[start:end] != edit.after:
            raise ValueError(f"edit {edit} does not fit cleaned line {cleaned[:40]!r}")
        parts += (cleaned[position:start], edit.before)
        position = end
        shift += len(edit.after) - len(edit.before)
    return "".join((*parts, cleaned[position:]))


@dataclass(slots=True)
class _Piece:
    """A stretch of the received line: untouched (no rule), or replaced by ``text``."""

    start: int
    end: int
    text: str
    rule: str | None


class EditLog:
    """The edits of one line while rules run over it.

    >>> log = EditLog(3, "ａ(b) c")
    >>> log.apply([Change(0, 1, "a")], "width@1")
    >>> log.apply([Change(1, 4, "")], "notes@1")
    >>> log.text, [(e.start, e.end, e.after) for e in log.edits()]
    ('a c', [(0, 1, 'a'), (1, 4, '')])
    """

    __slots__ = ("_pieces", "number", "received", "text")

    def __init__(self, number: int, received: str) -> None:
        self.number = number
        self.received = received
        self.text = received
        self._pieces = [_Piece(0, len(received), received, None)] if received else []

    def apply(self, changes: Sequence[Change], rule: str) -> None:
        """Replace spans of the current text; changes must not overlap. No-ops are left out."""
        ordered = sorted(changes, key=lambda c: (c.start, c.end), reverse=True)
        limit = len(self.text)
        for change in ordered:
            if change.end > limit or change.start < 0 or change.end < change.start:
                raise ValueError(f"{rule}: change {change} overlaps or leaves the line")
            limit = change.start
            if self.text[change.start : change.end] != change.after:
                self._replace(change, rule)
        self.text = "".join(piece.text for piece in self._pieces)

    def _replace(self, change: Change, rule: str) -> None:
        before: list[_Piece] = []
        after: list[_Piece] = []
        start = end = None
        text = change.after
        rules: list[str] = []
        position = 0
        for piece in self._pieces:
            stop = position + len(piece.text)
            if stop <= change.start and (stop < change.start or piece.text or piece.rule is None):
                before.append(piece)
            elif position >= change.end and (position > change.end or start is not None or piece.text):
                after.append(piece)
            else:
                low = max(change.start - position, 0)
                high = min(change.end - position, len(piece.text))
                if piece.rule is None:
                    if low:
                        before.append(_Piece(piece.start, piece.start + low, piece.text[:low], None))
                    if high < len(piece.text):
                        after.append(_Piece(piece.start + high, piece.end, piece.text[high:], None))
                    span = (piece.start + low, piece.start + high)
                else:
                    text = (piece.text[:low] if start is None else "") + text + piece.text[high:]
                    if piece.rule not in rules:
                        rules.append(piece.rule)
                    span = (piece.start, piece.end)
                start = span[0] if start is None else start
                end = span[1]
            position = stop
        if start is None or end is None:
            start = end = before[-1].end if before else 0
        rules += [r for r in (rule,) if not rules or r not in rules[-1].split("+")]
        self._pieces = [*before, _Piece(start, end, text, "+".join(rules)), *after]

    def edits(self) -> list[Edit]:
        """Return the edits so far, in order; spans that ended as they began are left out."""
        return [
            Edit(self.number, p.start, p.end, self.received[p.start : p.end], p.text, p.rule)
            for p in self._pieces
            if p.rule is not None and self.received[p.start : p.end] != p.text
        ]


class PageEdits:
    """The lines of a page while rules run over them; a log exists only for touched lines.

    texts: the current text of each line, same order and length as received.
    """

    __slots__ = ("_logs", "_numbers", "_received", "texts")

    def __init__(self, received: Sequence[str], numbers: Sequence[int] | None = None) -> None:
        self._received = received
        self._numbers = numbers if numbers is not None else range(1, len(received) + 1)
        self._logs: dict[int, EditLog] = {}
        self.texts: list[str] = list(received)

    def apply(self, index: int, changes: Sequence[Change], rule: str) -> None:
        """Apply changes (in coordinates of ``texts[index]``) to one line."""
        if not changes:
            return
        log = self._logs.get(index)
        if log is None:
            log = self._logs[index] = EditLog(self._numbers[index], self._received[index])
        log.apply(changes, rule)
        self.texts[index] = log.text

    def edits(self) -> list[Edit]:
        """Return all edits, in order of line and position."""
        return [edit for index in sorted(self._logs) for edit in self._logs[index].edits()]
