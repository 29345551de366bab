"""forum_jammer: noise that forum programs weave into a thread against copying.

Reads    the lines of a page after the mirror repair
Adds     edits of rule ``forum_jammer`` that cut the noise out
Source   Discuz! prints, hidden by a style, five to fifteen times one character of code 32 to 59, a space and
         one of code 63 to 126: ``0 }0 I& S  E6 s* i``. A dump without styles shows it before, after and
         between the paragraphs. Some boards add their name beside the noise: it is cut as well where it
         stands once alone between noise, once directly at text, and three times in all.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from tasks.decode.evidence import LineCodes
from tasks.edit import Change

RULE = "forum_jammer@2"
GATE = " "

_NOISE = re.compile(r"[ -;] [?-~](?:(?: [?-~])?[ -;] [?-~]){3,}")
"""Four are enough, and one may have lost its first character, a space, beside the other."""
_REST = re.compile(r"(?: [?-~])?[ -;] [?-~](?:(?: [?-~])?[ -;] [?-~]){3,}(?: [?-~](?= |$))?")
"""The same on a page that has noise for certain, with the letters at its ends whose other half is lost."""
_SIGN = re.compile(r"[!-;]")
LEAST_SIGNS = 4
"""Different signs or figures in a stretch on such a page; a row of letters with commas has one."""
_ODD = re.compile(r"""["#$%&'*;<>?@\[\\\]^_`{|}~]""")
"""Marks that neither figures nor words set with spaces have."""
LEAST_ODD = 2
LEAST_PLACES = 3
"""Stretches of noise on a page that has any."""
_NAME_SIZES = range(4, 61)
LEAST_NAMED = 3
"""Characters of a name woven in, and places where it must stand beside noise."""
_REACH = 9
"""Distance between the first and the last of four spaces."""


def lines_with_noise(found: LineCodes) -> list[int]:
    """Return the lines in which spaces stand as they do in such noise."""
    if found.codes.size <= _REACH:
        return []
    space = found.codes == 0x20
    hits = (space[:-9] & space[3:-6] & space[6:-3] & space[9:]).nonzero()[0]
    return sorted(set(np.searchsorted(found.ends, hits, "right").tolist())) if hits.size else []


def find_forum_jammer(lines: Sequence[str], suspects: Sequence[int]) -> dict[int, list[Change]]:
    """Return the noise of a page: index of a line -> what to cut.

    suspects: those of ``lines_with_noise``.
    """
    found = {index: _noise_of(lines[index]) for index in suspects}
    if sum(map(len, found.values())) < LEAST_PLACES:
        return {}
    found = {index: _rest_of(lines[index]) for index in suspects}
    found = {index: changes for index, changes in found.items() if changes}
    names = _names_woven_in(lines, found)
    return {index: _with_names(lines[index], changes, names) for index, changes in found.items()}


def _pieces(line: str, noise: Sequence[Change]) -> Iterator[tuple[int, int, bool, bool]]:
    """Yield what stands between the noise of a line: start, end, and whether noise is before and behind."""
    edges = [0, *(edge for change in noise for edge in (change.start, change.end)), len(line)]
    for at in range(0, len(edges), 2):
        start, end = edges[at], edges[at + 1]
        start += len(line[start:end]) - len(line[start:end].lstrip())
        end = start + len(line[start:end].rstrip())
        if start < end:
            yield start, end, at > 0, at + 2 < len(edges)


def _names_woven_in(lines: Sequence[str], found: Mapping[int, Sequence[Change]]) -> list[str]:
    """Return the names that stand alone between noise and cling to text beside it, longest first."""
    pieces = [
        (lines[index][start:end], before, behind)
        for index, noise in found.items()
        for start, end, before, behind in _pieces(lines[index], noise)
    ]
    names: list[str] = []
    for name, alone in Counter(text for text, _, _ in pieces if len(text) in _NAME_SIZES).items():
        clinging = sum(
            (before and text.startswith(name)) + (behind and text.endswith(name))
            for text, before, behind in pieces
            if text != name
        )
        if clinging and alone + clinging >= LEAST_NAMED:
            names.append(name)
    return sorted(names, key=len, reverse=True)


def _with_names(line: str, noise: list[Change], names: Sequence[str]) -> list[Change]:
    """Return the noise of a line, and the names beside it."""
    if not names:
        return noise
    cut = [(change.start, change.end) for change in noise]
    for start, end, before, behind in _pieces(line, noise):
        first, last = start, end
        while before and (name := next((n for n in names if line.startswith(n, first, last)), "")):
            first += len(name)
            first += len(line[first:last]) - len(line[first:last].lstrip())
        while behind and (name := next((n for n in names if line.endswith(n, first, last)), "")):
            last -= len(name)
            last = first + len(line[first:last].rstrip())
        cut += [(start, first), (last, end)]
    return [Change(start, end, "") for start, end in sorted(cut) if start < end]


def _noise_of(line: str) -> list[Change]:
    """Return the stretches of noise in a line.

    >>> _noise_of("& S  E6 s* i# b  ~) Q河水退了。")
    [Change(start=0, end=21, after='')]
    """
    return [
        Change(match.start(), match.end(), "")
        for match in _NOISE.finditer(line)
        if len(_ODD.findall(match[0])) >= LEAST_ODD
    ]


def _rest_of(line: str) -> list[Change]:
    """Return the stretches of noise in a line of a page that has noise for certain."""
    return [
        Change(match.start(), match.end(), "")
        for match in _REST.finditer(line)
        if len(set(_SIGN.findall(match[0]))) >= LEAST_SIGNS or len(_ODD.findall(match[0])) >= LEAST_ODD
    ]
