"""named: author and outlet that markup or the ``<title>`` point to, where the page prints them.

Reads    zones of the page, what its elements are named, its ``<title>``, publisher and site in its markup
Gives    a name and its line. A name counts only when a line near the article prints it; the publisher
         stated in markup is the exception
"""

import re
from collections.abc import Iterator
from typing import Final

from tasks.lines import Page
from tasks.metadata.dates import find_dates
from tasks.metadata.folding import fold, key
from tasks.metadata.names import is_likely_name
from tasks.metadata.outlets import COLUMN, is_outlet
from tasks.metadata.sites import split_title
from tasks.metadata.values import NOBODY
from tasks.metadata.zones import Zones

NEAR_TAIL: Final = 4
"""Lines below the body in which a name is still the author's; those of comments come later."""
NEAR_ABOVE: Final = 4
"""Lines above the title in which a board names who writes: name, rank, day of registration, posts."""
OWNER_LINES: Final = 60
"""First lines of a page in which the name of a weblog's owner is looked for."""

_ABROAD: Final = re.compile(r"(?<=[\u3400-\u9fff])\s?\([A-Za-z .'-]+\)$")
"""The name once more in its own script: 克莱尔（Claire）."""
_MONTH: Final = re.compile(
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*|[a-z]{2,6}day", re.IGNORECASE
)
_LABEL: Final = re.compile(
    r"^[\u3400-\u9fff]{1,4}\s*[:/|]\s*|^(?:(?:written |posted )?by|author)\b[\s:,]*|^来自(?=\S\S)",
    re.IGNORECASE,
)
_OTHER_ROLE: Final = re.compile(r"\S{0,4}(?:编辑|责编|校对|审核|监制|来源|时间|日期)\s?[:/|]")
"""Labels of what an element called after the author may hold besides."""
_NO_NAME: Final = re.compile(
    r"[。!?;,:()<>|]|\d{3,}|^\d+$|发[表布送消]|来源|编辑|粉丝|作者|时间|主题|帖子|楼主|^\S{1,4}(?:报道|报导)$|^[Ll][Vv]\.?\s?\d|"
    r"^(?:关注|阅读|评论|浏览|收藏|回复|登[录陆]|注册|更多|首页|投稿|推荐|文章|原创)"
)
_OWNER: Final = re.compile(
    r"(?P<name>\S{2,16}?)(?:的(?:\S{2})?(?:博客|空间|专栏|个人主页|个人空间|部落格|日志|blog)|的?(?:作品集|文集|诗集|散文集))$",
    re.IGNORECASE,
)
_PLATFORM: Final = re.compile(
    r"(?:博客|博报|网志|部落格|博客园|csdn|掘金|知乎|简书|豆瓣|medium|blog|pixnet|痞客邦|论坛|社区)$",
    re.IGNORECASE,
)
_THREE_WORDS: Final = re.compile(r"\s\S*\s")
_NO_OUTLET: Final = re.compile(
    r"[。!?;,:<>|©]|https?|www\.|\d{4}|^\d+$|评论|阅读|微信公众平台|资料|照片|摄|(?:创作者|官方[账帐]号)$"
)
_META_SOURCES: Final = ("source", "contentsource", "mediaid")
"""Names in ``<meta>``; the second by the guidelines for sites of authorities, the last an account of a portal."""
_PUBLISHED: Final = frozenset(("NewsArticle", "Article", "ReportageNewsArticle"))


def named_author(zones: Zones, page: Page) -> tuple[str, int] | None:
    """Return the author that an element is named after, or the owner of a weblog, and the line that prints it."""
    near = [*zones.head, *zones.above[:NEAR_ABOVE], *zones.tail[:NEAR_TAIL]]
    for shown in page.named_authors:
        if _OTHER_ROLE.match(fold(shown)):
            continue
        name = shown[_end_of_label(shown) :].strip()
        twice = _ABROAD.search(fold(name))
        name = name[: twice.start()] if twice is not None else name
        if _is_name(name) and not _MONTH.fullmatch(name):
            index = _printed_in(zones, near, name)
            if index >= 0:
                return name, index
    for name in _owners(page):
        index = _printed_in(zones, [*near, *range(min(OWNER_LINES, len(zones.texts)))], name)
        if index >= 0 and _is_name(name):
            return name, index
    return None


def named_outlet(zones: Zones, page: Page) -> tuple[str, int] | None:
    """Return the outlet in an element named so, above the body, and the line that prints it."""
    for shown in page.named_sources:
        name = shown[_end_of_label(shown) :].strip(" []()（）【】《》")
        folded = fold(name).lower()
        if not 2 <= len(name) <= 20 or folded in NOBODY or _NO_OUTLET.search(folded):
            continue
        if is_likely_name(folded) and not is_outlet(folded):
            continue
        if COLUMN.fullmatch(folded) or next(find_dates(folded), None):
            continue
        index = _printed_in(zones, zones.head, name)
        if index >= 0:
            return name, index
    return None


def publisher(page: Page) -> str | None:
    """Return the publisher that JSON-LD names for the article, or the source or account in ``<meta>``."""
    meta = page.meta or {}
    source = next((meta[name] for name in _META_SOURCES if meta.get(name)), "")
    source = source[_end_of_label(source) :].strip()
    if 2 <= len(source) <= 16 and not _NO_OUTLET.search(fold(source)) and not _THREE_WORDS.search(source):
        return source
    for entry in page.json_ld or ():
        owner = entry.get("publisher")
        name = owner.get("name") if isinstance(owner, dict) else None
        if entry.get("@type") in _PUBLISHED and isinstance(name, str) and 2 <= len(name.strip()) <= 24:
            return name.strip()
    return None


def _owners(page: Page) -> Iterator[str]:
    """Yield whose weblog a page is, as its ``<title>`` says: ``文章_某人_某博客``, ``某人的博客``."""
    parts = split_title(page.title_tag or "")
    for part in parts[1:]:
        owner = _OWNER.search(fold(part))
        if owner is not None:
            yield part[owner.start("name") : owner.end("name")]
    if len(parts) == 3 and _PLATFORM.search(fold(parts[2]).strip()) and not is_outlet(fold(parts[1])):
        yield parts[1][_end_of_label(parts[1]) :]


def _end_of_label(shown: str) -> int:
    label = _LABEL.match(fold(shown))
    return label.end() if label is not None else 0


def _is_name(name: str) -> bool:
    folded = fold(name)
    if not 2 <= len(name) <= 20 or folded.lower() in NOBODY or _NO_NAME.search(folded):
        return False
    return not is_outlet(folded) and not COLUMN.fullmatch(folded) and next(find_dates(folded), None) is None


def _printed_in(zones: Zones, indexes: list[int], name: str) -> int:
    """Return the first line that holds a name, -1 when none does."""
    wanted = key(name)
    return next((i for i in indexes if len(zones.texts[i]) <= 200 and wanted in key(zones.texts[i])), -1)
