"""values: the names in what follows a label.

Reads    the value of a label such as 记者 or 编辑, folded and as printed
Gives    the names at its beginning, and whether nothing else stands there
"""

import re
from collections.abc import Iterator, Sequence
from typing import Final

from tasks.metadata.names import (
    FREQUENT_SURNAMES,
    PLACE_NAMES,
    PLACES,
    has_surname,
    is_foreign_name,
    is_likely_name,
    is_transcribed,
    split_run,
)
from tasks.metadata.outlets import is_outlet

_SEPARATOR: Final = re.compile(
    r"[\s、,;&+]+|/+(?!\d)|(?<=[\u3400-\u9fff]{2})(?:和|及|与)(?=[\u3400-\u9fff]{2})"
)
_DAY: Final = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_ENDS: Final = re.compile(
    r"\s?(?:发自|自)[\u3400-\u9fff、/ ]{2,10}(?:报道)?$|[\s/][\u3400-\u9fff]{2,6}\s?(?:报道|报导|特稿|专访)(?:[\u3400-\u9fff]{1,5}[报社网刊])?$|"
    rf"(?:[\s/]*(?:{PLACES})[县市]?){{0,2}}[\s/]*(?:综合|整理|现场|专题|联合)?(?:编译|采访)?(?:报道|报导)$|"
    rf"[\s/]*(?:(?:{PLACES})[县市]?|/[\u3400-\u9fff]{{2,6}})?\s?(?:\d{{1,2}}月)?{_DAY}日(?:\d{{1,2}}时)?(?:综合|专)?(?:外?电|报道|报导|讯)$|"
    rf"\s?/?\s?(?:(?:{PLACES})[县市]?)?(?:专访|特稿|特写)$|"
    r"\s?(?:综合)?(?:报道|报导)\s?/\s?[\u3400-\u9fff]{2,6}$|\s?(?:综合)?(?:整理|整合)$|\s?(?:发[表布]|写)?于$"
)
"""What may stand behind names: 发自北京, ／台北報導, 台南4日電, 综合报道."""
_SECOND: Final = re.compile(rf"\s(?!{PLACES})(?P<name>[\u3400-\u9fff]{{2}}[^\s县市区]) (?:报道|报导)$")
"""One more name where a place may stand: 孙玉明 乔振海 报导."""
_ENDS_KEYS: Final = frozenset("自报特专日整于")
"""Each of them has one of these characters."""
_ABROAD: Final = re.compile(
    rf"(?!.*(?:{PLACES}){_DAY}日)(?P<run>[\u3400-\u9fff]{{4,8}}?){_DAY}日(?:综合|专)?(?:外?电|讯)"
)
"""A name, a place that is none of those, and the day: 张三丰荆州5日电."""
UNNAMED: Final = re.compile(
    r"[\s/]*(?:受访者|受访单位|受访对象|本人|网友|主办方|(?<![\u3400-\u9fff])(?:资料|警方|单位|企业|学校|医院|公司|网络))(?:供图|提供|图片)*$"
)
"""Pictures handed in by somebody who is not named: 受访者供图."""
_STOP: Final = re.compile(
    r"https?:|www\.|(?:19|20)\d\d|\d{2}:\d\d|(?:(?<=\s)|^)[\u3400-\u9fff]{1,6}\s?:|[:|=@#]"
)
_AGENCIES: Final = frozenset(
    "cfp afp epa ic icphoto vcg ap tpg getty gettyimages cnsphoto dpa kyodo tass".split()
)
NOBODY: Final = frozenset(
    "佚名 来自 转自 出处 稿源 文章 手记 未知 匿名 管理员 本站 本网 本报 本刊 本报讯 记者 通讯员 编辑 不详 无 暂无 原创 转载 小编 系统 系统管理员 综合 图片 文字 摄影 来源 作者 "
    "报道 报导 专栏 更多 关注 收藏 分享 评论 返回 打印 关闭 责任 翻摄 翻摄画面 翻摄自网络 资料照 资料照片 示意图 本报记者 有限公司 如下 如图 "
    "登录 注册 禁止转载 版权所有 受访者 受访者供图 网络 网友 投稿 官网 资料 图库 提供 截图 视觉中国 达志 达志影像 报系资料照 admin news editor "
    "administrator webmaster root null none user name 网络转载 网络整理 网络收集 网络投稿 网络编辑 互联网 来源网络 本站整理 本站原创 本站编辑 "
    "本站发布 综合整理 综合报道 网站编辑 网站管理员 超级管理员 小编整理 匿名用户 站长 采编 未署名 原作者 作者不详 用户评论 网友评论 发表评论 我要评论 查看评论".split()
)
_BUTTONS: Final = frozenset("收藏 分享 列印 打印 转寄 留言 追踪".split())
"""What pages set behind the name of who wrote, to be pressed."""
_NO_NAME: Final = re.compile(
    r"(?:[报社网台局院厅部委处站室校区县省镇乡村司所队办团组会号]|日报|晚报|新闻|频道|公司|中心|大学|医院|银行|整理|供图|资料|客户端|图片|提供|照片|"
    r"画面|截图|来源|转载|微信|公众号|杂志|时报|周刊|专栏|栏目组?|工作室|编辑|记者|影像|中国|集团|协会)$|^(?:本文|原文|责任|来自|翻摄|资料|图为|受访|转载|如需|禁止)"
)
_OFFICE: Final = re.compile(
    r"[校院系县市区]?(?:团委|党委|工会)|团[省市区县州旗]委|关工委|[党团]支部|学生会|(?:[校院党团]|党政|行政)办|(?!编)[\u3400-\u9fff]{2}[处科室]|[语数英物化生政历地音体美][\u3400-\u9fff]组|(?:宣传|组织|学工|人事|保卫|武装|教务|学生)部"
)
"""Short names of offices that sign what they write: 教务处, 办公室."""
_POST: Final = re.compile(
    r"(?:书记|主任|[市县区镇乡院校会队站所厅局处科]长|部长|教授|博士|研究员|主席|总裁|经理|律师|医师|评论员|作家|学者|专家|主编|老师)$"
)
"""What somebody is, printed before the name: 中共某市委书记 张三."""
_TAKEN: Final = re.compile(
    r"(?:脸书|粉专|粉丝(?:团|专页)|微博|推特|官网|网站|剧照|翻摄|\big|ig|instagram|facebook|youtube)$",
    re.IGNORECASE,
)
"""Where a picture was taken from: 鬼鬼脸书."""
_CHINESE: Final = re.compile(r"[\u3400-\u9fff]+")
_HANDLE: Final = re.compile(r"[\w·.-]+")
_NUMBER: Final = re.compile(r"\d{4}")
_LATIN_PAIR: Final = re.compile(r"(?<=[A-Za-z.]) (?=[A-Za-z])")


def read_names(folded: str, printed: str, is_labelled: bool) -> tuple[list[str], bool]:
    """Return the names a value begins with, and whether the value is nothing but names.

    Without a mark before the value (``is_labelled`` false) all of it has to be names.
    """
    end = UNNAMED.search(folded)
    if end is not None:
        folded = folded[: end.start()]
    abroad = _ABROAD.fullmatch(folded) if "日" in folded and has_surname(folded) else None
    size = 3 if abroad is not None and len(abroad["run"]) >= 5 else 2
    if abroad is not None and folded[size] not in FREQUENT_SURNAMES:
        folded = folded[:size]
    elif not _ENDS_KEYS.isdisjoint(folded) and (end := _ENDS.search(folded)) is not None:
        second = _SECOND.match(folded, end.start())
        folded = folded[: second.end("name") if second and is_likely_name(second["name"]) else end.start()]
    printed = printed[: len(folded)]
    stop = _STOP.search(folded)
    is_clean = stop is None
    if stop is not None:
        folded, printed = folded[: stop.start()], printed[: stop.start()]
    names: list[str] = []
    tokens = list(_tokens(folded, printed))
    if len(tokens) > 1 and (_is_office_of(tokens) or (is_labelled and is_outlet(tokens[0][0]))):
        del tokens[0]
    for piece, shown in tokens:
        got = _names_of_token(piece, shown, is_labelled)
        if not is_labelled and len(piece) <= 3 and not has_surname(piece):
            got = []
        if names and (piece in PLACE_NAMES or piece[:-1] in PLACE_NAMES):
            continue
        if names and piece in _BUTTONS:
            is_clean = False
            break
        if names and not (has_surname(piece) or is_foreign_name(piece) or is_transcribed(piece)):
            got = []
        if not got:
            is_clean = False
            if is_labelled:
                break
            return [], False
        names += got
    return names, is_clean


def _is_office_of(tokens: Sequence[tuple[str, str]]) -> bool:
    """Tell whether the first of two words is the office of the person named second: 宣传部 张三."""
    office = tokens[0][0]
    is_office = _NO_NAME.search(office) is not None or (len(office) > 3 and _POST.search(office) is not None)
    return is_office and is_likely_name(tokens[1][0])


def _tokens(folded: str, printed: str) -> Iterator[tuple[str, str]]:
    """Yield (folded, printed) between separators; 张 三 and John Smith are one token each."""
    glued = _LATIN_PAIR.sub("\u0000", folded)
    spans: list[tuple[int, int]] = []
    start = 0
    for match in [*_SEPARATOR.finditer(glued), None]:
        end = match.start() if match else len(glued)
        if end > start:
            spans.append((start, end))
        start = match.end() if match else end
    index = 0
    while index < len(spans):
        a, b = spans[index]
        if b - a == 1 and index + 1 < len(spans):
            c, d = spans[index + 1]
            if d - c <= 2 and has_surname(folded[a:b]) and folded[b:c].isspace():
                yield folded[a:b] + folded[c:d], printed[a:b] + printed[c:d]
                index += 2
                continue
        yield folded[a:b], printed[a:b]
        index += 1


def _names_of_token(folded: str, printed: str, is_labelled: bool) -> list[str]:
    """Return the names in one token; none when it is something else."""
    if folded.lower() in NOBODY or folded.lower() in _AGENCIES or len(folded) < 2 or _TAKEN.search(folded):
        return []
    if is_transcribed(folded):
        return [printed]
    if is_foreign_name(folded):
        return [printed] if is_labelled or "·" in folded else []
    if _CHINESE.fullmatch(folded) is None:
        is_handle = is_labelled and len(folded) <= 16 and _HANDLE.fullmatch(folded)
        return [printed] if is_handle and not _NUMBER.search(folded) else []
    if len(folded) > 4 and _POST.search(folded):
        return []
    if _NO_NAME.search(folded) and not (len(folded) <= 3 and has_surname(folded)):
        is_office = 4 <= len(folded) <= 16 or _OFFICE.fullmatch(folded) is not None
        return [printed] if is_labelled and is_office else []
    if len(folded) <= 3:
        return [printed]
    ends = split_run(folded)
    if len(ends) > 1:
        return [printed[a:b] for a, b in zip([0, *ends], ends, strict=False)]
    return [printed] if len(folded) == 4 or (is_labelled and len(folded) <= 16) else []
