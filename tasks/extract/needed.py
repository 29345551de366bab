"""needed: what a folded line must hold for a pattern to match, read off the pattern.

Reads    a pattern: characters, classes, groups, alternatives, repeats, assertions
Adds     characters, and pairs of adjacent characters, of which every match contains at least one; white space is a space
Source   the syntax of ``re``, as far as the tables of lines use it; anything else is refused

A pattern that begins with ``.{0,40}`` is slow to fail. Which lines hold a pair of characters is seen
for all lines of a page at once.
"""

from dataclasses import dataclass, field
from itertools import product

from tasks.errors import ContractError

Needed = frozenset[str]
_Chars = frozenset[str]

MOST_PAIRS = 64
"""Pairs that two neighbouring classes may stand for."""
_OFTEN = {" ": 200, ":": 40}
"""Characters that stand in very many lines; see ``_worth``."""
_ANY: _Chars = frozenset()
"""Stands for a character that may be any, or one of very many."""


@dataclass(slots=True)
class _Part:
    """One item of a sequence: a character of ``chars``, or a group; ``least``, ``most``: how often."""

    chars: _Chars = _ANY
    group: "list[list[_Part]] | None" = None
    least: int = 1
    most: int = 1


def needed(pattern: str) -> Needed | None:
    """Return characters and pairs of which every match holds at least one; None when none is certain.

    >>> sorted(needed("(?:相关|热门)?(?:新闻|阅读)[:>]|.{0,8}©") or ())
    ['©', '新闻', '阅读']
    >>> needed("[^。]{2,8}")
    """
    reader = _Reader(pattern)
    found = reader.alternatives()
    if reader.at != len(pattern):
        raise ContractError(f"pattern not understood at {reader.at}: {pattern!r}")
    return _of_group(found)


def alternatives_of(pattern: str) -> list[str]:
    """Return the alternatives of a pattern, as they are written.

    >>> alternatives_of("版权(?:所有|归)|.{0,8}转载")
    ['版权(?:所有|归)', '.{0,8}转载']
    """
    reader, starts = _Reader(pattern), [0]
    while reader.at < len(pattern):
        if pattern[reader.at] == "|":
            reader.at += 1
            starts.append(reader.at)
        else:
            reader.item()
    return [
        pattern[start:end].removesuffix("|") for start, end in zip(starts, [*starts[1:], None], strict=True)
    ]


def beginnings(pattern: str) -> frozenset[str] | None:
    r"""Return characters one of which every match begins with; None when it may be nearly any, or nothing.

    >>> sorted(beginnings(r"[\[(]?(?:转载|版权).{0,8}") or ())
    ['(', '[', '版', '转']
    >>> beginnings("转载|.{0,8}版权")
    """
    found = _beginnings(_Reader(pattern).alternatives())
    return None if "" in found or not found else found


def _beginnings(alternatives: list[list[_Part]]) -> _Chars:
    """Return what the alternatives begin with, with ``""`` where one may be empty; nothing where it may be any."""
    found: set[str] = set()
    for sequence in alternatives:
        may_be_empty = True
        for part in sequence:
            chars = _beginnings(part.group) if part.group is not None else part.chars
            if not chars:
                return _ANY
            found |= chars - {""}
            may_be_empty = not part.least or "" in chars
            if not may_be_empty:
                break
        found |= {""} if may_be_empty else set()
    return frozenset(found)


@dataclass(slots=True)
class _Reader:
    pattern: str
    at: int = field(default=0)

    def alternatives(self) -> list[list[_Part]]:
        """Read to the end of a group; ``at`` is then at its bracket or behind the pattern."""
        found: list[list[_Part]] = [[]]
        while self.at < len(self.pattern) and self.pattern[self.at] != ")":
            if self.pattern[self.at] == "|":
                self.at += 1
                found.append([])
            elif (part := self.item()) is not None:
                found[-1].append(part)
        return found

    def item(self) -> _Part | None:
        """Read one item with its repeat; None for an assertion."""
        char = self.pattern[self.at]
        self.at += 1
        if char in "^$":
            return None
        if char == "(":
            part = self._group()
        elif char == "[":
            part = _Part(self._class())
        else:
            part = _Part(self._escape() if char == "\\" else _ANY if char == "." else frozenset(char))
            if part.chars == _BOUNDARY:
                return None
        return self._repeated(part) if part is not None else None

    def _group(self) -> _Part | None:
        is_assertion = self.pattern.startswith(("?=", "?!", "?<"), self.at)
        self.at += 3 if self.pattern.startswith("?<", self.at) else 2 if self.pattern[self.at] == "?" else 0
        group = self.alternatives()
        self.at += 1
        return None if is_assertion else _Part(group=group)

    def _class(self) -> _Chars:
        """Read a class; one with a range, or a negated one, may be any character."""
        is_any = self.pattern[self.at] == "^"
        self.at += is_any
        chars: set[str] = set()
        first = self.at
        while self.pattern[self.at] != "]" or self.at == first:
            char = self.pattern[self.at]
            self.at += 1
            if char == "\\":
                escape = self._escape()
                is_any |= escape == _ANY
                chars |= escape
            elif char == "-" and self.at - 1 > first and self.pattern[self.at] != "]":
                is_any = True
            else:
                chars.add(char)
        self.at += 1
        return _ANY if is_any else frozenset(chars)

    def _escape(self) -> _Chars:
        char = self.pattern[self.at]
        self.at += 1
        if char == "s":
            return frozenset(" ")
        if char in "SdDwW":
            return _ANY
        if char in "bB":
            return _BOUNDARY
        if char == "u":
            self.at += 4
            return frozenset(chr(int(self.pattern[self.at - 4 : self.at], 16)))
        return frozenset(char)

    def _repeated(self, part: _Part) -> _Part:
        rest = self.pattern[self.at : self.at + 1]
        if rest in ("?", "*", "+"):
            part.least, part.most, self.at = int(rest == "+"), 1 if rest == "?" else 99, self.at + 1
        elif rest == "{":
            end = self.pattern.index("}", self.at)
            least, _, most = self.pattern[self.at + 1 : end].partition(",")
            part.least, part.most, self.at = int(least), int(most or 99) if _ else int(least), end + 1
        self.at += self.pattern[self.at : self.at + 1] == "?" and rest in ("?", "*", "+", "{")
        return part


_BOUNDARY: _Chars = frozenset("\b")
"""Stands for ``\\b``, which takes no character."""


def _of_group(alternatives: list[list[_Part]]) -> Needed | None:
    each = [_of_sequence(sequence) for sequence in alternatives]
    return frozenset(token for tokens in each if tokens for token in tokens) if all(each) else None


def _of_sequence(sequence: list[_Part]) -> Needed | None:
    """Return what tells most, among what each item of a sequence needs and what stands side by side in it."""
    found: list[Needed] = []
    before, between = _ANY, _ANY
    for part in sequence:
        if part.group is not None:
            if part.least:
                found += filter(None, [_of_group(part.group)])
            before = _ANY
        elif not part.chars:
            before = _ANY
        elif not part.least:
            between |= part.chars
        else:
            follow = between | part.chars
            found.append(part.chars)
            if before and len(before) * len(follow) <= MOST_PAIRS:
                found.append(frozenset(map("".join, product(before, follow))))
            before, between = part.chars, _ANY
    return min(found, key=_worth, default=None)


def _worth(found: Needed) -> int:
    """Return how many lines hold one of these, a pair of characters being 1; from counts in lines of pages."""
    return sum(1 if len(each) == 2 else _OFTEN.get(each, 8 if each > "\u3400" else 16) for each in found)
