"""title_shape: what the form of a line says about its being the title.

Works without markup; with markup the score is added to that of the markup.
"""

import re
from typing import Final

from tasks.extract.opening import DOCUMENT_NUMBER
from tasks.metadata.dates import find_dates
from tasks.metadata.names import is_likely_name
from tasks.metadata.outlets import is_outlet, labelled_outlet
from tasks.metadata.people import read_credits
from tasks.metadata.sites import read_breadcrumb
from tasks.metadata.title_markup import ISSUE

_END: Final = re.compile(r"[。;,、:]\"?$|\.\"?$(?<!\.\.\.)")
_NOT_TITLE: Final = re.compile(
    r"^\W*(?:首页|原创\s?:|[文图]\s?/\s?[\u3400-\u9fff]{2,3}(?:[(\s]|$)|本页位置|正文|分享(?!经济|[\u3400-\u9fff]{8})|当前|位置|(?:本文|文章|新闻|信息|稿件|原文)?来源|稿源|作者|记者(?!会)(?=[\s/|]|:\s?\S{0,7}(?:$|\s)|[\u3400-\u9fff]{2,3}(?:$|[\s/报电摄]))|(?:发布|时间|编辑(?!(?:精选|推荐|之选)\s?[:|/]\s?\S{5})|进入|手机|微信|微博)(?![\u3400-\u9fff]{2,6}[!?].{6})(?![\u3400-\u9fff]{6,}(?!.*[|>»\s]))|日期|责任编辑|发稿|浏览|点击|阅读(?![节书会馆室人者是里让与和的季周月赏写课能力]|[\u3400-\u9fff]{8})|摘要|导读|核心提示|关键|标签|字号|字体|打印|上一篇|下一篇|"
    r"意见反馈|版权|电话(?![骗诈亭销会里那响打铃采访])|地址|邮箱|欢迎|今天是\s?:?\s?(?:\d|公元|农历|星期)|登录|注册|搜索|相关|推荐|热点|评论|广告|http|原标题|视频$|图集|返回|更多|关于我们|联系|网站|设为|加入收藏|收藏|您|你的|"
    r"扫描|扫一扫|关注|下载|举报|投稿|热线|查看|点此|点击|我要|\d+$|\d+条|新闻热线|订阅|客户端|繁体|简体|english|rss|用微信|\d+人参与|\d+\s?评论|"
    r"\d+\s?个?(?:回答|评论|赞|回复|条)|(?:楼主|主讲人?|讲[员者]|经文|读经|题目|作词|作曲|编曲|演唱|歌手|专辑|导演|主演|主办(?:单位)?|承办(?:单位)?|索引号|文号|(?:证券|股票|债券)(?:代码|简称)|公告编号|发文|名称|"
    r"主题分类|有效性|公开|成文|讲座时间|姓名|职务|地点|对象|发信[人站]|开户|账号|价格|型号|品牌|原文|译者?|署名|责编|责任|审核|校对|摄影|图|文|文章字数|字数)\s?:|楼主\s|查看\s?:|回复\s?:|跳[转至][到主]|该用户|我们邀请\S{2,10}(?:师|专家)解答|(?:展开|收缩)通版|通版阅读|当前版|\d?(?:上|下|前|后)一?[篇版页期]|(?:版面|标题)导航|页面\S?[载加]入?中?|只看|共\s?\d+\s?字|(?:全文|本篇文章)约?\s?\d+|预计阅读|阅读时长|论文部分内容|正在阅读|第\s?[\d一二三四五六七八九十]+\s?版|第?\s?[a-h]?\d{1,2}\s?版\s?(?:[:|]|$)|(?:文|来自|来源|发布|编辑|撰文|主笔|编译|摄影|译者|采写|采访|口述|整理)\s?[/|]\s|"
    r"电梯直达|图片来源|功能介绍|新闻引据|(?:工分|头衔)\s?:|[引肩副]题\s?:|\S{2,6}(?:数字|电子)报(?:平台)?$|综合评分|\d+\s?人?做过|\S{0,8}(?:评论员|撰稿人)\s[\u3400-\u9fff]{2,4}$)|"
    r"(?:来信|写信|回复|答复|办理|受理|提交|咨询|留言|反馈|信件)(?:时间|日期|单位|部门|人|内容|编号|状态|类型)$|author\s?,|role\s?,|article information|打开app|上一[张版]\s?下一|查看原图|设为首页|门户网站$|欢迎[您你](?:的?(?:访问|到来)|光临)?!*$|期\s?目录$|\d月\d{1,2}日\s?星期.$|全站分类\s?:|[\dk]\s?(?:人气|点阅)$|人气\s?:\s?\d+$|"
    r"copyright|版权所有|(?:设为首页|加入收藏)[\s|]*$|^\[[^\[\]]{2,14}[网社报台]\]$|[|]\s?(?:来源|作者)$|备案|icp|all rights|(?:\s|^)首页\s|\d:\d\d\s?/\s?\d{1,2}:\d\d|https?:|www\.|\.(?:com|cn|net|org)\b",
    re.IGNORECASE,
)
_SIGNED_SO: Final = re.compile(
    r"\s\S{2,8}[文报网社刊台]记者$|^\S{2,14}(?:课题|编写|写作|撰稿)组$|(?:公众号|公号|视频号|微博|抖音|头条)同名$"
)
"""How a line ends that says for whom or where somebody writes, or who writes together."""
_SECTION: Final = re.compile(
    r"(?:\d{1,2}[.、](?!\d)|\([一二三四五六七八九十\d]{1,2}\)|[一二三四五六七八九十]{1,2}、)\s?\S"
)
"""The heading of a section: 三、报名方式."""
_DISPATCH: Final = re.compile(r"[^\s,。:]{2,8}(?:\([^()]{1,10}\))?[讯电]\s?[:,]")
"""How a report opens: 河东网讯:今天."""
OFFICE: Final = re.compile(
    r"(?P<office>[\u3400-\u9fff]{3,18}(?:委员会|人民政府|人民法院|检察院|办公室|(?<![结布格邮骗饭棋大全开定破僵出入赌做设残败困时])局|(?<![餐客大展舞歌影])厅))(?: (?P<name>\S{2,4}))?"
)
"""An office, or who wrote and the office before the name."""
_COMPANY: Final = re.compile(r"[\u3400-\u9fff()]{4,28}(?:有限(?:责任)?公司|集团公司)")
"""The name of a company, as its notices begin with it."""
_DATED_ENTRY: Final = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s?[^\s\d:]")
"""An entry of a list, its day set before it."""
_MENU_RUN: Final = re.compile(
    r"(?:网站)?首页[^,。:!?>]{6,}|[\u3400-\u9fff]{2,4}首页(?:[新要]闻|时政|行情|高层|天下|财经|体育|国[内际]|滚动|直播|视频|图片|即时)[\u3400-\u9fff]{2,}"
)
"""A menu whose words are set against each other."""
_PIECES: Final = re.compile(r"[^\s_-]{4,}(?:[_-][^\s_-]{4,}){2,}")
"""Headline, column and site in one: what stands in the frame of a window."""
_AMOUNT: Final = re.compile(r"\d\s?(?:公?克|k?g|毫升|ml|[大小茶汤]匙|勺|[片粒根颗瓣杯斤])(?![\u3400-\u9fff])")
"""What goes into a dish, and how much of it."""
_VERSES: Final = re.compile(r"\d:\s?\d{1,3}-\d.*\d:\s?\d")
"""Verses of a book that are cited: 约 3:16-18, 诗 23:1."""
_DOTS: Final = re.compile(r"。{2,}$")
_SPEECH: Final = re.compile(r'"[^"]*[,。!?]"')
"""Direct speech, as lines of novels are."""
AFFILIATION: Final = re.compile(
    r"(?:\([^()]{4,160}\D\d{6}\)[\s;]*)+|\d[.、]?\s?[\u3400-\u9fff]{4}[^()。]{2,70}\D\d{6}[;,.]?"
)
"""Where an author works, as journals print it: (某大学 文学院,北京 100029)."""
_CAPTION: Final = re.compile(
    r"(?:摄|摄影|供图|资料图|图片|摄\))$|\s[文图]{1,2}\s?/\s?\S{2,4}$|^[▲△▼←↑→]|^图[为:：]"
)
_BYLINE: Final = re.compile(
    r"记者|作者|编辑|责编|采写|撰文|摄影|通讯员|[文图]\s?[/:|]|[/|]\s?[文图]|/[^/]{2,8}[报网社刊]$|报道$|报导$"
)
_REPORTED_FOR: Final = re.compile(
    r"[^|\s]{2,16}\s?\|\s?[\u3400-\u9fff]{2,4}(?:\s(?:[\u3400-\u9fff]{2,3})?|综合)报[道导]"
)
"""A medium, a bar, who reports: 河东新闻 | 张三 综合报道."""
_BESIDE_DATE: Final = re.compile(
    r"第\s?[A-Za-z]?\d+\s?[卷期版]|^原创\s?\S{2,24}\s?(?:19|20)\d\d[-/]|来源|稿源|作者|编辑|浏览|点击|阅读|发布(?!会)|发表(?!会)$|/[\u3400-\u9fff]{2,4}报[道导]$|(?:更新|字数)\s?:|时间|日期|字号|字体|评论"
)
_LABEL_START: Final = re.compile(
    r"\W*(?:(?:本文|文章|新闻|信息|稿件|原文)?来源|稿源|作者|编辑|责任编辑|文/|记者|发布)"
)
_TELLING: Final = re.compile(r"[\d民一二来稿作编责文记发采撰摄通图/报]")
"""A line without one of these has no date, none of these labels and no byline."""
_SITE: Final = re.compile(r"(?P<name>[\u3400-\u9fff]{2,8}) [a-z][a-z. ]{1,30}")
"""A medium with its name in Latin letters, or its domain: 河东日报 hdrb.cn."""
_LATIN: Final = re.compile(r"^[\x00-\x7f]+$")
_MENU_MARK: Final = re.compile(r"\s+|[|·/]")
_MODEL: Final = re.compile(r"\s?(?<![a-z])([a-z]{2,})\s(\d+[a-z]*)\s?", re.IGNORECASE)
"""A model and its number, as headlines set them apart: 传华为 Mate 70 最快."""


def is_metadata(folded: str) -> bool:
    """Tell whether a line is a date, source or byline line rather than a title or a sentence."""
    size = len(folded)
    if size < 4 or size > 140 or _TELLING.search(folded) is None:
        return False
    for date in find_dates(folded):
        if (date.year is not None or date.minute is not None) and date.day is not None:
            rest = size - (date.end - date.start)
            beside = f"{folded[: date.start]}{folded[date.end :]}".strip()
            is_sentence = folded.endswith(("。", "!", "?")) and rest > 3
            if (
                (rest <= 8 and not is_sentence)
                or (rest <= 40 and beside.isascii())
                or is_outlet(beside)
                or (rest <= 100 and date.minute is not None and not is_sentence)
            ):
                return True
            if rest <= 60 and _BESIDE_DATE.search(folded):
                return True
    if size > 60:
        return False
    if _LABEL_START.match(folded) and labelled_outlet(folded, "某报"):
        return True
    if folded.endswith(("报道", "报导")) and _REPORTED_FOR.fullmatch(folded):
        return True
    if size > 40 or _BYLINE.search(folded) is None:
        return False
    named = read_credits(folded)
    return bool(named) and named.is_whole


def is_office(folded: str) -> bool:
    """Tell whether a line is an office, or an office and who works there, and nothing else."""
    found = OFFICE.fullmatch(folded)
    return found is not None and (found["name"] is None or is_likely_name(found["name"]))


MOST_SHAPE: Final = 1.0
"""What the best shape of a title is worth."""


def shape_of(folded: str) -> float:
    """Return what the line alone says: ``MOST_SHAPE`` for a title, under 0 for menus, sentences, captions."""
    size = len(folded)
    if size < 4:
        return -3.0
    width = size if size >= 12 else size - sum(map(str.isascii, folded)) / 2
    score = MOST_SHAPE if 12 <= size <= 46 else (0.6 if width >= 8 else (0.3 if size >= 6 else -0.4))
    if size > 70:
        score -= 1.5
    return score - _as_sentence(folded) - _as_other_line(folded) - _as_menu(folded)


def _as_sentence(folded: str) -> float:
    """Return what speaks for a sentence of the text, or for what somebody says in it."""
    found = 0.0
    ends = _DOTS.sub("", folded)
    if _END.search(ends):
        found += 2.0
    if "。" in ends[:-1]:
        found += 2.0
    if folded.count(",") > (1 if folded.endswith("..") else 3):
        found += 2.5
    if folded.startswith(("--", "• ", "· ")):
        found += 2.5
    return found


def _as_other_line(folded: str) -> float:
    """Return what speaks for a line of a kind of its own: a number, an office, a caption, an entry with its day."""
    found = 0.0
    if "第" in folded and ISSUE.fullmatch(folded):
        found += 3.0
    if _NOT_TITLE.search(folded) or (folded.endswith(("记者", "组", "同名")) and _SIGNED_SO.search(folded)):
        found += 3.0
    if _SPEECH.fullmatch(folded) or DOCUMENT_NUMBER.fullmatch(folded) or AFFILIATION.fullmatch(folded):
        found += 2.0
    if folded[:2] in ("19", "20") and _DATED_ENTRY.match(folded):
        found += 1.5
    if folded[:1] == "(" and folded[-1:] == ")" and folded.count("(") == 1:
        found += 1.5
    if folded.endswith("公司") and _COMPANY.fullmatch(folded):
        found += 2.0
    if _SECTION.match(folded) or is_office(folded) or _DISPATCH.match(folded):
        found += 3.0
    amounts = len(_AMOUNT.findall(folded))
    if amounts and (len(folded) < 12 or (amounts > 1 and ("," in folded or "、" in folded))):
        found += 2.0
    if _CAPTION.search(folded):
        found += 1.5
    if ":" in folded and _VERSES.search(folded):
        found += 2.0
    if (site := _SITE.fullmatch(folded)) is not None and is_outlet(site["name"]):
        found += 3.0
    if _LATIN.match(folded):
        found += 2.0
    return found


def _as_menu(folded: str) -> float:
    """Return what speaks for words side by side: a menu, a path of the site, names with a site behind them."""
    found = 0.0
    if _MENU_RUN.fullmatch(folded):
        found += 2.0
    if ("-" in folded[4:] or "_" in folded[4:]) and _PIECES.fullmatch(folded):
        found += 0.6
    words = [word for word in _MENU_MARK.split(_MODEL.sub(r"\1\2", folded)) if word]
    if len(words) >= 4 and len(folded) / len(words) < 6:
        found += 3.0
    elif len(words) >= 3 and len(folded) / len(words) < 4.5:
        found += 1.5
    if read_breadcrumb(folded):
        found += 3.0
    return found
