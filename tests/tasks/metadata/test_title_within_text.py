"""Lines of the text and the fields above it are no titles, however short they are."""

import pytest

from tasks.lines import Page, PageLine
from tasks.metadata.title_prose import prose_start
from tasks.metadata.titles import find_title

TITLE = "河东渡口恢复夜间班船 居民出行多一条路"
PROSE = "入冬以后，河东镇的渡口改成了一天四班船。镇上的老人说，这条水路已经走了三代人。"


def page_of(texts: list[str], linked: tuple[int, ...] = ()) -> Page:
    return Page(
        [PageLine(i + 1, text, link_share=1.0 if i in linked else 0.0) for i, text in enumerate(texts)]
    )


@pytest.mark.parametrize(
    "texts",
    [
        [
            "话说河东镇从前归西岸的县管，",
            "又因为隔着一条河，所以民国九年",
            "（属西岸县河东乡）一直到民国三十九年",
        ],
        ["河东镇从前归西岸的县管，", "（属西岸县河东乡）一直到民国三十九年"],
        ["经文：约 3：16-18，诗 23：1-6，书 2：14-16"],
    ],
)
def test_a_line_of_the_text_is_no_title(texts):
    """A line that goes on with the lines above it, or cites verses, stands above a text that has no title."""
    page = page_of([*texts, PROSE, PROSE])
    assert find_title(page, [line.text for line in page.lines]).title not in texts


@pytest.mark.parametrize(
    ("above", "linked"),
    [
        ((), ()),
        (("镇上通了自来水，", "河东在线"), ()),
        (("镇上通了自来水，三个村先喝上", "新桥通车，两岸走路十分钟"), ()),
        (("镇上通了自来水，",), (0,)),
        (("各位乡亲，", "河东在线", "本地新闻"), ()),
        (("一、", "二、"), ()),
    ],
)
def test_a_headline_below_a_comma_stays_one(above, linked):
    """Headlines with commas, linked ones and lines apart take nothing from the title below them."""
    page = page_of([*above, TITLE, "2019-11-08 07:35", PROSE], linked)
    assert find_title(page, [line.text for line in page.lines]).title == TITLE


@pytest.mark.parametrize("title", ["河东队3:1胜西岸队 女队2:0取胜", "路加福音3:16-18讲座纪要今天开始报名"])
def test_scores_and_a_single_verse_may_be_in_a_title(title):
    """What is played and one verse alone say nothing against a title."""
    page = page_of([title, "2019-11-08 07:35", PROSE])
    assert find_title(page, [line.text for line in page.lines]).title == title


@pytest.mark.parametrize(
    ("texts", "start"),
    [(["首页", TITLE, PROSE], 2), (["首页", TITLE], 2), ([PROSE], 0), ([], 0)],
)
def test_prose_begins_at_its_first_long_line(texts, start):
    """The first long line with marks begins the prose; a page without one has none."""
    assert prose_start(texts, page_of(texts)) == start


@pytest.mark.parametrize("field", ["讲员：孙玉玲", "經文：約翰福音第三章", "读经：诗篇二十三篇"])
def test_fields_of_a_sermon_stand_below_its_title(field):
    """Who preached and what was read is not the title, in plain text either."""
    page = page_of(["石板下的井", field, "日期：2008年5月3日", PROSE, PROSE])
    assert find_title(page, [line.text for line in page.lines]).title == "石板下的井"


@pytest.mark.parametrize(
    "title",
    ["讲员工宿舍里的一盏灯和一口井", "经文里的渡口和村里的渡口", "读经班招生：从渡口开始", "讲者与听众"],
)
def test_such_words_may_open_a_title(title):
    """Without a colon behind them they say nothing."""
    page = page_of([title, "2008-05-03 15:01", PROSE, PROSE])
    assert find_title(page, [line.text for line in page.lines]).title == title
