"""sections: numbered sections that go on below the last one of an article: 三、 after 二、."""

import re
from collections.abc import Sequence

from tasks.extract.scored import Scored

SECTION = 12
"""Lines of a numbered section."""

_SECTION = re.compile(r"([一二三四五六七八九十]{1,2})、")
_NUMBERS = {
    number: place
    for place, number in enumerate(
        ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二", "十三", "十四", "十五"),
        1,
    )
}


def next_sections(article: Sequence[Scored], below: Sequence[Scored]) -> int:
    """Return the length of the numbered sections that go on after the last one of the article.

    Of the last of them only its heading and the line below it are known to belong to it.
    """
    numbers = (_SECTION.match(line.folded) for line in article if 0 < line.folded.find("、") < 3)
    last = next((number[1] for number in reversed([n for n in numbers if n])), "")
    number, length = _NUMBERS.get(last, -2), 0
    for index, line in enumerate(below):
        if index - length > SECTION:
            break
        found = _SECTION.match(line.folded)
        if found is not None and _NUMBERS.get(found[1], 0) == number + 1:
            number, length = number + 1, index + 1
    is_heading = 0 < length < len(below) and not below[length - 1].is_sentence
    return length + 1 if is_heading and (length > 1 or below[length].ends) else length
