"""Titles of plain text told by the path above them, and lines near them that are none."""

import pytest

from tasks.lines import Page, PageLine
from tasks.metadata import find_title

STEPS = "镇上的人把草鱼切成薄片，先用盐和料酒抓一抓，再放进滚开的酸汤里，煮到鱼片发白就起锅。"
AFTER = "鱼要新鲜，酸汤要隔年的，豆腐煮得越久越入味，吃的时候撒一把香菜。"


def title_of(*texts: str) -> str | None:
    page = Page([PageLine(number, text) for number, text in enumerate(texts, 1)])
    return find_title(page, texts).title


@pytest.mark.parametrize(
    "path", ["美食 > 家常菜 > 酸汤草鱼", "首页 » 美食 » 酸汤草鱼", "當前位置：首頁 › 菜譜 › 酸汤草鱼"]
)
def test_a_short_title_below_its_path(path: str) -> None:
    """A line that is the last step of the path right above it is the title, however short."""
    assert (
        title_of("首页 美食 菜谱", path, "酸汤草鱼", "材料：", "姜片10克", "料酒2大匙", STEPS, AFTER)
        == "酸汤草鱼"
    )


@pytest.mark.parametrize(
    "texts",
    [
        pytest.param(("首页 > 镇内新闻 > 镇内动态", "镇内动态"), id="a column"),
        pytest.param(("首页 > 党建 > 上级精神", "上级精神"), id="another"),
        pytest.param(("首页 > 酸汤草鱼", "酸汤草鱼"), id="a path of two steps"),
        pytest.param(("首页 > 家常菜 > 酸汤草鱼的做法", "酸汤草鱼"), id="a part of the step"),
        pytest.param(("首页 > 家常菜 > 酸汤草鱼", "更多菜谱", "酸汤草鱼"), id="not right below"),
    ],
)
def test_a_column_below_its_path_is_no_title(texts: tuple[str, ...]) -> None:
    """Columns stand below their path too, and a path of two steps ends with one."""
    assert title_of("首页 美食 菜谱", *texts, "材料：", "姜片10克", "料酒2大匙", STEPS, AFTER) is None


@pytest.mark.parametrize("line", ["白糖1大匙，小火", "五花肉 300g", "生抽2勺"])
def test_what_goes_into_a_dish_is_no_title(line: str) -> None:
    """A short line with an amount right above the text is an ingredient."""
    assert title_of("首页 美食 菜谱", line, STEPS, AFTER) is None


@pytest.mark.parametrize(
    "title", ["每人限购10公斤，河东大米凭票供应的那些年", "一条5斤重的草鱼", "渡口300米内禁止钓鱼"]
)
def test_titles_may_hold_amounts(title: str) -> None:
    """An amount in a headline, or before the thing it is an amount of, takes nothing from it."""
    assert title_of("首页 美食 菜谱", title, "2019-11-08 07:35", STEPS, AFTER) == title


@pytest.mark.parametrize("site", ["河东日报 hdrb.cn", "河东晚报 The Hedong Evening"])
def test_a_site_above_the_day_is_no_title(site: str) -> None:
    """A medium with its domain or its name in Latin letters loses to the headline below the day."""
    title = "渡口：夜班船停开以后摆渡人改卖豆腐"
    assert (
        title_of(
            site, "2019年11月8日（星期五）", "要闻 本地 国际 财经 体育", title, "列印 分享", STEPS, AFTER
        )
        == title
    )


@pytest.mark.parametrize(
    "title", ["河东渡口 APP 上线首日访问量过万", "一张旧报 hello 背后的故事", "社区夜校 AI 课程报满"]
)
def test_headlines_may_hold_latin_words(title: str) -> None:
    """Only the name of a medium makes a site of a line with Latin letters."""
    assert title_of("首页 要闻 本地", title, "2019-11-08 07:35", STEPS, AFTER) == title


@pytest.mark.parametrize(
    "line",
    [
        "河东渡口恢复夜间班船http://www.hedong.example 2008年03月26日 16:22 河东晨报",
        "河东渡口恢复夜间班船 http://hedong.example/ 2008-03-26 16:22",
    ],
)
def test_title_day_and_address_on_one_line(line: str) -> None:
    """The address of the site between title and day is part of neither."""
    assert title_of("首页 要闻 本地", line, STEPS, AFTER) == "河东渡口恢复夜间班船"


@pytest.mark.parametrize(
    "line",
    [
        "http://www.hedong.example 2008年03月26日 16:22 河东晨报",
        "来源：http://www.hedong.example 2008年03月26日",
    ],
)
def test_an_address_alone_is_no_title(line: str) -> None:
    """A line of address and day has no title."""
    assert title_of("首页 要闻 本地", line, STEPS, AFTER) is None
