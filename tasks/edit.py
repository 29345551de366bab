"""Edits: every change of a received line, so that the change can be read and undone.

An edit is a span of the *received* line and what stands in its place. The edits of a
line never overlap, so ``apply_edits`` gives the cleaned line and ``undo_edits`` gives
the received one back. Rules run one after the other on the text as it is by then;
``EditLog`` keeps their changes in coordinates of the received line.
"""

from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import NamedTuple

from tasks.pieces import Change, Piece, replace, split

__all__ = ["Change", "Edit", "EditLog", "PageEdits", "Span", "apply_edits", "undo_edits"]

Span = tuple[int, int, str]
"""A ``Change`` without its name: one is made in a third of the time, and pages may need one for each line."""


class Edit(NamedTuple):
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
        self._pieces = [Piece(0, len(received), received, None)] if received else []

    def apply(self, changes: Sequence[Change], rule: str) -> None:
        """Replace spans of the current text; changes must not overlap. No-ops are left out.

        Takes time linear in the pieces and changes: changes are made from right to left, so what
        stands left of a change is where it was.
        """
        if found := split(self._pieces, self.text, sorted(changes), rule):
            self._pieces, self.text = found
            return
        left = list(zip(self._starts(), self._pieces, strict=True))
        right: list[tuple[int, Piece]] = []
        limit = len(self.text)
        for change in sorted(changes, key=lambda c: (c.start, c.end), reverse=True):
            if change.end > limit or change.start < 0 or change.end < change.start:
                raise ValueError(f"{rule}: change {change} overlaps or leaves the line")
            limit = change.start
            if self.text[change.start : change.end] != change.after:
                replace(left, right, change, rule)
        self._pieces = [piece for _, piece in (*left, *reversed(right))]
        self.text = "".join(piece.text for piece in self._pieces)

    def _starts(self) -> list[int]:
        """Return where each piece begins in the current text."""
        return list(accumulate((len(piece.text) for piece in self._pieces[:-1]), initial=0))[
            : len(self._pieces)
        ]

    def edits(self) -> list[Edit]:
        """Return the edits so far, in order; spans that ended as they began are left out."""
        return [
            Edit(self.number, p.start, p.end, self.received[p.start : p.end], p.text, p.rule)
            for p in self._pieces
            if p.rule is not None and self.received[p.start : p.end] != p.text
        ]


def _replaced(text: str, changes: Sequence[Span], rule: str) -> tuple[list[Span], str] | None:
    """Return the changes in order without no-ops, and the text with them made; ``None`` if one only puts in."""
    if len(changes) == 1:
        ((start, end, after),) = changes
        if 0 <= start < end <= len(text) and text[start:end] != after:
            return list(changes), text[:start] + after + text[end:]
    kept: list[Span] = []
    parts: list[str] = []
    position = 0
    for change in sorted(changes):
        start, end, after = change
        if start >= end:
            return None
        if start < position or end > len(text):
            raise ValueError(f"{rule}: change {change} overlaps or leaves the line")
        if text[start:end] != after:
            kept.append(change)
        parts += (text[position:start], after)
        position = end
    return kept, "".join((*parts, text[position:]))


class PageEdits:
    """The lines of a page while rules run over them; ``texts``: their current text, in the same order as ``received``.

    Most lines are changed by no rule and most others by one, whose changes are the edits.
    """

    __slots__ = ("_logs", "_once", "numbers", "received", "texts")

    def __init__(self, received: Sequence[str], numbers: Sequence[int] | None = None) -> None:
        self.received = received
        self.numbers = numbers if numbers is not None else range(1, len(received) + 1)
        self._once: dict[int, tuple[list[Span], str]] = {}
        self._logs: dict[int, EditLog] = {}
        self.texts: list[str] = list(received)

    def apply(self, index: int, changes: Sequence[Span], rule: str) -> None:
        """Apply changes (in coordinates of ``texts[index]``) to one line."""
        if not changes:
            return
        is_new = index not in self._once and index not in self._logs
        found = _replaced(self.texts[index], changes, rule) if is_new else None
        if found is None:
            log = self._log(index)
            log.apply([Change(*change) for change in changes], rule)
            self.texts[index] = log.text
        elif found[0]:
            self._once[index], self.texts[index] = (found[0], rule), found[1]

    def apply_all(self, changes: Mapping[int, list[Span]], rule: str) -> None:
        """Apply changes to lines, by index: in order, apart from each other, and each one a change."""
        texts, once = self.texts, self._once
        for index, found in changes.items():
            if index in once or index in self._logs:
                self.apply(index, found, rule)
                continue
            text = texts[index]
            once[index] = found, rule
            if len(found) == 1:  # an indented line, mostly
                ((start, end, after),) = found
                texts[index] = text[:start] + after + text[end:]
                continue
            parts: list[str] = []
            position = 0
            for start, end, after in found:
                parts += (text[position:start], after)
                position = end
            texts[index] = "".join((*parts, text[position:]))

    def _log(self, index: int) -> EditLog:
        """Return the log of a line, which knows what was changed before."""
        log = self._logs.get(index)
        if log is None:
            log = self._logs[index] = EditLog(self.numbers[index], self.received[index])
            first, rule = self._once.pop(index, ((), ""))
            log.apply([Change(*change) for change in first], rule)
        return log

    def edits(self) -> list[Edit]:
        """Return all edits, in order of line and position."""
        edits: list[Edit] = []
        for index in sorted((*self._once, *self._logs)):
            if index in self._logs:
                edits += self._logs[index].edits()
                continue
            number, line, (changes, rule) = self.numbers[index], self.received[index], self._once[index]
            edits += [Edit(number, a, b, line[a:b], after, rule) for a, b, after in changes]
        return edits
