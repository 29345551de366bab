"""character_width: full-width digits and letters become ASCII, half-width Chinese marks full-width.

Reads    a line after the repair of its characters
Adds     edits of rule ``character_width``
Source   Unicode, Halfwidth and Fullwidth Forms. Marks stay, but for those inside a full-width number,
         address, time or percentage, which are part of it.
"""

import re

from tasks.edit import Change

RULE = "character_width@2"
GATE = "０-９Ａ-Ｚａ-ｚ｡-･"

_ALNUM = "０-９Ａ-Ｚａ-ｚ"
_COLON = "(?<=[０-９])：(?=[０-９]{1,2}(?![０-９]))|：／／(?=[Ａ-Ｚａ-ｚ０-９])"
"""In a time, a score or an address; what follows 表１： may be a year."""
_WIDE = re.compile(f"[{_ALNUM}](?:[{_ALNUM}]|[．＠／＿－](?=[{_ALNUM}])|(?<=[０-９])％|{_COLON})*|[｡-･]+")
_TABLE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | dict(
    zip(range(0xFF61, 0xFF66), map(ord, "。「」、・"), strict=True)
)


def find_character_width(line: str) -> list[Change]:
    """Return the changes that give digits, letters and marks their usual width.

    >>> [c.after for c in find_character_width("ＧＤＰ增长６．５％，ｗｗｗ．ａｂｃ．ｃｎ")]
    ['GDP', '6.5%', 'www.abc.cn']
    """
    return [Change(m.start(), m.end(), m[0].translate(_TABLE)) for m in _WIDE.finditer(line)]
