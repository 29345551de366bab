"""ending: where a wire dispatch, the answer to a letter and a last question end, in a text without markup.

A wire dispatch ends where the list of the day's other dispatches begins: each of them has its time of day above it
and opens with the same words, 某社5月21日电. A live report, whose entries are text, has no such words in its first
paragraph. The answer to a letter ends with the office that gives it, dated or not. The last section of an article may
be one question to its readers, under a heading like the others. The last paragraph may announce what somebody said, or
the last line what a picture shows. A year and a name at the foot of a page are who made it.
"""

import re
from collections.abc import Sequence

from tasks.extract.scored import Scored

_WIRE = re.compile(r"(?:\[[^\[\]]{2,80}\]\s?)?(?P<wire>[^\s,。:;()\[\]]{2,10}?)(?:\d{1,2}月)?\d{1,2}日[电讯]")
_HOUR = re.compile(r"\d{1,2}:\d\d(?::\d\d)?")
FEWEST = 2
"""Dispatches of a list."""
_GREETING = re.compile(r"(?:\S{2,8}[:,])?(?:尊敬的|亲爱的)?\S{0,6}(?:[您你]好|网[友民]:)")
"""How an answer opens: 您好!, 网友您好:."""
_OFFICE = re.compile(r"[\u3400-\u9fff]{2,14}(?:部|局|处|办|办公室|委|委员会|委会|街道|中心|队|所|公司|政府)")
LONGEST_ANSWER = 8
"""Lines above the office among which the answer opens."""

_SAID = re.compile(r'"[^"]{2,80}"[。!?]?$')
_SHOWN = re.compile(
    r"(?![^:]{0,20}(?:推荐|阅读|文章|新闻|相关|热门|更多|链接|联系|精彩))[^:]{4,40}(?:如下|如图)(?:所示)?:$"
)
"""具体名单如下:, above a picture of it."""

_IMPRINT = re.compile(r"(?:19|20)\d\d(?:\s?[-~]\s?(?:19|20)\d\d)? [\u3400-\u9fff]{2}[^,。!?;:]{0,30}")
_YEAR = re.compile(r"(?:19|20)\d\d")
FOOT = 3
"""Lines below the imprint of a page."""

LONGEST_HEADING = 20
FEWEST_HEADINGS = 2
"""Characters of a heading, and how many of them an article has above the one that stands over its last question."""


def end_of_bulletin(scored: Sequence[Scored], span: tuple[int, int]) -> tuple[int, int]:
    """Move the end of a run above the list of other dispatches that it holds."""
    first, last = span
    found = _WIRE.match(scored[first].folded)
    if found is None:
        return span
    others = [
        index
        for index in range(first + 2, last + 1)
        if _HOUR.fullmatch(scored[index - 1].folded) and _is_of(found["wire"], scored[index])
    ]
    if len(others) < FEWEST:
        return span
    return first, max(index for index in range(first, others[0]) if scored[index].weight > 0)


def above_imprint(scored: Sequence[Scored], span: tuple[int, int]) -> tuple[int, int]:
    """Move the end above a year and a name right below the last sentence of a page: no entry of a chronicle."""
    first, last = span
    if last - first < 2 or len(scored) - 1 - last > FOOT or not scored[last - 1].ends:
        return span
    if scored[last].ends or _IMPRINT.fullmatch(scored[last].folded) is None:
        return span
    is_entry = any(_YEAR.match(line.folded) for line in scored[first:last])
    return span if is_entry else (first, last - 1)


def _is_of(wire: str, line: Scored) -> bool:
    found = _WIRE.match(line.folded)
    return found is not None and found["wire"] == wire


def with_office(scored: Sequence[Scored], span: tuple[int, int]) -> tuple[int, int]:
    """Move the end past the office that answered a letter, right below the answer."""
    first, last = span
    below = last + 1
    if below >= len(scored) or not scored[last].ends or scored[below].kind is not None:
        return span
    if _OFFICE.fullmatch(scored[below].folded) is None:
        return span
    answer = scored[max(first, below - LONGEST_ANSWER) : below]
    return (first, below) if any(_GREETING.match(line.folded) for line in answer) else span


def with_announced(scored: Sequence[Scored], span: tuple[int, int]) -> tuple[int, int]:
    """Move the end past a line in quotes that the last paragraph announces, or one that announces a picture."""
    first, last = span
    below = last + 1
    if below >= len(scored) or scored[below].kind is not None:
        return span
    announced = _SAID if scored[last].folded.endswith(":") else _SHOWN
    return (first, below) if announced.match(scored[below].folded) else span


def with_question(scored: Sequence[Scored], span: tuple[int, int]) -> tuple[int, int]:
    """Move the end past a last heading and the question or cry under it, right above a list of other articles."""
    first, last = span
    asked = last + 2
    if asked + 1 >= len(scored) or not (scored[asked].kind is None and scored[asked].ends):
        return span
    below = scored[asked + 1].kind
    if below is None or not below.closing or scored[asked].weight <= 0 or not _is_heading(scored, last + 1):
        return span
    headings = sum(_is_heading(scored, index) for index in range(first, last))
    return (first, asked) if headings >= FEWEST_HEADINGS else span


def _is_heading(scored: Sequence[Scored], index: int) -> bool:
    """Tell whether a line is short, has no punctuation mark, and stands above a paragraph."""
    line, below = scored[index], scored[index + 1]
    if line.kind is not None or line.is_sentence or line.ends or not 2 <= line.size <= LONGEST_HEADING:
        return False
    return below.weight > 0 and below.ends
