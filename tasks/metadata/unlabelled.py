"""unlabelled: a name printed without any role: on the date line, or alone beside it.

Reads    zones of the page, its markup, the line of the date
Gives    the name and its line. A name stands where it does for no other reason: a word that only
         looks like one (高尔夫, 张家界) is passed by, and two characters count only on the date line
"""

import re
from typing import Final

from tasks.lines import Page
from tasks.metadata.dates import find_dates
from tasks.metadata.folding import fold
from tasks.metadata.markup import json_ld_entries
from tasks.metadata.names import FREQUENT_SURNAMES, PLACES, is_likely_name, split_run
from tasks.metadata.outlets import ORIGINAL, is_outlet
from tasks.metadata.sites import split_title
from tasks.metadata.title_shape import AFFILIATION, is_office
from tasks.metadata.values import NOBODY
from tasks.metadata.zones import Zones

_PLACE: Final = re.compile(rf"^(?:{PLACES}|来源|来自)|[省市县区州镇村网报社台站]$")
_BARE_WORDS: Final = frozenset(
    "高尔夫 张家界 高清图 高速路 关于我 关注我 国际版 国内版 安全网 应用店 华人圈 查看全 管理员 党建网 游戏网 车市场 时尚网 文化馆 全文章 大中小 "
    "小中大 房产网 金融网 能源网 江苏网 江西网 安徽网 云南网 和讯网 陕西省 江苏省 江西省 安徽省 云南省 贵州省 广东省 广西区 海南省 宁夏区 "
    "石家庄 马鞍山 连云港 秦皇岛 黄冈市 任意门 万维网 易车网 包装机 毛豆网 单机游 多媒体 全媒体 融媒体 新媒体 满意度".split()
)
_TWO: Final = frozenset(
    "高清 高考 高校 高中 高职 高铁 高速 高端 高层 高原 高新 金融 金额 金牌 金价 金属 金山 金华 金句 江苏 江西 江门 江湖 马上 马来 马航 马术 马拉 石油 石化 石材 林业 "
    "林草 周刊 周边 周报 周末 周一 周年 周易 周口 程序 程度 程控 许可 许昌 许多 方式 方案 方法 方便 方言 方正 任务 任免 任命 任职 白银 白酒 白领 白宫 万科 万象 "
    "万历 万达 万州 夏天 夏令 夏季 何谓 何处 何时 向前 向上 向量 常见 常识 常用 常州 常德 常熟 常委 武汉 武术 武器 武警 武侠 陆军 陆续 陆丰 陈述 罗马 黄金 黄页 黄山 "
    "黄冈 黄石 严重 严选 毛坯 毛笔 龙岩 龙虎 钱包 钱币 田径 田园 田野 苏州 苏宁 叶子 顾问 顾客 史料 史学 史记 雷达 雷人 雷锋 雷州 孔子 孟子 孙子 段子 于是 余姚 余额 "
    "余杭 张家 张北 张掖 丁香 曾经 唐山 唐诗 唐朝 唐代 宋词 宋朝 宋代 韩国 韩剧 韩语 韩流 郑州 徐州 徐汇 吴江 吴中 胡同 谢谢 谢绝 肖像 董事 董秘 袁州 杜绝 魏晋 吕梁 "
    "沈阳 钟表 钟楼 范围 范文 范例 付款 付费 邹城 邹平 熊市 熊猫 秦皇 秦岭 黎明 黎族 陶瓷 陶艺 贺州 贺岁 贺词 邵阳 邵东 莫名 侯马 姚安 杨凌 王者 王牌 王府 朱雀 "
    "刘海 彭州 彭水 曹县 梁平 梁山 邓州 贾汪 薛城 阎良 覃塘 戴尔 汤泉 汤阴 汤料 罗湖 罗列 蔡甸 潘集 卢浮 卢氏".split()
)
"""Words of two characters that begin like a name: what columns are called, places, adverbs."""
_POSTER: Final = re.compile(r"发布者\s?:\s?(?P<name>[^\s|:]{2,16})(?=[\s|].*(?:评论|回复)\s?:)")
_SIGNED_OFF: Final = re.compile(
    r"^(?P<name>[^\s/:]{2,16})(?:/\S{2,10}/| 发表在 \S{2,8} )(?:回应|留言|引用)\s?\("
)
"""How weblogs sign below a post: 某人/某日志/回应(8), 某人 发表在 某客 留言(3)."""
_FOLLOWED: Final = re.compile(r"\s?(?:\+?\s?关注|粉丝)")
"""The button behind the name of who has an account."""
_OFFICE: Final = re.compile(r"[科室部处局委校院社网报]$|办公室")
_APART: Final = re.compile(r"[\s、,，;；]+")
_FRAME: Final = re.compile(r"posted|评论|阅读|微博|参与|浏览", re.IGNORECASE)
_BULLETED: Final = re.compile(
    r"[□■◎◇○●◆☉⊙◈]\s*(?P<names>[\u3400-\u9fff]{2,3}(?:[\s、]+[\u3400-\u9fff]{2,3})*)"
)
"""How papers print who wrote an article, above or below it: □张三."""
_NAMES: Final = re.compile(r"[\u3400-\u9fff]{2,12}")
_PIECE: Final = re.compile(r"[^\s|,:]+(?:(?<=[A-Za-z.]) (?=[A-Z])[^\s|,:]+)*")
_WESTERN: Final = re.compile(r"[A-Z][A-Za-z.'-]+(?: [A-Z][A-Za-z.'-]+)+")
_BY: Final = re.compile(r"^(?:posted )?by ", re.IGNORECASE)
_LINK: Final = re.compile(
    r"(?:最后)?(?:发[表布]|写|编辑|更新|提交|创建)?(?:于|时间|日期)\s?:?|posted on|on|[\s·|,@-]",
    re.IGNORECASE,
)
"""What may stand between a name and the date: 发表于."""


def find_unlabelled(zones: Zones, page: Page, date_at: int) -> tuple[str, int] | None:
    """Return the author and the index of the line, ``None`` when no name stands there."""
    known = {name for name in _markup_authors(page) if not is_outlet(name)}
    known |= {name for name in map(fold, split_title(page.title_tag or "")[1:]) if _is_plain_name(name)}
    if date_at >= 0:
        name = _on_date_line(zones.folded(date_at), zones.texts[date_at].strip(), known)
        if name is not None:
            return name, date_at
    for index in [*zones.head, *zones.above]:
        folded = zones.folded(index)
        is_name = 2 <= len(folded) <= 20 and index != date_at
        if is_name and (folded in known or _is_alone(folded, zones, page, index, date_at)):
            return zones.texts[index].strip(), index
        if index != date_at and (shown := _followed(folded, known)):
            return zones.texts[index].strip()[:shown], index
        outlet, _, name = folded.partition(" ")
        if (
            is_name
            and 2 <= len(name) <= 4
            and (is_outlet(outlet) or is_office(folded))
            and _is_plain_name(name)
        ):
            return zones.texts[index].strip()[len(outlet) :].strip(), index
    return None


def _followed(folded: str, known: set[str]) -> int:
    """Return the length of a name that markup knows and that opens a line, before the button to follow its bearer."""
    found = (len(name) for name in known if len(name) > 1 and folded.startswith(name))
    return next((size for size in found if _FOLLOWED.match(folded, size)), 0)


def names_behind_date(zones: Zones, date_at: int) -> list[str]:
    """Return the names printed against the date, as archives of journals do: 2019-11-08 07:35孙玉乔振海."""
    if date_at < 0:
        return []
    folded, printed = zones.folded(date_at), zones.texts[date_at].strip()
    date = next(find_dates(folded), None)
    if date is None or date.start > 0 or folded[date.end - 1 : date.end].isspace():
        return []
    if _NAMES.fullmatch(folded, date.end) is None:
        return []
    ends = split_run(folded[date.end :])
    spans = list(zip([0, *ends], ends, strict=False))
    if not all(_is_plain_name(folded[date.end + a : date.end + b]) for a, b in spans):
        return []
    return [printed[date.end + a : date.end + b] for a, b in spans]


def names_behind_bullet(zones: Zones) -> tuple[list[str], int]:
    """Return the names that a line beside the article prints behind a bullet, and the line."""
    for index in [*zones.head, *zones.tail[:2]]:
        folded = zones.folded(index)
        found = _BULLETED.fullmatch(folded) if len(folded) <= 24 else None
        if found is None:
            continue
        at = found.start("names")
        names = _APART.split(zones.texts[index].strip()[at:])
        if all(_is_plain_name(fold(name)) for name in names):
            return names, index
    return [], -1


def names_above_affiliation(zones: Zones) -> tuple[list[str], int]:
    """Return the names printed above where their bearers work, as in journals, and their line."""
    for index in [*zones.head, *zones.above]:
        if index > 0 and AFFILIATION.fullmatch(zones.folded(index)):
            names = [name for name in _APART.split(zones.texts[index - 1]) if name]
            if names and all(is_likely_name(fold(name)) for name in names):
                return names, index - 1
    return [], -1


def posted_by(zones: Zones) -> tuple[str, int] | None:
    """Return who posted an article, as boards and weblogs say beside the number of replies, and the line."""
    for index in [*zones.head, *zones.tail]:
        pattern = _POSTER if index < zones.first else _SIGNED_OFF
        match = pattern.search(zones.folded(index)) if len(zones.texts[index]) >= 8 else None
        if match is not None and not _OFFICE.search(match["name"]) and match["name"].lower() not in NOBODY:
            return zones.texts[index].strip()[slice(*match.span("name"))], index
    return None


def _markup_authors(page: Page) -> set[str]:
    """Return what markup calls the author, folded; used to know a printed name, never alone."""
    found: list[object] = [(page.meta or {}).get("author"), (page.meta or {}).get("article:author")]
    for entry in json_ld_entries(page):
        author = entry.get("author")
        people = author if isinstance(author, list) else [author]
        found += [person.get("name") if isinstance(person, dict) else person for person in people]
    names = (name for name in found if isinstance(name, str))
    return {re.sub(r"\s?\(.*\)$", "", fold(name)).strip() for name in names}


def _on_date_line(folded: str, printed: str, known: set[str]) -> str | None:
    """Return the name of 张三丰2019-11-08, 某报 2012-05-08 张三 评论(0), posted @ 2012-05-10 10:12 李四 阅读(3)."""
    date = next(find_dates(folded), None)
    if date is None:
        return None
    original = ORIGINAL.match(folded)
    if original is not None and original["author"] and original.end("account") <= date.start:
        return printed[original.start("author") : original.end("author")]
    has_frame = _FRAME.search(folded[: date.start] + folded[date.end :]) is not None
    for piece in _PIECE.finditer(folded[: date.start]):
        name = _BY.sub("", piece.group().strip("·-/"))
        between = _LINK.sub("", folded[piece.end() : date.start])
        if piece.start() == 0 and is_outlet(between.strip("《》() ")):
            between = ""
        is_author = name in known or _WESTERN.fullmatch(name) or _is_plain_name(name)
        is_labelled = folded[: piece.start()].rstrip().endswith(":") or folded[piece.end()] == ":"
        opens = piece.start() == 0 and name in known
        if is_author and (opens or not between) and not is_labelled:
            at = piece.start() + piece.group().find(name)
            return printed[at : at + len(name)]
    last = ""
    for piece in _PIECE.finditer(folded[date.end :]):
        name = piece.group().strip("·-/")
        is_beside = has_frame or is_outlet(last) or last.endswith("[")
        is_beside = is_beside or (name == folded[date.end :].strip() and _names_outlet(folded[: date.start]))
        at = date.end + piece.start()
        is_label = folded[at + len(piece.group()) :][:1] == ":" or folded[:at].rstrip()[-1:] == ":"
        is_written = last.lower() == "by" and len(name) <= 12 and not is_outlet(name)
        if not is_label and (name in known or is_written or (is_beside and _is_plain_name(name))):
            at += piece.group().find(name)
            return printed[at : at + len(name)]
        last = name
    return None


def _names_outlet(before: str) -> bool:
    """Does a medium stand before the day? Then a name alone behind it signs: 某报 2012-05-08 张三丰."""
    return any(is_outlet(piece.group().strip("·-/《》")) for piece in _PIECE.finditer(before))


def _is_plain_name(folded: str) -> bool:
    """Tell whether a word is a name and hardly anything else: three characters, or two with a frequent surname."""
    if not is_likely_name(folded) or is_outlet(folded) or folded in _BARE_WORDS or _PLACE.search(folded):
        return False
    return len(folded) == 3 or (len(folded) == 2 and folded[0] in FREQUENT_SURNAMES)


def _is_alone(folded: str, zones: Zones, page: Page, index: int, date_at: int) -> bool:
    """Tell whether a line is a name alone, right under the title or beside the date.

    Three characters: two are too often a word, and menus are full of words. Where no class or id
    says that people stand here, the surname has to be a frequent one.
    """
    hints = page.lines[index].hints
    if len(folded) == 2 and not page.is_html:
        between = index == zones.title + 1 == zones.first - 1 > 0
        return (
            between
            and _is_plain_name(folded)
            and folded not in _TWO
            and zones.texts.count(zones.texts[index]) == 1
        )
    if len(folded) != 3 or "share" in hints or "related" in hints or not _is_plain_name(folded):
        return False
    if page.is_html and ("metadata" in hints or "byline" in hints):
        return 0 < index - zones.title <= 4 or (date_at >= 0 and abs(index - date_at) <= 3)
    if page.is_html and page.lines[index].is_heading and zones.title < index == date_at - 1:
        return True
    if folded[0] not in FREQUENT_SURNAMES:
        return False
    near = date_at >= 0 and abs(index - date_at) <= 2 and index > zones.title
    return near or (index == zones.title + 1 and not page.is_html)
