"""invisible: characters that show nothing and break searching and comparing.

Reads    a line after the repair of its characters
Adds     edits of rule ``invisible``
Source   Unicode general categories Cc and Cf, and the variation selectors; an escape takes the letters of
         its sequence along. Kept: the joiner and the selectors inside emoji, because they decide which
         picture is shown; the joiners between letters of scripts that need them.
"""

import re

from tasks.edit import Change

RULE = "invisible@2"

_CONTROLS = "\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"
_FORMAT = "\xad\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb"
_JOINERS = "\u200c\u200d"
_SELECTORS = "\ufe00-\ufe0f\U000e0100-\U000e01ef"
_TAGS = "\U000e0001-\U000e007f"

GATE = _CONTROLS + _FORMAT + _JOINERS + _SELECTORS + _TAGS
_TERMINAL = r"\x1b(?:\[[0-9;?]{0,16}[A-Za-z]|\][^\x07\x1b]{0,200}(?:\x07|\x1b\\))"
"""What sets colours and titles of a terminal, as bulletin boards and logs have it (ECMA-48)."""
_INVISIBLE = re.compile(f"(?:{_TERMINAL}|[{GATE}])+")
_EMOJI = re.compile("[\u00a9\u00ae\u203c-\u2bff\u3030\u303d\u3297\u3299\U0001f000-\U0001faff#*0-9]")
_SHOWS = re.compile(f"[{_JOINERS}\ufe0e\ufe0f{_TAGS}]+")
_JOINED_SCRIPTS = re.compile("[\u0590-\u08ff\u0900-\u0dff\u1000-\u109f\u1780-\u17ff]")


def _is_needed(line: str, start: int, end: int) -> bool:
    """Say whether invisible characters shape what stands before them: an emoji, or a joined script."""
    before = line[start - 1 : start]
    run = line[start:end]
    if _EMOJI.match(before) and _SHOWS.fullmatch(run):
        return before not in "#*0123456789©®" or run[0] in "\ufe0e\ufe0f"
    return bool(_JOINED_SCRIPTS.match(before)) and set(run) <= set(_JOINERS)


def find_invisible(line: str) -> list[Change]:
    """Return the changes that remove invisible characters.

    >>> [(c.start, c.end) for c in find_invisible("中\\u200b文\\ufeff")]
    [(1, 2), (3, 4)]
    """
    return [
        Change(m.start(), m.end(), "")
        for m in _INVISIBLE.finditer(line)
        if not _is_needed(line, m.start(), m.end())
    ]
