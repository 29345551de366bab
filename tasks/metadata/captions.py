"""captions: who took a picture, from the end of its caption."""

import re
from typing import Final

from tasks.metadata.folding import fold
from tasks.metadata.names import is_likely_name
from tasks.metadata.values import NOBODY

_SHOT: Final = re.compile(r"\s?/?\s?(?:摄影?|供图)[)。\s]*$")
_WORD: Final = re.compile(r"[^\s、]+")
_SHOT_START: Final = re.compile(r"记者|通讯员|[(/。,;!?:\"|\]]")


def read_caption(printed: str) -> list[str]:
    """Return the photographers at the end of a caption.

    >>> read_caption("运动员在冲刺。本报记者 王小明 摄")
    ['王小明']
    """
    folded = fold(printed)
    end = _SHOT.search(folded)
    if end is None or folded[: end.start()].endswith(("文", "文/")):
        return []  # 文/摄 names the writer too
    start = 0
    for mark in _SHOT_START.finditer(folded, 0, end.start()):
        start = mark.end()
    names: list[str] = []
    for piece in reversed(list(_WORD.finditer(folded[start : end.start()]))):
        if not is_likely_name(piece.group()) or piece.group() in NOBODY:
            break
        names.insert(0, printed[start + piece.start() : start + piece.end()])
    return names
