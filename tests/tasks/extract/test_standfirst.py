"""What stands between title and date line, and the box inside an article that says where it ends."""

import pytest

from tasks.extract import label_page
from tasks.lines import Page, PageLine

TITLE = "南岸渡口换上电动船"
STANDFIRST = "南岸渡口的柴油船下月退役，新船一次充电能走八十里，老船工说最舍不得的是它的声音，和冬天靠着机器取暖的那个角落，以及每天第一班船上卖豆腐的人。"
DATE = "作者：顾小川 字号 大 小 更新于2013年5月15日 06:42 评论(38)"
TEXT = [
    "南岸渡口的第一条电动船昨天靠上码头，船身漆成白色，舱里听得见水拍木板的声音。",
    "船长老顾开了三十一年柴油船，他说新船起步快，靠岸的时候却要重新学着怎么收桨。",
    "按照计划，另外两条旧船下个月拆解，拆下的机器会送到河口的学校里做教具。",
]
ENTRIES = ["上游旧桥夏天拆除", "渡船票价三年未涨"]


def label_of(lines: list[str]) -> dict[str, str]:
    page = Page([PageLine(number, line) for number, line in enumerate(lines, 1)])
    labels = label_page(page, lines, {0}).labels
    return {line: label for line, (label, _) in zip(lines, labels, strict=True)}


def test_a_paragraph_above_the_only_date_line_is_an_abstract() -> None:
    """The article begins below its date line, whatever one paragraph above it sums up."""
    labels = label_of([TITLE, STANDFIRST, DATE, *TEXT])

    assert labels[STANDFIRST] == "summary"
    assert [labels[line] for line in TEXT] == ["body"] * 3


@pytest.mark.parametrize(
    "lines",
    [
        pytest.param([TEXT[0], DATE, "昨日南岸的风停了。"], id="the day at the foot of a short article"),
        pytest.param([TEXT[0], TEXT[1], DATE, TEXT[2], STANDFIRST], id="two paragraphs above it"),
        pytest.param([DATE, TEXT[0] * 2, "下午三点 更新", TEXT[1], TEXT[2]], id="the day above it"),
        pytest.param([TEXT[0] * 2, DATE, TEXT[1], "更新于2013年5月15日 07:10", TEXT[2]], id="a live report"),
        pytest.param([TEXT[0] * 2, "字号 大 小 评论(38)", TEXT[1], TEXT[2]], id="a line without a day"),
    ],
)
def test_a_first_paragraph_stays(lines: list[str]) -> None:
    """A paragraph is text where the date line below it is not the only one, or closes the article."""
    labels = label_of([TITLE, *lines])

    assert labels[next(line for line in lines if line.startswith(TEXT[0]))] == "body"


def test_a_box_that_says_where_it_ends_parts_nothing() -> None:
    """What stands below such a box is still the article; its entries are not."""
    labels = label_of([TITLE, "2013-05-15", *TEXT[:2], "热读", *ENTRIES, "End of 热读", TEXT[2]])

    assert [labels[line] for line in (*TEXT, *ENTRIES)] == ["body"] * 3 + ["related"] * 2


@pytest.mark.parametrize(
    "box",
    [
        pytest.param(["热读", *ENTRIES], id="a list without an end"),
        pytest.param(["热读", *(f"{n}. 渡口旧事" for n in range(20)), "End of 热读"], id="a long list"),
    ],
)
def test_what_follows_another_list_is_none(box: list[str]) -> None:
    """Below a list of other articles without an end of its own, or far below its heading, a teaser is no text."""
    teaser = "上游的旧桥今年夏天拆除，两岸的人要绕行十五里。"

    assert label_of([TITLE, "2013-05-15", *TEXT, *box, teaser])[teaser] != "body"


NOTICE = [
    "各乡镇人民政府，县直各单位：",
    "《南岸渡口管理办法》已经县政府第三次会议通过，现予印发，请遵照执行。",
]
RULES = [
    "第一章 总则",
    "第一条 为了加强渡口管理，保障乘客安全，根据有关法律，制定本办法。",
    "第二条 渡船应当每年检验一次，检验结果在渡口公布。",
]


@pytest.mark.parametrize("day", ["2019年1月17日", "二〇一九年一月十七日"])
def test_the_day_an_office_signs_with_parts_nothing(day: str) -> None:
    """A notice is text from its salutation on, though what it makes known stands below its signature."""
    labels = label_of([TITLE, *NOTICE, "南岸县人民政府", day, *RULES])

    assert [labels[line] for line in (*NOTICE, "南岸县人民政府", day, *RULES)] == ["body"] * 7


@pytest.mark.parametrize(
    "above",
    [
        pytest.param("顾小川", id="who wrote"),
        pytest.param("顾小川 河东之声记者", id="who wrote, and for whom"),
        pytest.param("柴油船的最后一个冬天，舱里还留着机油味。", id="a caption that ends"),
    ],
)
def test_a_day_below_a_name_is_the_day_of_the_article(above: str) -> None:
    """A name that is no office, or a sentence, above the only date line makes no signature of it."""
    labels = label_of([TITLE, STANDFIRST, above, "2013年5月15日", *TEXT])

    assert labels[STANDFIRST] == "summary"
    assert [labels[line] for line in TEXT] == ["body"] * 3
