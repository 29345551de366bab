"""Promises of zones: which lines below a text may hold its credits."""

import pytest

from tasks.metadata.zones import find_zones

TEXT = ["河东渡口恢复夜间班船", "入冬以后，河东镇的渡口改成了一天四班船，坐船的多是放学的孩子和赶集的菜农。"]


def tail(lines, label="comment"):
    labels = ["title", "body", *[label] * len(lines)]
    return find_zones([*TEXT, *lines], labels, 0).tail


@pytest.mark.parametrize(
    "heading", ["跟帖 2条", "已有2条评论，共3人参与", "留言板", "我来说两句", "网友回覆", "回帖"]
)
@pytest.mark.parametrize("entry", ["发表时间：2019-11-08 10:11 作者：柳树下", "渡客 3小时前", "1楼 渡客"])
def test_credits_among_comments_are_not_the_articles(heading, entry):
    """A heading with an entry of a reader below it ends what is read below a text."""
    assert tail([heading, entry, "摄影：林大同"]) == []


@pytest.mark.parametrize(
    ("lines", "label"),
    [
        (["我来说两句(0)", "（责任编辑：石磊）"], "comment"),
        (["已有2条评论", "责任编辑：石磊", "打印"], "comment"),
        (["评论区", "2019-11-08 10:11 来源：河东晚报"], "metadata"),
        (["发布时间：2019-11-08 10:11", "石磊"], "comment"),
        (["渡客", "2019-11-08 10:11", "回复 赞(3)", "河滩散人", "2019-11-09 10:11"], "comment"),
    ],
)
def test_a_button_for_comments_hides_no_credits(lines, label):
    """The same words are a button above the credits of the article where no reader's entry follows."""
    assert tail(lines, label) == list(range(2, 2 + len(lines)))


@pytest.mark.parametrize("heading", ["读者来评", "Comments (2)"])
def test_several_days_with_authors_are_readers_entries(heading):
    """Two lines with a day and an author below a text end what is read there, whatever heads them."""
    entries = ["2019-11-08 10:11 作者：柳树下", "渡船回来就好", "2019-11-09 18:02 作者：河滩散人"]
    assert tail([heading, *entries, "摄影：林大同"], "boilerplate") == [2]


@pytest.mark.parametrize(
    "lines",
    [
        ["2019-11-08 10:11 作者：石磊", "责任编辑：林大同"],
        ["2019-11-08 10:11 作者：石磊", "2019-11-08 10:11 作者：石磊"],
        ["作者：石磊", "作者单位：河东渡口", "2019-11-08"],
        ["2019-11-08 10:11 来源：河东晚报", "2019-11-09 10:11 来源：河东晚报"],
    ],
)
def test_one_day_with_an_author_is_the_articles(lines):
    """One author, however often, and days without one stay below a text."""
    assert tail(lines, "metadata") == list(range(2, 2 + len(lines)))
