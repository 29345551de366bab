"""signatures: bylines inside a text: in the dateline, on a line of their own, at the end of a paragraph.

Reads    lines of the body
Gives    ``People``: names by role and the line of each role
"""

import re
from dataclasses import dataclass, field
from typing import Final

from tasks.metadata.alone import is_plain_word
from tasks.metadata.captions import read_caption
from tasks.metadata.credits import ROLES, Credits
from tasks.metadata.folding import fold
from tasks.metadata.names import is_likely_name
from tasks.metadata.people import read_credits
from tasks.metadata.roles import find_role_words, opens_credits
from tasks.metadata.values import NOBODY, read_names
from tasks.metadata.zones import LONGEST, Zones

_HINT: Final = re.compile(
    r"[文图圖编編责責攝摄采採撰记記作通执執评評实實报報电電](?:(?<=[文图圖编編责責攝摄采採撰])|(?<=[记記作])者|(?<=通)(?:讯员|訊員)|(?<=执)笔|(?<=執)筆|(?<=评)论员|(?<=評)論員|(?<=实)习|(?<=實)習|(?<=[报報])道|(?<=報)導|(?<=[电電])$)"
)
_APART: Final = re.compile(r"[\s、，,]+")
_LEAD_SIGN: Final = re.compile(r"[记通/讯电](?:(?<=记)者|(?<=通)讯员|(?<=/)|(?<=[讯电])\s?\()")
_LEAD_START: Final = re.compile(r"\[\S{3,16}?报[道导]|.{0,12}文")
"""What every dateline with names has, or begins with."""
_REPORTER_FIRST: Final = re.compile(
    r"[^\s,。:;]{2,10}\s(?:特约|实习|见习)?记者\s(?P<names>[\u3400-\u9fff]{2,3}(?:[\s、][\u3400-\u9fff]{2,3}(?=\s))?)\s(?=\S{6})"
)
"""Paper, 记者 and name set before the first sentence: 某报 记者 张三 镜子是新的。"""
_BRACKET: Final = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]]")
_END_BRACKET: Final = re.compile(rf"{_BRACKET.pattern}(?:1\d{{6}}|[\s。]*|\s*[(\[]\S{{0,2}}来源:[^(]+)$")
"""The last bracket of a text; an agency of Taiwan sets its number behind it, others a bracket with the outlet."""
_LEAD: Final = re.compile(
    r"^(?P<lead>[^。!?]{4,60}?(?:报道|报导|[\d一二三四五六七八九十]日(?:综合)?电))[:,\s)\]]"
)
_OPENING: Final = re.compile(r"\s?[\[(][^\s\[\]()]{2,8}讯[\])]\s?(?=\S*记者)")
"""【某报讯】 before 记者."""
_DAY_OF_REPORT: Final = re.compile(r"(?:\d{1,2}月)?\d{1,2}日(?=报道|报导)")
"""The day between the names and what they did: 某网记者张三4月26日报道."""
_DATELINE: Final = re.compile(r"(?:[讯电]|消息|报道|报导)\s?$")
"""What stands before the bracket that names the reporters."""
_HAN_NAME: Final = re.compile(r"[\u3400-\u9fff]{2,4}")
_AFTER_SENTENCE: Final = re.compile(r"[。!?\"\]][\s)]*([^。!?,;:]{2,40})\s*$")
_CREDITS_AFTER: Final = re.compile(r"[。!?\"\]]\s*((?:文|撰文|采写|图文)\s?[/:][^。!?,;]{2,50})\s*$")
"""Credits with several labels set against the last sentence: 。文/张三 李四 责任编辑：王五."""
_ABOUT_AUTHOR: Final = re.compile(r"作者[系为是]\S{3,24}\s(?P<name>[\u3400-\u9fff]{2,3})")
"""Who the author is, with the name behind: 作者系某县广播站编辑 张三."""
_PROFILE: Final = re.compile(
    r"[\[(]?作者(?:简介|介绍)[\])]?\s?:?\s?(?P<name>[\u3400-\u9fff]{2,4})\s?(?:\((?:19|20|男|女|笔名)|,\s?(?:男|女|笔名|本名|原名|(?:19|20)\d\d|\S{2,12}人[,。]))|"
    r"[\[(]?本文作者\s?:?\s?(?P<writer>[\u3400-\u9fff]{3}),\s?(?:为|是|现任|曾任)?[^\s,。]{0,20}(?:教授|[教讲]师|经理|记者|作家|医师|研究员|工程师|专员|创办人|编辑|学生|博士|硕士|主任|律师|顾问|设计师|社长|总监)[,。)]"
)
"""Who wrote, in the note on the author: the name and what notes begin with, or what he is."""
OPENING: Final = 4
"""Lines of the body in which journals print that note."""
_REPORTED: Final = re.compile(
    r"(?:(?P<name>[\u3400-\u9fff]{3})|(?P<office>[\u3400-\u9fff]{3,18})\s(?P<names>[\u3400-\u9fff]{2,3}(?:[\s、][\u3400-\u9fff]{2,3})*))\s?(?:报道|报导)"
)
"""Who reports, in the last bracket of stations and schools: （孙玉明報導）, （教育学院 孙玉报道）."""
_OF_HOUSE: Final = re.compile(r"[^\s()]{0,12}?(?=(?:特约|实习|见习)?记者\s)")
_BULLET_END: Final = re.compile(
    r"[。!?\"][\s]*[■□◎●◆▲◇○]\s?(?P<names>[\u3400-\u9fff]{2,3}(?:[\s、]+[\u3400-\u9fff]{2,3})*)\s*$"
)
"""A name behind a bullet against the last sentence."""
_END_SIGNS: Final = frozenset("摄攝)）]】〕")
_ONE_PEN_NAME: Final = re.compile(r"[\u3400-\u9fff]{2,3}(?:、[\u3400-\u9fff]{2,3}){2,3}")
"""Three or four names of two or three characters: one of them may be no usual one."""
_SHOT_END: Final = re.compile(
    r"[。!?\"](?P<who>\s?[^。,!?\"]{0,10}(?:(?:记者|通讯员)\s?|[网报社]\s)[^。,!?\"()]{2,16}?\s?摄影?[)。\s]*)$"
)
"""。某网 张三 摄 under a picture, or at the end of its text."""
_OFFICE: Final = re.compile(
    r"[\u3400-\u9fff]{2,16}(?:局|委|办|办公室|院|部|处|科|中心|街道|镇政府|乡政府|管委会|委员会|协会|学校|大学|公司|供电所|派出所|水厂|电厂|[^\s]{2}所|车务段|工务段|机务段|林场|煤矿|分行|支行|医院|法院|检察院|中学|小学|幼儿园|图书馆|博物馆|社区|支队|大队|分局|党委|支部|工会|团委|"
    r"供稿|宣传部|办事处)"
)


@dataclass(slots=True)
class People:
    """Names by role; ``where`` holds, by field name, the index of the first line that names one."""

    credits: Credits = field(default_factory=Credits)
    where: dict[str, int] = field(default_factory=dict)
    _known: set[tuple[str, str]] = field(default_factory=set)  # a page may name thousands

    def take(self, found: Credits, index: int) -> None:
        """Add what one line names."""
        if not found:
            return
        for role in ROLES:
            for name in getattr(found, role):
                self.where.setdefault(role, index)
                if (role, name) not in self._known:
                    self._known.add((role, name))
                    getattr(self.credits, role).append(name)


def is_credit_line(text: str) -> bool:
    """Tell whether a line is nothing but a byline, so that it can stand in a body and not belong to it."""
    if not 4 <= len(text) <= 60 or _HINT.search(text) is None:
        return False
    return opens_credits(fold(text).strip()) and read_credits(text).is_whole


def take_from_body(people: People, zones: Zones, index: int) -> None:
    """Read a line of the body: a byline of its own, or one at the beginning or end of a paragraph."""
    text = zones.texts[index]
    is_labelled = zones.labels[index] in ("byline", "metadata", "caption") and len(text) <= LONGEST
    if is_labelled or len(text) <= 60:
        folded = zones.folded(index)
        if opens_credits(folded):
            found = read_credits(text)
            if found.is_whole:
                people.take(found, index)
                return
        if folded.endswith(("摄", "摄)", "摄影)", "摄影", "摄。")):
            people.take(Credits(photographers=read_caption(text.rstrip("）)。 "))), index)
            return
    if index - zones.first <= 2:
        _take_lead(people, text, index)
    _take_end(people, text, index, is_last=index >= zones.last - 1)


def _take_lead(people: People, text: str, index: int) -> None:
    """Read a dateline: 本报讯（记者 张三）, 記者王小明／台北報導."""
    folded = fold(text)[:100]  # lines of a page are folded already
    if not (_LEAD_SIGN.search(folded) or _LEAD_START.match(folded)):
        return
    match = _LEAD.match(folded)
    if match is not None:
        opening = _OPENING.match(folded)
        lead = text[opening.end() if opening else 0 : match.end("lead")].lstrip("（([【〔 　")
        found = read_credits(_DAY_OF_REPORT.sub("", lead))
        if found.is_whole and found.authors:
            people.take(found, index)
            return
    reporter = _REPORTER_FIRST.match(folded)
    if reporter is not None and all(map(is_likely_name, _APART.split(reporter["names"]))):
        people.take(read_credits(text[: reporter.end("names")]), index)
        return
    for bracket in _BRACKET.finditer(folded[:80]):
        dateline = _DATELINE.search(folded, 0, bracket.start())
        shown = text[bracket.start(1) : bracket.end(1)]
        if "记者" in bracket[1] or "通讯员" in bracket[1] or "/" in bracket[1]:
            found = read_credits(shown)
            if found.is_whole:
                people.take(found, index)
            elif dateline is not None:
                people.take(Credits(authors=_reporters(bracket[1], shown)), index)
        elif dateline is not None and dateline[0][0] in "讯电":
            _take_names(people, shown, index)


def _reporters(folded: str, printed: str) -> list[str]:
    """Return the names of a bracket that holds reporters and nothing else, whatever their surnames: 记者买提江."""
    words = find_role_words(folded)
    if not words or not all(word.is_reporter for word in words) or words[0].start:
        return []
    found: list[str] = []
    for word, end in zip(words, [*(word.start for word in words[1:]), len(folded)], strict=True):
        value = folded[word.value : end].rstrip(" 、,/")
        names, is_clean = read_names(value, printed[word.value : word.value + len(value)], is_labelled=True)
        if not is_clean or not names or not all(_HAN_NAME.fullmatch(fold(name)) for name in names):
            return []
        found += names
    return found


def _take_names(people: People, text: str, index: int) -> None:
    """Take a text that is nothing but names: what stands in brackets behind 本报讯."""
    shown = [name for name in _APART.split(text.strip()) if name]
    if any(fold(name) in NOBODY or find_role_words(fold(name)) for name in shown):
        return
    likely = [is_likely_name(fold(name)) for name in shown]
    if shown and (all(likely) or (sum(likely) >= 2 and _ONE_PEN_NAME.fullmatch("、".join(map(fold, shown))))):
        people.take(Credits(authors=shown), index)


def _take_end(people: People, text: str, index: int, is_last: bool) -> None:
    """Read a byline at the end of a paragraph: （记者 张三）, 。张三 李四/文."""
    end = text[-3:]
    if not is_last and _END_SIGNS.isdisjoint(end) and not end.isdecimal():
        return
    tail, folded = text[-64:], fold(text)[-64:]
    if ("摄" in end or "攝" in end) and (shot := _SHOT_END.search(folded)) is not None:
        who = tail[shot.start("who") :]
        found = read_credits(who)
        people.take(found if found.photographers else Credits(photographers=read_caption(who)), index)
        return
    match = _END_BRACKET.search(folded)
    if match is not None:
        if (about := _ABOUT_AUTHOR.fullmatch(match[1])) is not None:
            start = match.start(1) + about.start("name")
            _take_names(people, tail[start : match.end(1)], index)
            return
        found = read_credits(tail[match.start(1) : match.end(1)])
        if is_last or (found.is_whole and "作者" not in match[1]):
            people.take(found, index)
        if is_last and not found and (house := _OF_HOUSE.match(match[1])) is not None:
            names = _reporters(match[1][house.end() :], tail[match.start(1) + house.end() : match.end(1)])
            people.take(Credits(authors=[name for name in names if len(name) <= 3]), index)
        reported = _REPORTED.fullmatch(match[1]) if is_last and not found else None
        if reported is not None and reported["office"] and _OFFICE.fullmatch(reported["office"]):
            _take_names(people, tail[match.start(1) :][slice(*reported.span("names"))], index)
        elif reported is not None and reported["name"] and is_plain_word(reported["name"]):
            people.take(Credits(authors=[tail[match.start(1) :][: reported.end("name")]]), index)
        return
    if is_last and (signed := _BULLET_END.search(folded)) is not None:
        _take_names(people, tail[slice(*signed.span("names"))], index)
        return
    if is_last:
        after = _AFTER_SENTENCE.search(folded) or _CREDITS_AFTER.search(folded)
        if after is not None:
            found = read_credits(tail[after.start(1) : after.end(1)])
            if found.is_whole:
                people.take(found, index)


def take_signature(people: People, zones: Zones) -> None:
    """Read names or an office in brackets at the very end: （张三 李四）, （某县发改局）."""
    if not 0 <= zones.last < len(zones.texts):
        return
    tail = zones.texts[zones.last][-40:]
    match = _END_BRACKET.search(fold(zones.texts[zones.last])[-40:])
    if match is None and len(below := zones.next_text(zones.last).strip()) <= 20:
        tail, match = below, _END_BRACKET.fullmatch(fold(below))
    if match is None:
        return
    shown = tail[match.start(1) : match.end(1)].strip()
    words = shown.split()
    if _OFFICE.fullmatch(match[1].strip()):
        people.take(Credits(authors=[shown.removesuffix("供稿") or shown]), zones.last)
    elif len(words) > 1 and _OFFICE.fullmatch(fold(words[0])):
        _take_names(people, words[-1], zones.last)
    else:
        _take_names(people, shown, zones.last)


def described_author(zones: Zones) -> tuple[str, int] | None:
    """Return the author whom a note beside the text describes, and its line (作者简介：张三，男，某县人。)."""
    near = range(zones.first, min(zones.first + OPENING, zones.last + 1))
    for index in [*zones.head, *near, zones.last - 1, zones.last, *zones.tail]:
        if not 0 <= index < len(zones.texts) or "作者" not in zones.texts[index][:12]:
            continue
        about = _PROFILE.match(zones.folded(index))
        group = about.lastgroup if about is not None else None
        if about is not None and group is not None and is_likely_name(about[group]):
            return zones.texts[index].strip()[slice(*about.span(group))], index
    return None
