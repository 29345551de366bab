"""people: who wrote, photographed and edited, from bylines and credits.

Reads    one line, or a bracket at an end of a paragraph
Gives    ``Credits``: names by role as printed; roles that are none of the three are skipped by name
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Final, Literal

from tasks.metadata.folding import fold
from tasks.metadata.names import (
    COMPOUND_SURNAMES,
    has_surname,
    is_foreign_name,
    is_likely_name,
    split_run,
)

Role = Literal["author", "photographer", "editor", "none"]

_AUTHOR: Final = (
    "(?:特约|见习|实习|特派|首席|全媒体|融媒体?|总台|驻站|职工|本站|本网|本报|本刊|高级|主任|文字|资深|调查|财经|新闻|客户端|融合?)*"
    "(?:记者|通讯员|撰稿人?|评论员|观察员|报道员|研究员|实习生)|采写|撰文|撰稿人?|作者|原作者|原著|文字整理|文字|采访|执笔人?|整合|口述"
    "|供稿人?|投稿人?|发布者|发稿人?|署名|主笔|专栏作家|专栏作者|文"
)
_PHOTO: Final = "摄影记者|摄影报道|摄影|摄像|图片提供|图片|供图|摄|图|照片|影像"
_EDITOR: Final = (
    "(?:本文|本期|网络|新媒体|值班|执行|责任|实习|网站|见习|频道|特约|文字|编审|页面|首席|主任|副)*(?:编辑|主编|总编辑?)|责编|责任编缉|编 辑|责 编"
)
_OTHER: Final = (
    "校对|审核|审校|初审|复审|终审|审稿|监制|总监制|制片人|美编|美术编辑|版面编辑|排版|制图|绘图|插画|设计|翻译|编译|译者|译|视频|剪辑|统筹|策划"
    "|出品人?|来源|稿源|出处|时间|日期|发布时间|浏览次?数?|阅读|点击|字号|字体|标签|关键[字词]|题图|头图|封面图?|素材来源|资料|海报|动画|配音|主播"
    "|签发|值班主任|栏目|原标题|标题|审签|编发|录入|联系人|电话|邮箱|技术|数据|配图"
)
_LABEL: Final = re.compile(
    rf"(?P<author>{_AUTHOR})|(?P<editor>{_EDITOR})|(?P<photographer>{_PHOTO})|(?P<none>{_OTHER})"
)
"""Order matters where one word starts like another (摄影 before 摄, 编辑 before 编)."""

_CREDIT: Final = re.compile(
    rf"(?P<roles>(?:{_OTHER}|{_AUTHOR}|{_EDITOR}|{_PHOTO})"
    rf"(?:\s?[/、&和兼及,]?\s?(?:{_OTHER}|{_AUTHOR}|{_EDITOR}|{_PHOTO}))*)"
    r"(?P<mark>\s*[:|/]\s*|\s+|(?=[^\s:|/]))"
)
_GATE: Final = re.compile(
    "记者|通讯员|作者|编辑|责编|主编|撰|采写|摄|文|图|执笔|供稿|实习生|评论员|整合|者"
)
_SEPARATOR: Final = re.compile(r"[\s、,;&/|+]+|(?<=[\u3400-\u9fff]{2})[和及与](?=[\u3400-\u9fff]{2})")
_CUT: Final = re.compile(
    r"(?:发自|报道|报导|综合|\d{1,2}日|\d{1,2}月|讯\b|电\b|[(\[【<《》>】\])。!?:;\"“”]|http|www|20\d\d|据|对此文|受访者|资料|供图|为您|摄$)"
)
_PLACE_DISPATCH: Final = re.compile(r"(?P<run>[\u3400-\u9fff·]{4,12}?)(?P<day>\d{1,2}日)(?:\d{1,2}时)?(?:综合)?(?:外?电|报道|报导|讯)")
_PLACEHOLDER: Final = frozenset(
    "佚名 未知 匿名 admin 管理员 本站 本网 本报 本刊 记者 通讯员 编辑 网络 互联网 不详 无 原创 转载 小编 系统 系统管理员 综合 "
    "图片 文字 摄影 来源 作者 网友 整理 本报记者 新华社 中新社 报道 报导 专栏 更多 关注 收藏 分享 评论 返回 打印 关闭 责任".split()
)
_NOT_A_NAME: Final = re.compile(
    r"(?:[报社网台局院厅部委会室站校处区县市省镇乡村司所队办组团]|日报|晚报|新闻|频道|公司|中心|大学|学院|支部|医院|银行|整理|报道|供图|资料|客户端)$"
)


@dataclass(slots=True)
class Credits:
    """Names by role, as printed, each once, in the order of the page."""

    authors: list[str] = field(default_factory=list)
    photographers: list[str] = field(default_factory=list)
    editors: list[str] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.authors or self.photographers or self.editors)

    def add(self, role: Role, names: list[str]) -> None:
        """Add names under a role; names already there and role ``none`` are left out."""
        if role == "none":
            return
        kept = {"author": self.authors, "photographer": self.photographers, "editor": self.editors}[role]
        kept.extend(name for name in names if name not in kept)


def _join_spaced(folded: str) -> str:
    """Join names that were spaced out for looks: ``张 三`` -> ``张三`` with a filler that keeps length."""
    return folded


def _pieces(folded: str, printed: str) -> Iterator[tuple[str, str]]:
    """Yield (folded, printed) pieces between separators; a name spaced out (张 三) is one piece."""
    start = 0
    spans: list[tuple[int, int]] = []
    for match in [*_SEPARATOR.finditer(folded), None]:
        end = match.start() if match else len(folded)
        if end > start:
            spans.append((start, end))
        start = match.end() if match else end
    index = 0
    while index < len(spans):
        a, b = spans[index]
        if b - a == 1 and index + 1 < len(spans) and spans[index + 1][1] - spans[index + 1][0] in (1,):
            c, d = spans[index + 1]
            if has_surname(folded[a:b]) and not folded[b:c].strip():
                yield folded[a:b] + folded[c:d], printed[a:b] + printed[c:d]
                index += 2
                continue
        yield folded[a:b], printed[a:b]
        index += 1


def _names_of_piece(folded: str, printed: str, is_labelled: bool) -> list[str]:
    """Return the names in one piece; ``is_labelled``: the role was followed by a colon."""
    if folded in _PLACEHOLDER or folded.lower() in _PLACEHOLDER:
        return []
    if is_foreign_name(folded):
        return [printed.strip()] if len(folded) >= 2 else []
    if re.fullmatch(r"[\u3400-\u9fff]+", folded) is None:
        return [printed] if is_labelled and 2 <= len(folded) <= 12 and not re.search(r"\d{3}", folded) else []
    if len(folded) < 2:
        return []
    if len(folded) <= 3:
        return [printed] if has_surname(folded) or is_labelled or not _NOT_A_NAME.search(folded) else []
    ends = split_run(folded)
    if len(ends) > 1 and not _NOT_A_NAME.search(folded):
        return [printed[a:b] for a, b in zip([0, *ends], ends, strict=False)]
    if len(folded) == 4 and not _NOT_A_NAME.search(folded):
        return [printed]
    return [printed] if is_labelled and len(folded) <= 14 else []


def _names(folded: str, printed: str, is_labelled: bool) -> list[str]:
    """Return the names at the beginning of a value; what follows them is left."""
    dispatch = _PLACE_DISPATCH.match(folded)
    if dispatch is not None:
        size = 3 if has_surname(folded) and folded[:2] not in COMPOUND_SURNAMES else 4
        if len(dispatch["run"]) - size < 2:
            size = 2
        return [printed[:size]] if has_surname(folded) else []
    cut = _CUT.search(folded)
    if cut is not None:
        folded, printed = folded[: cut.start()], printed[: cut.start()]
        if cut.group().startswith(("报", "综")) and "/" in folded:
            folded = folded[: folded.rindex("/")]
            printed = printed[: len(folded)]
    names: list[str] = []
    for piece, shown in _pieces(folded, printed):
        found = _names_of_piece(piece, shown, is_labelled)
        if not found and names:
            break
        names += found
    return names


def _roles(folded: str) -> list[Role]:
    """Return the roles named in a label such as 文/图."""
    roles: list[Role] = []
    for match in _LABEL.finditer(folded):
        role: Role = match.lastgroup  # type: ignore[assignment]
        if role not in roles:
            roles.append(role)
    return roles


_AFTER: Final = re.compile(r"(?P<names>[\u3400-\u9fff·、 ]{2,20}?)\s?/\s?(?P<role>文图|图文|文|图|摄影|摄|编辑)(?![\u3400-\u9fff]{2,3}\s?(?:/|$))")
_SHOT: Final = re.compile(r"(?P<names>[\u3400-\u9fff·]{2,4}(?:[、 ][\u3400-\u9fff·]{2,4})*)\s?(?:摄影?|供图)(?:$|[)\]。])")


def read_credits(printed: str) -> Credits:
    """Return the names in a byline or bracket.

    >>> read_credits("采写：本报记者乔宇罗汉章").authors
    ['乔宇', '罗汉章']
    """
    found = Credits()
    folded = fold(printed)
    if _GATE.search(folded) is None:
        return found
    matches = list(_CREDIT.finditer(folded))
    for index, match in enumerate(matches):
        end = matches[index + 1].start() if index + 1 < len(matches) else len(folded)
        value = folded[match.end() : end]
        names = _names(value, printed[match.end() : end], is_labelled=":" in match["mark"] or "|" in match["mark"])
        for role in _roles(match["roles"]):
            found.add(role, names)
    if not found:
        after = _AFTER.search(folded)
        if after is not None:
            names = _names(after["names"].strip(), printed[after.start("names") : after.end("names")].strip(), False)
            for role in _roles(after["role"]):
                found.add(role, names)
    return found


__all__ = ["Credits", "is_likely_name", "read_credits"]
