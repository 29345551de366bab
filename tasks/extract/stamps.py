"""stamps: lines of date, time, outlet and counters, and nothing else."""

import re

from tasks.extract.kinds import Kind
from tasks.extract.signs import DATE_SIGN, DIGIT_SIGN, FIELD_SIGN

METADATA = Kind("metadata_line", "metadata", 25, closing=60)
STAMP = Kind("date_line", "metadata", 25)

DATE = re.compile(
    r"(?=[\d民jfmasond])(?:(?:(?:19|20)\d\d|民国\d{2,3}|\b1\d\d)\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?|(?<!\d)(?:19|20)\d\d\s\d{1,2}/\s?\d{1,2}|"
    r"(?<!\d)\d{1,2}[-/]\d{1,2}(?:(?=\s+\d{1,2}:\d\d)|[-/](?:19|20)\d\d(?!\d))|^\d{1,2}[-/]\d{1,2}$|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?:\w{3} )?\d{1,2}(?:st|nd|rd|th)?,? (?:\w{3} )?\d{4})"
)
"""What it may begin with stands in front, and spares most characters the alternatives."""
TIME = re.compile(r"(?:上午|下午|晚上|凌晨|am|pm)?\s?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?")
_FIELD = re.compile(
    r"来源|来自|稿源|发布(?!会)|发表|时间|日期|作者|点击|浏览|阅读|人气|字号|字体|编辑|更新|修改|记者(?!会|招待)|评论|查看|出处|次数|热度|大\s*中\s*小|"
    r"责编|访问|检视|建立|上传|人参与|原创|标准|超大|投稿|源自|供稿"
)
FIELD_LINE = re.compile(
    r"(?:来源|来自|稿源|信息来源|文章来源|来源于|出处|(?:最[新后近])?(?:发布|更新|发表|建立|修改|上传|出版)(?:时间|日期|者|于)?|时间|日期|"
    r"点击[量率数]?|点击次数|浏览[量次数]{0,2}|浏览次数|阅读[量次数]{0,2}|人气|字[号体级]|字级设定|文号|索引号|发布机构|发文机关|主题分类|"
    r"公开方式|版次|版面|信息分类|访问次数|热度|分类)\s*[:(].{0,60}$|"
    r"(?:(?:阅读|浏览|点击|人气|热度|粉丝|访问|尚余|查看|回复|评论|收藏|转发|字数统计|字数|阅读时长)\s*[:(]?\s*[≈约]?\s*\d+[万k+篇]?\)?次?[\s|·]*)+$|"
    r"(?:(?:全文|本文|本篇文章)(?:共|约)*\s?\d+ ?字[,、| ]*)?(?:预计|大约)?(?:阅读|读完|看完)(?:本文|全文|此文)?(?:时间|时长|大约|预计|大概|[约需要仅只:\s]){1,4}\d+ ?分钟(?:左右)?$|"
    r"(?:小|中|大|特大|超大|标准|默认|字号|正文|小字号|大字号)$|\(?https?://\S+$|"
    r"(?:字[号体级]\s*:?\s*)?(?:小|大|中|特|超|a[+-]?)(?:[ .·|]?(?:小|大|中|特|超|a[+-]?)){1,4}$"
)
_OTHERTIME = re.compile(
    r"(?:\d{1,2}[、.)]|\(?[一二三四五六七八九十]{1,3}[、)])[^\d\s].{3}|.{0,8}(?:活动|截止|截至|报名|比赛|会议|考试|开庭|开标|投标|培训|讲座|演出|展览|"
    r"参赛|征稿|征集|评选|上课|集合|出发|实施|施行|开放|营业|面试|笔试|缴费|领取|提交|申报|答辩|施工|停水|停电|公示|拍卖|竞价|聘期|合同|起止|放假|开幕|闭幕|首发|上市)"
    r"(?:时间|日期|期限)"
)
"""An item of a list, or the time of what a notice announces: not the day of the page."""
_ANNOUNCES = re.compile(r"^,|如下:$|[^:]说:$")
"""What stands around the day of a line that ends with a colon and announces a text: 3月10日，某局发布公告，全文如下：."""
LONGEST_LABEL = 12
"""Characters of a label that stands without its value."""
_SIGNED = re.compile(r"(?:撰?文|文字|图文)[\s/|]|by ")
"""Who wrote, at the beginning of a line that ends with the day."""
_CLOCK = re.compile(r"[\d:./\s年月日-]+$")
_GLUE = re.compile(r"[\s|丨·_/()\[\]-]+")
_URL = re.compile(r"https?://[^\s\u3400-\u9fff]+")


def metadata_of(folded: str, signs: int) -> Kind | None:
    """Return what a folded line is that holds date, time, outlet and counters and nothing else."""
    if signs & FIELD_SIGN and FIELD_LINE.match(folded):
        return METADATA
    if not signs & DIGIT_SIGN:
        return None
    folded = _URL.sub("", folded).strip() if "http" in folded else folded
    date = DATE.search(folded) if signs & DATE_SIGN else None
    if not date:
        return STAMP if ":" in folded and TIME.fullmatch(folded) else None
    time = TIME.search(folded) if ":" in folded else None
    if _CLOCK.match(folded):
        return METADATA if time else STAMP
    rest = folded[: date.start()] + folded[date.end() :]
    rest = TIME.sub("", rest) if ":" in rest else rest
    if _OTHERTIME.match(folded) or (
        rest[-1:] == ":" and len(rest) > LONGEST_LABEL and _ANNOUNCES.search(rest)
    ):
        return None
    if _FIELD.search(rest) and len(rest) <= 80:
        return METADATA
    if date.end() == len(folded) <= 60 and _SIGNED.match(folded):
        return METADATA
    return METADATA if len(_GLUE.sub("", rest)) <= (14 if time else 6) else None
