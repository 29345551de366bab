"""shapes: kinds of lines that are recognised by what they contain or end with, not by how they begin."""

import re
from dataclasses import replace

from tasks.extract.kinds import Kind
from tasks.extract.needed import needed
from tasks.extract.signs import (
    CHROME_SIGN,
    CRUMB_SIGN,
    DATE_SIGN,
    DIGIT_SIGN,
    FIELD_SIGN,
    SET_SIGN,
    SHAPE_SIGN,
    SPAM_SIGN,
    STOP_SIGN,
)
from tasks.extract.stamps import FIELD_LINE, TIME, metadata_of

SPAM = Kind("spam_words", "spam", 60, closing=60)
BREADCRUMB = Kind("path_line", "navigation", 30)
CAPTION = Kind("caption_end", "caption", 4)
LINK_ROW = Kind("link_row", "navigation", 30)
CHROME = Kind("chrome_words", "boilerplate", 30, closing=40)
CHROME_WORD = Kind("chrome_word", "boilerplate", 30, firm=False)
SLOGAN = Kind("slogan", "promotion", 10, closing=30, firm=False)
GLYPHS = Kind("glyphs", "boilerplate", 2, firm=False)
PAGE_RECORD = Kind("page_record", "boilerplate", 25, closing=60)
PICTURE_FILE = Kind("picture_file", "boilerplate", 2)
_SAID_CHROME = replace(CHROME, cost=10, closing=0.0, firm=False)
"""What a full sentence may be: a guide says 点击 and 下载 too, and then means it."""

SURE = re.compile(
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
_SHAPED_KEYS = "0123456789:(>»›→|-位小大中字标默正"
"""A line of date, fields, path or link row holds one of these."""
_CAPTION_END = re.compile(
    r"(?=[\s(/,。供翻资截示效宣报\[])(?:[\s(/][^\s。,;!?()]{0,12}(?:(?<!拍)摄影?|供图|(?<![地海版意试企蓝])图)|"
    r"[,。][^\s。,;!?()]{0,12}(?:(?<!拍)摄影?|供图|(?<![地海版意试企蓝])图)(?!。)|[\s(/][^\s。,;!?()]{0,12}(?:提供|绘|制图|资料|资料照片?)|"
    r"(?:供图|翻摄|翻摄画面|资料图|资料图片|资料照片|资料照|截图|示意图|效果图|宣传照|报道截图|/摄|^\[资料图片?\])|"
    r"\((?:[^()]{0,24})(?:图|摄|供图|资料照|提供|照片|(?:翻摄|图片?[取来源]自)[^()]{0,20}|视觉中国|截图|画面|(?<!本文)来源[^()]{0,14})[^()]{0,8}\))[\s。)]*$"
)
_CAPTION_KEYS = frozenset("摄图供绘料照影片面)")
_WRITTEN = re.compile(
    r"[。!?\"]\s?[(\[]\s?(?:(?:图?文|文字)\s?[/:]\s?[\u3400-\u9fff]{2}|(?:图/?文|文/图)[\s:/]{1,2}[\u3400-\u9fff]{2}|"
    r"[^\s()]{0,12}(?:记者|通讯员)[\u3400-\u9fff、 ]{2,16}(?:文/图|图/文|图文|文图)\s?[)\]])"
)
"""A bracket behind the last sentence that names the writer too ends an article, and no caption."""
_SENTENCE_END = re.compile("[。!?]+")
MOST_STATED = 3
MOST_SAID = 4
"""Statements, and sentences of any kind, of which a caption has fewer."""
_POINTING = re.compile(
    r"[^。!?;]{2,50}\((?:[左右中前后上下](?:[一二三四五]|排|起|图)?|[前后]排[左右中][一二三四五]?)\)[^。!?;]{0,40}。?"
)
"""Who of those in a picture is named: 张三(左)把信交给李四(右二)。"""
_SHOT_ON = re.compile(r"(?:摄影?|供图|传真)\)?\s{1,3}\d{2,4}年\d{1,2}月\d{1,2}日$")
"""The day a picture was taken, behind who took it."""
_BUTTONS = re.compile(r"(?:\[[^\[\]]{2,6}\]\s?){2,}|(?:[^\[\]\s]{2,6}\s{1,3})?(?:\[[^\[\]]{2,12}\]\s?){4,}")
"""Words in brackets of their own side by side: [进入论坛] [推荐朋友], many behind what they are for."""
_FOREIGN_CREDIT = re.compile(
    r"[\u3400-\u9fff。)][。\s]?[a-z][a-z .'-]{3,40}(?: for the [a-z]+ [a-z]+(?: [a-z]+)?|(?:/| via )(?:reuters|ap|afp|epa|getty images|shutterstock|associated press|agence france-presse|the new york times))$"
)
_CREDIT_END = frozenset("spaek")
TELLING_END = _CAPTION_KEYS | _CREDIT_END
_CHROME = re.compile(
    r"版权|icp|copyright|©|许可证|举报|客服|联系我们|免责|登录|注册|评论|留言|点击|扫描|客户端|下载|关键[词字]|网友|跟[贴帖]|责编|隐私|"
    r"未经授权|转载|专线|订阅|浏览器|javascript|cookie|flash|全屏|播放|弹窗|验证码|密码|会员|加载中|正在加载"
)
_CHROME_KEYS = "版ic©许举客联免登注评留点扫下关网跟责隐未转专订浏jf全播弹验密会加正"
_SLOGAN = re.compile(
    r"弘扬|传播|关注|热爱|家乡|正能量|正气|我们|守望|记录|见证|陪伴|欢迎|幸福|美好|新闻|生活|尽在"
)
_SPOKEN = re.compile('[说“”"‘’]')
"""A sentence that somebody says in an article is no slogan of its paper."""
_PAGE_RECORD = re.compile(r"\bcontent_\d{4,}\.s?html?\b")
"""The file of an article, as papers on line leave it in the record below the text."""
_WORD = re.compile(r"\w")
_PICTURE_FILE = re.compile(
    r"20[0-2]\d[01]\d[0-3]\d\d{6,12}|(?:[a-z_-]{0,12}\d{4,}[\d_-]*(?:\(\d\))?|\d{1,3})\.(?:jpe?g|png|gif|bmp|webp)|"
    r"(?=[a-z]*\d)(?:local|ima?ge?)?[\da-f]{32}(?:\.(?:jpe?g|png|gif|bmp|webp))?",
    re.I,
)
"""The name that a camera or a publishing system gave a picture: a number, a stamp, a digest."""
_DATED = FIELD_SIGN | DIGIT_SIGN
"""One of these is in a line of date and fields."""
TELLING = SPAM_SIGN | STOP_SIGN | CHROME_SIGN | CRUMB_SIGN | SET_SIGN | _DATED
"""Without one of these, and of ``TELLING_END`` at its end, a line of words has no shape that tells."""
LONGEST = 120
"""Characters of the longest line that has a shape."""
SPEECH = 60
"""Characters from which a sentence with neither ``SET_SIGN`` nor ``TELLING_END`` has none."""
SHAPE_KEYS = {
    SPAM_SIGN: _SPAM_KEYS,
    STOP_SIGN: "。!?;",
    SHAPE_SIGN: _SHAPED_KEYS,
    CHROME_SIGN: _CHROME_KEYS,
    DIGIT_SIGN: "0123456789",
    CRUMB_SIGN: "位首>»→›",
    DATE_SIGN: "-/.年jfmasond",
    FIELD_SIGN: "".join(needed(FIELD_LINE.pattern) or ()),
    SET_SIGN: "|-(_",
}
"""Sign -> its characters."""
SHAPE_NEEDS = {
    SPAM_SIGN: needed(_SPAM.pattern),
    CHROME_SIGN: needed(_CHROME.pattern),
    FIELD_SIGN: needed(FIELD_LINE.pattern),
}
"""Sign -> what a line must hold besides."""


def kind_of_shape(folded: str, length: int, signs: int) -> Kind | None:
    """Return what a folded line is by more than how it begins, or None."""
    if signs & DIGIT_SIGN and "content_" in folded and _PAGE_RECORD.search(folded):
        return PAGE_RECORD
    end, last = folded[-3:], folded[-1:]
    if last == "日" and signs & DIGIT_SIGN and _SHOT_ON.search(folded):
        return CAPTION
    if not signs & TELLING and last.isalnum() and TELLING_END.isdisjoint(end):
        return None
    sentence = signs & STOP_SIGN
    if not sentence and signs & SPAM_SIGN and len(_SPAM.findall(folded)) >= 2:
        return SPAM
    if sentence and last == "!" and length <= 60 and folded[:2] in ("19", "20") and TIME.search(folded):
        # a date line with a button: 2019-06-12 19:54 来源于 某网 可以听文章啦!
        return metadata_of(folded, signs)
    if not sentence and signs & SHAPE_SIGN:
        if signs & _DATED and (metadata := metadata_of(folded, signs)):
            return metadata
        if signs & CRUMB_SIGN and _CRUMBS.search(folded):
            return BREADCRUMB
        if signs & SET_SIGN and _is_link_row(folded):
            return LINK_ROW
    if not _CAPTION_KEYS.isdisjoint(end) and not _tells(folded) and _CAPTION_END.search(folded):
        return CAPTION if _WRITTEN.search(folded) is None else None
    if signs & SET_SIGN and ")" in folded and length < 90 and _POINTING.fullmatch(folded):
        return CAPTION
    if last in _CREDIT_END and not folded.isascii() and _FOREIGN_CREDIT.search(folded):
        return CAPTION
    if length < 60 and signs & CHROME_SIGN:
        hits = len(set(_CHROME.findall(folded)))
        if hits >= 3 or (hits >= 2 and not sentence):
            return CHROME if last != "。" or SURE.search(folded) else _SAID_CHROME
        if hits and not sentence and length < 16 and last != ",":
            return CHROME_WORD
    if sentence:
        spoken = length >= SPEECH or _SPOKEN.search(folded)
        return None if spoken or len(set(_SLOGAN.findall(folded))) < 3 else SLOGAN
    if signs & DIGIT_SIGN and folded.isascii() and _PICTURE_FILE.fullmatch(folded):
        return PICTURE_FILE
    if last == "]" and _BUTTONS.fullmatch(folded):
        return CHROME
    return None if last.isalnum() or _WORD.search(folded) else GLYPHS


def _tells(folded: str) -> bool:
    """Do too many sentences stand before the credit for a caption: text that ends with whose its picture is?"""
    return folded.count("。") >= MOST_STATED or len(_SENTENCE_END.findall(folded)) >= MOST_SAID


def _is_link_row(folded: str) -> bool:
    return (folded.count("|") >= 2 and "|" in folded.strip("| ")) or folded.count(" - ") >= 3
