"""Text that its writer broke at every pause, and short lines around articles that look a little like it."""

import pytest

from tasks.extract import label_page
from tasks.lines import Page, PageLine

TITLE = "老船工写给渡口的一封信"
DATE = "2019-04-03 11:40 来源：河东晚报"
CLAUSES = """
如果我还欠着谁的船钱，
请来码头找我的女儿，
她会一分不少地还上。
近日，河东渡口的
老船工秦川
写下的这封信
在镇上传开了，
读过的人都说，
信里没有一个多余的字。
""".strip().split("\n")
PARAGRAPHS = [
    "他在信里写道，自己在这条河上撑了四十一年船，送过新娘，送过学生，也送过半夜发病的老人。",
    "他说船可以拆，桨要留下，因为桨上有三代人的手印，将来孩子们问起来，总要有个东西可以指给他们看。",
]
LAST = """
据了解，
秦川今年七十三岁，
他的船下个月就要上岸，
新的渡船已经在厂里下了水。
镇上的人说，
到那一天，
大家都会去码头送他。
""".strip().split("\n")
FOOT = "特别声明：以上内容为用户上传并发布，本平台仅提供信息存储服务。"


def labels_of(lines: list[str]) -> dict[str, str]:
    page = Page([PageLine(number, line) for number, line in enumerate(lines, 1)])
    return dict(zip(lines, (label for label, _ in label_page(page, lines, {0}).labels), strict=True))


def test_clauses_around_paragraphs_are_text() -> None:
    """An article that begins and ends with a clause to a line is whole."""
    labels = labels_of([TITLE, DATE, *CLAUSES, *PARAGRAPHS, *LAST, FOOT])

    assert {labels[line] for line in (*CLAUSES, *PARAGRAPHS, *LAST)} == {"body"}
    assert labels[FOOT] == "legal"


def test_clauses_alone_are_text() -> None:
    """A whole article may be set so, with a menu above it and a list below."""
    menu, related = ["首页", "新闻", "生活"], ["相关新闻", "渡船今日停航", "北岸修起新桥"]
    labels = labels_of([TITLE, *menu, DATE, *CLAUSES, *LAST, *related])

    assert {labels[line] for line in (*CLAUSES, *LAST)} == {"body"}
    assert "body" not in {labels[line] for line in (*menu, *related)}


HEADLINES = [
    "渡船今日停航",
    "北岸修起新桥，旧桥拆除",
    "老船工上岸了",
    "镇小学开学第一课",
    "面馆换了招牌",
    "两条新船下水",
]
CRIES = ["船好漂亮！", "顶一下。", "写得真好！", "我也坐过这条船。", "沙发！", "谢谢分享。"]
INGREDIENTS = ["草鱼一条，", "豆腐两块，", "姜片10克，", "料酒一匙，", "盐少许，", "葱花适量。"]
WORDS = ["渡口，", "码头，", "船桨，", "缆绳，", "桐油，", "船灯。"]


@pytest.mark.parametrize(
    "below",
    [
        pytest.param(HEADLINES, id="headlines"),
        pytest.param(CRIES, id="comments"),
        pytest.param(INGREDIENTS, id="what goes into a dish"),
        pytest.param(WORDS, id="words with commas"),
    ],
)
def test_other_short_lines_are_none(below: list[str]) -> None:
    """Short lines below an article without clauses that end in commas, or without function words, stay outside."""
    labels = labels_of([TITLE, DATE, *PARAGRAPHS, "渡口服务", *below, FOOT])

    assert {labels[line] for line in PARAGRAPHS} == {"body"}
    assert "body" not in {labels[line] for line in below}


@pytest.mark.parametrize("mark", ["|", "？", "?"])
def test_a_mark_alone_is_no_text(mark: str) -> None:
    """The edge of a table, or what is left of a character, between and below paragraphs is dropped."""
    labels = labels_of([TITLE, DATE, PARAGRAPHS[0], mark, PARAGRAPHS[1], FOOT])

    assert labels[mark] == "boilerplate"
    assert {labels[line] for line in PARAGRAPHS} == {"body"}


@pytest.mark.parametrize("line", ["……", "***", "？？？", "——", "3", "！"])
def test_marks_that_speak_are_left(line: str) -> None:
    """What a writer sets between paragraphs, or says with marks alone, stays where the text is."""
    assert labels_of([TITLE, DATE, PARAGRAPHS[0], line, PARAGRAPHS[1], FOOT])[line] == "body"
