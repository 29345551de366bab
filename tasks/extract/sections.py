"""sections: numbered sections that go on below the last one of an article: 三、 after 二、."""

import re
from collections.abc import Sequence

from tasks.extract.scored import Scored
from tasks.han_numbers import han_number

SECTION = 12
"""Lines of a numbered section."""

_SECTION = re.compile(r"(十?[一二三四五六七八九]|十)、")


def next_sections(article: Sequence[Scored], below: Sequence[Scored]) -> int:
    """Return the length of the numbered sections that go on after the last one of the article.

    Of the last of them only its heading and the line below it are known to belong to it.
    """
    numbers = (_SECTION.match(line.folded) for line in article if 0 < line.folded.find("、") < 3)
    last = next((number[1] for number in reversed([n for n in numbers if n])), "")
    number, length = han_number(last) if last else -2, 0
    for index, line in enumerate(below):
        if index - length > SECTION:
            break
        found = _SECTION.match(line.folded)
        if found is not None and han_number(found[1]) == number + 1:
            number, length = number + 1, index + 1
    is_heading = 0 < length < len(below) and not below[length - 1].is_sentence
    return length + 1 if is_heading and (length > 1 or below[length].ends) else length
