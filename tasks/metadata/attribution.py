"""attribution: the outlet of an article, as printed on its page.

Reads    zones of the page, the line of its date, its bylines, its site
Gives    the outlet and its line: named by 来源, beside the date, with 记者 or in the dateline; failing
         that the site itself, when it is a medium. 来源：网络, 本站原创 and the like are kept as printed where
         the page names no outlet: they say whether the site wrote the article, which its name would not
"""

import re
from typing import Final

from tasks.lines import Page
from tasks.metadata.accounts import account_beside_date
from tasks.metadata.folding import fold
from tasks.metadata.imprint import find_imprint, find_journal, find_paper_below
from tasks.metadata.named import named_outlet, publisher
from tasks.metadata.outlets import (
    COLUMN,
    KNOWN_OUTLETS,
    dateline_agency,
    is_outlet,
    labelled_outlet,
    outlet_beside_date,
)
from tasks.metadata.signatures import People
from tasks.metadata.sites import split_title
from tasks.metadata.zones import Zones

Attribution = tuple[str, int]
"""Outlet and index of its line; the index is -1 for the site."""

_MEDIUM: Final = re.compile(
    r"(?:报|日报|晚报|时报|网|新闻|新闻网|中文网|电视台?|卫视|广播|电台|杂志|周刊|通讯社|社|博客|部落格|专栏|客户端|电子报|资讯|在线|传媒|头条|娱乐|音乐|"
    r"体育|财经|TVBS|BBC|CNN|VOA|RFI|NHK|RTHK|news|times|daily|post|journal|magazine|blog|media|之家|之音|之声|雪球|哔哩哔哩|bilibili|知乎|豆瓣|简书|搜狐|新浪|网易|腾讯|凤凰|[\u3400-\u9fff](?:社区|论坛))$"
    r"|tvbs|bbc|news|新闻|日报|晚报|时报|之家|周刊|"
    r"^(?:公视|民视|华视|台视|中视|三立|东森|大纪元|新唐人|独立媒体|香港01|巨亨|数位时代|am730|hk01|ettoday|udn|ltn|newtalk|cnyes|36kr|ntdtv)",
    re.IGNORECASE,
)
_END_BRACKET: Final = re.compile(r"[（(\[【]([^（）()【】\[\]]{4,40})[）)】\]][。\s]*$")
_ALONE: Final = re.compile(
    r"(?:新华|中新)社|[^见据按于自在由\s,、:]{2,10}?(?:新闻|新闻网|[日晚晨早时商市]报|快报|网|通讯社|客户端|电视台|电台|周刊|中心)"
)
_AFTER: Final = re.compile(r"^据(?!当地|有关|多家)《?|》?(?:报[道導]|[电電讯訊]|消息)?$")
"""The words around a medium that a report cites: （据某报报道）."""
_PICTURE_SOURCE: Final = re.compile(r"[。!?]\s*(?:source|来源)\s?:", re.IGNORECASE)
"""Where a picture was taken from, behind the sentence of its caption."""
_NAME_OF_SITE: Final = re.compile(r"[\u3400-\u9fff]{2,12}")
_PLATFORM: Final = re.compile(r"[A-Z][A-Za-z]{3,15}\d{0,3}")
LONGEST_AGO: Final = 40
_AGO: Final = re.compile(
    r"(?P<name>[^\s|·:]{2,16})\s?[|·]?\s?(?:(?:昨天|今天|前天|刚刚|昨日|今日)(?:\s?\d\d?:\d\d)?|\d{1,2}\s?(?:分钟|小时|天|周|个月)前)(?:\s.*)?"
)
"""A medium and how long ago."""
TABLE: Final = 24
"""Lines above a title in which the table of an official document stands."""
_ISSUED: Final = re.compile(r"(?:发布|发文|公开|制发)(?:机构|单位|机关)\s?:")
_VAGUE: Final = re.compile(
    r"^(?:转载(?:文章|自网络)?|(?:互联)?网络(?:转载|整理)?|本站(?:原创|整理)?|原创|综合(?:整理|报道)?|整理|网友(?:投稿)?|其他)$"
)
"""Words entered in place of a source; a name elsewhere on the page says more."""
_NO_WRITER: Final = re.compile(
    r"作者\s?:\s?(?P<source>(?:互联网|网络)(?:整理|转载|收集|投稿)?|本站(?:原创|整理)|综合整理)(?=\s|$|[|,])"
)
_WESTERN: Final = re.compile(r"[A-Za-z][\w.'&-]*(?: [\w.'&-]+)+")
_ADDRESS: Final = re.compile(r"\s(?:www\.)?[\w.-]+\.(?:com|cn|net|org|tw|hk)\S*$")
"""The address that some sites print behind their name."""
_IN_LATIN: Final = re.compile(r"(?<=[\u3400-\u9fff]{2}) [A-Za-z][\w .&'-]*$")
"""The name once more in Latin letters: 河东通讯 The Hedong Letter."""
_OFFICIAL: Final = re.compile(r"(?:官方)?网站$|官网$")
"""What a site may add to the name of its medium."""
_NO_MEDIUM: Final = re.compile(
    r"(?!\S*(?:政府|大学)新闻网$)(?:公司|集团|有限|股份|政府|人民法院|检察|委员会|大学|学院|学校|医院|协会|局|厅|公安|党委|研究[院所]|银行|门户网站|官方网站|官网|公路|工程|机械|设备|"
    r"科技有限|\.(?:com|cn|net|org))"
)


def find_outlet(
    zones: Zones, date_at: int, people: People, site: str | None, page: Page | None = None
) -> Attribution | None:
    """Return the outlet, ``None`` when the page prints none."""
    title = [zones.title] if zones.title >= 0 else []
    head = _labelled(zones, [*zones.head, *zones.above[:6], *title])
    tail: Attribution | None = None
    if head is None or _VAGUE.search(fold(head[0])):
        tail = _labelled(zones, zones.tail) or _in_last_bracket(zones)
    return (
        tail
        or head
        or (named_outlet(zones, page) if page is not None else None)
        or _office_above(zones)
        or find_journal(zones)
        or _beside_date(zones, date_at)
        or (_beside_hours(zones) if date_at < 0 else None)
        or _site_beside_date(zones, date_at, site)
        or account_beside_date(zones, date_at)
        or _of_issue(zones)
        or _of_reporter(people)
        or _of_dateline(zones, site)
        or _alone_in_last_bracket(zones)
        or _of_nobody(zones, date_at)
        or _of_site(site, people, page)
        or _of_publisher(page)
    )


def _labelled(zones: Zones, indexes: list[int]) -> Attribution | None:
    for index in indexes:
        if index > zones.last and "资料来源" in zones.folded(index):
            continue
        if zones.labels[index] == "caption" and _PICTURE_SOURCE.search(zones.folded(index)):
            continue
        following = zones.next_text(index) if index + 1 != zones.title else ""
        found = labelled_outlet(zones.texts[index], following)
        if found is not None:
            return found[0], index + found[1]
    return None


def _office_above(zones: Zones) -> Attribution | None:
    """Return the office that the table above an official document names as who issued it."""
    table = range(max(zones.title - TABLE, 0), max(zones.title, 0))
    return _labelled(zones, [index for index in table if _ISSUED.match(zones.folded(index))])


def _in_last_bracket(zones: Zones) -> Attribution | None:
    """Return the outlet named in brackets at the end of the body: （来源：某报）."""
    if not 0 <= zones.last < len(zones.texts):
        return None
    match = _END_BRACKET.search(zones.texts[zones.last][-48:])
    found = labelled_outlet(match[1]) if match is not None else None
    return None if found is None else (found[0], zones.last)


def _alone_in_last_bracket(zones: Zones) -> Attribution | None:
    """Return the medium that stands alone in brackets at the end of the body: （河东新闻）."""
    if not 0 <= zones.last < len(zones.texts):
        return None
    match = _END_BRACKET.search(zones.texts[zones.last][-48:])
    name = _AFTER.sub("", match[1].strip()) if match is not None else ""
    return (name, zones.last) if _ALONE.fullmatch(fold(name)) and is_outlet(fold(name)) else None


def _beside_date(zones: Zones, date_at: int) -> Attribution | None:
    """Return a medium printed on the date line, or alone on a line next to it; without a date, below the title."""
    if date_at < 0:
        below = zones.title + 1
        is_alone = zones.title >= 0 and below in zones.head and _ALONE.fullmatch(zones.folded(below))
        return (zones.texts[below].strip(), below) if is_alone and is_outlet(zones.folded(below)) else None
    name = outlet_beside_date(zones.texts[date_at])
    if name is not None:
        return name, date_at
    for index in sorted(zones.head, key=lambda i: abs(i - date_at)):
        if (
            0 < abs(index - date_at) <= 3
            and zones.labels[index] not in ("caption", "legal")
            and is_outlet(zones.folded(index))
            and not re.search(r"/", zones.folded(index))
        ):
            return zones.texts[index].strip(), index
    return None


def _site_beside_date(zones: Zones, date_at: int, site: str | None) -> Attribution | None:
    """Return the site when the date line prints its name as a word, or a line near it alone, whatever it ends like."""
    if site is None or date_at < 0 or len(site) < 2 or _NO_MEDIUM.search(fold(site)):
        return None
    words = re.split(r"[\s|/·,，、]+", zones.texts[date_at])
    if site in words:
        return site, date_at
    alone = (i for i in zones.head if abs(i - date_at) <= 4 and zones.texts[i].strip() == site)
    return next(((site, index) for index in alone), None)


def _beside_hours(zones: Zones) -> Attribution | None:
    """Return the medium before a time that names no day: 河东新闻 昨天 12:33."""
    for index in zones.head[:6]:
        found = _AGO.fullmatch(zones.folded(index)) if len(zones.texts[index]) <= LONGEST_AGO else None
        if found is not None and is_outlet(found["name"]):
            return zones.texts[index].strip()[slice(*found.span("name"))], index
    return None


def _of_issue(zones: Zones) -> Attribution | None:
    """Return the paper named below the article with day and page."""
    found = find_imprint(zones)
    return find_paper_below(zones) if found is None else (zones.texts[found[2]][slice(*found[1])], found[2])


def _of_reporter(people: People) -> Attribution | None:
    for name in people.credits.outlets:
        is_desk = COLUMN.fullmatch(fold(name)) or fold(name) in ("总台", "央视", "记者站", "本报", "本网")
        if 2 <= len(name) <= 16 and not is_desk:
            return name, people.where["outlets"]
    return None


def _of_dateline(zones: Zones, site: str | None) -> Attribution | None:
    """Return the agency that opens the body, or the abstract above it."""
    below = range(zones.first + 1, min(zones.first + 3, zones.last + 1))
    later = [i for i in below if zones.texts[i].startswith(("（", "("))]  # under a catchline or a caption
    for index in [*(i for i in zones.head if zones.labels[i] in ("summary", "byline")), zones.first, *later]:
        agency = dateline_agency(zones.texts[index][:60], site) if index < len(zones.texts) else None
        if agency is not None:
            return agency, index
    return None


def _is_signed_place(site: str, page: Page) -> bool:
    """Tell whether a site names itself in the ``<title>``: where somebody signs, that is the outlet.

    A name in Latin letters is also that of somebody's own pages, unless it stands behind his or markup has it.
    """
    tag = page.title_tag or ""
    parts = split_title(tag)
    if _PLATFORM.fullmatch(site) is not None:
        return (page.meta or {}).get("og:site_name") == site or (len(parts) >= 3 and parts[-1] == site)
    is_short = len(parts) >= 3 and len(parts[-1]) >= 3 and site.startswith(parts[-1])
    in_both = (page.meta or {}).get("og:site_name") == site and len(parts) > 1 and tag.endswith(site)
    return in_both or (_NAME_OF_SITE.fullmatch(site) is not None and (site in tag or is_short))


def _of_nobody(zones: Zones, date_at: int) -> Attribution | None:
    """Return a vague source that is a word of the date line, or the value of the author label: 作者：网络整理."""
    for index in zones.head:
        found = _NO_WRITER.search(zones.folded(index)) if "作者" in zones.texts[index] else None
        if found is not None:
            return zones.texts[index].strip()[slice(*found.span("source"))], index
    words = zones.texts[date_at].split() if date_at >= 0 else []
    return next(((w, date_at) for w in words if len(w) > 3 and _NO_WRITER.match(f"作者:{fold(w)}")), None)


def _of_publisher(page: Page | None) -> Attribution | None:
    """Return the outlet that markup states, when the page names none."""
    name = publisher(page) if page is not None else None
    return None if name is None or _NO_MEDIUM.search(fold(name)) else (name, -1)


def _of_site(site: str | None, people: People, page: Page | None) -> Attribution | None:
    """Return the site when it is a medium, or when its articles are signed."""
    if site is None:
        return None
    folded = _IN_LATIN.sub("", _OFFICIAL.sub("", _ADDRESS.sub("", fold(site)).strip()))
    is_medium = (
        site in people.credits.authors
        or (people.credits.authors and page is not None and _is_signed_place(_IN_LATIN.sub("", site), page))
        or folded in KNOWN_OUTLETS
        or _MEDIUM.search(folded)
        or _WESTERN.fullmatch(folded)
    )
    return (site, -1) if is_medium and not _NO_MEDIUM.search(folded) else None
