"""forum_jammer: noise that forum programs weave into a thread against copying.

Reads    the lines of a page after the mirror repair
Adds     edits of rule ``forum_jammer`` that cut the noise out
Source   Discuz! prints, hidden, five to fifteen times one character of code 32 to 59, a space and one of
         code 63 to 126: ``0 }0 I& S  E6 s* i``. A dump without styles shows it before, behind and
         between the paragraphs.
"""

import re
from collections.abc import Sequence

import numpy as np

from tasks.decode.evidence import LineCodes
from tasks.edit import Change

RULE = "forum_jammer@1"

_NOISE = re.compile(r"[ -;] [?-~](?:(?: [?-~])?[ -;] [?-~]){3,}")
"""Four are enough, and one may have lost its first character, a space, beside the other."""
_ODD = re.compile(r"""["#$%&'*;<>?@\[\\\]^_`{|}~]""")
"""Marks that neither figures nor words set with spaces have."""
LEAST_ODD = 2
LEAST_PLACES = 3
"""Stretches of noise on a page that has any."""
_REACH = 9
"""Distance between the first and the last of four spaces."""


def lines_with_noise(found: LineCodes) -> list[int]:
    """Return the lines in which spaces stand as they do in such noise."""
    if found.codes.size <= _REACH:
        return []
    space = found.codes == 0x20
    hits = np.flatnonzero(space[:-9] & space[3:-6] & space[6:-3] & space[9:])
    return sorted(set(np.searchsorted(found.ends, hits, "right").tolist())) if hits.size else []


def find_forum_jammer(lines: Sequence[str], suspects: Sequence[int]) -> dict[int, list[Change]]:
    """Return the noise of a page: index of a line -> what to cut.

    suspects: those of ``lines_with_noise``.
    """
    found = {index: _noise_of(lines[index]) for index in suspects}
    if sum(map(len, found.values())) < LEAST_PLACES:
        return {}
    return {index: changes for index, changes in found.items() if changes}


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
