"""Where the text of a page begins: text broken to fit a width, and short lines above it that are no text."""

import pytest

from tasks.lines import Page, PageLine
from tasks.metadata import find_title
from tasks.metadata.title_prose import prose_start

WRAPPED = [
    "    本公司及董事会全体人员保证所披露的船期真实、准确和完整，没有虚假",
    "记载或者重大遗漏。",
    "    河东渡口股份有限公司（以下称公司）船长许小川、轮机长李南山认为，",
    "新船的检验还没有完成，旧船又已经停航，公司应当把停航的日子写清楚，",
    "让乘客早做打算，有关事项说明如下：",
    "    一、停航的原因",
    "    春汛比往年来得早，渡口的水位比警戒线高出半米，小船靠不上岸，公司",
    "和水利站商量以后，决定从下月一日起停航十天，十天以后再看水位，水位",
    "不退，就接着停，退了就恢复。",
]
HEAD = ["公司公告", "公告编号：2022-213", "河东渡口股份有限公司", "关于春汛期间渡船停航的公告"]


def page_of(texts: list[str]) -> Page:
    return Page([PageLine(number, text) for number, text in enumerate(texts, 1)])


def test_wrapped_text_begins_with_its_first_line() -> None:
    """The lines of a paragraph broken to a width are text, whatever they end with; the title stands above them."""
    texts = [*HEAD, *WRAPPED]

    assert prose_start(texts, page_of(texts)) == len(HEAD)
    assert find_title(page_of(texts), texts).title == HEAD[-1]


@pytest.mark.parametrize(
    "above",
    [
        pytest.param(["河东渡口改班", "2019-11-08 07:35"], id="title and day"),
        pytest.param(
            ["首页 要闻 本地", "河东渡口恢复夜间班船，两岸居民说多亏了新船和老船工"], id="a long headline"
        ),
        pytest.param(
            [
                "河东渡口恢复夜间班船，两岸居民往来只要十分钟，票价不变",
                "今冬渡船改为一天四班，船工轮流值守，夜里也有人",
            ],
            id="two headlines",
        ),
        pytest.param(
            [
                "河东渡口恢复夜间班船，两岸居民往来只要十分钟，票价照旧不变",
                "分享至",
                "河东渡口恢复夜间班船，两岸居民往来只要十分钟，票价照旧不变",
            ],
            id="a headline twice",
        ),
        pytest.param(
            ["渡口时刻表与船票价目一览，请乘客注意查看班次的变化情况"] * 2, id="rows without a width"
        ),
    ],
)
def test_headlines_above_whole_paragraphs_are_none(above: list[str]) -> None:
    """Above paragraphs of one line each, long lines are headlines and not the first lines of the text."""
    text = "入冬以后，河东镇的渡口改成了一天四班船。镇上的老人说，这条水路已经走了三代人，谁也说不清是从哪一年开始的。"
    texts = [*above, text, text.replace("冬", "春")]

    assert prose_start(texts, page_of(texts)) == len(above)
