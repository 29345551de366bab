"""outlets: the medium an article comes from, as printed.

Reads    one line near the title or after the body
Gives    the name after 来源 and its sisters, the name beside a date, the agency of a dateline
"""

import re
from typing import Final

from tasks.metadata.dates import find_dates
from tasks.metadata.folding import fold
from tasks.metadata.names import is_likely_name

_LABEL: Final = re.compile(
    r"(?=[文信新内稿本消资原作转来出授首摘供发公制张sv])(?<![\"非])(?:(?:文章|信息|新闻|内容|稿件|本文|消息|资料|原文|作品|转载)?(?<![片据材索频图面])(?:来源|出处)(?:于|自)?|(?:来自|转自|转载自|首发于|授权自)(?:微信)?公众号|稿源|转载自|转自|来自|摘自|原载于?|"
    r"首发于|供稿单位|(?:发布|发文|公开|制发|公告|张贴)(?:机构|单位|机关)|发稿单位|(?<![a-z])(?:source|via))"
    r"\s?(?P<mark>[:|]|(?<=公众号)\"|(?<=来源于)|(?<=[来稿]源) (?=\S)|(?<=来[自源]) /(?= )|(?<=[转载摘]自)|(?<=转载自)|(?<=首发于))\s*(?:(?:微信)?公众号\s?[:\"|]?\s*)?",
    re.IGNORECASE,
)
_SIGN: Final = re.compile("[源处自载于位构关权意供sSvV]")
"""Every label, and whatever names an outlet without one, has one of these."""
_WORDS: Final = (
    "作者|编辑|责编|责任编辑|记者|通讯员|浏览|阅读|点击|发布|时间|日期|发表|字号|字体|分享|评论|网友|人气|热度|访问|查看|更新|[大中小]字|大字|打印|"
    "收藏|我要|跟帖|tags?|被引量|版次|栏目|频道|原创稿|手机看|扫描|用微信|添加时间|录入|校对|审核|摄影|文号|责任|推荐|已有|共有|举报"
)
_END: Final = re.compile(
    r"\s{2,}|\s(?=[|(\[]|\d)|(?<=[\u3400-\u9fff)])\s(?=[\u3400-\u9fff])|[|,;。\[\]]|\((?:微信|id|公众号)|http|"
    rf"\s(?:{_WORDS})|(?:发布|更新|添加)?(?:{_WORDS})(?:时间|日期|次数|量)?\s?[:|]|(?:浏览|阅读|点击|评论)\s?\(?\d|原创稿|字号|字体",
    re.IGNORECASE,
)
"""Where the name of an outlet stops: a gap, a mark, the next label."""
_OUTLET_END: Final = re.compile(
    r"(?:报|网|(?<!旅行)(?<!合作)社|[视电播闻]台|刊|周报|杂志|新闻|资讯|在线|客户端|传媒|卫视|广播|频道|娱乐|音乐|体育|财经|科技|文摘|消息|评论|观察|"
    r"快讯|观察者|之音|公众号|企鹅号|百家号|搜狐号|大鱼号|头条号|融媒|头条|通讯|政务|论坛|之声|(?:新闻|媒体|融媒体?)中心|编辑部|记者站|发布|新闻部|博客|博客园|之音|"
    r"专栏|News|news|TVBS|BBC|Times|Daily)$"
)
_NO_OUTLET: Final = re.compile(
    r"^[•·] |^发(?:短|站内|悄悄)?消息$|^(?:[暂尚]?无|没有|发表|添加|\d+ ?[条个则篇]?) ?评论$|^本[报刊台社站]|^(?:加入|收藏本|订阅|返回|进入|更多)|^[简快周月日晚早晨时]报$|(?:(?<!文)汇|[举通预情申上填回喜捷警谎季财播战海]|(?<![青少])年)报$|(?:[联上触官电]|本|全)网$|会社$|报[道导]发布$"
)
"""Words that end like media and are none: 举报, 汇报, 年报, 官网."""
KNOWN_OUTLETS: Final = frozenset(
    "澎湃 界面 封面 红星 参考消息 环球 虎嗅 钛媒体 36氪 网易 新浪 搜狐 腾讯 凤凰 央视 光明 半月谈 求是 瞭望 三联 财新 第一财经 "
    "今日头条 百度知道 百度贴吧 百度百科 百度经验 批踢踢实业坊 博客园 香港01 一财 少数派 美国之音 VOA RFI DW 法广 央广 中新 环球时报 每经 好奇心 新闻晨报 "
    "观察者 果壳 知乎 豆瓣 简书 雪球 南方+ 哔哩哔哩 TVBS BBC 路透 法新 风传媒 关键评论 报导者 新头壳 新头壳newtalk 新头壳Newtalk".split()
)
"""Widely read media whose names end like no medium."""
COLUMN: Final = re.compile(
    r"(?:社会|生活|国内|国际|本地|地方|财经|体育|娱乐|时政|科技|即时|最新|今日|公司|行业|头条|综合|滚动|热点|图片|视频|焦点|本报|本站|本网|企业|集团|"
    r"校园|学校|医院|工作|部门|区县|基层|党建|通知|专题|独家|原创|媒体|军事|文化|教育|健康|汽车|房产|旅游|评论|更多|相关|推荐|热门|新闻|经济|"
    r"证券|产业|理财|投资|保险|基金|深度|政治|其[他它]|两岸|全球|社区|民生|法治|时事|大陆|台湾|香港|港澳|中国|世界|影视|音乐|电影|明星)*"
    r"(?:新闻|资讯|频道|要闻|动态|快讯|快报|消息|头条|中心|评论|观察|财经|体育|娱乐|科技|音乐|政务|论坛|博客|专栏|发布|报道)?"
)
"""Names of columns and sections, which end like media."""
_AGENCY: Final = re.compile(
    r"^(?:\[[^\[\]]{6,60}\]\s?)?[(\[【]?\s?据?+(?P<agency>红网(?!络)|[\u3400-\u9fff]{2,8}?(?:社|网|报|台|在线(?=\d|讯|消息)))(?:记者|\s?[\u3400-\u9fff]{0,8}?\d{1,2}月?\d{0,2}日?(?:综合)?(?:电|讯|消息)|(?:讯|消息)\s?[(:,\s])"
    r"|^(?!据)(?P<site>[\u3400-\u9fff]{2,8}?(?:社|网|报|台))[\u3400-\u9fff]{0,6}?\d{1,2}月\d{1,2}日(?:报道|报导)[\s(:]"
)
_BRACKETED: Final = re.compile(
    r"\s?\((?P<agency>[\u3400-\u9fff]{2,8}?(?:社|网|报|之声|电台))(?:报道|报导|专讯|讯)?\)"
)
_DATED: Final = re.compile(
    r"[\[(](?P<agency>[\u3400-\u9fff]{2,10}?)(?:19|20)\d\d年\d{1,2}月\d{1,2}日[讯电][\])]"
)
_WIRE: Final = re.compile(r"(?P<agency>路透|法新|美联|彭博)社?\S{2,8}?\d{1,2}月\d{1,2}日\s?-")
_SQUARE: Final = re.compile(
    r"\[(?P<agency>[^\[\]\s]{2,16}?)(?:(?<=[报网社台刊])(?:[\u3400-\u9fff]{2})?(?:综合)?(?:\d{1,2}月\d{1,2}日)?(?:专?讯|消息|专电|报道|报导)(?:\s[^\[\]]{2,20})?)?\]"
)
_REPORTED: Final = re.compile(
    r"\s?\[(?P<agency>[\w\u3400-\u9fff]{2,8}?)(?:新闻)?(?:综合|专题|独家)?(?:报道|报导|专讯|讯|消息)\]"
)
"""How a report opens with the name of who has it: 【河东综合报道】."""
_NOISE: Final = re.compile(
    r"https?://\S*|www\.\S+|\S+\.(?:com|cn|net|org)\S*|[A-Za-z]?\s?[大中小](?:\s|$)+|[大小]字|字号.*|字体.*|我要评论.*|我来说两句.*|评论.*|"
    r"浏览.*|阅读.*|点击(?!\S{1,2}[刊报社网]).*|人气.*|分享.*|收藏.*|更新$|发布时间:?|发表时间:?|时间:?|日期:?|发布日期:?|编辑:.*|责任编辑.*|作者:.*"
)
_NO_VALUE: Final = re.compile(
    r"[:|。]|^\W*\d+$|编辑|作者|记者|时间|日期|浏览|分享|字号|评论|阅读|打印|正文|上一|下一|返回|收藏|复制|点击|举报|首页|字体|[大中小]\s|扫|关注|微信"
)
"""What a line after an empty 来源 may say that is no outlet."""
_NEXT_LABEL: Final = re.compile(
    r"\s*(?:关键[词字]|主\s?题\s?[词类]?|(?:信息|主题|组配|体裁|内容)分类|体裁|索引号?|[发成]?文号|文件编号|标题|名称|内容概述|摘要|有效性|效力|时效|公开\S{2}|服务对象|语种|附件|备注|页数)\s?:"
)
"""The label that follows an empty one on its line: 信息来源： 关键词：渡口."""
_OPENING: Final = re.compile(r"[（(【\[《「“]")
_PIECE: Final = re.compile(r"[^\s|,()\[\]:]+")
_ENCLOSED: Final = re.compile(r"^[《「“\"]([^《》「」“”\"]+)[》」”\"]?$|^([^《「“\"]+)[》」”\"]$")
ORIGINAL: Final = re.compile(
    r"原创\s?:?\s*(?:(?P<author>\S+)\s+)?(?!(?:最后|首次)?发[布表]于)(?P<account>\S{2,20}?)\s*(?=(?:19|20)\d\d\s?[-/.年]|\d{1,2}月\d{1,2}日\s?$|[昨今前]天)"
)
"""How a messenger heads an article: 原创, the writer if there is one, the account, the day."""
_BARE_LABELS: Final = frozenset(
    "来源 稿源 文章来源 信息来源 新闻来源 稿件来源 公告单位 发布单位 发布机关 发文单位".split()
)
"""Labels without a mark, alone on their line."""
_LABEL_BEHIND: Final = re.compile(r"(?P<name>[^\s|][^|]{1,18}?)\s?\|\s?(?:来源|稿源)")
"""The label behind its value and a bar: 河东观察 | 来源."""
_LICENSED: Final = re.compile(
    r"本(?:文|篇|新闻)[文章]?(?:已?[由经获]|系)\s?[《\"]?(?!原?作者|本人|版权)(?P<name>[^《》\"。,:]{2,16}?)[》\"]?\s?(?:授权|同意)(?:提供|转载|刊登|刊载|发布)"
)
"""Whose article it is that another site may print: 本文由《河东周刊》授权提供."""
_ISSUE: Final = re.compile(
    r"(?:摘自|选自|转自|原载于?|刊于|刊载于|发表于|载于)\s?:?\s?《(?P<name>[^《》]{2,14})》\s?[,(]?\s?(?:(?:19|20)\d\d|总?第?\s?\d+\s?期)"
)
"""The paper that printed an article first, with its issue: 摘自《河东文摘》2010年第5期."""
_CODE: Final = re.compile(r"[A-Za-z]{0,6}\d{5,}\w*")
"""A number where the outlet belongs."""
_ACCOUNT: Final = re.compile(
    r"\s?·\s?(?!\S*(?:阅读|浏览|评论|点赞|收藏|分钟|字$|更新|发布|来源|作者|编辑|原创))(?P<account>[^\s·|:\d]{2,16})$"
)
"""The account behind day and hour, on a line that begins with 原创: 原创2021-09-27 19:08·某某书话."""
_EMPTY: Final = frozenset("未知 不详 无 暂无 空 佚名 匿名 admin null none".split())


def labelled_outlet(printed: str, following: str = "") -> tuple[str, bool] | None:
    """Return the outlet after 来源 and whether it stands on the following line; ``None`` without one.

    >>> labelled_outlet("来源：河东晚报 2019-11-08 07:35")
    ('河东晚报', False)
    """
    folded = fold(printed)
    if _SIGN.search(folded) is None:
        return None
    if "《" in folded and (issue := _ISSUE.search(folded)) is not None:
        return printed[issue.start("name") : issue.end("name")], False
    if (behind := _LABEL_BEHIND.fullmatch(folded) or _LICENSED.match(folded)) is not None:
        return printed[behind.start("name") : behind.end("name")], False
    if folded.strip() in _BARE_LABELS:
        folded, printed = f"{folded.strip()}:", f"{printed.strip()}:"
    for match in _LABEL.finditer(folded):
        value, shown = folded[match.end() :], printed[match.end() :]
        if "注明" in folded[: match.start()]:
            continue
        if not value.strip():
            nearby = fold(following)
            if (
                2 <= len(nearby.strip()) <= 20
                and not _NO_VALUE.search(nearby)
                and not next(find_dates(nearby), None)
            ):
                return following.strip(), True
            continue
        if _NEXT_LABEL.match(value) is not None:
            continue
        date = next(find_dates(value), None)
        if date and not date.start and value[date.end : date.end + 1] == "《":
            value, shown, date = value[date.end :], shown[date.end :], None
        stops = [len(value)] + ([date.start] if date else [])
        end = _END.search(value)
        if end:
            stops.append(end.start())
        name = shown[: min(stops)].strip(" 　:：|-—·.")
        name = name.rstrip("）)】]》」”") if not _OPENING.search(name) else name
        name = _ENCLOSED.sub(r"\1\2", name)
        if match.group().startswith("来自") and "(" in fold(name) and not is_outlet(fold(name)):
            continue  # a member of a forum with a motto
        if (
            1 < len(name) <= 30
            and fold(name) not in _EMPTY
            and not _CODE.fullmatch(name)
            and not fold(name).startswith(("记者/", "作者/", "记者 "))
            and (
                match["mark"] in (":", "|", '"')
                or is_outlet(fold(name))
                or folded.startswith("以下文章来源于")
                or _is_behind_date(folded, match)
            )
        ):
            return name, False
    return None


def _is_behind_date(folded: str, label: re.Match[str]) -> bool:
    """Tell whether 来源于 stands right behind the day of a line: 2015年04月09日 10:12 来源于 某某文化."""
    if not label.group().startswith("来源于"):
        return False
    dates = list(find_dates(folded[: label.start()]))
    return bool(dates) and not folded[dates[-1].end : label.start()].strip()


def is_outlet(folded: str) -> bool:
    """Tell whether a short folded text is the name of a medium by its ending, or a known one."""
    if not 2 <= len(folded) <= 20 or COLUMN.fullmatch(folded):
        return False
    if folded.endswith(("专栏", "博客")) and is_likely_name(folded[:-2]):
        return False
    is_named = _OUTLET_END.search(folded) is not None and _NO_OUTLET.search(folded) is None
    if is_named and folded.count(" ") > 1 and not folded.isascii():
        return False  # a row of columns
    return is_named or folded in KNOWN_OUTLETS


def outlet_beside_date(printed: str) -> str | None:
    """Return the outlet that a date line prints without a label: ``河东晚报 2019-11-08 07:35 大字``."""
    folded = fold(printed)
    dates = list(find_dates(folded))
    if not dates:
        return None
    original = ORIGINAL.match(folded)
    if original is not None and original.end("account") <= dates[0].start:
        return printed[original.start("account") : original.end("account")]
    account = _ACCOUNT.match(folded, dates[-1].end) if folded.startswith("原创") else None
    if account is not None:
        return printed[account.start("account") : account.end("account")]
    for a, b in ((0, dates[0].start), (dates[-1].end, len(folded))):
        part = _NOISE.sub(lambda m: " " * len(m.group()), folded[a:b])
        for piece in _PIECE.finditer(part):
            is_crumb = piece.group()[0] == ">" or part[: piece.start()].rstrip().endswith(">")
            if is_crumb:
                continue
            said = 2 if piece.group().endswith(("报道", "报导")) else 0
            if is_outlet(piece.group()[: len(piece.group()) - said].strip("-·《》/")):
                return printed[a + piece.start() : a + piece.end() - said].strip("-—·・《》/／")
    return None


def dateline_agency(printed: str, site: str | None = None) -> str | None:
    """Return the agency of a dateline at the beginning of a body: ``新华社北京4月24日电`` -> 新华社.

    In a bracket alone a part of the name of the site is one, whatever it ends like.
    """
    folded = fold(printed)
    match = _AGENCY.match(folded) or _BRACKETED.match(folded) or _DATED.match(folded) or _WIRE.match(folded)
    if match is None and (enclosed := _SQUARE.match(folded)) is not None:
        match = enclosed if is_outlet(enclosed["agency"]) else None
    if match is None and site is not None and (named := _REPORTED.match(folded)) is not None:
        match = named if named["agency"] in fold(site) else None
    if match is None:
        return None
    start, end = match.span(match.lastgroup or "agency")
    is_other = folded.startswith("本", start) or _NO_OUTLET.search(folded[start:end])
    return None if is_other else printed[start:end]
