"""Where a dispatch ends above the list of others, an answer with the office that gives it, a speech with its cry."""

import pytest

from tasks.extract import label_page
from tasks.lines import Page, PageLine

HEAD = ["全电动渡船完成首航", "2023-07-19 14:22 河口通讯"]
FIRST = "河口通讯7月19日讯，河口首条全电动渡船昨天完成首航，满电能走八十里，一年省油四十吨。"
OTHERS = [
    "河口通讯7月19日讯，受大风影响，北码头今天下午停航两个小时，复航时间另行通知。",
    "河口通讯7月19日讯，上周六条渡船共载客两万人次，其中学生占了三成，比前一周略多。",
    "河口通讯7月19日讯，船厂宣布接到两条新船的订单，计划明年春天交货，船身仍用杉木。",
]
COUNTERS = ["渡船码头", "阅读 186 评论(21) 分享", "7月19日 星期三"]


def body_of(lines: list[str], title: int = 0) -> list[str]:
    page = Page([PageLine(n, line) for n, line in enumerate(lines, 1)])
    labels = label_page(page, lines, {title}).labels
    return [line for line, (label, _) in zip(lines, labels, strict=True) if label == "body"]


def under_hours(entries: list[str]) -> list[str]:
    hours = ["14:05", "13:40", "11:18"]
    return [line for pair in zip(hours, entries, strict=False) for line in pair]


def test_other_dispatches_are_none() -> None:
    """Below the dispatch of a page stand others of its wire, each under its hour: they and the counters are none."""
    assert body_of([*HEAD, FIRST, *COUNTERS, *under_hours(OTHERS)]) == [FIRST]


@pytest.mark.parametrize(
    "text",
    [
        pytest.param([FIRST, *OTHERS], id="a round-up has no hours"),
        pytest.param(
            ["校运会今天从早上开始下雨，我们在看台上为你记录。", *under_hours([e[10:] for e in OTHERS])],
            id="a live report repeats no wire",
        ),
        pytest.param([FIRST, *under_hours([e[10:] for e in OTHERS])], id="entries of a chronicle"),
    ],
)
def test_entries_of_one_article_stay(text: list[str]) -> None:
    """Paragraphs of one article are text, whatever they have in common with dispatches."""
    body = body_of([*HEAD, *text, "责任编辑：沈一禾"])

    assert [line for line in text if len(line) > 8] == [line for line in body if len(line) > 8]


LETTER = [
    "码头路灯不亮",
    "2016-03-04 来信",
    "北码头的路灯已经坏了一个月，晚上等船的人只能打着手电，请尽快派人来修。",
]
ANSWER = ["网友您好：", "经查，北码头的路灯因电缆进水停电，维修队已于昨天换好电缆，感谢您的来信。"]


def test_the_office_that_answers_is_text() -> None:
    """The office below an answer signs it, with a day or without."""
    assert body_of([*LETTER, *ANSWER, "河口镇路灯管理所", "您需要登录后才可以评论"])[-1] == "河口镇路灯管理所"


@pytest.mark.parametrize(
    "below",
    [
        pytest.param([*ANSWER, "老船工教孩子认星星"], id="headline"),
        pytest.param([*ANSWER, "办事大厅 路灯管理所"], id="row of links"),
        pytest.param(
            [ANSWER[1].replace("感谢您的来信", "费用由镇里承担"), "河口镇路灯管理所"], id="no greeting"
        ),
    ],
)
def test_what_stands_below_text_signs_nothing(below: list[str]) -> None:
    """Headlines and links below an answer, and an office below other text, stay outside."""
    assert body_of([*LETTER, *below, "您需要登录后才可以评论"])[-1] == below[-2]


RACE = [
    "渡口小学举行划船比赛",
    "2014-06-02",
    "昨天下午，渡口小学的四十名学生在北码头比赛划船，三年级的船第一个到岸。",
]
CRY = "领奖的时候，三年级的孩子们举起船桨，向着岸上的家长和老师大声喊出了练习时天天要喊的那句话："
CLOSED = "版权所有：渡口小学"


@pytest.mark.parametrize(
    ("text", "last"),
    [
        pytest.param([CRY], "“一条心，才叫一条船！”", id="said"),
        pytest.param([], "获奖名单如下：", id="shown by a picture"),
    ],
)
def test_what_the_last_paragraph_announces_is_text(text: list[str], last: str) -> None:
    """A line in quotes below a colon is text, and one that announces what only a picture shows."""
    assert body_of([*RACE, *text, last, CLOSED])[-1] == last


@pytest.mark.parametrize(
    ("text", "below"),
    [
        pytest.param([CRY], "一条船的故事", id="headline below a colon"),
        pytest.param([], "“一条心”的孩子们", id="headline with quotes"),
        pytest.param([], "更多相关文章如下：", id="other articles"),
        pytest.param([], "联系方式如下：", id="address"),
    ],
)
def test_what_announces_nothing_of_the_text_stays_outside(text: list[str], below: str) -> None:
    """Headlines and the headings of lists below the last paragraph are none of it."""
    assert below not in body_of([*RACE, *text, below, CLOSED])


LETTER = [
    "小时候从父亲口中认识的秦伯，是渡口上最会看水的人，一生为了一条船吃了许多苦，也送过许多人。",
    "如今他走了，我们再也听不到他在船头喊人上船的声音，只希望时间能把这份难过慢慢冲淡。",
]


@pytest.mark.parametrize("signed", ["侄女 晓芬 敬上", "晓芬敬上", "渡口全体船工 敬启", "學生 小川 叩首"])
def test_who_signs_a_letter_belongs_to_it(signed: str) -> None:
    """The writer who signs with 敬上 right below the last sentence is text."""
    lines = ["追思秦伯", "2020年4月5日", *LETTER, signed, "最新文章", "渡口今日停航", "查看全部"]

    assert body_of(lines) == [*LETTER, signed]


@pytest.mark.parametrize(
    "below",
    [
        "晓芬",
        "敬上一杯茶的礼仪",
        "船票敬请留意",
        "渡口船工 敬业奉献",
        "首页 敬老 频道",
        "晓芬 敬上 2020 分享 收藏",
        "敬启者",
        "拜上帝会",
    ],
)
def test_other_lines_below_are_no_signature(below: str) -> None:
    """Names alone, and lines that only hold the word, stay outside."""
    lines = ["追思秦伯", "2020年4月5日", *LETTER, below, "最新文章", "渡口今日停航", "查看全部"]

    assert body_of(lines) == LETTER
