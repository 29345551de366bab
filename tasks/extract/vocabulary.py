"""vocabulary: what a line says it is, in its own words.

``kind_of`` answers for one folded line (``fold``): a ``Kind``, or None when its words say
nothing. Patterns are in simplified characters, half-width marks, lower case. A kind is what a
line *would* be outside the article; whether it is inside is decided by ``score``.
"""

import re
from dataclasses import dataclass

from tasks.lines import Label


@dataclass(frozen=True, slots=True)
class Kind:
    """What the words of a line say.

    rule: name of the rule; label: what the line is when it is not body.
    cost: what one such line costs a run of body lines (positive, in characters of text).
    closes: an article ends before it; opens: the lines after it are of its label.
    firm: never body, even between body lines.
    """

    rule: str
    label: Label
    cost: float = 30.0
    closes: bool = False
    opens: bool = False
    firm: bool = True


def _either(*parts: str) -> str:
    return "(?:" + "|".join(parts) + ")"


_LEAD = r"[\s(\[<《*#·.■◆●★▲▼>|:\"+=-]*"
_ROLE = (
    r"(?:(?:责任|执行|实习|值班|本期|本版|新媒体|网络|网页|文字|图片|见习|特约|首席|微信|栏目|版面|视觉|内容|网站|"
    r"频道|本文|主)?编辑|编译|编审|责任?编|主编|副主编|责校|(?:责任)?校对|校审|[一二三初复终]审|审核|审校|审稿|监制|总监制|"
    r"值班主任|排版|美编|编导|统筹|策划|签发|供稿|撰稿|整理|出品|制片|制图|制作|录入|上传|信息员|发布人)"
)
_PEOPLE = (
    r"(?:采写|采访|撰文|文字?|图文?|文/图|图/文|摄影报道|摄影|摄|图片|视频|记者|通讯员|特约记者|见习记者|作者|译者?|翻译|"
    r"作者简介|本报记者|文图|图片摄影|插图|漫画)"
)

_STARTS: tuple[tuple[Kind, str], ...] = (
    (
        Kind("related_heading", "related", 70, closes=True, opens=True),
        _either(
            r"(?:相关|延伸|推荐|热门|热点|精彩|更多|最新|编辑|猜您?|为您?|今日|往期|近期|本周|频道|新闻|精选|关联|同类|扩展|今天|"
            r"本站|站内|热文|图文|图片|实用|其他|其它|重点|大家|深度|点击|本月|一周|视频|独家|即时|人气|热搜)"
            r"(?:的|重点|最新|精彩|热门|本类)?"
            r"(?:新闻|阅读|阅毕|报道|报导|链接|连结|文章|推荐|资讯|内容|话题|专题|视频|影片|图片|图集|回顾|排行榜?|热点|看点|标签|"
            r"导读|搜索|搜寻|热榜|关注|焦点|要闻|动态|快讯|消息|稿件|帖子|博文|产品|案例|信息|搜索推荐|榜单?|头条|在看)"
            r"(?:推荐|排行榜?|链接|阅读|标题|列表|top ?\d*)?"
            r"(?:\s*(?:more|更多|换一换|\+|»|>>?|刷新))?[\s:\])>»|(]*(?:\d+\)?)?$",
            r"(?:猜你|您可能|你可能|也许您|大家都在|他们还|你可能也|您可能还|还想看|看了(?:又|还))\S{0,10}[:]?$",
            r"(?:为(?:您|你)推荐|猜(?:你|您)?(?:喜欢|感?兴趣|想看)|推荐阅读|延伸阅读|相关阅读|热门推荐|热门评论排行|新闻排行榜?|点击排行|"
            r"点阅排行|阅读排行|热读|热门文章|相关文章|相关专题|友情链接|读者推荐|人气排行|最热新闻|最新文章|热门新闻|专题推荐)"
            r"[^。!?]{0,16}$",
            r"\|?\s*(?:最新|美图|图集)$",
            r"(?:上|下|前|后)一?(?:篇|条|则|页)(?:文章|新闻)?\s*(?:$|[:\]】>»/|]|与下|和下)",
            r"上一篇|下一篇|上一则|下一则|阅读下一篇|previous\b|next\b|相关新闻\b|相关报道[:：]",
        ),
    ),
    (
        Kind("comment_heading", "comment", 70, closes=True, opens=True),
        _either(
            r"(?:最新|热门|网友|精彩|全部|最热|文章|新闻|用户|读者|查看|发表|我要|我来|已有|共有|暂无|参与|添加|写|提交|点击|来)?"
            r"(?:\d+条?)?(?:评论|留言|跟帖|跟贴|回帖|回复|回应|说两句|点评|评分|脸书留言)"
            r"(?:列表|区|内容|数|板|意见|\d+条?|专区)?\s*[(\[:]?\s*\d*\s*[条个]?[)\]]?\s*(?:刷新|更多|>>)?$",
            r"\d+\s*(?:条评论|人参与|个?回复|则留言|条留言|楼$)",
            r"网友评论|人参与 ?评论|我来说两句|我要跟帖|我要评论|发表评论|发表您?的?(?:看法|观点|评论|留言)|查看(?:全部|所有|更多)?评论|"
            r"登录后?(?:才能|即可|可以|发表)|请?(?:先)?登[录陆入]后|还可以输入|已输入\d|文明上网|网友评论仅供",
            r"(?:引用|投诉|支持|反对|顶|踩|举报|回复)(?:\s*\(?\d*\)?\s*(?:引用|投诉|支持|反对|顶|踩|举报|回复|分享)){1,}",
        ),
    ),
    (
        Kind("legal_notice", "legal", 70, closes=True, opens=True),
        _either(
            r"(?:免责|版权|郑重|特别|平台|本站|本网|权利|转载|网站|法律|风险|侵权|著作权)\S{0,2}(?:声明|说明|提示|提醒|申明)\s*(?:$|[:\]】]|\s)",
            r"版权声明|免责声明|著作权|copyright|©|\(c\)|all rights|版权所有|版权为|权利声明",
            r"未经\S{0,12}(?:授权|许可|允许|同意|书面)|(?:本文|以上|文章|本站|该文|本网|原创|转载|凡)\S{0,14}"
            r"(?:不代表|版权|禁止转载|严禁转载|请注明|须注明|仅代表|仅供参考|禁止商业|谢绝转载|不构成)|"
            r"凡(?:本网|注明|本站)|如(?:有侵权|涉及版权|若转载|需转载)|转载请|转载须|转载申请|本新闻文字|"
            r"声明[:：]|\*本页涉及|内容来自网络|原创文章,|本文为\S{0,4}原创|违者\S{0,4}追究|欢迎转载",
            r"\S{0,6}icp\s*[备证]|\S{0,3}公网安备|\S{0,14}许可证|\S{0,8}备案号|\S{0,8}(?:不良|违法)\S{0,6}信息|网站标识码|"
            r"增值电信|广播电视节目|互联网新闻|信息网络传播|国内统一刊号|技术支持[:]|承办单位|主办单位|制作单位|主管单位",
        ),
    ),
    (
        Kind("share", "share", 30, closes=True),
        _either(
            r"(?:一键)?(?:分享|转发|转寄|收藏)(?:到|至|给|让|此文|本文|按钮)?(?:\S{0,10})?[:]?\s*(?:\d+)?\s*$",
            r"分享[到至给让]|转发[到至]|分享(?:此|本)文|推荐给?朋友|发送给朋友|告诉您?的?朋友|转寄朋友",
            r"(?:新浪|腾讯)?微博$|微信(?:好友|扫一扫|扫码分享)?$|朋友圈$|qq(?:空间|好友)?$|facebook|twitter|line$|google\+|weibo$|"
            r"人人网?$|开心网$|豆瓣$|百度\S藏$|复制(?:链接|连结)|收藏\s*\d*$|\+?点?赞\s*\d*|打赏|推荐\s*\d+$|推荐 |"
            r"qzone|联合报书签|myshare|plurk|噗浪|email$|e-mail|邮件|扫一扫|用微信扫描|微信扫",
            r"(?:【|\[)?(?:打印|列印|关闭|收藏|返回|转发|纠错|报错|字体|大\s*中\s*小|字号|放大|缩小|调整字|缩小字)",
            r"(?:打印|列印)(?:本页|此文|本文|文稿)|返回(?:页首|顶部|列表|首页|搜狐)|关闭窗口|加入收藏|点击 ?页首",
        ),
    ),
    (
        Kind("promotion", "promotion", 45, closes=True),
        _either(
            r"\S{0,24}(?:扫描|扫码|扫一扫|长按|识别)\S{0,16}(?:二维码|关注|公众号|下载|阅读)|\S{0,12}二维码",
            r"\S{0,20}(?:下载|打开|安装)\S{0,16}(?:客户端|app\b|应用)|\S{0,10}客户端(?:下载|$)|\S{0,12}公众[号平]",
            r"(?:点击|欢迎|请|敬请|立即|马上|免费)(?:\S{0,8})(?:关注|订阅|进入|下载|加入|扫码|阅读原文|投稿|登录|查看(?:更多|详情))",
            r"更多\S{0,16}(?:请|点击|关注|欢迎|下载|精彩|内容|猛料|资讯)|\S{0,6}(?:请|欢迎)(?:持续|继续)?关注\S{0,12}$|关注\S{2,10}$",
            r"\S{0,16}(?:加入|按个?\"?赞|粉丝团|粉丝专页|订阅\S{0,6}频道)|如果您喜欢|喜欢这篇|看更多|还想看|订阅到|免费订阅|投稿|"
            r"请?继续往下阅读|我要反馈|意见反馈|\S{0,12}(?:报料|爆料)(?:热线|电话|:)|合作(?:热线|电话)|广告$",
            r"iphone版|下载 iphone|ios载点|android载点|活动办法|看家乡|顶端新闻客户端",
        ),
    ),
    (
        Kind("editor", "byline", 40, closes=True),
        _either(
            rf"(?:{_ROLE}(?:[/、及和&·|丨 ]{{1,3}}{_ROLE})*)\s*(?:[:/|丨︱]|\s+\S{{2,4}}(?:\s+\S{{2,4}}){{0,4}}\)?$)",
            r"(?:素材|资料|图片|综合|整合|来源)\S{0,2}(?:来源|整合|自)[:\s]|整合 \S|综合整理自|题图来自|题图|出品[|丨︱]|作者[|丨︱]",
            r"(?:本文|稿件|文章|原文)(?:系)?(?:作者|来源|来自|编辑|发表于|刊于|原载|选自|摘自)\S|本文最先|作者(?:系|为|是|单位)",
            r"原(?:文)?标题[:]|原题(?:为|[:])|(?:文章|信息|稿件|新闻|资料|内容|消息)(?:来源|出处)[:]|来源[:]|稿源[:]",
        ),
    ),
    (
        Kind("reporter", "byline", 25, firm=True),
        _either(
            rf"{_PEOPLE}\s*[:/|丨︱]\s*\S[^。!?;]{{0,40}}$",
            r"[^。!?;,]{0,16}(?:记者|通讯员|评论员|特派员|特约撰稿人?|实习生)[\s:/|]+[^。!?;,]{2,40}$",
            r"[^。!?;,]{0,14}记者[\u3400-\u9fff]{2,4}(?:[、 ][\u3400-\u9fff]{2,4})*(?:/?[\u3400-\u9fff]{2,6}(?:报道|报导|电|摄影))?\)?$",
            r"[^。!?;,]{2,14}/(?:[\u3400-\u9fff]{2,6}(?:报道|报导|电|日电)|文|图|文图|摄)\)?$",
            r"[^。!?;,]{1,24}/文(?:受访者供图|图|\s|$)|\(?文/?图?\s?[:/]?\s\S{2,12}\)?$|\S{2,10}供稿\b[^。]{0,30}$",
            r"(?:新华社|本报|本刊)记者$",
            r"\(?\S{1,4}系\S{4,40}\)$",
        ),
    ),
    (
        Kind("tags", "metadata", 40, closes=True, opens=True),
        r"(?:关键[字词]|标签|tags?|分类|所属分类|个人分类|全站分类|本文标签|文章标签|专题|栏目)\s*(?:[:>]|$)|跟踪[:]",
    ),
    (
        Kind("pager", "navigation", 35, closes=True),
        r"(?:(?:[\[(<【]?\d{1,2}[\])>】]?\s*){2,}|(?:上一页|下一页|首页|尾页|末页|共\d+页|第\d+页|全文阅读|余下全文)[^。]{0,30})"
        r"(?:下一页|尾页|末页|>)*\s*$",
    ),
    (
        Kind("summary_heading", "summary", 25, opens=True, firm=True),
        r"(?:摘要|内容摘要|内容提要|核心提示|导读|导语|提要|本文导读|本文摘要|编者按语?|\S{0,6}摘要)\s*(?:[:\])】]|$)",
    ),
    (
        Kind("contact", "contact", 35, closes=True),
        _either(
            r"\S{0,6}(?:地址|电话|手机|传真|邮编|邮箱|邮政编码|e-?mail|热线|联系人|联络人|联系方式|网址|客服\S{0,4}|专线|举报电话|微信号)"
            r"\s*[:].{2,60}$",
            r"(?:0\d{2,3}[- ]?)?\d{3,4}[- ]?\d{4}(?:[- ]\d+)?$|\S{0,4}1[3-9]\d{9}$|[\w.-]+@[\w.-]+$|联系我们$",
        ),
    ),
    (
        Kind("caption", "caption", 15),
        _either(
            r"[▲▼△▽↑↓←→]\S|图注[:]|(?:题|配|上|下|左|右|资料)图[:/]|图[一二三四五六七八九十\d]{0,2}[:]|图/|图片(?:来源|说明|提供)|"
            r"(?:资料|档案|示意|效果|配|宣传|剧)(?:图|照|图片)(?:$|[:。])|视频[:-]",
        ),
    ),
)
_CAPTION_END = re.compile(
    r"(?:[\s(/,。][^\s。,;!?]{0,16}(?:摄影?|供图|提供|图|摄\)|供图\)|绘|制图|资料|资料图|资料照片|资料照)|"
    r"(?:供图|翻摄|翻摄画面|资料图|资料图片|资料照片|截图|示意图|效果图|宣传照|报道截图|视频截图|视觉中国|/摄)|"
    r"\((?:[^()]{0,24})(?:图|摄|供图|资料照|提供|照片|翻摄[^()]{0,20}|视觉中国|截图|画面|来源[^()]{0,14})[^()]{0,8}\))[\s。)]*$"
)
_CRUMBS = re.compile(
    r"(?:(?:您|你|你?您?的)?(?:当前|现在|所在|目前)?(?:所在)?的?位置)(?:是|在)?\s*[::]?|"
    r"^\S{1,16}(?:\s*(?:>+|»|→|--+>|›)\s*\S{1,30}){1,}|^首页\s*[>/»›|-]|[>»›]\s*(?:正文|内容|详情)$"
)
_DATE = re.compile(
    r"(?:(?:19|20)\d\d|民国\d{2,3}|\b1\d\d)\s?[-/.年]\s?\d{1,2}\s?[-/.月]\s?\d{1,2}日?|(?<!\d)(?:19|20)\d\d\s\d{1,2}/\s?\d{1,2}|"
    r"(?<!\d)\d{1,2}[-/]\d{1,2}(?=\s+\d{1,2}:\d\d)|^\d{1,2}[-/]\d{1,2}$|"
    r"(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*\.? (?:\w{3} )?\d{1,2}(?:st|nd|rd|th)?,? (?:\w{3} )?\d{4}"
)
_TIME = re.compile(r"(?:上午|下午|晚上|凌晨|am|pm)?\s?\d{1,2}:\d{2}(?::\d{2})?(?:\s?[ap]m)?")
_META_WORD = re.compile(
    r"来源|来自|稿源|发布|发表|时间|日期|作者|点击|浏览|阅读|人气|字号|字体|编辑|更新|修改|记者|评论|查看|出处|来源于|发布者|次数|"
    r"热度|大\s*中\s*小|责编|访问|检视|建立|上传|人参与|标准|超大|投稿|源自|供稿"
)
_META_ONLY = re.compile(
    r"(?:来源|来自|稿源|信息来源|文章来源|来源于|出处|发布时间|发布日期|更新时间|发表时间|发表于|时间|日期|作者|点击[量率数]?|点击次数|"
    r"浏览[量次数]{0,2}|浏览次数|阅读[量次数]{0,2}|人气|字[号体级]|字级设定|建立时间|发布者|发布于|发布|作者\d?|最新更新时间|文号|索引号|"
    r"发布机构|发文机关|主题分类|公开方式|版次|版面|尚余\d|最近修改|最后更新|信息分类|阅读时间|访问次数|热度)\s*[:(].{0,60}$|"
    r"(?:阅读|浏览|点击|人气|热度|粉丝|访问)\s*[:(]?\s*\d+[万k+]?\)?次?$|(?:小|中|大|特大|超大|标准|默认|字号|正文|原创|小字号|大字号)$|"
    r"https?://\S+$|(?:小|大|中|特|超|a[+-]?)(?:[ .·|]?(?:小|大|中|特|超|a[+-]?)){1,4}$"
)
_STAMP = re.compile(r"[\d:./\s年月日-]+$")
_GLUE = re.compile(r"[\s|丨·•_\-–—/()\[\]]+")
_SENTENCE = re.compile(r"[。!?;]")
_SPAM = re.compile(
    r"(?:无码|国产精品|在线播放|在线观看免费|色情|激情网|色综合|久久综合|黄人一级片|一级片|毛片|色色电影|精品国产|人妻|三级片|成人(?:视频|电影|影片)|"
    r"av在线|做爱|自拍偷拍|免费视频在线|博彩|彩票平台|开奖结果|六合彩|时时彩|百家乐|真人娱乐|赌场|现金网|老虎机|体育投注|bet365|"
    r"代开发票|办证刻章|代孕|私家侦探)"
)

_KINDS = {f"k{i}": kind for i, (kind, _) in enumerate(_STARTS)}
_START = re.compile(_LEAD + _either(*(f"(?P<k{i}>{pattern})" for i, (_, pattern) in enumerate(_STARTS))))
_LIMIT = {"legal_notice": 400, "promotion": 90, "related_heading": 60, "editor": 80, "comment_heading": 40}

SPAM = Kind("spam_words", "spam", 60)
METADATA = Kind("metadata_line", "metadata", 25)
BREADCRUMB = Kind("breadcrumb", "navigation", 30)
CAPTION = Kind("caption_end", "caption", 5)
PIPES = Kind("link_row", "navigation", 30)
CHROME = Kind("chrome_words", "boilerplate", 30, firm=False)
_CHROME = re.compile(
    r"版权|icp|copyright|©|许可证|举报|客服|联系我们|免责|登录|注册|评论|留言|点击|扫描|客户端|下载|关键[词字]|网友|跟[贴帖]|责编|隐私|"
    r"未经授权|转载|专线|订阅"
)


def kind_of(folded: str) -> Kind | None:
    """Return what the words of a folded line say it is, or None."""
    length = len(folded)
    if length > 400:
        return None
    found = _START.match(folded)
    if found and found.lastgroup:
        kind = _KINDS[found.lastgroup]
        if length <= _LIMIT.get(kind.rule, 70):
            return kind
    if length <= 120 and len(_SPAM.findall(folded)) >= 2:
        return SPAM
    if length > 110:
        return None
    sentence = _SENTENCE.search(folded) is not None
    if not sentence:
        if _is_metadata(folded):
            return METADATA
        if _CRUMBS.search(folded):
            return BREADCRUMB
        if folded.count("|") >= 2 or folded.count(" - ") >= 3:
            return PIPES
    if _CAPTION_END.search(folded):
        return CAPTION
    if length < 60 and _CHROME.search(folded):
        return CHROME
    return None


def _is_metadata(folded: str) -> bool:
    """A line of date, time, outlet and counters and nothing else."""
    if _META_ONLY.match(folded) or (_STAMP.match(folded) and ":" in folded):
        return True
    date = _DATE.search(folded)
    if not date:
        return bool(_TIME.fullmatch(folded))
    rest = _TIME.sub("", folded[: date.start()] + folded[date.end() :])
    if _TIME.search(folded) and len(rest) <= 60:
        return bool(_META_WORD.search(rest)) or len(_GLUE.sub("", rest)) <= 14
    return bool(_META_WORD.search(rest)) or len(_GLUE.sub("", rest)) <= 6
