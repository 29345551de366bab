"""compatibility: compatibility characters and radicals become the common characters that they look like.

Reads    a line after the repair of its characters
Adds     edits of rule ``compatibility``
Source   Unicode: Kangxi radicals and CJK compatibility ideographs by their decompositions, the radicals
         supplement by the property Equivalent_Unified_Ideograph. Text copied out of PDF files is full
         of them: it looks right and cannot be found. Kept where a text is about radicals.
"""

import re
import unicodedata

from tasks.edit import Change

RULE = "compatibility@1"
GATE = "\u2e80-\u2fd5\uf900-\ufad9"

_SUPPLEMENT = dict(
    zip(
        "⺠⻁⻄⻅⻆⻉⻋⻑⻒⻓⻔⻘⻙⻚⻛⻜⻝⻢⻣⻤⻥⻦⻨⻩⻬⻮⻰⻳⺟",
        "民虎西见角贝车長镸长门青韦页风飞食马骨鬼鱼鸟麦黄齐齿龙龟母",
        strict=True,
    )
)

_LOOK_ALIKE = re.compile(f"[{GATE}]+")
_ABOUT = re.compile("部首|偏旁|字旁|康熙|筆畫|笔画")


def _unified(text: str) -> str:
    return "".join(_SUPPLEMENT.get(char, unicodedata.normalize("NFKC", char)) for char in text)


def find_compatibility(line: str) -> list[Change]:
    """Return the changes that put in the common characters.

    >>> [c.after for c in find_compatibility("⼈⺠的⽣活")]
    ['人民', '生']
    """
    if _ABOUT.search(line):
        return []
    return [
        Change(m.start(), m.end(), after)
        for m in _LOOK_ALIKE.finditer(line)
        if (after := _unified(m[0])) != m[0] and len(line.strip()) > len(m[0])
    ]
