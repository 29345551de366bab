"""title_shape: what position, shape and neighbours of a line say about its being the title.

Works without markup; with markup its score is added to what the markup says.
"""

import re
from collections.abc import Sequence
from typing import Final

from tasks.lines import Page
from tasks.metadata.dates import find_dates
from tasks.metadata.folding import fold_lines
from tasks.metadata.names import is_likely_name
from tasks.metadata.outlets import is_outlet, labelled_outlet
from tasks.metadata.people import read_credits
from tasks.metadata.sites import read_breadcrumb

PROSE: Final = 32
"""Characters from which a line with sentence marks counts as prose."""
WRAPPED: Final = 14
"""The same where no line is that long."""
PARAGRAPH: Final = 70
"""Characters from which such a line is a paragraph whatever it ends with."""
NEAR: Final = 5
"""Lines at the start of a run of prose that may still be headlines."""
LONGEST_NOTE: Final = 140
CONTRAST: Final = 20
"""What a line that is no prose takes from a run: three menus end a run, a subheading does not."""

_SENTENCE: Final = re.compile(r"[，。！？；,!?;]")
_STOP: Final = re.compile(r"[。！？!?；…][”」』）)]*\s*$|。")
_NOTE: Final = re.compile(
    r"[jJcC瀏浏內内](?:(?<=[jJ])(?i:avascript)|(?<=[cC])(?i:ookie)|(?<=[瀏浏])[覽览]器|(?<=[內内])容分[級级])"
)
"""What a page says of browsers and of its rating, above everything else."""
_END: Final = re.compile(r"[。;,、:]\"?$|\.\"?$(?<!\.\.\.)")
_NOT_TITLE: Final = re.compile(
    r"^\W*(?:首页|本页位置|正文|分享|当前|位置|来源|稿源|作者|记者(?!会)(?=[\s/|]|:\s?\S{0,7}(?:$|\s)|[\u3400-\u9fff]{2,3}(?:$|[\s/报电摄]))|(?:发布|时间|编辑|进入|手机|微信|微博)(?![\u3400-\u9fff]{6,}(?!.*[|>»\s]))|日期|责任编辑|发稿|浏览|点击|阅读|摘要|导读|核心提示|关键|标签|字号|字体|打印|上一篇|下一篇|"
    r"版权|电话|地址|邮箱|欢迎|登录|注册|搜索|相关|推荐|热点|评论|广告|http|原标题|视频$|图集|返回|更多|关于我们|联系|网站|设为|加入收藏|收藏|您|你的|"
    r"扫描|扫一扫|关注|下载|举报|投稿|热线|查看|点此|点击|我要|\d+$|\d+条|新闻热线|订阅|客户端|繁体|简体|english|rss|用微信|\d+人参与|\d+\s?评论|"
    r"\d+\s?个?(?:回答|评论|赞|回复|条)|(?:楼主|主讲人?|题目|作词|作曲|编曲|演唱|歌手|专辑|导演|主演|主办(?:单位)?|承办(?:单位)?|索引号|文号|发文|名称|"
    r"主题分类|有效性|公开|成文|讲座时间|姓名|职务|地点|发信[人站]|开户|账号|价格|型号|品牌|原文|译者?|署名|责编|责任|审核|校对|摄影|图|文|文章字数|字数)\s?:|楼主\s|查看\s?:|回复\s?:|跳[转至][到主]|该用户|(?:展开|收缩)通版|通版阅读|当前版|\d?(?:上|下|前|后)一?[篇版页期]|(?:版面|标题)导航|页面\S?[载加]入?中?|只看|共\s?\d+\s?字|(?:全文|本篇文章)约?\s?\d+|预计阅读|阅读时长|论文部分内容|正在阅读|第\s?[\d一二三四五六七八九十]+\s?版)|"
    r"copyright|版权所有|(?:设为首页|加入收藏)[\s|]*$|^\[[^\[\]]{2,14}[网社报台]\]$|[|]\s?(?:来源|作者)$|备案|icp|all rights|https?:|www\.|\.(?:com|cn|net|org)\b",
    re.IGNORECASE,
)
_SECTION: Final = re.compile(
    r"(?:\d{1,2}[.、](?!\d)|\([一二三四五六七八九十\d]{1,2}\)|[一二三四五六七八九十]{1,2}、)\s?\S"
)
"""The heading of a section: 三、报名方式."""
_DISPATCH: Final = re.compile(r"[^\s,。:]{2,8}(?:\([^()]{1,10}\))?[讯电]\s?[:,]")
"""How a report opens: 河东网讯:今天."""
_OFFICE: Final = re.compile(r"[\u3400-\u9fff]{3,18}(?:委员会|人民政府|办公室|局|厅)")
_DATED_ENTRY: Final = re.compile(r"\d{4}[-/.]\d{1,2}[-/.]\d{1,2}\s?[^\s\d:]")
"""An entry of a list, its day set before it."""
_MENU_RUN: Final = re.compile(r"(?:网站)?首页[^,。:!?>]{6,}")
"""A menu whose words are set against each other."""
_PIECES: Final = re.compile(r"[^\s_-]{4,}(?:[_-][^\s_-]{4,}){2,}")
"""Headline, column and site in one: what stands in the frame of a window."""
_DOTS: Final = re.compile(r"。{2,}$")
_SPEECH: Final = re.compile(r'"[^"]*[,。!?]"')
"""Direct speech, as lines of novels are."""
_NUMBER: Final = re.compile(r"\(?[\u3400-\u9fff]{1,12}\s?[\[(](?:19|20)\d\d[\])]\s?(?:第\s?)?\d{1,5}\s?号\)?")
"""The number of an official document: 县政办发[2019]29号."""
AFFILIATION: Final = re.compile(r"\([^()]{4,80}\D\d{6}\)")
"""Where an author works, as journals print it: (某大学 文学院,北京 100029)."""
NAMES_APART: Final = re.compile(r"[\s、,;]+")
_CAPTION: Final = re.compile(
    r"(?:摄|摄影|供图|资料图|图片|摄\))$|\s[文图]{1,2}\s?/\s?\S{2,4}$|^[▲△▼←↑→]|^图[为:：]"
)
_BYLINE: Final = re.compile(
    r"记者|作者|编辑|责编|采写|撰文|摄影|通讯员|[文图]\s?[/:|]|[/|]\s?[文图]|/[^/]{2,8}[报网社刊]$|报道$|报导$"
)
_BESIDE_DATE: Final = re.compile(r"来源|稿源|作者|编辑|浏览|点击|阅读|发布(?!会)|时间|日期|字号|字体|评论")
_LABEL_START: Final = re.compile(r"\W*(?:来源|稿源|作者|编辑|责任编辑|文/|记者|发布)")
_LATIN: Final = re.compile(r"^[\x00-\x7f]+$")
_MENU_MARK: Final = re.compile(r"\s+|[|·/]")


def prose_start(texts: Sequence[str], page: Page) -> int:
    """Return the index of the first line of the longest stretch of prose; the number of lines without one.

    Maximum-sum run (Kadane): a prose line adds its length up to 200, any other takes ``CONTRAST``.
    A text without long lines is hard-wrapped or in verse: then lines of ``WRAPPED`` count.
    """
    found = _longest_run(texts, page, PROSE)
    if found == len(texts):
        return _longest_run(texts, page, WRAPPED)
    for index in range(found, min(found + NEAR, len(texts))):
        if _opens_prose(texts[index]):
            return index
    return found


def _opens_prose(text: str) -> bool:
    """Tell whether a line with sentence marks is text for certain: headlines and paths have marks, but no end."""
    return len(text) >= PARAGRAPH or _STOP.search(text) is not None


def _longest_run(texts: Sequence[str], page: Page, least: int) -> int:
    best = total = 0
    start, best_start = 0, len(texts)
    for index, text in enumerate(texts):
        size = len(text)
        if size < least or page.lines[index].link_share >= 0.5 or not _is_prose(text):
            total -= CONTRAST
            continue
        if total <= 0:
            total, start = 0, index
        total += min(size, 200)
        if total > best:
            best, best_start = total, start
    return best_start


def _is_prose(text: str) -> bool:
    """Tell whether a long line has a sentence mark and is no note of a page on itself."""
    if text.isascii() or _SENTENCE.search(text) is None:
        return False
    return len(text) > LONGEST_NOTE or _NOTE.search(text) is None


def is_metadata(folded: str) -> bool:
    """Tell whether a line is a date, source or byline line rather than a title or a sentence."""
    size = len(folded)
    if size < 4 or size > 140:
        return False
    for date in find_dates(folded):
        if (date.year is not None or date.minute is not None) and date.day is not None:
            rest = size - (date.end - date.start)
            beside = f"{folded[: date.start]}{folded[date.end :]}".strip()
            if (
                rest <= 8
                or (rest <= 40 and beside.isascii())
                or is_outlet(beside)
                or (rest <= 100 and date.minute is not None and not folded.endswith(("。", "!", "?")))
            ):
                return True
            if rest <= 60 and _BESIDE_DATE.search(folded):
                return True
    if size > 60:
        return False
    if _LABEL_START.match(folded) and labelled_outlet(folded, "某报"):
        return True
    if size > 40 or _BYLINE.search(folded) is None:
        return False
    credits = read_credits(folded)
    return bool(credits) and credits.is_whole


def shape_of(folded: str) -> float:
    """Return what the line alone says: about 1 for a title, under 0 for menus, sentences, captions."""
    size = len(folded)
    if size < 4:
        return -3.0
    width = size if size >= 12 else size - sum(map(str.isascii, folded)) / 2
    score = 1.0 if 12 <= size <= 46 else (0.6 if width >= 8 else (0.3 if size >= 6 else -0.4))
    if size > 70:
        score -= 1.5
    if _NOT_TITLE.search(folded):
        score -= 3.0
    ends = _DOTS.sub("", folded)
    if _END.search(ends):
        score -= 2.0
    if "。" in ends[:-1]:
        score -= 2.0
    if _SPEECH.fullmatch(folded) or _NUMBER.fullmatch(folded) or AFFILIATION.fullmatch(folded):
        score -= 2.0
    if folded.startswith(("--", "• ", "· ")):
        score -= 2.5
    if folded[:2] in ("19", "20") and _DATED_ENTRY.match(folded):
        score -= 1.5
    if _SECTION.match(folded) or _OFFICE.fullmatch(folded) or _DISPATCH.match(folded):
        score -= 2.0
    if _MENU_RUN.fullmatch(folded):
        score -= 2.0
    if "-" in folded[4:] or "_" in folded[4:]:
        score -= 0.6 * (_PIECES.fullmatch(folded) is not None)
    if _CAPTION.search(folded):
        score -= 1.5
    if folded.count(",") > 2:
        score -= 2.5
    if _LATIN.match(folded):
        score -= 2.0
    words = [word for word in _MENU_MARK.split(folded) if word]
    if len(words) >= 4 and size / len(words) < 6:
        score -= 3.0
    elif len(words) >= 3 and size / len(words) < 4.5:
        score -= 1.5
    if read_breadcrumb(folded):
        score -= 3.0
    return score


class Surroundings:
    """Neighbours of the lines of one page; each line is folded and judged once."""

    def __init__(self, page: Page, texts: Sequence[str]) -> None:
        self.page = page
        self.texts = texts
        self.prose = prose_start(texts, page)
        self._folded = fold_lines(texts)
        self._metadata: dict[int, bool] = {}

    def folded(self, index: int) -> str:
        """Return the folded text of a line."""
        return self._folded[index]

    def is_metadata(self, index: int) -> bool:
        """Tell whether a line is one of metadata."""
        found = self._metadata.get(index)
        if found is None:
            found = self._metadata[index] = len(self.texts[index]) <= 160 and is_metadata(self.folded(index))
        return found

    def dated(self, most: int) -> list[int]:
        """Return the first lines, ``most`` at most, that print a date and are metadata."""
        found: list[int] = []
        for index, text in enumerate(self.texts):
            if len(text) <= 140 and ("20" in text or "19" in text) and self.is_metadata(index):
                found.append(index)
                if len(found) == most:
                    break
        return found

    def _are_names(self, index: int) -> bool:
        """Tell whether a line holds the authors: names, above where they work."""
        below = self.texts[index + 1] if index + 1 < len(self.texts) else ""
        if not below.lstrip().startswith(("(", "（")) or len(self.texts[index]) > 40:
            return False
        names = NAMES_APART.split(self._folded[index])
        return AFFILIATION.fullmatch(self._folded[index + 1]) is not None and all(map(is_likely_name, names))

    def score(self, index: int) -> float:
        """Return what stands around a line: metadata close below, prose not far below."""
        score = -3.0 if self._are_names(index) else 0.0
        for step in range(1, 6):
            if index + step < len(self.texts) and self.is_metadata(index + step):
                score += 2.6 - 0.4 * step
                break
        for step in range(1, 3):
            if index - step >= 0 and self.is_metadata(index - step):
                score += 0.9 - 0.2 * step
                break
        away = self.prose - index
        if away > 0 or (away == 0 and len(self.texts[index]) < PROSE):
            return (
                score + 1.5 - min(0.06 * away, 2.5) + (0.8 if index == 0 and not self.page.is_html else 0.0)
            )
        return score - 1.0 - min(0.1 * -away, 2.0)
