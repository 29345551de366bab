"""day_context: what the words beside a printed day say of it: published, changed, or something else.

Reads    a folded line, the span of the day in it, the line above when that is a label
Gives    a score: above 0 for the date of publication, below 0 for another date, ``NEVER`` when it cannot be that
"""

import re
from dataclasses import replace
from typing import Final

from tasks.metadata.dates import PrintedDate
from tasks.metadata.folding import fold

LABELLED: Final = re.compile(
    r"(?:发[布表稿]|刊发|刊登|公布|条目发布|印发|上传|创建|建立|登载|发文|成文|添加|录入|出版|投稿|张贴|发帖|更新|写作)(?:时间|日期|于|在)?[\s:|】\]@]*$"
    r"|(?:时间|日期|date|posted|published)\s?(?:on)?[\s:|】\]@]*$",
    re.IGNORECASE,
)
UPDATED: Final = re.compile(
    r"(?:更新|修改|修订|编辑于|updated|modified)(?:时间|日期|于)?[\s:|】\]]*$", re.IGNORECASE
)
_DRAFTED: Final = re.compile(r"(?:成文|发文|印发|写作|编辑|录入|添加)(?:时间|日期)?[\s:|】\]]*$")
_OTHER_BEFORE: Final = re.compile(
    r"(?:今天是?|今日是?|现在是?|截[至止]|有效期至?|注册|加入|登录|生于|出生|开本|since|copyright|版权所有|©|\(c\)|自|从|至|到|~|距|原载"
    r"|(?:浏览|阅读|点击|访问|人气|播放|热度|关注|编号|稿号|文号|流水号|id|no)(?:次?数|量|次)?\s?(?=[:.])"
    r"|(?:现在|当前|系统|北京|活动|开庭|截止|生效|实施|报名|考试|会议|到期|注册|登录|开业|成立|开播|上映|施行|废止)(?:时间|日期)是?"
    r"|(?:展览|展出|演出|比赛|直播|讲座|培训|开放|营业|开幕|举办|举行|招聘|面试|开标|投标|页面生成|页面执行)(?:时间|日期)"
    r"|农历|阴历|旧历|夏历|始建于?|创刊于?|成立于|已?运行|到期|过期)[\s:|]*$",
    re.IGNORECASE,
)
_OTHER_AFTER: Final = re.compile(
    r"^\s?(?:注册|加入|以前|以后|之前|之后|前|起|止|至|到|[-~]\s?\d|开始|截止|电$|讯$|号楼|版权|\(?(?:京港台|美东|当地)时间)"
)
_COUNT_BEFORE: Final = re.compile(
    r"(?:浏览|阅读|点击|访问|点阅|人气|播放|热度|关注|粉丝|字数|群)(?:总)?(?:人数|人次|次数|量|数|号|字)?[\s:(]*$"
)
_COUNT_AFTER: Final = re.compile(r"\s?(?:人?次(?!日)|位(?!于)|名(?!为)|[篇字]|℃)")
"""Beside eight digits: how many visitors, readers or characters; 20190312 is a day elsewhere."""
_DIGITS: Final = re.compile(r"\d{8}(?!\d)")
_MONTHLY: Final = re.compile(r"\s?\(\d{1,4}\)")
"""How many entries a month of an archive has: 2019年11月(4)."""
NEVER: Final = -99.0
"""Score of a date that is something else for certain."""

LONGEST_LABEL: Final = 12
"""Characters of a label that stands in a cell of its own."""


def context_of(date: PrintedDate, text: str) -> float:
    """Return what the words around a date say: over 0 for publication, under for something else."""
    before, after = text[max(date.start - 14, 0) : date.start], text[date.end : date.end + 6]
    is_clock = date.minute is not None and before.endswith("©")  # behind the name of a registered account
    if _OTHER_AFTER.search(after) or (_OTHER_BEFORE.search(before) and not is_clock):
        return NEVER
    is_counted = _COUNT_AFTER.match(text, date.end) or _COUNT_BEFORE.search(before)
    if is_counted and _DIGITS.match(text, date.start):
        return NEVER
    if date.day is None and _MONTHLY.match(text, date.end):
        return NEVER
    if UPDATED.search(before) or (before.endswith(("于 ", "于")) and "最后由" in text[: date.start]):
        return -3.0
    if LABELLED.search(before):
        return 0.5 if _DRAFTED.search(before) else 2.0
    return 0.0


def with_label(date: PrintedDate, text: str, above: str) -> tuple[PrintedDate, str]:
    """Return the day and its text behind the label that the cell before holds: 发文日期： above 2019年11月8日."""
    label = above.strip()
    if not label.endswith(("：", ":")) or len(label) > LONGEST_LABEL:
        return date, text
    size = len(label)
    return replace(date, start=date.start + size, end=date.end + size), fold(label) + text
