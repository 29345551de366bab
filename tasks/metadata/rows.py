"""rows: authors without a role word: a row of names, names beside the date, names above their institutes.

Reads    zones of the page, the line of the date
Gives    the names and their line. Every word of the line has to be a name, and the line has to be where
         authors are printed, because menus are rows of short words as well
"""

import re
from typing import Final

from tasks.lines import Page
from tasks.metadata.alone import is_plain_word, is_told_of, is_word_of_two
from tasks.metadata.dates import find_dates
from tasks.metadata.folding import fold
from tasks.metadata.names import PLACE_NAMES, is_likely_name, split_run
from tasks.metadata.outlets import COLUMN, is_outlet
from tasks.metadata.title_shape import AFFILIATION
from tasks.metadata.values import read_names
from tasks.metadata.zones import Zones

LONGEST: Final = 40
"""Characters of a row of names."""
_APART: Final = re.compile(r"[\s、,，;；+]+")
_WIDE: Final = re.compile(r"[、,，;；]|\s{2,}")
_WIDE_NAME: Final = re.compile(r"[\u3400-\u9fff]\s[\u3400-\u9fff]")
_BULLETED: Final = re.compile(
    r"(?:[□■◎◇○●◆☉⊙◈]|·(?=.*报[道导]$))\s*(?P<names>[\u3400-\u9fff]{2,3}(?:[\s、]+[\u3400-\u9fff]{2,3})*?)(?:\s?报[道导])?"
)
"""How papers print who wrote an article, above or below it: □张三."""
_GENRES: Final = frozenset(
    "散文 随笔 杂文 诗歌 诗词 新诗 旧体诗 小说 小小说 连载 特稿 时评 快评 短评 社论 杂谈 漫谈 访谈 专访 对话 导读 导语 前言 编者按 编者 图文 漫画 书评 影评 "
    "观点 观察 调查 人物 故事 往事 记忆 回忆 纪实 通讯 特写 侧记 速写 美文 读书 书摘 文摘 选登 转载 专题 链接 背景 案例 答疑 提示 注意 说明 摘要 本期 上接 下转".split()
)
"""What a bullet under a title may say that is no name."""
_NAMES: Final = re.compile(r"[\u3400-\u9fff]{2,12}")
_ROW: Final = re.compile(
    r"[\u3400-\u9fff]{2,4}(?:(?:\s?[、,;+]\s?|\s{1,4})(?:[\u3400-\u9fff]{2,4}|[A-Z][A-Za-z.-]*(?: ?[A-Z][A-Za-z.-]*)+)){1,7}"
)
_OPENS: Final = re.compile(r"[\u3400-\u9fff]{2,4}[\s、,;+\d*#†‡]")
"""How a row begins: a name, and what parts it from the next or leads to an institute."""
_BESIDE_LATIN: Final = re.compile(r"[、,，;；+]\s*|(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])")
_WESTERN: Final = re.compile(r"[A-Z][A-Za-z.-]*(?: ?[A-Z][A-Za-z.-]*)+")
_REFERENCE: Final = re.compile(r"(?<=[\u3400-\u9fffA-Za-z.])\s?[\d*#†‡]+(?:,[\d*#†‡]+)*(?=[\s,、;]|$)")
"""What leads from an author to the institute below: 孙玉1,乔振海2*."""
_ABSTRACT: Final = re.compile(r"\[?(?:内容)?(?:摘\s{0,4}要|提\s{0,4}要|关键词|作者简介|基金项目)\]?\s?:?")
"""What journals print below the authors."""

"""What may stand behind the names: 张三丰 、台中."""

Row = tuple[list[str], int]
"""Names and the index of their line, ``([], -1)`` without any."""


def find_row(zones: Zones, page: Page, date_at: int) -> Row:
    """Return the names of the first line that is a row of writers."""
    if names := names_behind_date(zones, date_at):
        return names, date_at
    found = names_behind_bullet(zones)
    if not found[0]:
        found = names_above_affiliation(zones)
    return found if found[0] else names_in_row(zones, page, date_at)


def names_behind_date(zones: Zones, date_at: int) -> list[str]:
    """Return the names printed against the date, as archives of journals do: 2019-11-08 07:35孙玉乔振海."""
    if date_at < 0:
        return []
    folded, printed = zones.folded(date_at), zones.texts[date_at].strip()
    date = next(find_dates(folded), None)
    if date is None or date.start > 0 or folded[date.end - 1 : date.end].isspace():
        return []
    if _NAMES.fullmatch(folded, date.end) is None or (date.minute is None and folded[date.end] == "于"):
        return []  # 二〇一九年秋于江城
    ends = split_run(folded[date.end :])
    spans = list(zip([0, *ends], ends, strict=False))
    if not all(is_plain_word(folded[date.end + a : date.end + b]) for a, b in spans):
        return []
    return [printed[date.end + a : date.end + b] for a, b in spans]


def names_behind_bullet(zones: Zones) -> Row:
    """Return the names that a line beside the article prints behind a bullet, and the line."""
    for index in [*zones.head, *zones.tail[:2]]:
        folded = zones.folded(index)
        found = _BULLETED.fullmatch(folded) if len(folded) <= 24 else None
        if found is None:
            continue
        names = _APART.split(zones.texts[index].strip()[slice(*found.span("names"))])
        if all(map(_is_name, map(fold, names))) or _is_pen_name(found["names"], zones, index):
            return names, index
    return [], -1


def _is_name(folded: str) -> bool:
    return is_plain_word(folded) and not is_word_of_two(folded)


def _is_pen_name(folded: str, zones: Zones, index: int) -> bool:
    """Tell whether any word behind a bullet right under the title is a pen name, and no column or genre.

    No other line of the page begins with that bullet, and nobody is called so in the text.
    """
    if not zones.title < index <= zones.title + 2 or index >= zones.first or folded in _GENRES:
        return False
    bullet = zones.texts[index].strip()[0]
    if any(text.startswith(bullet) for at, text in enumerate(zones.texts) if at != index):
        return False
    names, is_clean = read_names(folded, folded, is_labelled=True)
    is_word = is_word_of_two(folded) or is_outlet(folded) or COLUMN.fullmatch(folded)
    return is_clean and names == [folded] and not is_word and not is_told_of(folded, zones)


def names_above_affiliation(zones: Zones) -> Row:
    """Return the names printed above where their bearers work, as in journals, and their line."""
    for index in [*zones.head, *zones.above]:
        if index > 0 and AFFILIATION.fullmatch(zones.folded(index)):
            names = [name for name in _split_wide(_without_references(zones.texts[index - 1])) if name]
            if names and all(is_likely_name("".join(fold(name).split())) for name in names):
                return names, index - 1
    return [], -1


def names_in_row(zones: Zones, page: Page, date_at: int) -> Row:
    """Return the names of a row right under the title, beside the day, or above an abstract, and its line."""
    for index in zones.head:
        folded = zones.folded(index)
        if not 5 <= len(folded) <= LONGEST or page.lines[index].link_share > 0.5 or not _OPENS.match(folded):
            continue
        row = _ROW.fullmatch(_without_references(folded))
        if row is None:
            continue
        names = [name for name in _split_row(_without_references(zones.texts[index].strip())) if name]
        names = [name for name in names if fold(name) not in PLACE_NAMES]
        is_above = _ABSTRACT.match(fold(zones.next_text(index)).strip()) is not None
        is_near = index <= zones.title + 3 or (date_at >= 0 and abs(index - date_at) <= 1)
        if (is_above or is_near) and _are_writers(names, zones, is_sure=is_above):
            return names, index
    return [], -1


def _are_writers(names: list[str], zones: Zones, is_sure: bool) -> bool:
    """Tell whether the words of a row are names: none a usual word, one at least of three characters."""
    folded = [name for name in map(fold, names) if not _WESTERN.fullmatch(name)]
    if not folded or (not is_sure and max(map(len, folded)) < 3):
        return False
    if is_sure:
        return all(map(is_likely_name, folded))
    return all(is_plain_word(n) and not is_word_of_two(n) and not is_told_of(n, zones) for n in folded)


def _without_references(printed: str) -> str:
    """Return a line with blanks for what leads from its names to the institutes below."""
    characters = list(printed)
    for mark in _REFERENCE.finditer(fold(printed)):
        characters[mark.start() : mark.end()] = " " * len(mark.group())
    return "".join(characters).rstrip()


def _split_row(printed: str) -> list[str]:
    """Return the words of a row; those of a name in Latin letters stay together."""
    if printed.isascii() or not any(map(str.isascii, printed.replace(" ", ""))):
        return _APART.split(printed)
    return [name.strip() for name in _BESIDE_LATIN.split(printed)]


def _split_wide(printed: str) -> list[str]:
    """Return the names of a line in which names may be set wide: 王　磊　　陈　晓　东."""
    letters = printed.split()
    if len(letters) > 1 and all(len(letter) == 1 for letter in letters):
        ends = split_run(fold("".join(letters)))
        return ["".join(letters[a:b]) for a, b in zip([0, *ends], ends, strict=False)]
    wide = _WIDE.split(printed.strip())
    return wide if len(wide) > 1 and any(_WIDE_NAME.search(name) for name in wide) else _APART.split(printed)
