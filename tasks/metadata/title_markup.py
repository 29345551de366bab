"""title_markup: what the markup of a page calls its title, and how well a line fits that.

Reads    ``<title>``, og:title and its sisters, JSON-LD headline
Gives    ``References``: keys to compare lines with; the title itself when no line prints it
"""

import re
from dataclasses import dataclass, field
from typing import Final

from tasks.lines import Page
from tasks.metadata.folding import fold, key, printings
from tasks.metadata.sites import LONGEST_TITLE, SITE_END, split_title

_META_TITLES: Final = ("articletitle", "og:title", "twitter:title", "title", "headline")
_JSON_TITLES: Final = ("headline", "title")
_TAG: Final = re.compile(r"<[^>]{1,40}>")
_MARKS: Final = "_|-@:»>·,(—"
"""Characters that may stand between a title and the name of its site."""
_FIRST: Final = {":": 0.25, "»": 0.7}
_LAST: Final = {":": 0.85, "»": 0.7}
"""Fit of the part before and behind a mark; weblogs print their name first, with these."""


_GREETING: Final = re.compile(r"欢迎(?:[您你]|光临|访问)[!。]*$")
"""How the frame of a page ends a line that begins with the name of the site."""
_NUMBER: Final = r"第\s?[\d一二三四五六七八九十百]{1,4}\s?[期辑卷]"
ISSUE: Final = re.compile(
    rf"《[^《》]{{1,16}}》\s?(?:杂志|[周月季校社院会]刊)?\s?(?:(?:19|20)\d\d年?)?\s?总?{_NUMBER}|"
    rf"(?:《[^《》]{{1,16}}》|[^\s,:]{{0,14}}(?:杂志|文学|文艺|[学诗校期周月季]刊|学报))?\s?(?:19|20)\d\d年?\s?(?:总?{_NUMBER}\s?)+"
    rf"(?:\(总?{_NUMBER}\))?(?:\s\S{{0,4}}(?:散文|小说|诗歌|诗词|随笔|[天园]地|卷首语?|专[栏题]|作品))?|总{_NUMBER}"
)
"""The issue of a magazine: 《某刊》第四期, 2012年第3期(总第45期) 散文."""
_BEFORE: Final = re.compile(r"(?:[\[(][^\])]{1,8}[\])]|标题:?|正文:?|\W)*|[^/]{1,12}/")
_AFTER: Final = re.compile(
    r"(?:原创|转载|置顶|精华|精选|推荐|热门)$|^(?:\[?(?:收藏|编辑|打印|分享|举报|转发|删除)(?:本文)?\]?)+$|(?:19|20)\d\d[-/.年]\d|\d\d?:\d\d|来源|作者|浏览|阅读|点击|发布|^记者|^\d*个?回[应复]"
)
"""What a line may print around its title that is none of it, buttons too; (图) and the like belong to it."""


@dataclass(slots=True)
class References:
    """Texts of the markup, best first, with their keys.

    cut: of the parts, those that end in dots, without them.
    starts: first characters of the keys and of their parts in all printings, to pass by most lines quickly.
    """

    texts: list[str] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    parts: list[list[str]] = field(default_factory=list)
    cut: list[list[str]] = field(default_factory=list)
    starts: set[str] = field(default_factory=set)


def find_references(page: Page) -> References:
    """Return what markup calls the title."""
    if not (page.meta or page.json_ld or page.title_tag):
        return References()
    meta = page.meta or {}
    values: list[object] = [meta.get(name) for name in _META_TITLES]
    for entry in page.json_ld or ():
        values += [entry.get(name) for name in _JSON_TITLES]
    values.append(page.title_tag)
    found = References()
    for value in values:
        if isinstance(value, str) and value.strip():
            text = _TAG.sub("", value[: 2 * LONGEST_TITLE]).strip()[:LONGEST_TITLE]
            if text and (whole := key(text)) not in found.keys:
                parts = [key(part) for part in split_title(text)]
                found.texts.append(text)
                found.keys.append(whole)
                found.parts.append(parts)
                found.cut.append([part[:-3] for part in parts if len(part) >= 9 and part.endswith("...")])
    starts = {k[0] for k in found.keys if k} | {p[0] for parts in found.parts for p in parts if p}
    starts |= {"标"} if found.keys else set()  # the label 标题, which boards set against the title
    starts |= {k.rpartition(mark)[2][:1] for k in found.keys for mark in _LAST} - {""}
    found.starts = printings(starts)
    return found


def fit_of(line_key: str, references: References) -> float:
    """Return how well a line fits the best of the references, 0 (not at all) to 1 (the same)."""
    size = len(line_key)
    best = 0.0
    for whole, parts, cut in zip(references.keys, references.parts, references.cut, strict=True):
        if line_key == whole:
            best = max(best, 1.0 if len(parts) == 1 else 0.8)
            continue
        if size < 2:
            continue
        if whole.startswith(line_key):
            part = _FIRST.get(whole[size], 0.95)
            best = max(best, part if whole[size] in _MARKS else 0.6 + 0.3 * size / len(whole))
        elif whole.endswith(line_key) and whole[-size - 1] in _MARKS:
            short = _LAST.get(whole[-size - 1], 0.4) if size >= 5 else 0.4
            best = max(best, 0.85 if size >= 8 else short)
        elif cut and line_key.startswith(tuple(cut)):
            best = max(best, 0.9)
        elif line_key in parts:
            best = max(best, 0.4 + 0.3 * size / len(whole))
        elif size >= 6 and line_key in whole:
            best = max(best, 0.7 * size / len(whole))
        elif len(whole) >= 8 and whole in line_key and not _GREETING.search(line_key[-6:]):
            best = max(best, 0.6)
        elif _opens_with_title(line_key, parts[0]):
            best = max(best, 0.9)
    if best and (
        SITE_END.search(line_key[-8:]) or (best < 0.9 and "第" in line_key and ISSUE.fullmatch(line_key))
    ):
        best *= 0.4
    return best * min(1.0, 0.4 + size / 12)


def _opens_with_title(line_key: str, part: str) -> bool:
    """Tell whether a line prints day, source or the like right behind the title, on the line of the title."""
    size = len(part)
    return size >= 8 and line_key.startswith(part) and _AFTER.search(line_key[size : size + 14]) is not None


def part_in(text: str, references: References) -> str | None:
    """Return the part of a line that markup calls the title, when the line prints more around it.

    ``标题：新桥今天通车 2019-11-08`` with ``<title>新桥今天通车_某网`` gives ``新桥今天通车``.
    """
    line_key = key(text)
    for part in (part for parts in references.parts for part in parts):
        at = line_key.find(part) if len(part) >= 8 else -1
        if at < 0 or part == line_key or SITE_END.search(part[-8:]):
            continue
        before, after = line_key[:at], line_key[at + len(part) :]
        if _BEFORE.fullmatch(before) and (not after or _AFTER.search(after)):
            return _printed(text, at, len(part))
    return None


def _printed(text: str, start: int, size: int) -> str:
    """Return the stretch of a text whose key begins at ``start`` and is ``size`` long."""
    ends = [0]
    for character in text:
        ends.append(ends[-1] + len(key(character)))
    begin = max(i for i, end in enumerate(ends) if end <= start)
    stop = min((i for i, end in enumerate(ends) if end >= start + size), default=len(text))
    return text[begin:stop].strip()


def title_of_markup(references: References) -> str | None:
    """Return the title for a page that prints none: the reference without the name of the site."""
    if not references.texts:
        return None
    parts = split_title(references.texts[0])
    own = [part for part in parts if not SITE_END.search(fold(part))]
    best = own[0] if own else (parts[0] if parts else references.texts[0])
    if len(best) < 6 and own:
        best = max(own, key=len)
    return best or None
