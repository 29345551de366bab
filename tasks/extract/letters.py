"""letters: the answer of an authority to a letter, printed below the letter on its site.

The elements of such answers are called reply, like those of comments; a field in them names the office.
"""

import re
from collections.abc import Sequence

from tasks.extract.scored import Scored
from tasks.lines import PageLine

_ANSWERER = re.compile(r"(?:回复|答复|办理|受理)(?:单位|部门|机构)\s?(?::|$)")
_FIELD = re.compile(r"(?:回复|答复|办理|处理)(?:内容|意见|结果|情况|时间|状态)\s?:?")
LONGEST_FIELD = 30
"""The field that says which office answers, and its size."""

_Hints = tuple[str, ...]


def without_answers(
    scored: Sequence[Scored], lines: Sequence[PageLine], telling: dict[_Hints, _Hints]
) -> dict[_Hints, _Hints]:
    """Return the telling hints without that of comments where an office answers a letter; its fields head none.

    telling: hints of a line -> those of them that tell; one of them speaks of comments.
    """
    named = {hints for hints, told in telling.items() if "comment" in told}
    answers = {
        source.hints
        for line, source in zip(scored, lines, strict=True)
        if source.hints in named and line.size <= LONGEST_FIELD and _ANSWERER.match(line.folded)
    }
    if not answers:
        return telling
    for line, source in zip(scored, lines, strict=True):
        if source.hints in answers and line.kind is not None and _FIELD.fullmatch(line.folded):
            line.kind = None
    return {
        hints: tuple(hint for hint in told if hint != "comment") if hints in answers else told
        for hints, told in telling.items()
    }
