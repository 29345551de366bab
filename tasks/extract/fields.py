"""fields: announcements made of ``name: value`` lines with hardly a sentence.

In a lecture, a tender or a vacancy, three or more such lines close together are text if one of them has
a name that no page prints about itself (place, speaker, subject, post). A line such as ``时间:`` among
them is then no date line of the page.
"""

import re
from collections.abc import Sequence

from tasks.extract.scored import Scored

_FIELD = re.compile(
    r"(?:[一二三四五六七八九十]{1,2}、|\d{1,2}[、.)]|[\[(【·●])?\s*([^\s:。,;](?:\s?[^\s:。,;]){1,11}?)[\])]?\s*:\s*\S"
)
_NAMES = re.compile(
    r"地点|会场|主讲|报告人|主持|嘉宾|题目|主题|对象|内容|岗位|职位|学历|薪|待遇|费用|报名|参加|门票|展览|展期|演出|招标|中标|项目|采购|投标|预算|公示期|"
    r"名额|条件|要求|日程|议程|票价|规格|用途|品名|奖|冠军|亚军|季军|案号|开庭|当事人"
)
REACH = 4
"""Lines between two fields of one announcement."""
FEWEST = 3
"""Fields of an announcement."""
WORTH = 0.6
"""Weight of a character in a field, relative to one in a sentence."""
ANNOUNCED = -4.0
"""What a field costs that a sentence announced."""


def allow_fields(scored: Sequence[Scored], colons: Sequence[int]) -> None:
    """Give the fields of announcements the weight of text. colons: indexes of the lines with a colon."""
    group: list[int] = []
    for index in colons:
        line = scored[index]
        if ":" in line.folded[:20] and line.size <= 120 and _FIELD.match(line.folded):
            if group and index - group[-1] > REACH:
                _allow(scored, group)
                group = []
            group.append(index)
    _allow(scored, group)


def _allow(scored: Sequence[Scored], group: Sequence[int]) -> None:
    named = sum(1 for index in group if _NAMES.search(scored[index].folded[:14].replace(" ", "")))
    if len(group) < FEWEST or named < 2:
        return
    for index in group:
        line = scored[index]
        if line.kind is None or _MISREAD.match(f"{line.kind.rule} {_joined(line.folded)}"):
            line.kind = None
            line.weight = max(line.weight, line.size * WORTH)


def _joined(folded: str) -> str:
    """Return a field without the blank that sets the two characters of its name apart: 时 间:."""
    return folded[0] + folded[2:] if folded[1:2] == " " else folded


_MISREAD = re.compile(
    r"metadata_line (?!.*(?:点击|浏览|来源|阅读|字号|作者|点阅))\S{0,3}(?<!发布)(?<!更新)(?<!发表)(?<!张贴)(?:时间|日期)|contact |reporter |legal_notice (?:主办|承办|协办|指导)(?!.*(?:技术支持|备案|版权))"
)
"""Kinds, with how the line begins, that among such fields are fields."""


_ASKED = re.compile(r"(?:来信|信件|留言|咨询|投诉|诉求|问题|反映|提问)(?:内容|描述|详情|正文)?:?")
_ANSWERED = re.compile(r"(?:回复|答复|反馈)(?:内容|结果|意见|情况)?:?")
ANSWERED = -4.0
"""What the heading of an answer costs."""


def allow_letters(scored: Sequence[Scored], named: Sequence[int]) -> None:
    """Read the answer of an office as text, not as comments, on a page with a field for the letter it answers.

    named: indexes of the lines that have a kind.
    """
    answers = [i for i in named if scored[i].size <= 5 and _ANSWERED.fullmatch(scored[i].folded)]
    if not answers or not any(_ASKED.fullmatch(line.folded) for line in scored[: answers[0]]):
        return
    for index in answers:
        scored[index].kind, scored[index].weight = None, ANSWERED


_ANNOUNCES = re.compile(r"(?:如下|以下\S{0,4}):$")
_ANNOUNCED = re.compile(
    r"(?!.*(?:发布|更新|发表|浏览|点击|来源))\S{0,6}(?:时间|日期|地点|地址|网址|电话|邮箱|联系人|联系方式)\s?:(?!.*(?:19|20)\d\d[-/.年]\d{1,2}[-/.月]\d{1,2}日?(?:\s\d\d:\d\d\S*)?$)"
)
"""Fields of what is made known; a day with its year and nothing else is the page's own."""
LONGEST_NOTICE = 40
"""Lines after 公告如下: among which such fields belong to the notice."""


def _announces(line: Scored) -> bool:
    return line.size >= 12 and line.folded[-1] == ":" and _ANNOUNCES.search(line.folded) is not None


def allow_announced(scored: Sequence[Scored], colons: Sequence[int]) -> None:
    """Read the fields of a notice as text when a sentence announced them: 现将有关事项公告如下.

    colons: indexes of the lines with a colon.
    """
    announcing = {index for index in colons if _announces(scored[index])}
    left = 0
    for index in range(min(announcing), len(scored)) if announcing else ():
        line = scored[index]
        if index in announcing:
            left = LONGEST_NOTICE
        elif left:
            left -= 1
            if line.kind is None:
                continue
            if line.kind.rule in ("metadata_line", "contact") and _ANNOUNCED.match(line.folded):
                line.kind, line.weight = None, ANNOUNCED
            elif line.kind.closing or line.kind.opens:
                left = 0


_SIGNED = re.compile(
    r"(?:(?:19|20)\d\d|[二〇○零一九]{2}[〇○零一二三四五六七八九]{2})年[\d一二三四五六七八九十]{1,2}月[\d一二三四五六七八九十]{1,3}日"
)
_ENCLOSED = re.compile(
    r"第一[章条节]|一、|附件?\s?\d?\s?:|[^。,:]{0,16}关于[^。,:]{4,40}的?\S{2,3}$|[^。,:!?]{4,40}(?:办法|方案|细则|规定|意见|通知|条例|规则|规程|预案|章程|名单|制度)(?:\(\S{1,12}\))?$"
)
"""How a document opens that another one sends out."""
BETWEEN = 3
"""Lines between the day that signs a letter and the document it encloses."""
SIGNS = -3.0
"""What the signature costs there."""


def allow_enclosed(scored: Sequence[Scored], named: Sequence[int]) -> None:
    """Let the signature of a letter part it from the document that it encloses at hardly any cost.

    named: indexes of the lines that have a kind.
    """
    for index in named:
        line, kind = scored[index], scored[index].kind
        if kind is None or kind.rule != "date_line" or not 2 <= index < len(scored) - 2:
            continue
        office, text = scored[index - 1], scored[index - 2]
        if (
            office.kind is not None
            or office.ends
            or office.size > 40
            or not (text.ends or scored[index - 3].ends)
        ):
            continue
        if not _SIGNED.fullmatch(line.folded.replace(" ", "")):
            continue
        below = range(index + 1, min(index + 1 + BETWEEN, len(scored)))
        opening = next((i for i in below if _ENCLOSED.match(scored[i].folded)), -1)
        if opening < 0 or any(scored[i].kind is not None for i in range(index + 1, opening + 1)):
            continue
        for i in range(index - 1, opening + 1):
            scored[i].weight = max(scored[i].weight, SIGNS)
