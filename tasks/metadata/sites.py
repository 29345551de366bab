"""sites: the name of the site and the way to the page (breadcrumb).

Reads    zones of the page, its markup
Gives    steps of the breadcrumb; the site's name with its line (-1: markup)
"""

import re
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from tasks.lines import Page
from tasks.metadata.folding import fold, key
from tasks.metadata.outlets import COLUMN, KNOWN_OUTLETS
from tasks.metadata.zones import Zones

LONGEST_TITLE: Final = 300
"""Characters of a ``<title>`` that are read: longer ones are lists of search words."""
LOGO: Final = 2
"""First lines of a page, in which the site links its own name."""
_SEPARATOR: Final = re.compile(
    r"[_|»@>]|::|-(?:-+|(?<=\s-)(?=\s)|(?<=[^\sA-Za-z0-9]-)(?=[^\s\d]|36氪|21世纪|17173|39健康|99健康|360\D|51[A-Za-z])|(?<=[a-z]-)(?=[\u3400-\u9fff]))"
)
"""What stands between the parts of a ``<title>``, on folded text."""
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]")
_BLANK: Final = re.compile(r"\s")
_HOME: Final = re.compile(r"(?:网站)?(?:首页|主页)$")
_CRUMB_SIGNS: Final = ">＞»›→\\"
_CRUMB_SIGN: Final = re.compile(f"[{re.escape(_CRUMB_SIGNS)}]")
_NO_CRUMB: Final = re.compile(r"[<＜《]")
_CUT_MARK: Final = re.compile(r"[>＞»›]+\s*")
_CRUMB_MARK: Final = re.compile(r"\s*(?:-+>+|>+|»+|›|→|\\)[\s>»]*")
_CRUMB_LEAD: Final = re.compile(
    r"^[^>»:]{1,12}\s(?:您?的?当前|您?的?现在|您?的?所在)的?位置\s?:[\s>]*|^[>»\s■●▪]*(?:[您你]?现?在?的?当?前?所?在?的?(?:位置|频道|栏目)(?:是|:)?|您(?:所)?在(?:的位置|这里))\s?[::]?[\s>]*"
)
_NO_STEP: Final = re.compile(
    r"[。!?]|\d:\d|^[\d\s.]+$|^(?:更多|查看|点击|进入|详细(?!信息|内容|页面)|看一看|关键词?|阅读)"
)
_META_SITE: Final = ("og:site_name", "sitename", "application-name", "site_name")
_MEDIA_END: Final = re.compile(
    r"(?:网|报|社|台|(?<![创复停])刊|传媒|新闻|资讯|在线|电子报|客户端|杂志|周刊|卫视|时报|日报|晚报|博客|部落格|com|cn|net|news|tvbs|times|daily|paper|之家|论坛|哔哩哔哩|家园|公司|集团|学校|中学|大学|医院|政府|委员会|局|厅|协会|学院|社区)$",
    re.IGNORECASE,
)
SITE_END: Final = re.compile(
    r"(?:网|网站|报|日报|晚报|时报|新闻网|新闻|资讯|频道|电子报|客户端|公司|首页|官网|政府|com|\.cn|\.net|news|cnnews|pixnet|论坛|博客|专栏|在线|社区)$",
    re.IGNORECASE,
)
"""How the name of a site or section ends in a ``<title>``."""
_OWNER: Final = re.compile(
    r"(?:copyright|版权所有|\(c\)|©|&copy;?)[\s©(?)\d,.:\-年]*(?:至今|by)?\s*(?:\(\?\))?\s?(?P<a>[\u3400-\u9fff][\u3400-\u9fffA-Za-z·()]{1,28}?)"
    r"(?=版权所有|保留|all |备案|未经|技术|主办|网站|icp|[\s,.。|]|京|沪|粤|$)|(?:^|[\s,.;|:])《?(?P<b>(?!所有|本|未经)[\u3400-\u9fff]{2,24})》?\s?版权所有",
    re.IGNORECASE,
)
_FOOTER: Final = re.compile(
    r"版|權|权|©|Copyright|COPYRIGHT|copyright|&copy|\(C\)|\(c\)|注明|註明|主办|主辦|主管|出版"
)
"""Words of a footer. Each begins with one certain character, so that these are looked for fast."""
_CREDITED: Final = re.compile(
    r"凡?(?:本[网站])?注明\s?[:\"]*\s?(?:(?:文章|稿件|信息)?来源\s?[:为]\s?)(?P<name>[\u3400-\u9fffA-Za-z]{2,16})\""
)
_PUBLISHER: Final = re.compile(r"^(?P<name>[\u3400-\u9fff]{2,10}?[报网])社?(?:主办|出版|主管)")
_ENTRY_OF: Final = re.compile(r"(?P<title>[^@]+?) @ (?P<name>[^@:|]{2,20}?) ::")
_HOST: Final = re.compile(r"主办(?:单位|方)?\s?:\s?(?P<name>[\u3400-\u9fff]{4,24})")
_NOT_OWNER: Final = re.compile(
    r"所有|版权|授权|非经|权[利力益]|保留|本[站网]|未经|转载|声明|原作者|作者|^(?:网站|公司|技术支持)$"
)


@lru_cache(maxsize=64)
def split_title(text: str) -> tuple[str, ...]:
    """Return the parts of a ``<title>``, as printed; that of a page is asked for several times.

    >>> split_title("新桥通车 - 要闻 - 某某网")
    ('新桥通车', '要闻', '某某网')
    """
    text = " ".join(text.split())[:LONGEST_TITLE]
    folded = fold(text)
    marks = list(_SEPARATOR.finditer(folded))
    starts = [0, *(m.end() for m in marks)]
    ends = [*(m.start() for m in marks), len(text)]
    return tuple(part for a, b in zip(starts, ends, strict=True) if (part := text[a:b].strip()))


def read_breadcrumb(printed: str) -> list[str]:
    """Return the steps of a breadcrumb line, an empty list when it is none.

    >>> read_breadcrumb("您的位置：首页 > 广东 > 正文")
    ['首页', '广东', '正文']
    """
    if len(printed) > 120 or not _CRUMB_SIGN.search(printed) or _NO_CRUMB.search(printed):
        return []
    folded = fold(printed)
    lead = _CRUMB_LEAD.match(folded)
    start = lead.end() if lead else 0
    marks = list(_CRUMB_MARK.finditer(folded, start))
    starts = [start, *(m.end() for m in marks)]
    ends = [*(m.start() for m in marks), len(folded)]
    steps = [step for a, b in zip(starts, ends, strict=True) if (step := printed[a:b].strip())]
    if len(steps) < 2 or not marks or any(len(step) > 40 for step in steps):
        return []
    is_steps = not any(_NO_STEP.search(fold(step)) for step in steps)
    return steps if is_steps and not any(_BLANK.search(fold(step)) for step in steps[1:-1]) else []


def _cut_breadcrumb(zones: Zones, index: int) -> list[str]:
    """Return the steps of a breadcrumb whose steps are lines of their own: 首页, ``>要闻``, ``>本地``."""
    steps: list[str] = []
    while index >= 0 and len(zones.texts[index]) <= 24:
        mark = _CUT_MARK.match(zones.texts[index])
        steps.append(zones.texts[index][mark.end() if mark else 0 :].strip())
        if mark is None:
            break
        index -= 1
    return [step for step in reversed(steps) if step] if len(steps) > 1 else []


def find_breadcrumb(zones: Zones) -> tuple[list[str], int]:
    """Return (steps, index): the line nearest above the title, else below it or at the end."""
    count = len(zones.texts)
    top = zones.title if zones.title >= 0 else min(zones.first, count)
    above = range(top - 1, max(top - 30, -1), -1)
    near = [*above, *zones.head, *range(count - 1, max(zones.last, top, count - 8), -1)]
    shown = "".join([zones.texts[index] for index in near])
    if not any(sign in shown for sign in _CRUMB_SIGNS):
        return [], -1
    for index in near:
        text = zones.texts[index]
        steps = read_breadcrumb(text) or (
            _cut_breadcrumb(zones, index) if text[:1] in (">", "＞", "»") else []
        )
        if steps:
            return steps, index
    return [], -1


def _of_title_tag(page: Page, title: str | None) -> str | None:
    """Return the part of the ``<title>`` that names a site: the last that is not title or column."""
    if not page.title_tag:
        return None
    own = key(title or "")
    named: list[str] = []
    for part in (piece for whole in split_title(page.title_tag) for piece in whole.split(" / ")):
        short = key(part)
        if (
            short not in own
            and (own not in short or not own)
            and (not COLUMN.fullmatch(short) or fold(part) in KNOWN_OUTLETS)
        ):
            named.append(part)
    found = [part for part in named if _MEDIA_END.search(fold(part)) or fold(part) in KNOWN_OUTLETS]
    found = [part for part in found if "、" not in part] or found  # a list of columns
    chinese = [part for part in found if _CHINESE.search(part)]
    return next(iter([*reversed(chinese), *reversed(found)]), None)


def _of_two_parts(page: Page, title: str | None) -> str | None:
    """Return the other part of a ``<title>`` of two parts, when it is no column: menus name columns."""
    parts = split_title(page.title_tag or "")
    others = [part for part in parts if key(part) not in key(title or "")]
    if len(parts) != 2 or len(others) != 1 or len(others[0]) < 4 or COLUMN.fullmatch(key(others[0])):
        return None
    menu = page.lines[LOGO:]
    is_menu = any(line.link_share > 0.9 and line.text.strip() == others[0] for line in menu)
    return None if is_menu else others[0]


def _of_logo(page: Page, title: str | None) -> str | None:
    """Return the first or last part of a ``<title>`` that one of the first lines links, and nothing else."""
    parts = split_title(page.title_tag or "")
    if len(parts) < 3:
        return None
    linked = {line.text.strip() for line in page.lines[: 2 * LOGO] if line.link_share > 0.9}
    own = key(title or "")
    return next((p for p in (parts[-1], parts[0]) if p in linked and key(p) not in own and len(p) > 2), None)


def _of_weblog(page: Page, title: str | None) -> str | None:
    """Return whose entry the ``<title>`` says the title is: 某日志: 晒场上, 晒场上 @ 某日志 :: 某某部落."""
    before, _, after = (page.title_tag or "").partition(": ")
    is_name = 2 <= len(before) <= 16 and title is not None and key(after) == key(title)
    entry = None if is_name else _ENTRY_OF.match(page.title_tag or "")
    if entry is not None and title is not None and key(entry["title"]) == key(title):
        return entry["name"]
    return before.strip() if is_name else None


def find_site(
    zones: Zones, page: Page, title: str | None, breadcrumb: Sequence[str], outlets: Sequence[str]
) -> tuple[str, int] | None:
    """Return the name of the site and the index of its line, -1 for markup.

    Looked for in markup, the end of the ``<title>``, the root of the breadcrumb, the owner in the
    footer, and a medium of the byline that the frame of the page names again.
    """
    meta = page.meta or {}
    name = next((meta[n].strip() for n in _META_SITE if meta.get(n)), None) or _of_title_tag(page, title)
    if name:
        return name, -1
    root = _HOME.sub("", fold(breadcrumb[0])) if breadcrumb else ""
    if root and root != "home" and not COLUMN.fullmatch(root):
        named = _MEDIA_END.search(root) or any(
            breadcrumb[0][: len(root)] in text and _FOOTER.search(text) for text in zones.texts[-30:]
        )
        for index, text in enumerate(zones.texts if named else ()):
            if breadcrumb[0] in text and len(text) <= 120:
                return breadcrumb[0][: len(root)], index
    other = _of_two_parts(page, title) or _of_logo(page, title) or _of_weblog(page, title)
    return (other, -1) if other is not None else _of_footer(zones) or _of_frame(zones, outlets)


def _of_footer(zones: Zones) -> tuple[str, int] | None:
    start = max(zones.last + 1, len(zones.texts) - 30)
    texts = ((index, zones.texts[index][:200]) for index in range(start, len(zones.texts)))
    lines = [(index, text, fold(text)) for index, text in texts if _FOOTER.search(text)]
    for pattern in (_PUBLISHER, _OWNER, _CREDITED, _HOST):
        for index, text, folded in lines:
            match = pattern.search(folded)
            if match is not None:
                group = next(g for g in match.groupdict() if match[g])
                name = text[match.start(group) : match.end(group)]
                if not _NOT_OWNER.search(fold(name)):
                    return name, index
    return None


def _of_frame(zones: Zones, outlets: Sequence[str]) -> tuple[str, int] | None:
    """Return the medium of a byline when a line outside the article names it too."""
    for name in outlets:
        for index in range(zones.last + 1, len(zones.texts)):
            text = zones.texts[index]
            if name in text and not text.startswith((f"{name}记者", f"{name}記者")):
                return name, index
    return None
