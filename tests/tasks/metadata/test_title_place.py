"""Where titles stand: below the frame of a page, above its text, never within it."""

import pytest

from tasks.lines import Page, PageLine
from tasks.metadata.titles import Title, find_title

TITLE = "河东渡口恢复夜间班船 居民出行多一条路"
PROSE = "入冬以后，河东镇的渡口改成了一天四班船。镇上的老人说，这条水路已经走了三代人。"


def title_of(texts: list[str]) -> Title:
    return find_title(Page([PageLine(i, t) for i, t in enumerate(texts, 1)]), texts)


@pytest.mark.parametrize(
    "head",
    [
        [TITLE, "各有关单位："],
        ["河东新闻网 > 民生 > 河东渡口恢复夜间班船，居民出行多一条路 > 正文", TITLE, TITLE],
        ["首页要闻本地专题图片视频论坛房产汽车教育健康旅游", TITLE, "2019-11-08 07:35"],
        ["河东在线 当前位置：首页->民生->详细信息", TITLE, "2019-11-08 07:35"],
        ["页面加载中...", TITLE, "2019-11-08 07:35"],
        ["河东渡口-民生新闻-河东在线网站", TITLE, "2019-11-08 07:35"],
        ["| 河东日报 | 河东晚报 | 版面导航 | 标题导航 |", "3上一期 下一期4", "2019-11-08 07:35", TITLE],
        [TITLE, "河东观察 | 来源"],
        [TITLE, "摄影中心/ 记者孙玉玲/即时报道"],
        ["本篇文章161字，读完约1分钟", TITLE],
        ["客服设为首页 |", TITLE],
        [TITLE, "社会中心/综合报道"],
        ["河东文库 最新最全的文章下载", f"当前位置：河东文库 › {TITLE}", TITLE],
        [TITLE, TITLE + " 图文/孙玉玲", "2019-11-08 07:35"],
        [TITLE, "河东镇人民政府办公室", "2019年11月8日"],
        [TITLE, "一、恢复夜间班船的安排", "2019年11月8日"],
        [TITLE, "【河东新闻网】"],
        [TITLE, "（2011年12月12日河东镇第五次会议通过）"],
        [
            "本站使用相关技术收集资料，同时尊重您的隐私，请阅读隐私权声明，关闭此视窗即表示您同意上述规范。",
            "Your browser does not seem to read Chinese. Would you like the English pages of “Hedong”?",
            "こちらのページは中国語版です。日本語版に移動しますか、それともこのまま読みますか。",
            "下载",
            TITLE,
            "2019/11/08 07:35",
        ],
        [
            "快讯",
            "北码头今早突然停航！数百名乘客被困岸边 管理站这样回应",
            "为何渡口的灯又灭了？管理站：线路老化正在换……今晚恢复照明一切如常",
            TITLE,
            "2019-11-08 07:35 河东网",
            "图／河东渡口管理站",
            "北码头的候船室。图／河东渡口管理站",
        ],
        [TITLE, "08.11.2019 07:35", "本文来源: 河东网", "来源: hedong.example"],
        ["为达最佳效果，建议使用新版浏览器，并打开 JavaScript 与 Cookie，谢谢。", TITLE, "2019-11-08 07:35"],
    ],
)
def test_the_frame_above_a_title_is_none(head):
    """Paths, menus without gaps, the title of the window, notes on browsers and salutations are no title."""
    assert title_of([*head, PROSE]).title == TITLE


@pytest.mark.parametrize(
    "lines",
    [
        [PROSE, "油费：六百一十元", "过路费：三百二十元", "门票和船票：两人共七百四十元", "总之，冬天别走水路。", "编辑于 2019-11-08"],
        ["尊敬的乘客：", "按照今年的安排，现将春节期间的开航时间公告如下：", "除夕至初二：停航", "正月初七起恢复正常开航",
         "夜班船照常开。祝您新春快乐！", "河东渡口管理站", "2019年11月8日"],
        ["今年渡口的客流比去年多了两成，各码头的情况如下。", "码头", "人次", "北码头和上游停靠点", "3400", "南码头", "2100", PROSE],
    ],
)  # fmt: skip
def test_an_entry_of_a_list_within_the_text_is_no_title(lines):
    """Below sentences, and above a day that signs the text, short lines are entries of a list."""
    assert title_of([TITLE, *lines]).title == TITLE


@pytest.mark.parametrize(
    "above",
    [
        ["河东网是河东镇居民的网上家园，欢迎您来做客。"],
        ["昨天的大雾让渡船停了三个小时，船工们一早就等在岸上。", "更多"],
        ["本页需要新版浏览器才能看到全部内容，请您更新之后再来。"],
    ],
)
def test_a_sentence_above_does_not_hide_a_dated_title(above):
    """A slogan or a teaser above a headline that its day and text follow does not make it an entry."""
    assert title_of([*above, TITLE, "2019-11-08 07:35", PROSE]).title == TITLE


@pytest.mark.parametrize(
    "title",
    [
        "手机拍下渡口最后一班船",
        "时间停在渡口的那个冬天",
        "记者夜访河东渡口：船工都在等天亮",
        "2019年河东渡口新闻发布会实录",
        "河东-河西-江口三地渡船联运",
        "渡船修好了！六十岁的船工说服全镇凑出三万元，把船从河底捞了起来",
        "进入冬季河东渡口加开三班渡船",
        "编辑部搬到渡口以后的头一个月",
        "三岸、两船、一条河：河东渡口的六十年",
        "河东镇政府办公室搬到渡口以后",
        "记者：渡口夜班船基本是全镇最准点的一班",
        "【夜班船】河东渡口的三十个冬天",
    ],
)
def test_a_title_may_open_like_a_menu(title):
    """Words of menus, hyphens and marks do not make a headline something else."""
    assert title_of([title, PROSE]).title == title


def test_what_an_agency_sets_before_a_headline_is_cut():
    """某社某地10月12日电 题： is no part of the title; the word alone is."""
    assert title_of([f"河东社江城10月12日电 题：{TITLE}", "2019-11-08 07:35", PROSE]).title == TITLE
    for head in ("渡口难题：夜间班船如何开到天亮", "河东社区为何停电 答题：三个原因都在这里"):
        assert title_of([head, "2019-11-08 07:35", PROSE]).title == head


@pytest.mark.parametrize("above", [[TITLE], [TITLE, "2019-11-08 07:35", "来源：河东网"]])
def test_the_line_of_the_title_is_the_one_that_holds_nothing_else(above):
    """A report that opens with its title again keeps its first line; the title is the line above."""
    for wire in ("河东社江城", "河东网江城"):
        found = title_of([*above, f"{wire}10月12日电 题：{TITLE}", "河东社记者孙玉玲", PROSE])
        assert (found.title, found.lines) == (TITLE, [0])


@pytest.mark.parametrize(
    ("texts", "title"),
    [
        (
            [TITLE, "六十岁的船工改了三回班表，乘客却一个没少。", "孙玉玲 · 2019-11-08 07:35", PROSE, PROSE],
            TITLE,
        ),
        (["渡口的灯又灭了，乘客摸黑上船。", TITLE, "2019-11-08 07:35", PROSE, PROSE], TITLE),
        (
            [
                "昨夜大雾，渡船停了三小时。",
                "乘客在岸上等到天亮，没有人走。",
                TITLE,
                "2019-11-08 07:35",
                PROSE,
            ],
            TITLE,
        ),
    ],
)
def test_an_abstract_between_title_and_day_is_no_title(texts, title):
    """One sentence below the headline and above the day tells what the article is about; others are news above."""
    assert title_of(texts).title == title


@pytest.mark.parametrize("step", ["政府信息公开", "河东渡口动态新闻", "民生"])
def test_column_at_the_end_of_a_path_is_no_title(step):
    """A path may end with a column whose name is printed too."""
    assert title_of([f"当前位置：首页 > {step}", step, TITLE, "2019-11-08 07:35", PROSE]).title == TITLE


VERSE = ["那一年，你撐船走", "那一天，我等船來", "水落了，石頭還在", "燈滅了，星還亮著", "那一年，你撐船走"]
SPOKEN = ["船工：你们的票怎么又涨了？", "站长：油价涨了没办法。", "船工：上个月不是刚降过一次嘛，乘客问起来我怎么说？",
          "站长：照实说。", "船工：他们要是不信呢，总不能把油单贴在船头上吧。"]  # fmt: skip


@pytest.mark.parametrize(
    ("texts", "title"),
    [
        pytest.param(
            ["老歌", "等船的那一年 水路合集", "詞曲列表", *VERSE], "等船的那一年 水路合集", id="verse"
        ),
        pytest.param([TITLE, "2019-11-08 07:35", *SPOKEN], TITLE, id="first words of a dialogue"),
        pytest.param(["小舟的渡口", "2019-11-08 07:35", *SPOKEN], "小舟的渡口", id="and a short title"),
    ],
)
def test_the_first_line_of_verse_and_of_a_dialogue_is_no_title(texts, title):
    """Lines of verse below a title, and lines of speakers who go on speaking, are text."""
    assert title_of(texts).title == title


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(
            ["船工：你们的票怎么又涨了？", "2019-11-08 07:35", PROSE], id="a speaker who speaks once"
        ),
        pytest.param(
            ["船工：我们想要一盏灯", "2019-11-08 07:35", "船工：还要一条缆绳。", PROSE], id="or twice"
        ),
        pytest.param(["那一年，你撐船走", "2019-11-08 07:35", PROSE], id="a headline like verse"),
        pytest.param(
            ["一条河，两座桥", "2019-11-08 07:35", "作者：孙玉玲", *VERSE],
            id="a title with a mark above verse",
        ),
    ],
)
def test_a_title_may_look_like_verse_or_speech(texts):
    """A mark or a speaker takes nothing from a headline above other text."""
    assert title_of(texts).title == texts[0]


def test_the_end_of_a_path_is_the_title_far_above_the_text():
    """What a board prints between title and first post does not hide the title that the path ends with."""
    between = ["渔家小舟", "中学生", "帖子", "312", "积分", "655", "1# 发表于 2016-8-14 11:20 PM"]
    texts = [
        "登入 注册",
        "河东讨论区 » 闲聊 » 有没有人试过一个人等船",
        "有没有人试过一个人等船",
        *between,
        PROSE,
    ]

    assert title_of(texts).title == "有没有人试过一个人等船"
