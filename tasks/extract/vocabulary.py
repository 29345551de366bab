"""vocabulary: what a line says it is, in its own words.

``kind_of`` answers for one folded line (``fold``): a ``Kind``, or None when its words say
nothing. A kind is what a line *would* be outside the article; whether it stands inside is
decided by ``score``.
"""

import re
from collections.abc import Sequence
from dataclasses import replace

from tasks.extract.credits import CREDITS
from tasks.extract.kinds import KEY_REACH, Kind
from tasks.extract.prose import FUNCTION, MARKS
from tasks.extract.signs import find_signs, sign_table
from tasks.extract.surroundings import SURROUNDINGS

_LEAD = r"[\s(\[<《*#·.■◆●★▲▼>|:+=※○◎□▉~►▶▷▸➤◤◇△▪☉☆\ufe0f-]*"
FURNITURE = SURROUNDINGS + CREDITS
SPAM = Kind("spam_words", "spam", 60, closing=60)
METADATA = Kind("metadata_line", "metadata", 25, closing=60)
STAMP = Kind("date_line", "metadata", 25)
BREADCRUMB = Kind("breadcrumb", "navigation", 30)
CAPTION = Kind("caption_end", "caption", 4)
LINK_ROW = Kind("link_row", "navigation", 30)
CHROME = Kind("chrome_words", "boilerplate", 30, closing=40)
CHROME_WORD = Kind("chrome_word", "boilerplate", 30, firm=False)
SLOGAN = Kind("slogan", "promotion", 10, closing=30, firm=False)
GLYPHS = Kind("glyphs", "boilerplate", 2, firm=False)
PAGE_RECORD = Kind("page_record", "boilerplate", 25, closing=60)
PICTURE_FILE = Kind("picture_file", "boilerplate", 2)

_SAID = {
    entry.kind.rule: replace(entry.kind, cost=10, closing=0.0, opens=False, firm=False)
    for entry in FURNITURE
    if entry.kind.rule in ("promotion", "share", "tags", "source_line")
} | {CHROME.rule: replace(CHROME, cost=10, closing=0.0, firm=False)}
"""What a full sentence may be: guides and notices say 点击, 下载 and 请关注 too, and then mean it."""
_SURE = re.compile(
    r"二维码|公众[号平]|客户端|app|扫一扫|扫码|粉丝|微信号|微博|订阅|点赞|好友|本[站网报]|频道|脸书|facebook|twitter|\bline\b|copyright|版权|转载|备案|评论|跟[帖贴]"
)
"""What only the frame of a page speaks of."""

_SPAM = re.compile(
    r"无码|国产精品|精品国产|在线观看免费|免费在线观看|色情|激情网|色综合|久久综合|黄人一级片|一级片|毛片|色色电影|人妻|三级片|"
    r"成人(?:视频|电影|影片|网)|av在线|做爱|自拍偷拍|无播放器|博彩|彩票平台|开奖结果|六合彩|时时彩|百家乐|真人娱乐|赌场|"
    r"现金网|老虎机|体育投注|bet365|代开发票|办证刻章|私家侦探|看精品|在线播放网站"
)
_SPAM_KEYS = "无国精色激久毛妻级成做偷博彩奖六时百赌现老投b发办侦看"
_CRUMBS = re.compile(
    r"(?:您?你?的?(?:当前|现在|所在|目前)(?:所在)?的?位置|^[您你]的位置|^位置)(?:是|在)?\s*:?|"
    r"^\S{1,16}(?:\s*(?:>+|»|→|--+>|›)\s*\S{1,30})+|^首页\s*[>/»›|-]|[>»›]\s*(?:正文|内容|详情)$"
)
_DATE = re.compile(
    r"(?:(?:19|20)\d\d|民国\d{2,3}|\b1\d\d)\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?|(?<!\d)(?:19|20)\d\d\s\d{1,2}/\s?\d{1,2}|"
    r"(?<!\d)\d{1,2}[-/]\d{1,2}(?=\s+\d{1,2}:\d\d)|^\d{1,2}[-/]\d{1,2}$|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?:\w{3} )?\d{1,2}(?:st|nd|rd|th)?,? (?:\w{3} )?\d{4}"
)
_TIME = re.compile(r"(?:上午|下午|晚上|凌晨|am|pm)?\s?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?")
_FIELD = re.compile(
    r"来源|来自|稿源|发布(?!会)|发表|时间|日期|作者|点击|浏览|阅读|人气|字号|字体|编辑|更新|修改|记者(?!会|招待)|评论|查看|出处|次数|热度|大\s*中\s*小|"
    r"责编|访问|检视|建立|上传|人参与|原创|标准|超大|投稿|源自|供稿"
)
_FIELD_LINE = re.compile(
    r"(?:来源|来自|稿源|信息来源|文章来源|来源于|出处|(?:最[新后近])?(?:发布|更新|发表|建立|修改|上传|出版)(?:时间|日期|者|于)?|时间|日期|"
    r"点击[量率数]?|点击次数|浏览[量次数]{0,2}|浏览次数|阅读[量次数]{0,2}|人气|字[号体级]|字级设定|文号|索引号|发布机构|发文机关|主题分类|"
    r"公开方式|版次|版面|信息分类|访问次数|热度|分类)\s*[:(].{0,60}$|"
    r"(?:(?:阅读|浏览|点击|人气|热度|粉丝|访问|尚余|查看|回复|评论|收藏|转发|字数统计|字数|阅读时长)\s*[:(]?\s*[≈约]?\s*\d+[万k+篇]?\)?次?[\s|·]*)+$|"
    r"(?:(?:全文|本文|本篇文章)(?:共|约)*\s?\d+ ?字[,、| ]*)?(?:预计|大约)?(?:阅读|读完|看完)(?:本文|全文|此文)?(?:时间|时长|大约|预计|大概|[约需要仅只:\s]){1,4}\d+ ?分钟(?:左右)?$|"
    r"(?:小|中|大|特大|超大|标准|默认|字号|正文|小字号|大字号)$|https?://\S+$|"
    r"(?:字[号体级]\s*:?\s*)?(?:小|大|中|特|超|a[+-]?)(?:[ .·|]?(?:小|大|中|特|超|a[+-]?)){1,4}$"
)
_OTHER_TIME = re.compile(
    r"(?:\d{1,2}[、.)]|\(?[一二三四五六七八九十]{1,3}[、)])[^\d\s].{3}|.{0,8}(?:活动|截止|截至|报名|比赛|会议|考试|开庭|开标|投标|培训|讲座|演出|展览|"
    r"参赛|征稿|征集|评选|上课|集合|出发|实施|施行|开放|营业|面试|笔试|缴费|领取|提交|申报|答辩|施工|停水|停电|公示|拍卖|竞价|聘期|合同|起止|放假|开幕|闭幕|首发|上市)"
    r"(?:时间|日期|期限)"
)
"""An item of a list, or the time of what a notice announces: not the day of the page."""
_CLOCK = re.compile(r"[\d:./\s年月日-]+$")
_GLUE = re.compile(r"[\s|丨·_/()\[\]-]+")
_SHAPED_KEYS = "0123456789:(>»›→|-位小大中字标默正"
"""A line of date, fields, path or link row holds one of these."""
_CAPTION_END = re.compile(
    r"(?:[\s(/][^\s。,;!?()]{0,12}(?:(?<!拍)摄影?|供图|(?<![地海版意试企蓝])图)|"
    r"[,。][^\s。,;!?()]{0,12}(?:(?<!拍)摄影?|供图|(?<![地海版意试企蓝])图)(?!。)|[\s(/][^\s。,;!?()]{0,12}(?:提供|绘|制图|资料|资料照片?)|"
    r"(?:供图|翻摄|翻摄画面|资料图|资料图片|资料照片|资料照|截图|示意图|效果图|宣传照|报道截图|/摄)|"
    r"\((?:[^()]{0,24})(?:图|摄|供图|资料照|提供|照片|翻摄[^()]{0,20}|视觉中国|截图|画面|(?<!本文)来源[^()]{0,14})[^()]{0,8}\))[\s。)]*$"
)
_CAPTION_KEYS = frozenset("摄图供绘料照影摄片面国供源)")
_WRITTEN = re.compile(r"[。!?\"]\s?[(\[]\s?(?:图?文|文字)\s?[/:]\s?[\u3400-\u9fff]{2}")
"""A bracket behind the last sentence that names the writer too ends an article, and no caption."""
_POINTING = re.compile(
    r"[^。!?;]{2,50}\((?:[左右中前后上下](?:[一二三四五]|排|起|图)?|[前后]排[左右中][一二三四五]?)\)[^。!?;]{0,40}。?"
)
"""Who of those in a picture is named: 张三(左)把信交给李四(右二)。"""
_FOREIGN_CREDIT = re.compile(
    r"[\u3400-\u9fff。)][。\s]?[a-z][a-z .'-]{3,40}(?: for the [a-z]+ [a-z]+(?: [a-z]+)?|(?:/| via )(?:reuters|ap|afp|epa|getty images|shutterstock|associated press|agence france-presse|the new york times))$"
)
_CREDIT_END = frozenset("spaek")
_CHROME = re.compile(
    r"版权|icp|copyright|©|许可证|举报|客服|联系我们|免责|登录|注册|评论|留言|点击|扫描|客户端|下载|关键[词字]|网友|跟[贴帖]|责编|隐私|"
    r"未经授权|转载|专线|订阅|浏览器|javascript|cookie|flash|全屏|播放|弹窗|验证码|密码|会员|加载中|正在加载"
)
_CHROME_KEYS = "版ic©许举客联免登注评留点扫下关网跟责隐未转专订浏jf全播弹验密会加正"
_SLOGAN = re.compile(
    r"弘扬|传播|关注|热爱|家乡|正能量|正气|我们|守望|记录|见证|陪伴|欢迎|幸福|美好|新闻|生活|尽在"
)
_SPOKEN = frozenset('说“”"‘’')
"""A sentence that somebody says in an article is no slogan of its paper."""
_PAGE_RECORD = re.compile(r"\bcontent_\d{4,}\.s?html?\b")
"""The file of an article, as papers on line leave it in the record below the text."""
_URL = re.compile(r"https?://[^\s\u3400-\u9fff]+")
_WORD = re.compile(r"\w")
_PICTURE_FILE = re.compile(
    r"20[0-2]\d[01]\d[0-3]\d\d{6,12}|[a-z_-]{0,12}\d{4,}[\d_-]*(?:\(\d\))?\.(?:jpe?g|png|gif|bmp)", re.I
)
"""The name that a camera or a publishing system gave a picture."""
LONGEST = 400
"""Characters of the longest line any kind speaks of."""


_SPAM_SIGN, _STOP_SIGN, _SHAPE_SIGN, _CHROME_SIGN, _FUNCTION_SIGN, MARK_SIGN, _DIGIT_SIGN, _CRUMB_SIGN = (
    1 << bit for bit in range(48, 56)
)
"""Bits of characters anywhere in a line; those of the keys of the entries begin at 1, in their order."""
_SIGNS = sign_table(
    {1 << number: entry.keys for number, entry in enumerate(FURNITURE)},
    {
        _SPAM_SIGN: _SPAM_KEYS,
        _STOP_SIGN: "。!?;",
        _SHAPE_SIGN: _SHAPED_KEYS,
        _CHROME_SIGN: _CHROME_KEYS,
        _FUNCTION_SIGN: "".join(FUNCTION),
        MARK_SIGN: MARKS,
        _DIGIT_SIGN: "0123456789",
        _CRUMB_SIGN: "位首>»→›",
    },
    KEY_REACH,
)
_BY_SIGN = {
    1 << number: (re.compile(f"{_LEAD}(?:{'|'.join(entry.patterns)})").match, entry.kind)
    for number, entry in enumerate(FURNITURE)
}
_SPEAKING = [
    sum(1 << number for number, entry in enumerate(FURNITURE) if length <= entry.limit)
    for length in range(LONGEST + 1)
]
"""Signs of the entries that speak of lines of a length."""


def signs_of(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return for each folded line the signs that ``kind_by_signs`` reads, and its number of function characters."""
    return find_signs(lines, _SIGNS, _FUNCTION_SIGN)


def kind_of(folded: str) -> Kind | None:
    """Return what the words of a folded line say it is, or None."""
    return kind_by_signs(folded, signs_of([folded])[0][0])


def kind_by_signs(folded: str, signs: int) -> Kind | None:
    """Return what the words of a folded line with these signs say it is, or None."""
    length = len(folded)
    if length > LONGEST:
        return None
    entries = signs & _SPEAKING[length]
    while entries:
        lowest = entries & -entries
        entries ^= lowest
        match, kind = _BY_SIGN[lowest]
        if match(folded):
            if folded[-1] == "。" and kind.rule in _SAID and length > 10 and not _SURE.search(folded):
                return _SAID[kind.rule]
            byline = kind.label == "byline"
            dated = byline and _DATE.search(folded) and (length <= 60 or _metadata(folded, signs))
            return METADATA if dated else kind
    return _by_shape(folded, length, signs) if length <= 120 else None


def _by_shape(folded: str, length: int, signs: int) -> Kind | None:
    """Kinds told by more than how the line begins."""
    if "content_" in folded and _PAGE_RECORD.search(folded):
        return PAGE_RECORD
    sentence = signs & _STOP_SIGN
    if not sentence and signs & _SPAM_SIGN and len(_SPAM.findall(folded)) >= 2:
        return SPAM
    if (
        sentence
        and folded[-1] == "!"
        and length <= 60
        and folded[:2] in ("19", "20")
        and _TIME.search(folded)
    ):
        return _metadata(
            folded, signs
        )  # a date line with a button: 2019-06-12 19:54 来源于 某网 可以听文章啦!
    if not sentence and signs & _SHAPE_SIGN:
        metadata = _metadata(folded, signs)
        if metadata:
            return metadata
        if signs & _CRUMB_SIGN and _CRUMBS.search(folded):
            return BREADCRUMB
        if folded.count("|") >= 2 or folded.count(" - ") >= 3:
            return LINK_ROW
    if not _CAPTION_KEYS.isdisjoint(folded[-3:]) and folded.count("。") < 3 and _CAPTION_END.search(folded):
        return CAPTION if _WRITTEN.search(folded) is None else None
    if ")" in folded and length < 90 and _POINTING.fullmatch(folded):
        return CAPTION
    if folded[-1:] in _CREDIT_END and not folded.isascii() and _FOREIGN_CREDIT.search(folded):
        return CAPTION
    if length < 60 and signs & _CHROME_SIGN:
        hits = len(set(_CHROME.findall(folded)))
        if hits >= 3 or (hits >= 2 and not sentence):
            return CHROME if folded[-1] != "。" or _SURE.search(folded) else _SAID[CHROME.rule]
        if hits and not sentence and length < 16:
            return CHROME_WORD
    if sentence:
        spoken = length >= 60 or not _SPOKEN.isdisjoint(folded)
        return None if spoken or len(set(_SLOGAN.findall(folded))) < 3 else SLOGAN
    if signs & _DIGIT_SIGN and folded.isascii() and _PICTURE_FILE.fullmatch(folded):
        return PICTURE_FILE
    return None if _WORD.search(folded) else GLYPHS


def _metadata(folded: str, signs: int) -> Kind | None:
    """A line of date, time, outlet and counters and nothing else."""
    if _FIELD_LINE.match(folded):
        return METADATA
    if not signs & _DIGIT_SIGN:
        return None
    folded = _URL.sub("", folded).strip() if "http" in folded else folded
    date = _DATE.search(folded)
    time = _TIME.search(folded)
    if not date:
        return STAMP if time and time.end() - time.start() == len(folded) else None
    if _CLOCK.match(folded):
        return METADATA if time else STAMP
    rest = _TIME.sub("", folded[: date.start()] + folded[date.end() :])
    if _OTHER_TIME.match(folded):
        return None
    if _FIELD.search(rest) and len(rest) <= 80:
        return METADATA
    return METADATA if len(_GLUE.sub("", rest)) <= (14 if time else 6) else None
