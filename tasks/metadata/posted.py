"""posted: who published an article on a platform or a weblog, from the words beside the date.

Reads    a folded line and the date in it
Gives    the span of the name. What stands beside 于, 由 or ``posted @`` is the author whatever it looks like;
         elsewhere a pen name is not recognised as a name
"""

import re
from typing import Final

from tasks.metadata.alone import is_plain_word, is_told_of
from tasks.metadata.dates import PrintedDate, find_dates
from tasks.metadata.outlets import COLUMN, ORIGINAL, is_outlet
from tasks.metadata.pen_names import is_pen_name
from tasks.metadata.values import NOBODY
from tasks.metadata.zones import Zones

_NAME: Final = r"(?P<name>[^\s|:·,。@()]{2,16})"
_BEFORE: Final = re.compile(
    rf"(?:^|[\s|·])(?:由\s?)?{_NAME}\s+(?:(?:最后|首次)?(?:发[表布]|写|编辑|更新|创建|上传|张贴|发帖|提问|回答)?于|发[表布]在|@)\s?:?\s?$"
)
"""某人 最后发布于2019-11-02, 由 某人 发表于 2019-11-02."""
_SET_AGAINST: Final = re.compile(
    r"(?P<name>(?!\S*(?:公告|通知|文件|视频|图片|标准|报告|研究|论文|新闻|信息|消息|内容|政策|数据|名单|系列|整理|代码))[^\s|:·,。@()\d]{2,12}?)(?:最后|首次)?(?:发[表布]|编辑|更新|回答)于\s?:?\s?$"
)
"""The same with the name set against it: 某人发布于2019-11-02."""
_WRITTEN_BY: Final = re.compile(
    rf"(?:^|[\s|])(?:posted )?by\s{_NAME}\s?(?:[|,·/-]|on|at)?\s?$", re.IGNORECASE
)
_BRACKETED: Final = re.compile(r"\[\s?(?P<name>[^\s|:·,。@()\[\]]{2,16})\s?\]\s?(?:发[表布])?于\s?:?\s?$")
"""How old boards head a post: 【 某人 】 于 2019-11-02 上贴."""
_MEMBER: Final = re.compile(rf"来自\s?:\s?{_NAME}\s?(?:\([^()]{{1,30}}\)\s?)?$")
"""Who began a talk in a group, with a motto: 来自: 某人(某言) 2019-11-02."""
_ENTRY: Final = re.compile(rf"本条目发布于.*作者(?:是|为)\s?{_NAME}$")
"""How a weblog's program writes below each entry."""
_AFTER: Final = re.compile(
    r"\s?由\s?(?P<name>[^\s|:·,。@()]{2,16}?)\s?(?:发[表布]|提交|撰写|张贴|上传|编写|创建)(?=[\s|]|$)"
)
_BY_BEHIND: Final = re.compile(
    r"\s?由\s(?P<name>[^\s|:·,。@()]{2,16})(?=\s+(?:\d+|没有|暂无|尚无)\s?[条个则篇]?(?:评论|留言|回复)|\s*$)"
)
"""How a weblog's program writes beside each entry: 发布于 2024年3月17日 由 某人 3 条评论."""
_COUNTED: Final = re.compile(rf"\s?{_NAME}\s?(?:阅读|评论|浏览|views|comments)\s?\(", re.IGNORECASE)
_DOTTED: Final = re.compile(
    rf"(?:\s?·\s?(?:约\s?)?\d+(?:\.\d+)?\s?k?\s?(?:min|minutes?|words?|分钟|字)(?: read)?){{0,2}}\s?·\s?{_NAME}\s?$",
    re.IGNORECASE,
)
"""What programs of weblogs set behind the day: how long the text is, and who wrote it."""
_POSTED: Final = re.compile(r"posted @\s?$", re.IGNORECASE)
_NO_NAME: Final = re.compile(
    r"^(?:posted|手机|客户端|网页|微博|iphone|android|安卓|电脑|网络|互联网|中国|北京|本文|文章|原文|原创|转载|最后|首次|该文|此文|日志|帖子|主题|发表|发布|编辑|更新|作者|时间|日期|来源|写|回复|楼主|\d+\s?[#楼]|版权|刊登|登载|由|已)|"
    r"(?:阅读|浏览|评论|次|字|分钟|来源|更新|编辑|原创|发布|转载)$|\d{5,}|^\d+$"
)

_PANEL: Final = re.compile(
    r"(?:级别|等级|头衔|用户组|组别|uid|精华|发帖数?|帖子|威望|积分|注册时间|在线时间)\s?(?::|$)",
    re.IGNORECASE,
)
"""What boards print about a member, below the name and beside the post."""
_MEMBER_NAME: Final = re.compile(r"(?!首页|帮助|搜索|返回|收藏|打印|登录|登陆|注册)[^\s|:()\[\]]{2,16}")
FEWEST_PANEL: Final = 2
LONGEST_PANEL: Final = 30
"""Lines of what a board prints of a member."""

_PLATFORM: Final = re.compile(r"字数\s?\d|(?:喜欢|点赞|收藏)数?\s?\d")
"""What platforms set behind the day of an article, below the name of who wrote it."""
_HANDLE: Final = re.compile(r"[\w·.-]{2,12}")
_FRAME: Final = re.compile(r"posted|评论|阅读|微博|参与|浏览", re.IGNORECASE)
_PIECE: Final = re.compile(r"[^\s|,:]+(?:(?<=[A-Za-z.]) (?=[A-Z])[^\s|,:]+)*")
_WESTERN: Final = re.compile(r"[A-Z][A-Za-z.'-]+(?: [A-Z][A-Za-z.'-]+)+")
_BY: Final = re.compile(r"^(?:posted )?by ", re.IGNORECASE)
_ISSUE: Final = re.compile(r"[\s|·]+《?[^\s:《》]{2,14}》?[\s|·]+(?:19|20)\d\d年\s?第?\s?\d{1,3}\s?期\s?")
"""The issue of a journal, behind who wrote in it: 张三丰 某某文艺 2019年6期."""
_LINK: Final = re.compile(
    r"(?:最后)?(?:发[表布]|写|编辑|更新|提交|创建)?(?:于|时间|日期)\s?:?|posted on|on|[\s·|,@(-]",
    re.IGNORECASE,
)
"""What may stand between a name and the date: 发表于."""


def who_posted(folded: str, date: PrintedDate) -> tuple[int, int] | None:
    """Return where the name of who posted stands in the line, ``None`` when none does."""
    before, after = folded[: date.start], folded[date.end :]
    found = _ENTRY.fullmatch(folded.rstrip("。 ")) or _named_before(before)
    offset = 0
    if found is None or _POSTED.search(before):
        found, offset = _named_behind(before, after), date.end
    if found is None or _NO_NAME.search(found["name"]) or found["name"].lower() in NOBODY:
        return None
    if is_outlet(found["name"]):
        return None
    return offset + found.start("name"), offset + found.end("name")


def _named_before(before: str) -> re.Match[str] | None:
    bracketed = _BRACKETED.match(before)
    found = bracketed or _BEFORE.search(before) or _WRITTEN_BY.search(before) or _MEMBER.match(before)
    return found or _SET_AGAINST.fullmatch(before)


def _named_behind(before: str, after: str) -> re.Match[str] | None:
    if _POSTED.search(before):
        return _COUNTED.match(after)
    return _AFTER.match(after) or _BY_BEHIND.match(after) or (None if before else _DOTTED.fullmatch(after))


def on_date_line(folded: str, printed: str, known: set[str]) -> str | None:
    """Return the name of 张三丰2019-11-08, 某报 2012-05-08 张三 评论(0), posted @ 2012-05-10 10:12 李四 阅读(3)."""
    date = next(find_dates(folded), None)
    if date is None:
        return None
    original = ORIGINAL.match(folded)
    if original is not None and original["author"] and original.end("account") <= date.start:
        return printed[original.start("author") : original.end("author")]
    if (posted := who_posted(folded, date)) is not None:
        return printed[slice(*posted)]
    has_frame = _FRAME.search(folded[: date.start] + folded[date.end :]) is not None
    for piece in _PIECE.finditer(folded[: date.start]):
        if folded[: piece.start()].rstrip().endswith(":") or folded[piece.end()] == ":":
            continue  # labelled
        name = _BY.sub("", piece.group().strip("·-/"))
        between = _LINK.sub("", folded[piece.end() : date.start])
        if between and piece.start() == 0 and (name in known or is_outlet(between.strip("《》() "))):
            between = ""
        if not between and (
            name in known or _WESTERN.fullmatch(name) or is_plain_word(name) or is_pen_name(name)
        ):
            at = piece.start() + piece.group().find(name)
            return printed[at : at + len(name)]
    last = ""
    for piece in _PIECE.finditer(folded[date.end :]):
        name = piece.group().strip("·-/").partition("(")[0]
        if not name:
            continue
        at = date.end + piece.start()
        is_label = folded[at + len(piece.group()) :][:1] == ":" or folded[:at].rstrip()[-1:] == ":"
        signed = _BY.match(name)
        if signed is not None:
            name = name[signed.end() :]
        is_written = (signed is not None or last.lower() == "by") and len(name) <= 16 and not is_outlet(name)
        is_written = is_written and name.lower() not in NOBODY
        signer = next((each for each in known if name.endswith(each) and is_outlet(name[: -len(each)])), "")
        if len(signer) > 1:
            return printed[at + piece.group().find(signer) :][: len(signer)]
        signs = name in known or is_written
        if not signs and is_plain_word(name):
            signs = _ISSUE.fullmatch(folded, at + len(piece.group())) is not None
        if not signs and is_plain_word(name):
            is_all = name == folded[date.end :].strip()
            signs = has_frame or is_outlet(last) or last.endswith("[")
            signs = signs or (is_all and _names_outlet(folded[: date.start]))
        elif not signs and is_pen_name(name) and at + len(name) == len(folded.rstrip()):
            signs = is_outlet(last)
        if signs and not is_label:
            at += piece.group().find(name)
            return printed[at : at + len(name)]
        last = name
    return None


def member_above(zones: Zones, date_at: int) -> tuple[str, int] | None:
    """Return the member whose post the day belongs to and the line, ``None`` where no board prints one.

    At least two lines of the panel stand between name and day; a rank may stand below the name.
    """
    top = max(zones.title, date_at - LONGEST_PANEL)
    panel = [index for index in range(top + 1, date_at) if _PANEL.match(zones.folded(index))]
    if len(panel) < FEWEST_PANEL:
        return None
    for index in (panel[0] - 2, panel[0] - 1):
        name = zones.folded(index)
        if index > top and _MEMBER_NAME.fullmatch(name) and not _NO_NAME.search(name):
            return (zones.texts[index].strip(), index) if name.lower() not in NOBODY else None
    return None


def is_poster_above(zones: Zones, date_at: int) -> bool:
    """Tell whether the line above the day is who posted: what platforms print beside the day says so."""
    if date_at != zones.title + 2 or zones.title < 0 or _PLATFORM.search(zones.folded(date_at)) is None:
        return False
    name = zones.folded(date_at - 1)
    return (
        _HANDLE.fullmatch(name) is not None
        and not name.endswith("关注")
        and not (_NO_NAME.search(name) or name.lower() in NOBODY or is_outlet(name) or COLUMN.fullmatch(name))
        and not is_told_of(name, zones)
    )


def _names_outlet(before: str) -> bool:
    """Does a medium stand before the day? Then a name alone behind it signs: 某报 2012-05-08 张三丰."""
    return any(is_outlet(piece.group().strip("·-/《》")) for piece in _PIECE.finditer(before))
