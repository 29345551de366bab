"""annex: what an author puts below the last sentence, where no markup holds it: lists, tables, fields, a last section.

A block is taken only where its own text shows that it belongs to the article: a heading announces it,
its number follows the last one, or a header stands above rows of as many columns. Headlines of other
articles do none of this.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.scored import Scored
from tasks.extract.sections import next_sections
from tasks.extract.tables import FEW, is_short_list
from tasks.extract.verse import broken_lines

LONGEST = 60
"""Lines of an annex, at most."""
MOST = 8
"""Annexes of one article, so that the time stays linear."""
LONGEST_HEAD = 40
"""Characters of the line that announces an annex, at most."""
HEADLINE = 13
"""Size from which a line that lists nothing is a headline."""
FEWEST_ROWS = 3
PARAGRAPH = 50.0
"""Weight of a paragraph of background below the article."""
SENTENCE = 12.0
"""Weight of a last sentence below short lines."""
MOST_WORDS = 3
"""Such sentences, at most."""
CONTACTS = 2
"""Telephone and address, or marks of advertisements, that may stand above an annex."""

_CLOSERS = frozenset(("share", "editor", "neighbours", "legal_notice", "end_mark", "tags", "source_line"))
"""Kinds of lines that stand right below an article."""
_QUIET = frozenset(("contact", "chrome_word", "glyphs"))
"""Kinds of lines that may stand in an annex."""
_PARTING = frozenset(("contact", "button", "advert_mark"))
_ENCLOSED = re.compile(r"\[?附(?:件|录|表|图)?\s?[\d一二三四五六]?\s?[:\]]|参考(?:文献|资料)\s?:?$")
_NONE_ENCLOSED = re.compile(r"(?:没有|暂无|无)附件$|网站\S{2}\s?:|.{0,40}(?:技术支持|网站标识码)\s?:")
"""What stands below the heading 附件 of a page without one: that there is none, or the foot of the site."""
_LINKS = re.compile(r"相关|推荐|更多|热门|阅读|文章|链接|看点|关注|排行|新闻|专题|标签")
_NOTICE = re.compile(r"声明|转载|版权|本[站网]|免责|立场|风险自担")
_RESULT = re.compile(r"\S{1,10}\s\d{1,3}\s?[-:]\s?\d{1,3}\s\S{1,10}$")
_TITLED = re.compile(r"\[[^\[\]]{2,14}\]$")
_LISTING = re.compile(r"[^\s:。,!?]{2,14}(?:名单|阵容|得分|比分|成绩|赛程|赛果)$")
_VISIT = re.compile(r"(?:店名|地址|地点)\s?:")
_HOURS = re.compile(r"(?:营业|开放|门票|票价|交通|人均|公休|店休|消费)\S{0,4}\s?:")
_BACKGROUND = re.compile(r"[\[■◆●▲]\s?(?:相关|新闻|背景|知识|名词)?链接\]?\s?:?$")
_FIELD = re.compile(
    r"(?!.*\.(?:zip|rar|docx?|xlsx?|pdf)\)?$)(?:[·.●■◆*]\s?)?(?:[^\s:。,;!?]{1,10}|\S{1,4} \S{1,4}|[^:。,;!?]{2,16}\))\s?:\s?\S"
)
_ENTRY = re.compile(r"[\[(]?\d{1,2}[\])、.]\s?\S")
_NAMES = re.compile(r"[^\s、。!?]{1,8}(?:、[^\s、。!?]{1,8}){2,}")
_HEADER = re.compile(
    r"(?:序号|名次|排名|编号|姓名|项目|日期|品名|品种|名称|车次|班次|站名|奖项|等级|组别|单位名称)\s"
)


def past_annex(scored: list[Scored], span: tuple[int, int]) -> tuple[int, int]:
    """Move the end of an article past the annexes right below it; HTML tells them by its elements.

    The heading of background is then text.
    """
    first, last = span
    for _ in range(MOST):
        found = _one_annex(scored, first, last)
        if found == last:
            break
        if _BACKGROUND.match(scored[last + 1].folded):
            scored[last + 1] = replace(scored[last + 1], kind=None)
        last = _sentences(scored, found)
    return first, last


def _sentences(scored: Sequence[Scored], last: int) -> int:
    """Return the last of the sentences right below an annex."""
    while (index := last + 1) < len(scored):
        line = scored[index]
        if line.kind is not None or line.weight < SENTENCE or line.folded[-1:] != "。":
            break
        if _NOTICE.search(line.folded):
            break
        last = index
    return last


def _one_annex(scored: Sequence[Scored], first: int, last: int) -> int:
    """Return the last line of the annex below ``last``, or ``last``."""
    if (visit := _visit(scored[last + 1 : last + 2 + CONTACTS + FEWEST_ROWS])) or (
        visit := _background(scored[last + 1 : last + 1 + LONGEST])
        or _last_words(scored, last + 1)
        or broken_lines(scored, last + 1, _CLOSERS)
    ):
        return last + visit
    head = last + 1
    while head < min(len(scored), last + 1 + CONTACTS) and _may_part(scored[head]):
        head += 1
    end = head
    while end < min(len(scored), head + LONGEST) and _may_stand(scored[end]):
        end += 1
    below = scored[head:end]
    if len(below) < 2 or below[0].size > LONGEST_HEAD:
        return last
    return head - 1 + length if (length := _length(scored[first : last + 1], below)) else last


def _length(article: Sequence[Scored], below: Sequence[Scored]) -> int:
    """Return how many of the lines below an article are an annex of it."""
    head = below[0].folded
    if _HEADER.match(head):
        return _rows(below)
    if _is_empty(below[:2]):
        return 0
    if _LINKS.search(head) is None and not below[0].is_sentence:
        if _HEADER.match(below[1].folded) and (rows := _rows(below[1:])):
            return rows + 1
        if len(below) > FEWEST_ROWS and all(_holds(line.folded) for line in below[1:]):
            return len(below)
    if _ENCLOSED.match(head):
        length = next((i for i in range(1, len(below)) if _ends_annex(below[i : i + 2])), len(below))
        return length if length > 1 else 0
    if (
        _announces(head)
        or (_TITLED.fullmatch(head) and _FIELD.match(below[1].folded))
        or _LISTING.match(head)
    ):
        return _fields(below)
    if sections := next_sections(article, below):
        return max(sections, _fields(below) if sections == 1 else 0)
    return 0


def _visit(below: Sequence[Scored]) -> int:
    """Return the length of the fields that tell where a place is and when it is open, below its name or not."""
    first = 1 if len(below) > 1 and _is_name(below[0]) else 0
    if not below or not _VISIT.match(below[first].folded):
        return 0
    fields = first
    while fields < len(below) and _may_stand(below[fields]) and _FIELD.match(below[fields].folded):
        fields += 1
    return fields if any(_HOURS.match(line.folded) for line in below[first + 1 : fields]) else 0


def _is_name(line: Scored) -> bool:
    return line.kind is None and line.size < HEADLINE and not line.is_sentence and ":" not in line.folded


def _background(below: Sequence[Scored]) -> int:
    """Return the length of paragraphs of background under a heading in brackets; a list of links has none."""
    if not below or not _BACKGROUND.match(below[0].folded):
        return 0
    length, ended, whole = 0, 0, 0
    for index, line in enumerate(below[1:], 1):
        if line.kind is not None:
            break
        if line.folded[-1:] in ("。", ";"):
            ended, length = ended + 1, index + 1
            whole += line.weight >= PARAGRAPH
    return length if (whole or ended >= FEWEST_ROWS) and ended * 3 >= (length - 1) * 2 else 0


def _last_words(scored: Sequence[Scored], start: int) -> int:
    """Return the length of a few short lines or fields and the sentences below them, just above what closes an article."""
    end = start
    while end < min(len(scored), start + FEW + 1) and not scored[end].ends and scored[end].kind is None:
        end += 1
    plain = [line for line in scored[start:end] if not _FIELD.match(line.folded)]
    if not is_short_list(plain) or _LINKS.search(plain[0].folded):
        return 0
    words = end
    while words < min(len(scored), end + MOST_WORDS) and _is_last_word(scored[words]):
        words += 1
    kind = scored[words].kind if end < words < len(scored) else None
    return words - start if kind is not None and kind.rule in _CLOSERS else 0


def _is_last_word(line: Scored) -> bool:
    return line.kind is None and line.ends and line.weight >= SENTENCE and not _NOTICE.search(line.folded)


def _announces(head: str) -> bool:
    return head.endswith(":") and len(head) > 3 and _LINKS.search(head) is None


def _fields(below: Sequence[Scored]) -> int:
    """Return the length of a heading with the fields, names or entries right below it, in groups with a head or not."""
    end = 1
    while end < len(below) and (_is_field(below[end].folded) or _heads_group(below[end : end + 2])):
        end += 1
    return end if end > 2 else 0


def _heads_group(lines: Sequence[Scored]) -> bool:
    head = lines[0].folded
    return len(lines) == 2 and head.endswith(":") and not _LINKS.search(head) and _is_field(lines[1].folded)


def _is_field(folded: str) -> bool:
    return any(pattern.match(folded) for pattern in (_FIELD, _ENTRY, _NAMES, _RESULT))


def _holds(folded: str) -> bool:
    """Tell whether a line is a field, a list of names or a result, which no headline looks like."""
    return any(pattern.match(folded) for pattern in (_FIELD, _NAMES, _RESULT))


def _rows(below: Sequence[Scored]) -> int:
    """Return the length of a table: its header and the rows of as many columns."""
    columns = below[0].folded.count(" ")
    end = 1
    while end < len(below) and below[end].folded.count(" ") == columns and not below[end].is_sentence:
        end += 1
    return end if columns and end > FEWEST_ROWS else 0


def _ends_annex(lines: Sequence[Scored]) -> bool:
    """Tell whether nothing of an annex stands from here on: two headlines, or a second annex that is empty."""
    return _are_headlines(lines) or _is_empty(lines)


def _is_empty(lines: Sequence[Scored]) -> bool:
    """Tell whether these are the heading of an annex and a line that is none."""
    return (
        len(lines) == 2
        and _ENCLOSED.match(lines[0].folded) is not None
        and _NONE_ENCLOSED.match(lines[1].folded) is not None
    )


def _are_headlines(lines: Sequence[Scored]) -> bool:
    """Tell whether these are two lines that list nothing, each as long as a headline."""
    return len(lines) == 2 and all(
        line.size >= HEADLINE and not line.is_sentence and not _lists(line.folded) for line in lines
    )


def _lists(folded: str) -> bool:
    return "、" in folded or folded.count(" ") > 1 or _is_field(folded)


def _may_stand(line: Scored) -> bool:
    return line.kind is None or line.kind.rule in _QUIET


def _may_part(line: Scored) -> bool:
    return line.kind is not None and line.kind.rule in _PARTING
