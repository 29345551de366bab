"""titles: the headline of a page, with and without markup.

Reads    a page and its repaired texts, before any label exists
Gives    ``Title``: as printed, with the lines that hold it
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from tasks.lines import Page, PageLine
from tasks.metadata.dates import find_dates
from tasks.metadata.folding import fold, key
from tasks.metadata.outlets import labelled_outlet
from tasks.metadata.sites import read_breadcrumb, split_title

MAX_TITLE: Final = 120
"""Longest title in characters."""


@dataclass(slots=True)
class Title:
    """The headline of a page.

    lines: indexes into ``page.lines`` of the lines that hold it, none when only markup does.
    evidence: ``markup``, ``heading``, ``title tag``, ``shape``; empty without a title.
    """

    title: str | None = None
    subtitle: str | None = None
    lines: list[int] = field(default_factory=list)
    subtitle_lines: list[int] = field(default_factory=list)
    evidence: str = ""


_SENTENCE_END: Final = re.compile(r"[。;,]\"?$")
_NOT_TITLE: Final = re.compile(
    r"^(?:首页|正文|分享|当前|位置|来源|作者|记者|发布|时间|日期|编辑|责任编辑|浏览|点击|阅读|摘要|关键|标签|字号|打印|上一篇|下一篇|版权|电话|地址|邮箱|"
    r"欢迎|登录|注册|搜索|相关|推荐|热点|评论|广告|\d+$|http|原标题|视频:|图:|返回)|copyright|版权所有|备案|icp"
)


def _references(page: Page) -> list[str]:
    """Return what markup calls the title, best first."""
    meta = page.meta or {}
    found = [meta.get(name) for name in ("articletitle", "og:title", "twitter:title")]
    for entry in page.json_ld or []:
        found += [value for name in ("headline", "title") if isinstance(value := entry.get(name), str)]
    found.append(page.title_tag)
    return [re.sub(r"<[^>]+>", "", text).strip() for text in found if text and text.strip()]


def _match(line_key: str, references: Sequence[str], parts: Sequence[set[str]]) -> float:
    """Return how well a line fits what markup calls the title, 0 to 1."""
    best = 0.0
    for whole, segments in zip(references, parts, strict=True):
        if line_key == whole:
            best = max(best, 1.0)
        elif line_key in segments:
            best = max(best, 0.6 + 0.4 * len(line_key) / max(len(whole), 1))
        elif len(line_key) >= 6 and line_key in whole:
            best = max(best, 0.3 + 0.6 * len(line_key) / max(len(whole), 1))
    return best


def _is_metadata(folded: str) -> bool:
    """Tell whether a line is a date, source or byline line rather than a sentence."""
    if len(folded) > 90:
        return False
    date = next(find_dates(folded), None)
    if date is not None and len(folded) - (date.end - date.start) < 45 and (date.year or date.minute):
        return not re.search(r"[。!?]$", folded)
    return labelled_outlet(folded, "x") is not None or bool(
        re.match(r"(?:[\u3400-\u9fff]{0,8}记者|作者|编辑|文/|文:|来源)[\s:/]?", folded) and len(folded) < 30
    )


def _heading(line: PageLine) -> float:
    if not line.is_heading:
        return 0.0
    return {"h1": 3.0, "h2": 2.2, "h3": 1.6, "h4": 1.2}.get(line.tag, 1.5)


def _score(index: int, page: Page, folded: Sequence[str], fit: float) -> float:
    """Return the score of one line as title; under 1 it is none."""
    line, text = page.lines[index], folded[index]
    size = len(text)
    score = 4.0 * fit + _heading(line)
    if not page.is_html:
        score += 1.0
    if size < 4 or _NOT_TITLE.search(text.lower()):
        score -= 3.0
    elif size >= 8:
        score += 0.5
    if _SENTENCE_END.search(text) or size > 70:
        score -= 1.5
    if _is_metadata(text):
        score -= 4.0
    if read_breadcrumb(text):
        score -= 3.0
    score -= 1.0 * line.link_share
    for step in range(1, 6):
        if index + step < len(folded) and _is_metadata(folded[index + step]):
            score += 2.2 - 0.3 * step
            break
    score += _body_follows(index, folded)
    return score


def _body_follows(index: int, folded: Sequence[str]) -> float:
    """Return 1 when a long sentence stands within ten lines below, less when farther."""
    for step in range(1, 20):
        if index + step < len(folded) and len(folded[index + step]) > 60 and "。" in folded[index + step]:
            return 1.0 if step <= 10 else 0.4
    return 0.0


def find_title(page: Page, texts: Sequence[str], url: str | None = None) -> Title:
    """Return the title of a page; ``texts[i]`` is the repaired text of ``page.lines[i]``."""
    references = _references(page)
    reference_keys = [key(text) for text in references]
    parts = [{key(part) for part in split_title(text)} for text in references]
    folded = [fold(text).strip() for text in texts]
    best, best_score = -1, 0.9
    limit = len(folded) if page.is_html else 60
    for index, text in enumerate(folded[:limit]):
        if not 2 <= len(text) <= MAX_TITLE:
            continue
        fit = _match(key(text), reference_keys, parts)
        if page.is_html and not fit and not page.lines[index].is_heading and references:
            continue
        score = _score(index, page, folded, fit) - 0.004 * index
        if score > best_score:
            best, best_score = index, score
    if best >= 0:
        return _with_subtitle(Title(texts[best].strip(), None, [best], [], "heading"), page, texts, folded)
    if references:
        return Title(split_title(references[0])[0].strip() or None, evidence="markup")
    return Title()


def _with_subtitle(title: Title, page: Page, texts: Sequence[str], folded: Sequence[str]) -> Title:
    """Add the line with a leading dash that follows the title."""
    start = title.lines[-1]
    for index in range(start + 1, min(start + 8, len(folded))):
        text = folded[index]
        if re.match(r"-{2,}[^-]", text) and len(text) <= 60 and not text.endswith("。"):
            title.subtitle, title.subtitle_lines = texts[index].strip(), [index]
            break
        if len(text) > 60:
            break
    return title
