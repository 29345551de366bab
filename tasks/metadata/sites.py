"""sites: the name of the site and the way to the page (breadcrumb).

Reads    zones of the page, its markup
Gives    steps of the breadcrumb; the site's name with its line (-1: markup)
"""

import re
from collections.abc import Sequence
from typing import Final

from tasks.lines import Page
from tasks.metadata.folding import fold, key
from tasks.metadata.zones import Zones

_SEPARATOR: Final = re.compile(
    r"\s*(?:_+|\||--+|»|::|@|>|(?<=\s)-(?=\s)|(?<=[^\sA-Za-z0-9])-(?=[^\s\d])|(?<=[a-z])-(?=[\u3400-\u9fff]))\s*"
)
"""What stands between the parts of a ``<title>``, on folded text."""
_CRUMB_MARK: Final = re.compile(r"\s*(?:-+>+|>+|»+|›|→|\\)[\s>»]*")
_CRUMB_LEAD: Final = re.compile(
    r"^[>»\s■●▪]*(?:您?现?在?的?当?前?所?在?(?:位置|频道|栏目)(?:是|:)?|您(?:所)?在(?:的位置|这里))\s?[::]?[\s>]*"
)
_META_SITE: Final = ("og:site_name", "sitename", "application-name", "site_name")
_HOME: Final = re.compile(r"(?:网站|返回)?(?:首页|主页)$|^home$", re.IGNORECASE)
_MEDIA_END: Final = re.compile(
    r"(?:网|报|社|台|刊|新闻|资讯|在线|电子报|客户端|杂志|周刊|频道|卫视|时报|日报|晚报|博客|部落格|com|cn|net|news|tvbs|times|daily|paper|之家|论坛|哔哩哔哩|家园)$",
    re.IGNORECASE,
)
SITE_END: Final = re.compile(
    r"(?:网|网站|报|日报|晚报|时报|新闻网|新闻|资讯|频道|电子报|客户端|公司|首页|官网|政府|com|\.cn|\.net|news|cnnews|pixnet|论坛|博客|专栏|在线|社区)$", re.IGNORECASE
)
"""How the name of a site or section ends in a ``<title>``."""
_OWNER: Final = re.compile(
    r"(?:copyright|版权所有|\(c\)|©|&copy;?)[\s©(?)\d,.:\-年至今by]*(?:\(\?\))?\s?(?P<a>[\u3400-\u9fff][\u3400-\u9fffA-Za-z·()]{1,28}?)"
    r"(?=版权所有|保留|all |备案|未经|技术|主办|网站|icp|[\s,.。|]|京|沪|粤|$)|(?:^|[\s,.;|:])(?P<b>(?!所有|本|未经)[\u3400-\u9fff]{2,24})\s?版权所有",
    re.IGNORECASE,
)
_CREDITED: Final = re.compile(r"凡?(?:本[网站])?注明\s?[:\"]*\s?(?:(?:文章|稿件|信息)?来源\s?[:为]\s?)(?P<name>[\u3400-\u9fffA-Za-z]{2,16})\"")
_PUBLISHER: Final = re.compile(r"^(?P<name>[\u3400-\u9fff]{2,10}?[报网])社?(?:主办|出版|主管)")
_NOT_OWNER: Final = frozenset("版权所有 保留所有权利 本站 本网 网站 所有 公司 技术支持 未经 转载 法律声明 归原作者 归作者".split())


def split_title(text: str) -> list[str]:
    """Return the parts of a ``<title>``, as printed.

    >>> split_title("新桥通车 - 要闻 - 某某网")
    ['新桥通车', '要闻', '某某网']
    """
    folded = fold(text)
    marks = list(_SEPARATOR.finditer(folded))
    starts = [0, *(m.end() for m in marks)]
    ends = [*(m.start() for m in marks), len(text)]
    return [part for a, b in zip(starts, ends, strict=True) if (part := text[a:b].strip())]


def read_breadcrumb(printed: str) -> list[str]:
    """Return the steps of a breadcrumb line, an empty list when it is none.

    >>> read_breadcrumb("您的位置：首页 > 广东 > 正文")
    ['首页', '广东', '正文']
    """
    if len(printed) > 120 or not re.search(r"[>＞»›→\\]", printed):
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
    is_steps = not any(re.search(r"[。!?]|\d:\d", fold(step)) for step in steps)
    return steps if is_steps and not any(re.search(r"\s", fold(step)) for step in steps[1:-1]) else []


def find_breadcrumb(zones: Zones, page: Page) -> tuple[list[str], int]:
    """Return (steps, index): the line nearest above the title, else below it or at the end."""
    top = zones.title if zones.title >= 0 else min(zones.first, len(zones.texts))
    above = range(top - 1, max(top - 30, -1), -1)
    for index in [*above, *zones.head, *range(len(zones.texts) - 1, max(zones.last, top, len(zones.texts) - 8), -1)]:
        steps = read_breadcrumb(zones.texts[index])
        if steps:
            return steps, index
    return [], -1


def _of_title_tag(page: Page, title: str | None) -> str | None:
    """Return the part of the ``<title>`` that names a site: the last that is not the title."""
    if not page.title_tag:
        return None
    own = key(title or "")
    parts = [part for part in split_title(page.title_tag) if key(part) not in own and own not in key(part)]
    for part in reversed(parts):
        if _MEDIA_END.search(fold(part)):
            return part
    names = split_title(page.title_tag)
    if len(names) == 2 and len(parts) == 1:
        return parts[0]
    return None


def find_site(
    zones: Zones, page: Page, title: str | None, breadcrumb: Sequence[str], outlets: Sequence[str]
) -> tuple[str, int] | None:
    """Return the name of the site and the index of its line.

    Looked for in markup, the end of the ``<title>``, the root of the breadcrumb, the owner in the
    footer, and a medium of the byline that the frame of the page names again.
    """
    meta = page.meta or {}
    name = next((meta[n].strip() for n in _META_SITE if meta.get(n)), None) or _of_title_tag(page, title)
    if name:
        return name, -1
    if breadcrumb and not _HOME.search(fold(breadcrumb[0])):
        for index in range(len(zones.texts)):
            if breadcrumb[0] in zones.texts[index] and read_breadcrumb(zones.texts[index]):
                return breadcrumb[0], index
    return _of_footer(zones) or _of_frame(zones, outlets)


def _of_footer(zones: Zones) -> tuple[str, int] | None:
    start = max(zones.last + 1, len(zones.texts) - 30)
    for pattern in (_PUBLISHER, _OWNER, _CREDITED):
        for index in range(start, len(zones.texts)):
            text = zones.texts[index][:200]
            match = pattern.search(fold(text))
            if match is not None:
                group = next(g for g in match.groupdict() if match[g])
                name = text[match.start(group) : match.end(group)]
                if fold(name) not in _NOT_OWNER:
                    return name, index
    return None


def _of_frame(zones: Zones, outlets: Sequence[str]) -> tuple[str, int] | None:
    """Return the medium of a byline when a line outside the article names it too."""
    for name in outlets:
        for index in range(zones.last + 1, len(zones.texts)):
            if name in zones.texts[index]:
                return name, index
    return None
