"""alone: a name that fills a line by itself, under the title or beside the day.

Reads    the folded line, its place among the zones, what its element is named
Gives    whether it is the author. A word that only looks like a name (高尔夫, 张家界) is not, nor is a
         person whom the title or the text mentions
"""

import re
from typing import Final

from tasks.lines import Page
from tasks.metadata.names import FREQUENT_SURNAMES, PLACES, is_likely_name
from tasks.metadata.outlets import is_outlet
from tasks.metadata.pen_names import is_pen_name, is_spaced_name
from tasks.metadata.zones import Zones

LONGEST: Final = 8
"""Characters of the longest line that can be a name alone."""
TOLD: Final = 40
"""Paragraphs that are searched for a mention of the person."""
LONGEST_SIGNATURE: Final = 30
"""Characters of a line of the body that may be a signature."""
_ALONE: Final = frozenset("柯洪詹翁阮卓辜颜傅丘")
"""Further surnames with which no common word of three characters begins; in Taiwan they are frequent."""
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


def is_plain_word(folded: str) -> bool:
    """Tell whether a word is a name and hardly anything else: three characters, or two with a frequent surname."""
    if not is_likely_name(folded) or is_outlet(folded) or folded in _BARE_WORDS or _PLACE.search(folded):
        return False
    return len(folded) == 3 or (len(folded) == 2 and folded[0] in FREQUENT_SURNAMES)


def is_word_of_two(folded: str) -> bool:
    """Tell whether two characters that begin like a name are a usual word: 高校, 田园."""
    return folded in _TWO


def is_alone(folded: str, zones: Zones, page: Page, index: int, date_at: int) -> bool:
    """Tell whether a line is a name alone, right under the title or beside the date, that the text does not mention."""
    hints = page.lines[index].hints
    if len(folded) > LONGEST or "share" in hints or "related" in hints or not 0 < index < zones.first:
        return False
    signs = _is_set_apart(folded, zones, index, date_at) or _is_name_alone(
        folded, zones, page, index, date_at
    )
    return signs and not is_told_of(folded, zones)


def is_told_of(folded: str, zones: Zones) -> bool:
    """Tell whether the title or a paragraph mentions this person: then the line is part of a caption or a list."""
    if 0 <= zones.title < len(zones.texts) and folded in zones.folded(zones.title):
        return True
    body = range(zones.first, min(zones.last + 1, zones.first + TOLD))
    return any(folded in zones.folded(index) for index in body if len(zones.texts[index]) > LONGEST_SIGNATURE)


def _is_set_apart(folded: str, zones: Zones, index: int, date_at: int) -> bool:
    """Tell whether a line under the title or beside the date is a pen name or a name with a space in it."""
    is_near = zones.title < index <= zones.title + 3 or (date_at >= 0 and abs(index - date_at) <= 2)
    if not is_near or index < zones.title:
        return False
    if is_spaced_name(folded):
        return True
    return is_pen_name(folded) and zones.texts.count(zones.texts[index]) == 1


def _is_name_alone(folded: str, zones: Zones, page: Page, index: int, date_at: int) -> bool:
    """Tell whether a line is a name of three characters, or where it can be nothing else of two.

    Two characters are too often a word, and menus are full of words. Where no class or id says that
    the element holds people, the surname has to be a frequent one.
    """
    hints = page.lines[index].hints
    above = index - 1
    if above > zones.title >= 0 and zones.folded(above).startswith("--"):
        above -= 1  # the subtitle behind its dash
    between = above == zones.title and index == zones.first - 1 > 0
    if len(folded) == 2 and not page.is_html:
        return (
            between
            and is_plain_word(folded)
            and folded not in _TWO
            and zones.texts.count(zones.texts[index]) == 1
        )
    if len(folded) != 3 or not is_plain_word(folded):
        return False
    if page.is_html and ("metadata" in hints or "byline" in hints):
        return 0 < index - zones.title <= 4 or (date_at >= 0 and abs(index - date_at) <= 3)
    if page.is_html and page.lines[index].is_heading and zones.title < index == date_at - 1:
        return True
    if folded[0] not in FREQUENT_SURNAMES and folded[0] not in _ALONE:
        return False
    near = date_at >= 0 and abs(index - date_at) <= 2 and index > zones.title
    return near or between or (index == zones.title + 1 and not page.is_html)
