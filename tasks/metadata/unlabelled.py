"""unlabelled: a name printed without any role: on the date line, or alone beside it.

Reads    zones of the page, its markup, the line of the date
Gives    the name and its line. Nothing but the position says that it is the author, so a word that only
         looks like a name (高尔夫, 张家界) is skipped, and two characters count only on the date line
"""

import re
from typing import Final

from tasks.lines import Page
from tasks.metadata.alone import is_alone, is_plain_word, is_word_of_two
from tasks.metadata.folding import fold
from tasks.metadata.outlets import is_outlet
from tasks.metadata.posted import is_poster_above, on_date_line
from tasks.metadata.sites import split_title
from tasks.metadata.title_shape import is_office
from tasks.metadata.values import NOBODY
from tasks.metadata.zones import Zones

_POSTER: Final = re.compile(
    r"发布者\s?:\s?(?P<name>[^\s|:]{2,16})(?=[\s|].*(?:评论|回复)\s?:)|^本帖最后由\s(?P<poster>\S{2,16})\s于\s(?=\d)"
)
"""Who posted, beside the number of replies; who last changed his post: 本帖最后由 某人 于 2019-11-8 编辑."""
_SIGNED_OFF: Final = re.compile(
    r"^(?P<name>[^\s/:]{2,16})(?:(?:/\S{2,10}/| 发表在 \S{2,8} )(?:回应|留言|引用)\s?\(| 发表于 \S{6,12} [\d:]{4,8} ?\| ?(?:引用|回应|留言)\s?\(| 发表于 ?\d\d:\d\d(?::\d\d)? ?\| ?(?:阅读|评论)| at \S{2,10} 于 ?\d{1,2}:\d\d ?[AP]M ?发表)|^(?:张贴者|发布(?=[^|]+\| ?分类 ?:))\s?:\s?(?P<poster>[^\s:|]{2,16})(?= 于|\s?$|\s?\|)"
)
"""How weblogs sign below a post: 某人/某日志/回应(8), 某人 发表在 某客 留言(3), 张贴者： 某人 于 晚上9:12."""
_FOLLOWED: Final = re.compile(r"\s?(?:\+?\s?关注|粉丝)")
"""The button behind the name of who has an account."""
_FOLLOWED_ALONE: Final = re.compile(
    r"(?!lv\.?\s?\d)(?P<name>[^\s,。:;!?|]{2,12})\s?(?:lv\.?\s?\d{1,3}\s?)?\+?\s?关注", re.IGNORECASE
)
_SENIOR: Final = re.compile(
    r"(?P<name>[^\s,。:;!?|]{2,12})\s(?:吧龄\s?\S{1,6}|lv\.?\s?\d{1,3})", re.IGNORECASE
)
"""How long or on what level somebody has been a member, behind the name."""
_ATTENTION: Final = re.compile(
    r"^(?:请|欢迎|扫码|点击|我要|添加|长按|本期|今日|重点|热点|焦点|社会|民生|图片|视频|大家|一起|共同)|(?:来|去|都|在|正|应|需|要|同|引发|引起|备受|广受|受到?|值得|持续|密切|高度|热切|已|的|被|加|我|我们|社会|网友|特别|新闻|热点|焦点|重点)$"
)
"""What stands before 关注 where it is no button: 备受关注."""
_OFFICE: Final = re.compile(r"[科室部处局委校院社网报]$|办公室")
_DYNASTY: Final = "(?:先秦|秦|两?汉|魏晋|南北朝|隋|唐|五代|[两南北]?宋|金|元|明|清|近现|现|当)代?"
_POET: Final = re.compile(
    rf"(?P<name>[\u3400-\u9fff]{{2,4}})\s?[\[(]{_DYNASTY}[)\]]|(?:[\[(]{_DYNASTY}[)\]]\s?|{_DYNASTY}\s?[:·]\s?)(?P<poet>[\u3400-\u9fff]{{2,4}})"
)
"""The author of a poem with the dynasty: 某人〔清代〕, 宋代：某人."""
_COLUMN_OF: Final = re.compile(r"(?P<name>[\u3400-\u9fff]{2,3}?)的?(?:个人)?(?:专栏|博客)")
"""The column of a writer, above what he wrote in it."""
_POST: Final = re.compile(
    r"[\u3400-\u9fff]{0,10}(?:校长|院长|书记|主任|教授|研究员|董事长|总经理|局长|市长|县长|主席|会长)|"
    r"[\u3400-\u9fff\d()]{0,12}(?:[一二三四五六七八九初高大\d]年级|[\d一二三四五六七八九十)]班|[小中]学)"
)
"""What somebody is who gives a speech, or the class of who wrote a composition, above it with the name."""
_GROUP: Final = re.compile(r"[\u3400-\u9fff]{2,18}(?:课题|调研|研究|编写|写作|采访|报道|撰稿|起草)组")
"""Who writes together: 某市委党校课题组."""
_NOTE_BEHIND: Final = re.compile(r"\s?\(.*\)$")


def find_unlabelled(zones: Zones, page: Page, date_at: int) -> tuple[str, int] | None:
    """Return the author and the index of the line, ``None`` when no name stands there."""
    known = {name for name in _markup_authors(page) if not is_outlet(name)}
    known |= {name for name in map(fold, split_title(page.title_tag or "")[1:]) if is_plain_word(name)}
    if date_at >= 0:
        name = on_date_line(zones.folded(date_at), zones.texts[date_at].strip(), known)
        if name is not None:
            return name, date_at
        if is_poster_above(zones, date_at):
            return zones.texts[date_at - 1].strip(), date_at - 1
    for index in [*zones.head, *zones.above]:
        folded = zones.folded(index)
        is_name = 2 <= len(folded) <= 20 and index != date_at
        bare = folded[1:-1].strip() if folded[:1] == "(" and folded[-1:] == ")" else folded
        if is_name and (bare in known or is_alone(bare, zones, page, index, date_at)):
            shown = zones.texts[index].strip()
            return shown if bare == folded else shown[1:-1].strip(), index
        if is_name and abs(index - date_at) == 1 and (senior := _SENIOR.fullmatch(folded)) is not None:
            return zones.texts[index].strip()[: senior.end("name")], index
        if index != date_at and ("关注" in folded or "粉丝" in folded):
            is_near = zones.title < index and date_at >= 0 and abs(index - date_at) <= 2
            if size := _followed(folded, known, is_near):
                return zones.texts[index].strip()[:size], index
        is_dated = is_name and (folded[0] in "[(" or folded[-1] in ")]" or "代" in folded[:5])
        poet = _POET.fullmatch(folded) if is_dated else None
        if poet is not None and index > zones.title:
            return zones.texts[index].strip()[slice(*poet.span(poet.lastgroup or "name"))], index
        if index > zones.title and folded.endswith("组") and _GROUP.fullmatch(folded):
            return zones.texts[index].strip(), index
        column = _COLUMN_OF.fullmatch(folded) if folded.endswith(("专栏", "博客")) else None
        if column is not None and is_plain_word(column["name"]):
            return zones.texts[index].strip()[: column.end("name")], index
        outlet, _, name = folded.partition(" ")
        if (
            is_name
            and 2 <= len(name) <= 4
            and (is_outlet(outlet) or is_office(folded) or (index > zones.title and _POST.fullmatch(outlet)))
            and is_plain_word(name)
            and not is_word_of_two(name)
        ):
            return zones.texts[index].strip()[len(outlet) :].strip(), index
    return None


def _followed(folded: str, known: set[str], is_near: bool) -> int:
    """Return the length of the name that opens a line, before the button to follow its bearer.

    Markup has to know the name, or it and the button are all that stands beside the day.
    """
    found = (len(name) for name in known if len(name) > 1 and folded.startswith(name))
    if size := next((size for size in found if _FOLLOWED.match(folded, size)), 0):
        return size
    alone = _FOLLOWED_ALONE.fullmatch(folded) if is_near and folded.endswith("关注") else None
    return alone.end("name") if alone is not None and not _ATTENTION.search(alone["name"]) else 0


def posted_by(zones: Zones) -> tuple[str, int] | None:
    """Return who posted an article, as boards and weblogs say beside the number of replies, and the line."""
    for index in [*zones.head, *zones.tail]:
        if len(zones.texts[index]) < 8:
            continue
        folded = zones.folded(index)
        pattern = _POSTER if index < zones.first and not folded.startswith("张贴者") else _SIGNED_OFF
        match = pattern.search(folded)
        group = "poster" if match is not None and match.groupdict().get("poster") else "name"
        if match is not None and not _OFFICE.search(match[group]) and match[group].lower() not in NOBODY:
            return zones.texts[index].strip()[slice(*match.span(group))], index
    return None


def _markup_authors(page: Page) -> set[str]:
    """Return what markup calls the author, folded; used to know a printed name, never alone."""
    found: list[object] = [(page.meta or {}).get("author"), (page.meta or {}).get("article:author")]
    for entry in page.json_ld or ():
        author = entry.get("author")
        people = author if isinstance(author, list) else [author]
        found += [person.get("name") if isinstance(person, dict) else person for person in people]
    names = (name for name in found if isinstance(name, str))
    return {_NOTE_BEHIND.sub("", fold(name)).strip() for name in names}
