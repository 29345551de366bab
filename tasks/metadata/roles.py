"""roles: the words that say who did what, and where one of them stands in a line.

Folded text throughout. A word counts only where it can be a label: 记者, 通讯员 anywhere, because
names are printed against them without a mark; other words at the beginning of a piece; single
characters (文, 图, 摄) only beside a mark or at the end of a piece, after names.
"""

import re
from dataclasses import dataclass
from typing import Final, Literal

from tasks.extract.needed import beginnings

Role = Literal["author", "photographer", "editor", "none"]

_LEAD: Final = (
    "(?:特约|公民|校园|学生|见习|实习|特派|驻外|蹲点|值班|跟队|随队|随行|随军|前方|首席|全媒体|融媒体?|全媒|总台|央视|驻站|职工|本站|本网|本报|本刊|本台|本社|高级|主任|资深|调查|"
    r"文字|视频|记者站|驻[\u3400-\u9fff]{1,3}(?=特派|特约|记者)|\(?实习\)?)*"
)
_REPORTER: Final = "(?:小?记者|通讯员|通联员|报道员|撰稿人|专栏作家|专栏作者|评论员|观察员|实习生|特约撰稿|特派员|研究员|编译(?=[\u3400-\u9fff]{2,4}/))"
_AUTHOR: Final = (
    r"采写|采编|编采|采访撰[文稿]|(?:(?:口述|讲述)(?:人|者)?|整理人?)(?=\s?[:/|]?\s?[\u3400-\u9fff·]{2,4}(?:$|[\s、,(/]))|(?:文字|采访)整理|编译者?|撰[文稿]编辑|撰文者?|撰稿者?|(?:独家|专题|特别|现场)?报[道导](?=\s?:\s?[\u3400-\u9fff·]{2,4}(?:$|[\s、,(/]))|原作者|原著|(?:本文|文章|原文)?作\s{0,2}者(?!简介|单位|系|为|是|本人|权|观点|声明|最新|介绍|专栏|文集|主页|其他|更多)|文字|采访|执笔人?|整合|供稿单位|供稿人?|投稿人?|署名|主笔|"
    "专栏作家|专栏作者|博主|楼主|发表者(?=\\s?:)|撰写|文案"
)
_PHOTO: Final = "摄影记者|摄影报道|摄\\s?影|摄像|图片提供|拍摄|供图|照片|图片"
_EDITOR: Final = (
    "(?:本文|本期|本版|网络|新媒体|值班|执行|责任|实习|网站|见习|频道|特约|文字|页面|首席|主任|副|微信|值守|核稿|编发|内容|中文)*"
    "(?:编\\s?辑|主编|总编辑?|编缉)|责\\s?编|编审"
)
_NONE: Final = (
    "校\\s?对|核稿|监审|审核|审校|初审|复审|终审|[一二三]审|审稿|审读|总?监制|制片人?|美编|美术编辑|版面编辑|视觉编辑|图片编辑|视频编辑|技术编辑|版式|排版|"
    "制图|绘图|插画|设计|翻译|译者|译文|视频|剪辑|统筹|策划|出品人?|(?:文章|信息|新闻|图片|素材|稿件|资料|内容)?(?:来源|出处)|稿源|时间|日期|"
    "(?:发[布表稿]|添加|更新)(?:时间|日期)|浏览次?数?|阅读|点击|字号|字体|标签|关键[字词]|题图|头图|封面图?|图源|海报|动画|配音|主播|签发|"
    "值班主任|栏目|原标题|标题|审签|编发|录入|联系人|电话|邮箱|技术支持|数据|配图|责校|版权|(?:所属)?分类|类别|运营|指导|顾问|发布机构|"
    "索引号|编辑部|编辑室|编辑整理|出镜|主持人?|嘉宾|受访者|发布者|发布人|上传者?|发稿人?|信息员|人气|热度|评论|分享|网友|查看|图说|文号|记者会|记者节|记者团"
)
_SINGLE: Final = "图/文|文/图|文/摄|摄/文|文、摄|文并摄|图文|文图|文|图|摄|译|编|审|策划"
_HAN: Final = r"[\u3400-\u9fff]"

_FORMS: Final = (
    rf"(?P<none>(?<!{_HAN})(?:{_NONE})(?=\s*[:|/、]|\s|$))"
    rf"|(?P<reporter>{_LEAD}{_REPORTER})(?![从在获了来采发看问说对昨今近会们节站团协证随一跟走当就于也都还很不认是有能可把被将让为])"
    rf"|(?<!{_HAN})(?:(?P<editor>{_EDITOR})|(?P<photographer>{_PHOTO})|(?P<author>{_AUTHOR}))"
    rf"(?=\s*(?:\([^()]*\)\s*)?[:/|=、&和兼·.]|\s|$|{_HAN}{{2,9}}(?:$|[\s、,;])|{_HAN}{{2,3}}/{_HAN}{{2,4}}报[道导])"
    rf"|(?P<author_mark>作者)(?=:)|(?P<editor_mark>(?:责任)?编辑|责编)(?=\s?[:|])|(?P<none_mark>来源|稿源|(?:浏览|阅读|点击|点阅)[人次数量]?[数量]?|时间|日期)(?=:)"
    rf"|(?<!{_HAN})(?P<single>{_SINGLE})(?!\s?[:=][^\s、,/()·|]{{7}})(?=\s?[:/|=&、]|[·.](?:摄|图|文)|\s+{_HAN}|$)"
    rf"|(?:(?<=记者{_HAN}{{2}})|(?<=记者{_HAN}{{3}}))(?P<pair>文/图|图/文|文/摄|文并摄|文图)(?=$|[\s)\]。])"
    rf"|(?<={_HAN})(?P<glued>摄影报道|摄影|供稿|供图|摄|撰稿|采写)(?=$|[\s)\]。,、;])"
)
_FIRST: Final = beginnings(re.sub(r"\(\?P<\w+>", "(?:", _FORMS)) or frozenset()
_WORD: Final = re.compile(f"(?=[{re.escape(''.join(sorted(_FIRST)))}])(?:{_FORMS})")
"""Looked for only where a character stands that one of them begins with."""
_MARK: Final = re.compile(r"\s*(?:\([^()]{1,8}\)\s*)?[:|/=]+\s*|\s+")
_JOINT: Final = re.compile(r"\s?[/、&和兼及·.]\s?|")
_CREDIT_START: Final = re.compile(
    r"\W*(?:采写|撰文|撰稿|摄影|文字|文|图|作者|编辑|责编|责任编辑|执笔|策划|统筹|[\u3400-\u9fff·]{0,10}?(?:记者|通讯员|实习生|评论员))(?:\W|[\u3400-\u9fff])"
)
_CREDIT_INSIDE: Final = re.compile(r"/\s?[文图]|(?:记者|/)[^。]{2,24}(?:报道|报导|电|摄|摄影)$")
"""How bylines begin, and what only they hold."""
_BY_WORD: Final[dict[str, tuple[Role, ...]]] = {
    "文": ("author",),
    "图": ("photographer",),
    "摄": ("photographer",),
    "图文": ("author", "photographer"),
    "文图": ("author", "photographer"),
    "图/文": ("author", "photographer"),
    "文/图": ("author", "photographer"),
    "文/摄": ("author", "photographer"),
    "摄/文": ("author", "photographer"),
    "文、摄": ("author", "photographer"),
    "文并摄": ("author", "photographer"),
    "摄影报道": ("author", "photographer"),
    "译": ("none",),
    "编": ("editor",),
    "审": ("none",),
    "摄影": ("photographer",),
    "供图": ("photographer",),
    "供稿": ("author",),
    "撰稿": ("author",),
    "撰稿编辑": ("author", "editor"),
    "撰文编辑": ("author", "editor"),
    "采写": ("author",),
}


@dataclass(frozen=True, slots=True)
class RoleWord:
    """One label in a piece of a line.

    start, end: the words; value: where names after it begin. has_mark: ``:`` ``|`` or ``/`` follows.
    is_reporter: 记者 and the like: says what a person is, not what this one did here.
    is_after: printed behind its names, as in 张三/文.
    """

    start: int
    end: int
    value: int
    roles: tuple[Role, ...]
    has_mark: bool
    is_reporter: bool
    is_after: bool


def _roles(match: re.Match[str]) -> tuple[Role, ...]:
    word = "".join(match.group().split())
    if word in _BY_WORD:
        return _BY_WORD[word]
    kind = match.lastgroup
    if kind in ("editor", "editor_mark"):
        return ("editor",)
    if kind == "photographer":
        return ("photographer",)
    return ("none",) if kind in ("none", "none_mark") else ("author",)


def find_role_words(folded: str) -> list[RoleWord]:
    """Return the labels of a folded piece, left to right; words joined by ``/`` or 、 are one label."""
    words: list[RoleWord] = []
    for match in _WORD.finditer(folded):
        mark = _MARK.match(folded, match.end())
        value = mark.end() if mark else match.end()
        has_mark = mark is not None and not mark.group().isspace()
        is_after = not has_mark and folded[match.start() - 1 : match.start()] == "/"
        word = RoleWord(
            match.start(),
            match.end(),
            value,
            _roles(match),
            has_mark,
            match.lastgroup == "reporter",
            is_after,
        )
        last = words[-1] if words else None
        joint = folded[last.end : word.start] if last else ""
        if (
            last is not None
            and 0 < len(joint) <= 3
            and _JOINT.fullmatch(joint)
            and word.value > word.end
            and not (word.is_reporter and "/" in joint)
        ):
            roles = tuple(dict.fromkeys([*last.roles, *word.roles]))
            words[-1] = RoleWord(
                last.start, word.end, word.value, roles, has_mark, last.is_reporter, last.is_after
            )
            continue
        words.append(word)
    return words


def opens_credits(folded: str) -> bool:
    """Tell whether a line begins as bylines do, or holds what only they do."""
    may_hold = "/" in folded or "记者" in folded
    return bool(_CREDIT_START.match(folded) or (may_hold and _CREDIT_INSIDE.search(folded)))
