"""Pages without a sentence: notes and messages set line by line, and rows of headlines that only look like them."""

import pytest

from tasks.extract import label_page
from tasks.lines import Page, PageLine
from tasks.metadata.titles import find_title


def body_of(lines: list[str], title: int = 1) -> list[str]:
    page = Page([PageLine(n, line) for n, line in enumerate(lines, 1)])
    labels = label_page(page, lines, {title}).labels
    return [line for line, (label, _) in zip(lines, labels, strict=True) if label == "body"]


NOTE = """
今天一個人去了河口的老碼頭
但從沒有想過會下雨
搭上最後一班船的時候天已經黑了
船上只有我和一位阿嬤
她說她等的人也還沒有來
燈一盞一盞地亮起來
木頭的船艙裡有桐油的味道
靠岸的時候雨也就停了
""".strip().split("\n")
MESSAGE = """
今天
河口镇春季渡船检修正式开始
六条渡船分三批进厂
首批两条船昨天上岸
每批大约需要二十天
备用船每小时一班
船工一百二十人到岗
码头设立服务点四处
配备救生衣三百件
营造安全有序的乘船环境
""".strip().split("\n")
HEADLINES = """
北岸的桥灯昨夜全部亮起
老船工教孩子认星星
码头面馆换了新招牌
渡口老茶馆重新开张
镇小学添了一间阅览室
河口大桥明年六月合龙
春季检修渡船分批进厂
两条新船在船厂下水
""".strip().split("\n")


def test_notes_without_marks_are_text() -> None:
    """A weblog in lines without marks is read up to the words of its pictures."""
    lines = ["小舟的部落格", "河口的老碼頭", "2012.3.17", *NOTE, "arrow", "arrow", "全站熱搜"]

    assert body_of(lines) == NOTE


def test_a_message_above_its_credits_is_text() -> None:
    """Many short lines without marks right above reporter and editor are a message set line by line."""
    lines = ["河口发布", "渡船检修今天开始", *MESSAGE, "记者/沈一禾", "编辑/乔宇"]

    assert body_of(lines) == MESSAGE


def test_no_line_without_marks_is_the_title() -> None:
    """No line of a weblog without marks is its title, however much it looks like one."""
    lines = [
        "小舟的部落格",
        "日誌 相簿 影音 名片",
        "河口的老碼頭邊上",
        *NOTE,
        "就這樣過完了這一個長長的冬天",
        "全站熱搜",
    ]

    title = find_title(Page([PageLine(n, line) for n, line in enumerate(lines, 1)]), lines)

    assert max(title.lines) <= 2


@pytest.mark.parametrize(
    "below",
    [
        pytest.param(HEADLINES, id="headlines"),
        pytest.param([*HEADLINES, "上一篇：码头添了一盏灯"], id="headlines above neighbours"),
        pytest.param([*HEADLINES[:5], "责任编辑：沈一禾"], id="few headlines above an editor"),
        pytest.param(
            [h + "，" + h for h in HEADLINES] + ["责任编辑：沈一禾"], id="long headlines above an editor"
        ),
    ],
)
def test_headlines_without_a_sentence_are_none(below: list[str]) -> None:
    """Rows of headlines below a title are no article, whatever stands below them."""
    assert body_of(["河口新闻网", "渡船检修今天开始", "2016-03-04 来源：河口晚报", *below]) == []


DIARY = """
上午搭头班船去了北岸
岸上的豆腐店还没有开门，我们就坐在台阶上等
老板来了以后先给我们倒了茶
他说今天的豆子是昨晚泡的，水是河里挑来的，火候要看天气，所以每一锅都不一样，我们听得忘了时间
中午在船上吃的
""".strip().split("\n")
ASIDE = "回来的时候船上人很多，我和姐姐只好站在船尾，她说她就在这里学会了看水，哪里深哪里浅一眼就知道，可惜现在用不上了…"


def test_a_long_line_of_a_note_is_text() -> None:
    """A note without full stops goes on past a long line that pauses at commas, even one that trails off."""
    lines = ["首页", "北岸一日", "2019-09-25 12:13", *DIARY, ASIDE, "晚上回到镇里", "相关游记", "河口一日"]

    assert body_of(lines) == [*DIARY, ASIDE, "晚上回到镇里"]


@pytest.mark.parametrize(
    "below",
    [
        pytest.param(
            "渡口快报：北岸新桥合龙，两岸居民通行时间缩短，首批公交线路开通，票价两元，老人免费，学生半价…",
            id="a teaser",
        ),
        pytest.param(
            "河东网 渡口 码头 新桥 旧桥 豆腐店 船厂 面馆 学校 医院 公园 车站 邮局 银行 集市 粮店 药房 书店 茶馆",
            id="a row of words",
        ),
    ],
)
def test_a_long_line_of_another_kind_ends_it(below: str) -> None:
    """Teasers and menus below a note have no function characters, or no pauses."""
    lines = ["首页", "北岸一日", "2019-09-25 12:13", *DIARY, below]

    assert below not in body_of(lines)
