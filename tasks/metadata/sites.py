"""sites: the name of the site and the way to the page (breadcrumb)."""

import re
from collections.abc import Sequence
from typing import Final

from tasks.lines import Page
from tasks.metadata.folding import fold, key

SEPARATOR: Final = re.compile(r"\s*(?:_|\||--+|»|::|@|>|(?<=\s)-(?=\s)|(?<=[^\sA-Za-z0-9])-(?=[^\s\d]))\s*")
"""What stands between the parts of a ``<title>``, on folded text."""
_CRUMB_MARK: Final = re.compile(r"\s*(?:>+|»+|›|→|-->|\\)\s*")
_CRUMB_LEAD: Final = re.compile(r"^>?\s?(?:您?现?在?的?(?:当前)?所?在?位置(?:是)?|当前位置|现在位置|您的位置|位置|首页位置)\s?[::]?\s*")
_CRUMB_END: Final = frozenset("正文 内容 详情 文章正文 新闻正文 资讯正文 阅读".split())
_META_SITE: Final = ("og:site_name", "sitename", "application-name", "site_name")


def read_breadcrumb(printed: str) -> list[str]:
    """Return the steps of a breadcrumb line, an empty list when it is none."""
    folded = fold(printed)
    lead = _CRUMB_LEAD.match(folded)
    start = lead.end() if lead else 0
    marks = list(_CRUMB_MARK.finditer(folded, start))
    steps: list[str] = []
    if not marks or len(folded) > 120:
        return []
    for a, b in zip([start, *(m.end() for m in marks)], [*(m.start() for m in marks), len(folded)], strict=True):
        step = printed[a:b].strip()
        if step:
            steps.append(step)
    if len(steps) < 2 or any(len(step) > 40 for step in steps) or any(" " in s.strip() for s in steps[1:-1]):
        return []
    return steps


def find_breadcrumb(page: Page, texts: Sequence[str], title_index: int) -> tuple[list[str], int]:
    """Return (steps, index of the line): the line nearest above the title, else the last one below."""
    above = range(min(title_index, len(texts)) - 1, -1, -1)
    below = range(len(texts) - 1, title_index, -1)
    for index in [*list(above)[:25], *list(below)[:4]]:
        steps = read_breadcrumb(texts[index])
        if steps:
            return steps, index
    return [], -1


def find_site(page: Page, title: str | None, breadcrumb: Sequence[str]) -> str | None:
    """Return the name of the site: markup, end of the ``<title>``, root of the breadcrumb."""
    meta = page.meta or {}
    for name in _META_SITE:
        if meta.get(name):
            return meta[name].strip()
    if page.title_tag and title:
        parts = [p.strip() for p in split_title(page.title_tag)]
        if len(parts) > 1 and key(parts[-1]) != key(title):
            return parts[-1]
    if breadcrumb and fold(breadcrumb[0]) not in {"首页", "网站首页", "主页", "home"}:
        return re.sub(r"(?:网站)?首[页頁]$", "", breadcrumb[0]) or None
    return None


def split_title(text: str) -> list[str]:
    """Return the parts of a ``<title>``, as printed."""
    folded = fold(text)
    marks = list(SEPARATOR.finditer(folded))
    starts = [0, *(m.end() for m in marks)]
    ends = [*(m.start() for m in marks), len(text)]
    return [text[a:b] for a, b in zip(starts, ends, strict=True) if text[a:b].strip()]
