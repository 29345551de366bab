"""What an author puts below the last sentence of a text, and what only stands there."""

import pytest

from tasks.extract import label_page
from tasks.lines import Page, PageLine

TEXT = [
    "河口渡船全年检修计划公布",
    "发布时间：2016-03-04 来源：河口航运站",
    "河口航运站昨天公布了全年检修计划，六条渡船将分三批进厂，每批大约需要二十天，其间由备用船顶替。",
    "站长说，船工们盼着这一天已经很久，去年冬天有两条船漏水，只能停在岸边，乘客得绕远路。",
]
FOOT = ["责任编辑：沈一禾", "上一篇：码头添了一盏灯"]


def taken(below: list[str], text: list[str] = TEXT) -> int:
    """Return how many of the lines below a text are body."""
    lines = [*text, *below, *FOOT]
    labelled = label_page(Page([PageLine(n, line) for n, line in enumerate(lines, 1)]), lines, {0})
    body = [index for index, (label, _) in enumerate(labelled.labels) if label == "body"]
    assert body == list(range(2, 2 + len(body)))
    return len(body) - (len(text) - 2)


@pytest.mark.parametrize(
    "below",
    [
        ["附：获奖船工名单", "一等奖", "乔宇 罗汉章", "二等奖", "秦川 陆小满"],
        ["各批船只：", "第一批：江鸥、白鹭、翠鸟", "第二批：灰雁、红隼、麻鸭"],
        ["序号 船名 码头", "1 江鸥号 北码头", "2 白鹭号 南码头", "3 翠鸟号 西码头"],
        ["联系电话：0900-4440001", "序号 船名 码头", "1 江鸥号 北码头", "2 白鹭号 南码头", "3 翠鸟号 西码头"],
        ["【乘船须知】", "地址：河口镇渡船路三号", "电话：0900-4440001", "票价：每人两元"],
        ["参考文献：", "[1] 乔宇. 河口渡船小史", "[2] 罗汉章. 木船的修补"],
        ["两队船工名单及成绩", "北队：乔宇三圈、秦川两圈、陆小满两圈", "南队：罗汉章三圈、沈一禾一圈"],
        ["地址：河口镇渡船路三号", "营业时间：六点至二十点，逢大风停航"],
        ["永远等船的人", "二〇一六年三月四日夜"],
        ["2016年3月于河口"],
        [
            "序号 船名 码头",
            *(f"{n} 渡船{n}号 北码头" for n in range(1, 12)),
            "河口航运站",
            "2016年3月4日",
        ],
    ],
)
def test_what_announces_itself_is_text(below):
    """Enclosures, announced lists, tables with a header, fields under their heading, signatures with a place."""
    assert taken(below) == len(below)


def test_a_section_that_goes_on_is_text():
    """A numbered section after the last one is text with the fields right below it; another number is not."""
    text = [
        *TEXT,
        "一、检修范围",
        "全部六条渡船，以及两条备用船的发动机和救生设备。",
        "二、检修时间",
        "自四月一日起，至六月底结束，遇到大风顺延。",
    ]
    below = ["{}、有意参加检修的船厂请按以下方式联系", "联系人：乔宇", "地址：河口镇渡船路三号"]

    assert taken([below[0].format("三"), *below[1:]], text) == 3
    assert taken([below[0].format("七"), *below[1:]], text) == 0


@pytest.mark.parametrize(
    "below",
    [
        ["北岸的桥灯昨夜全部亮起", "老船工教孩子认星星", "码头面馆换了新招牌"],
        ["今日看点：", "北岸的桥灯昨夜全部亮起", "老船工教孩子认星星", "码头面馆换了新招牌"],
        ["【今日看点】", "北岸的桥灯昨夜全部亮起", "老船工教孩子认星星", "码头面馆换了新招牌"],
        ["1 北岸的桥灯昨夜全部亮起", "2 老船工教孩子认星星", "3 码头面馆换了新招牌"],
        ["排名 球队 胜 负", "北岸的桥灯昨夜全部亮起", "老船工教孩子认星星"],
        ["一、北岸的桥灯昨夜全部亮起", "二、老船工教孩子认星星", "三、码头面馆换了新招牌"],
        ["联系电话：0900-4440001"],
        ["地址：河口镇渡船路三号", "电话：0900-4440001"],
        ["【相关链接】", "北岸的桥灯昨夜全部亮起", "老船工教孩子认星星"],
        ["【相关链接】", "北岸的桥灯昨夜亮起。"],
        ["推荐船工名单", "北岸的桥灯昨夜全部亮起", "老船工教孩子认星星"],
        ["附：", "北岸的桥灯昨夜全部亮起无人喝彩", "老船工在河边教孩子们认识星星"],
        ["专题：", "渡船"],
        ["河口航运站", "北岸的桥灯昨夜全部亮起"],
        ["船名 码头 船长", "江鸥 北码头 乔宇"],
        ["【关闭窗口】", "【打印本页】"],
        ["相关附件：", "检修计划.zip"],
        ["2016年3月份最热的帖子", "北岸的桥灯昨夜全部亮起"],
        ["渡船 码头 检修", "河口 航运"],
        ["北码头 南码头 西码头", "订票 退票 改签", "天气 潮汐 水位"],
        ["字号：大 中 小", "分享：微信 微博"],
        ["航运频道：", "首页", "渡船", "码头"],
    ],
)
def test_what_only_stands_below_is_none(below):
    """Headlines, rankings, buttons, rows of links and lone contacts below a text stay outside."""
    assert taken(below) == 0


def test_background_in_full_paragraphs_is_text():
    """Below a heading such as 【相关链接】 whole paragraphs are background, entries of a list are not."""
    below = [
        "【相关链接】",
        "河口渡船始于一九〇三年，最初只有两条木船，船工都是本村人，收入由全村分配，到七十年代才改成机动船，载客量是从前的六倍。",
    ]

    assert taken(below) == 2


def test_sections_above_the_first_paragraph_are_text():
    """Numbered sections of short fields belong to the article that goes on with the next number."""
    above = [
        "一、项目编号：河口-2016-003",
        "二、项目名称：渡船检修",
        "三、中标信息",
        "中标单位",
        "白石船厂",
    ]
    text = [
        *TEXT[:2],
        *above,
        "四、检修的范围是六条渡船，以及两条备用船的发动机和救生设备，不含码头。",
        *TEXT[2:],
    ]

    assert taken([], text) == 0


def test_a_note_on_names_may_stand_below_the_byline():
    """文中人物为化名 belongs to the text though the reporter stands between; the reporter does not."""
    lines = [*TEXT, "本报记者 沈一禾 通讯员 秦川", "（文中船工为化名）", *FOOT]
    labels = label_page(Page([PageLine(n, line) for n, line in enumerate(lines, 1)]), lines, {0}).labels

    assert [label for label, _ in labels[2:7]] == ["body", "body", "byline", "body", "byline"]
