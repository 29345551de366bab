"""Poems of the old forms and texts written without a mark, and lists that look a little like them."""

import pytest

from tasks.extract import label_page
from tasks.lines import Page, PageLine

CI = """
八月河东，
两岸芦花，
一夜霜风。
望渡头灯火，
三分已暗；
沙洲雁字，
数点犹浓。
旧桨横舟，
新缆系石，
多少来人去路同。
斜阳外，
有青山如黛，
白鹭如弓。
""".strip().split("\n")
EVEN_SEVEN = """
三月河边柳色新
老翁解缆渡行人
一篙撑破晨间雾
半日消磨世上尘
对岸小楼开酒店
隔墙深巷卖鲜莼
归来更有闲中事
补网修船到日沉
""".strip().split("\n")
EVEN_FIVE = [line[2:] for line in EVEN_SEVEN]


def body_of(lines: list[str], title: int = 2) -> list[str]:
    page = Page([PageLine(number, line) for number, line in enumerate(lines, 1)])
    labels = label_page(page, lines, {title}).labels
    return [line for line, (label, _) in zip(lines, labels, strict=True) if label == "body"]


@pytest.mark.parametrize("poem", [CI, EVEN_SEVEN, EVEN_FIVE], ids=["with marks", "of seven", "of five"])
def test_an_old_poem_is_text(poem: list[str]) -> None:
    """A poem that nearly has no function characters is an article, under its title and above the frame."""
    lines = [
        "首页 诗歌 散文 小说",
        "当前位置：首页 > 诗歌 > 诗词",
        "河东渡口秋望",
        *poem,
        "赞 (3)",
        "上一篇：中秋",
        "下一篇：重阳",
    ]

    assert body_of(lines) == poem


@pytest.mark.parametrize(
    "below",
    [
        pytest.param(
            [
                "渡口时刻表，",
                "船票价格，",
                "服务承诺，",
                "安全须知，",
                "投诉电话，",
                "失物招领，",
                "常见问题，",
                "关于渡口，",
            ],
            id="without ends",
        ),
        pytest.param(
            [
                "船好漂亮！",
                "写得真好。",
                "沙发！",
                "谢谢分享。",
                "顶一下。",
                "学习了。",
                "好文章！",
                "支持。",
            ],
            id="without pauses",
        ),
        pytest.param(
            [f"{line}来" if number % 2 else line for number, line in enumerate(EVEN_SEVEN)],
            id="of two lengths",
        ),
        pytest.param(EVEN_SEVEN[:6], id="too few"),
        pytest.param([*EVEN_SEVEN[:4], "河东A", *EVEN_SEVEN[4:]], id="parted"),
        pytest.param([f"渡口新闻 {n}月" for n in "一二三四五六七八"], id="with gaps"),
    ],
)
def test_lists_are_no_poem(below: list[str]) -> None:
    """Entries that all end alike, or are of several lengths, or too few, stay outside an article."""
    text = "入冬以后，河东镇的渡口改成了一天四班船，镇上的老人说，这条水路已经走了三代人，谁也说不清是从哪一年开始的。"
    lines = [
        "首页",
        "当前位置：首页 > 渡口",
        "河东渡口改班",
        "2019-11-08 07:35",
        text,
        text.replace("入冬", "入春"),
        "渡口服务",
        *below,
    ]

    assert not set(below) & set(body_of(lines))


UNMARKED = [
    "今晨(8日)6点20分河东镇消防救援站接到报警称临江路北侧菜市场旁一民房起火屋内有浓烟冒出",
    "接警后消防站立即出动两车十二人赶赴现场到场时火势已蔓延至隔壁仓库救援人员分成两组从南北两面同时出水经过四十分钟火被扑灭没有人受伤起火原因还在调查之中",
]


def test_text_without_a_mark_is_text() -> None:
    """Lines longer than any headline, without a gap, right below the day are the article of a page that has no other."""
    lines = [
        "首页 社会",
        "当前位置：首页 > 社会",
        "河东一民房起火",
        "2020-08-26 00:00",
        *UNMARKED,
        "标签：火灾 消防",
        "相关推荐",
        "台风登陆",
    ]

    assert body_of(lines) == UNMARKED


@pytest.mark.parametrize(
    "below",
    [
        pytest.param([UNMARKED[0]], id="one such line"),
        pytest.param(
            [
                "河东镇消防救援站开展冬季演练 临江路北侧菜市场改造完工 渡口新船下水 老桥拆除 夜班船恢复 豆腐店搬家"
            ]
            * 2,
            id="rows of headlines",
        ),
        pytest.param(["河东渡口恢复夜班船", "老桥拆除", "新船下水"], id="headlines"),
    ],
)
def test_rows_of_headlines_are_none(below: list[str]) -> None:
    """A page of headlines has no article, however long its rows are."""
    lines = ["首页 社会", "当前位置：首页 > 社会", "河东一周", "2020-08-26 00:00", *below, "标签：火灾 消防"]

    assert not body_of(lines)
