"""bylines: the people of a page, from the places where bylines are printed.

Reads    zones of the page, its markup
Gives    ``People``: names by role, the line of each role, the media named with 记者
"""

import re
from dataclasses import dataclass, field
from typing import Final

from tasks.lines import Page
from tasks.metadata.captions import read_caption
from tasks.metadata.dates import find_dates
from tasks.metadata.folding import fold
from tasks.metadata.names import FREQUENT_SURNAMES, PLACES, is_likely_name
from tasks.metadata.outlets import is_outlet
from tasks.metadata.people import Credits, read_credits
from tasks.metadata.zones import Zones

_HINT: Final = re.compile(
    r"[文图圖编編责責攝摄采採撰]|记者|記者|作者|通讯员|通訊員|执笔|執筆|评论员|評論員|实习|實習|报道|報[道導]|[电電]$"
)
_CREDIT_START: Final = re.compile(
    r"^\W*(?:采写|撰文|撰稿|摄影|文字|文|图|作者|编辑|责编|责任编辑|执笔|策划|统筹|[\u3400-\u9fff·]{0,10}?(?:记者|通讯员|实习生|评论员))(?:\W|[\u3400-\u9fff])|"
    r"/\s?[文图]|(?:记者|/)[^。]{2,24}(?:报道|报导|电|摄|摄影)$"
)
_BRACKET: Final = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]]")
_END_BRACKET: Final = re.compile(r"[(\[]([^()\[\]]{2,60})[)\]][\s。]*$")
_LEAD: Final = re.compile(r"^(?P<lead>[^。!?]{4,60}?(?:报道|报导|\d日电|讯))[:,\s)]")
_AFTER_SENTENCE: Final = re.compile(r"[。!?\"\]][\s)]*([^。!?,;:]{2,40})\s*$")
_CLOSED: Final = re.compile(r"[)）\]】〕]")
_OFFICE: Final = re.compile(
    r"[\u3400-\u9fff]{2,16}(?:局|委|办|办公室|院|部|处|科|中心|街道|镇政府|乡政府|管委会|委员会|协会|学校|大学|公司|支队|大队|分局|党委|支部|工会|团委|"
    r"供稿|宣传部|办事处)"
)
_PLACE: Final = re.compile(rf"^(?:{PLACES})|[省市县区州镇村网报社台站]$")
_BARE_WORDS: Final = frozenset(
    "高尔夫 张家界 高清图 高速路 关于我 关注我 国际版 国内版 安全网 应用店 华人圈 查看全 管理员 党建网 游戏网 车市场 时尚网 文化馆 全文章 大中小 "
    "小中大 房产网 金融网 能源网 江苏网 江西网 安徽网 云南网 和讯网 陕西省 江苏省 江西省 安徽省 云南省 贵州省 广东省 广西区 海南省 宁夏区 "
    "石家庄 马鞍山 连云港 秦皇岛 黄冈市 任意门 万维网 易车网 包装机 毛豆网 单机游 多媒体 全媒体 融媒体 新媒体 满意度".split()
)


@dataclass(slots=True)
class People:
    """Names by role; ``where`` holds, by field name, the index of the first line that names one.

    credit_lines: lines in the body that are nothing but a byline.
    """

    credits: Credits = field(default_factory=Credits)
    where: dict[str, int] = field(default_factory=dict)
    credit_lines: list[int] = field(default_factory=list)

    def take(self, found: Credits, index: int) -> None:
        """Add what one line names."""
        if not found:
            return
        for name in ("authors", "photographers", "editors", "outlets"):
            if getattr(found, name):
                self.where.setdefault(name, index)
        self.credits.add(found)


def is_credit_line(text: str) -> bool:
    """Tell whether a line is nothing but a byline, so that it can stand in a body and not belong to it."""
    if not 4 <= len(text) <= 60 or _HINT.search(text) is None:
        return False
    folded = fold(text).strip()
    return _CREDIT_START.search(folded) is not None and read_credits(text).is_whole


def find_people(zones: Zones, page: Page, date_at: int) -> People:
    """Return the people of a page."""
    people = People()
    for index in [i for i in zones.above if zones.title - i <= 3]:
        _take_labelled(people, zones, index)
    for index in zones.head:
        _take_labelled(people, zones, index)
    _take_beside_date(people, zones, page, date_at)
    for index in range(zones.first, zones.last + 1):
        _take_from_body(people, zones, index)
    for index in zones.tail:
        _take_labelled(people, zones, index)
    if not people.credits.authors:
        _take_signature(people, zones)
    return people


def _take_labelled(people: People, zones: Zones, index: int) -> None:
    """Read a line of the head or the tail; an empty label takes the line after it."""
    text = zones.texts[index]
    folded = zones.folded(index)
    if zones.labels[index] == "caption" or folded.endswith(("摄", "摄影", "摄)")):
        names = read_caption(text)
        if names:
            people.take(Credits(photographers=names), index)
            return
    if folded.endswith((":", "|")) and len(folded) <= 12:
        following = zones.next_text(index)
        if 2 <= len(following.strip()) <= 20 and ":" not in fold(following):
            text = f"{text}{following}"
    people.take(read_credits(text), index)


def _take_from_body(people: People, zones: Zones, index: int) -> None:
    """Read a line of the body: a byline of its own, or one at the beginning or end of a paragraph."""
    text = zones.texts[index]
    if zones.labels[index] in ("byline", "metadata", "caption") or len(text) <= 60:
        folded = zones.folded(index)
        if _CREDIT_START.search(folded):
            found = read_credits(text)
            if found.is_whole:
                people.take(found, index)
                people.credit_lines.append(index)
                return
        if folded.endswith(("摄", "摄)", "摄影)", "摄影", "摄。")):
            people.take(Credits(photographers=read_caption(text.rstrip("）)。 "))), index)
            return
    if index - zones.first <= 2:
        _take_lead(people, text, index)
    _take_end(people, text, index, is_last=index >= zones.last - 1)


def _take_lead(people: People, text: str, index: int) -> None:
    """Read a dateline: 本报讯（记者 张三）, 記者王小明／台北報導."""
    folded = fold(text[:100])
    if not re.search(r"记者|通讯员|/|^.{0,12}文|[讯电]\s?\(", folded):
        return
    match = _LEAD.match(folded)
    if match is not None:
        found = read_credits(text[: match.end("lead")].lstrip("（([【〔 　"))
        if found.is_whole and found.authors:
            people.take(found, index)
            return
    for bracket in _BRACKET.finditer(folded[:80]):
        if folded[: bracket.start()].rstrip().endswith(("讯", "电")):
            _take_names(people, text[bracket.start(1) : bracket.end(1)], index)
        if "记者" in bracket[1] or "通讯员" in bracket[1] or "/" in bracket[1]:
            found = read_credits(text[bracket.start(1) : bracket.end(1)])
            if found.is_whole:
                people.take(found, index)


def _take_names(people: People, text: str, index: int) -> None:
    """Take a text that is nothing but names: what stands in brackets behind 本报讯."""
    shown = [name for name in re.split(r"[\s、，,]+", text.strip()) if name]
    if shown and all(is_likely_name(fold(name)) for name in shown):
        people.take(Credits(authors=shown), index)


def _take_end(people: People, text: str, index: int, is_last: bool) -> None:
    """Read a byline at the end of a paragraph: （记者 张三）, 。张三 李四/文."""
    if not is_last and not _CLOSED.search(text[-3:]):
        return
    tail = text[-64:]
    folded = fold(tail)
    match = _END_BRACKET.search(folded)
    if match is not None:
        found = read_credits(tail[match.start(1) : match.end(1)])
        if is_last or (found.is_whole and "作者" not in match[1]):
            people.take(found, index)
        return
    if is_last:
        after = _AFTER_SENTENCE.search(folded)
        if after is not None:
            found = read_credits(tail[after.start(1) : after.end(1)])
            if found.is_whole:
                people.take(found, index)


def _take_signature(people: People, zones: Zones) -> None:
    """Read names or an office in brackets at the very end: （张三 李四）, （某县发改局）."""
    if not 0 <= zones.last < len(zones.texts):
        return
    tail = zones.texts[zones.last][-40:]
    match = _END_BRACKET.search(fold(tail))
    if match is None:
        return
    shown = tail[match.start(1) : match.end(1)].strip()
    if _OFFICE.fullmatch(match[1].strip()):
        people.take(Credits(authors=[shown]), zones.last)
    else:
        _take_names(people, shown, zones.last)


def _markup_authors(page: Page) -> set[str]:
    """Return what markup calls the author, folded; used to know a printed name, never alone."""
    found = [(page.meta or {}).get("author"), (page.meta or {}).get("article:author")]
    for entry in page.json_ld or []:
        author = entry.get("author")
        for person in author if isinstance(author, list) else [author]:
            name = person.get("name") if isinstance(person, dict) else person
            found.append(name if isinstance(name, str) else None)
    return {re.sub(r"\s?\(.*\)$", "", fold(name)).strip() for name in found if name}


def _take_beside_date(people: People, zones: Zones, page: Page, date_at: int) -> None:
    """Read a name printed without a role: on the date line, or alone on a line near it."""
    if people.credits.authors:
        return
    known = {name for name in _markup_authors(page) if not is_outlet(name)}
    if date_at >= 0 and _take_from_date_line(people, zones, known, date_at):
        return
    for index in [*zones.head, *zones.above]:
        folded = zones.folded(index)
        is_name = 2 <= len(folded) <= 20 and index != date_at
        if is_name and (folded in known or _is_bare_name(folded, zones, page, index, date_at)):
            people.take(Credits(authors=[zones.texts[index].strip()]), index)
            return


def _take_from_date_line(people: People, zones: Zones, known: set[str], date_at: int) -> bool:
    """Read 谢某某2017-03-01, 某报 2012-05-08 张三 评论(0), posted @ 2012-05-10 10:12 李四 阅读(3)."""
    folded, printed = zones.folded(date_at), zones.texts[date_at].strip()
    date = next(find_dates(folded), None)
    if date is None:
        return False
    has_frame = (
        re.search(r"posted|评论|阅读|微博|参与", folded[: date.start] + folded[date.end :], re.I) is not None
    )
    for start, end, is_before in ((0, date.start, True), (date.end, len(folded), False)):
        last = ""
        for piece in re.finditer(r"[^\s|,:]+(?:(?<=[A-Za-z.]) (?=[A-Z])[^\s|,:]+)*", folded[start:end]):
            name = piece.group().strip("·-/")
            is_person = _is_plain_name(name)
            is_western = (
                is_before and re.fullmatch(r"[A-Z][A-Za-z.'-]+(?: [A-Z][A-Za-z.'-]+)+", name) is not None
            )
            rest = folded[start + piece.end() : date.start].strip(" ·|-,") if is_before else ""
            if rest or folded[start + piece.end() :][:1] == ":":
                continue
            is_beside = is_outlet(last) or is_before or has_frame
            last = name
            if name in known or is_western or (is_person and is_beside):
                at = start + piece.start() + piece.group().find(name)
                people.take(Credits(authors=[printed[at : at + len(name)]]), date_at)
                return True
    return False


def _is_plain_name(folded: str) -> bool:
    """Tell whether a word is a name and hardly anything else: three characters, or two with a frequent surname."""
    if not is_likely_name(folded) or is_outlet(folded) or folded in _BARE_WORDS or _PLACE.search(folded):
        return False
    return len(folded) == 3 or (len(folded) == 2 and folded[0] in FREQUENT_SURNAMES)


def _is_bare_name(folded: str, zones: Zones, page: Page, index: int, date_at: int) -> bool:
    """Tell whether a line is a name alone, right under the title or beside the date.

    Three characters with a frequent surname: two are too often a word, and menus are full of words.
    """
    hints = page.lines[index].hints
    if len(folded) != 3 or folded[0] not in FREQUENT_SURNAMES or "share" in hints or "related" in hints:
        return False
    if not _is_plain_name(folded):
        return False
    if page.is_html and ("metadata" in hints or "byline" in hints):
        return 0 < index - zones.title <= 4 or (date_at >= 0 and abs(index - date_at) <= 3)
    near = date_at >= 0 and abs(index - date_at) <= 2 and index > zones.title
    return near or (index == zones.title + 1 and not page.is_html)
