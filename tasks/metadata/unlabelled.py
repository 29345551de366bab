"""unlabelled: a name printed without any role: on the date line, or alone beside it.

Reads    zones of the page, its markup, the line of the date
Gives    the name and its line. A name stands where it does for no other reason: a word that only
         looks like one (高尔夫, 张家界) is passed by, and two characters count only on the date line
"""

import re
from typing import Final

from tasks.lines import Page
from tasks.metadata.alone import is_alone, is_plain_word
from tasks.metadata.dates import find_dates
from tasks.metadata.folding import fold
from tasks.metadata.markup import json_ld_entries
from tasks.metadata.names import is_likely_name, split_run
from tasks.metadata.outlets import is_outlet
from tasks.metadata.posted import on_date_line
from tasks.metadata.sites import split_title
from tasks.metadata.title_shape import AFFILIATION, is_office
from tasks.metadata.values import NOBODY
from tasks.metadata.zones import Zones

_POSTER: Final = re.compile(r"发布者\s?:\s?(?P<name>[^\s|:]{2,16})(?=[\s|].*(?:评论|回复)\s?:)")
_SIGNED_OFF: Final = re.compile(
    r"^(?P<name>[^\s/:]{2,16})(?:/\S{2,10}/| 发表在 \S{2,8} )(?:回应|留言|引用)\s?\(|^张贴者\s?:\s?(?P<poster>[^\s:|]{2,16})(?= 于|\s?$)"
)
"""How weblogs sign below a post: 某人/某日志/回应(8), 某人 发表在 某客 留言(3), 张贴者： 某人 于 晚上9:12."""
_FOLLOWED: Final = re.compile(r"\s?(?:\+?\s?关注|粉丝)")
"""The button behind the name of who has an account."""
_FOLLOWED_ALONE: Final = re.compile(r"(?P<name>[^\s,。:;!?|]{2,12})\s?\+?\s?关注")
_ATTENTION: Final = re.compile(
    r"^(?:请|欢迎|扫码|点击|我要|添加|长按|本期|今日|重点|热点|焦点|社会|民生|图片|视频|大家|一起|共同)|(?:来|去|都|在|正|应|需|要|同|引发|引起|备受|广受|受到?|值得|持续|密切|高度|热切|已|的|被|加|我|我们|社会|网友|特别|新闻|热点|焦点|重点)$"
)
"""What stands before 关注 where it is no button: 备受关注."""
_OFFICE: Final = re.compile(r"[科室部处局委校院社网报]$|办公室")
_APART: Final = re.compile(r"[\s、,，;；]+")
_DYNASTY: Final = "(?:先秦|秦|两?汉|魏晋|南北朝|隋|唐|五代|[两南北]?宋|金|元|明|清|近现|现|当)代?"
_POET: Final = re.compile(
    rf"(?P<name>[\u3400-\u9fff]{{2,4}})\s?[\[(]{_DYNASTY}[)\]]|(?:[\[(]{_DYNASTY}[)\]]\s?|{_DYNASTY}\s?[:·]\s?)(?P<poet>[\u3400-\u9fff]{{2,4}})"
)
"""Who wrote a poem, with the time he lived in: 某人〔清代〕, 宋代：某人."""
_COLUMN_OF: Final = re.compile(r"(?P<name>[\u3400-\u9fff]{2,3}?)的?(?:个人)?(?:专栏|博客)")
"""The column of a writer, above what he wrote in it."""
_POST: Final = re.compile(
    r"[\u3400-\u9fff]{0,10}(?:校长|院长|书记|主任|教授|研究员|董事长|总经理|局长|市长|县长|主席|会长)"
)
"""What somebody is who gives a speech, above it with the name."""
_WIDE: Final = re.compile(r"[、,，;；]|\s{2,}")
_WIDE_NAME: Final = re.compile(r"[\u3400-\u9fff]\s[\u3400-\u9fff]")
_BULLETED: Final = re.compile(
    r"[□■◎◇○●◆☉⊙◈]\s*(?P<names>[\u3400-\u9fff]{2,3}(?:[\s、]+[\u3400-\u9fff]{2,3})*)"
)
"""How papers print who wrote an article, above or below it: □张三."""
_NOTE_BEHIND: Final = re.compile(r"\s?\(.*\)$")
_NAMES: Final = re.compile(r"[\u3400-\u9fff]{2,12}")


def find_unlabelled(zones: Zones, page: Page, date_at: int) -> tuple[str, int] | None:
    """Return the author and the index of the line, ``None`` when no name stands there."""
    known = {name for name in _markup_authors(page) if not is_outlet(name)}
    known |= {name for name in map(fold, split_title(page.title_tag or "")[1:]) if is_plain_word(name)}
    if date_at >= 0:
        name = on_date_line(zones.folded(date_at), zones.texts[date_at].strip(), known)
        if name is not None:
            return name, date_at
    for index in [*zones.head, *zones.above]:
        folded = zones.folded(index)
        is_name = 2 <= len(folded) <= 20 and index != date_at
        bare = folded[1:-1].strip() if folded[:1] == "(" and folded[-1:] == ")" else folded
        if is_name and (bare in known or is_alone(bare, zones, page, index, date_at)):
            shown = zones.texts[index].strip()
            return shown if bare == folded else shown[1:-1].strip(), index
        is_near = zones.title < index and date_at >= 0 and abs(index - date_at) <= 2
        if index != date_at and (size := _followed(folded, known, is_near)):
            return zones.texts[index].strip()[:size], index
        is_dated = is_name and (folded[0] in "[(" or folded[-1] in ")]" or "代" in folded[:5])
        poet = _POET.fullmatch(folded) if is_dated else None
        if poet is not None and index > zones.title:
            return zones.texts[index].strip()[slice(*poet.span(poet.lastgroup or "name"))], index
        column = _COLUMN_OF.fullmatch(folded) if folded.endswith(("专栏", "博客")) else None
        if column is not None and is_plain_word(column["name"]):
            return zones.texts[index].strip()[: column.end("name")], index
        outlet, _, name = folded.partition(" ")
        if (
            is_name
            and 2 <= len(name) <= 4
            and (is_outlet(outlet) or is_office(folded) or (index > zones.title and _POST.fullmatch(outlet)))
            and is_plain_word(name)
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
    if not all(is_plain_word(folded[date.end + a : date.end + b]) for a, b in spans):
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
        if all(is_plain_word(fold(name)) for name in names):
            return names, index
    return [], -1


def names_above_affiliation(zones: Zones) -> tuple[list[str], int]:
    """Return the names printed above where their bearers work, as in journals, and their line."""
    for index in [*zones.head, *zones.above]:
        if index > 0 and AFFILIATION.fullmatch(zones.folded(index)):
            names = [name for name in _split_wide(zones.texts[index - 1]) if name]
            if names and all(is_likely_name("".join(fold(name).split())) for name in names):
                return names, index - 1
    return [], -1


def _split_wide(printed: str) -> list[str]:
    """Return the names of a line in which names may be set wide: 王　磊　　陈　晓　东."""
    letters = printed.split()
    if len(letters) > 1 and all(len(letter) == 1 for letter in letters):
        ends = split_run(fold("".join(letters)))
        return ["".join(letters[a:b]) for a, b in zip([0, *ends], ends, strict=False)]
    wide = _WIDE.split(printed.strip())
    return wide if len(wide) > 1 and any(_WIDE_NAME.search(name) for name in wide) else _APART.split(printed)


def posted_by(zones: Zones) -> tuple[str, int] | None:
    """Return who posted an article, as boards and weblogs say beside the number of replies, and the line."""
    for index in [*zones.head, *zones.tail]:
        pattern = _POSTER if index < zones.first else _SIGNED_OFF
        match = pattern.search(zones.folded(index)) if len(zones.texts[index]) >= 8 else None
        group = "poster" if match is not None and match.groupdict().get("poster") else "name"
        if match is not None and not _OFFICE.search(match[group]) and match[group].lower() not in NOBODY:
            return zones.texts[index].strip()[slice(*match.span(group))], index
    return None


def _markup_authors(page: Page) -> set[str]:
    """Return what markup calls the author, folded; used to know a printed name, never alone."""
    found: list[object] = [(page.meta or {}).get("author"), (page.meta or {}).get("article:author")]
    for entry in json_ld_entries(page):
        author = entry.get("author")
        people = author if isinstance(author, list) else [author]
        found += [person.get("name") if isinstance(person, dict) else person for person in people]
    names = (name for name in found if isinstance(name, str))
    return {_NOTE_BEHIND.sub("", fold(name)).strip() for name in names}
