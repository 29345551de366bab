"""Labels of writers that stand alone or in another tongue; words of a frame sign nothing."""

import pytest

from tasks.lines import Page, PageLine
from tasks.metadata.attribution import find_outlet
from tasks.metadata.bylines import find_people
from tasks.metadata.zones import find_zones

TITLE = "河东渡口恢复夜间班船"
PROSE = "入冬以后，河东镇的渡口改成了一天四班船。镇上的老人说，这条水路已经走了三代人。"


def people_of(head=(), tail=(), tail_label="boilerplate", named=(), date_at=-1, prose=PROSE):
    texts = [TITLE, *head, prose, *tail]
    labels = ["title", *["metadata"] * len(head), "body", *[tail_label] * len(tail)]
    page = Page([PageLine(i, t) for i, t in enumerate(texts, 1)], True, named_authors=named)
    zones = find_zones(texts, labels, 0)
    return find_people(zones, page, date_at), zones, page


@pytest.mark.parametrize(
    ("line", "names"),
    [
        ("By Emily Carter", ["Emily Carter"]),
        ("Author, 孙玉明、乔振海", ["孙玉明", "乔振海"]),
        ("作者, 孫玉明", ["孫玉明"]),
        ("作者, 渡口的人都這樣說", []),
        ("作者,讀者,編輯", []),
        ("by 孙玉明", ["孙玉明"]),
        ("孙小河　著", ["孙小河"]),
        ("By river77", ["river77"]),
        ("By 2019", []),
        ("by river77", []),
        ("By admin", []),
        ("By continuing you agree", []),
        ("By Using This Site You Agree", []),
        ("渡口 名著", []),
        ("四大 名著", []),
        ("成效显著", []),
        ("渡口往事　著", []),
    ],
)
def test_who_wrote_in_other_words(line, names):
    """By and a name, or a name before 著, alone on a line."""
    assert people_of([line])[0].credits.authors == names


def test_the_heading_of_a_list_is_no_editor():
    """An empty label below the text takes no heading of related articles for its name."""
    for heading in ("相关阅读", "推荐文章"):
        assert people_of(tail=["责任编辑：", heading], tail_label="related")[0].credits.editors == []
    assert people_of(tail=["责任编辑：", "石磊"])[0].credits.editors == ["石磊"]


def test_a_button_signs_nothing():
    """A button in brackets below the text is no signature; a name there is."""
    assert people_of(tail=["【关闭】"])[0].credits.authors == []
    assert people_of(tail=["【孙玉明】"])[0].credits.authors == ["孙玉明"]


@pytest.mark.parametrize(
    ("end", "names"),
    [
        ("（孙玉明）（来源：河东网-《河东时报》）", ["孙玉明"]),
        ("(孙玉明) (文章来源:河东网)", ["孙玉明"]),
        ("（孙玉明 乔振海）【来源：河东网】", ["孙玉明", "乔振海"]),
        ("（见图）（来源：河东网）", []),
        ("（来源：河东网）", []),
    ],
)
def test_the_outlet_may_stand_behind_who_signs(end, names):
    """Names in brackets at the end sign a text, also where a bracket with the outlet follows."""
    assert people_of(prose=PROSE + end)[0].credits.authors == names


def test_several_names_in_one_element():
    """An element named after the author may hold several names."""
    assert people_of(["孙玉明 乔振海 2人"], named=("孙玉明 乔振海",))[0].credits.authors == [
        "孙玉明",
        "乔振海",
    ]
    assert people_of(["江上 钓客 2人"], named=("江上 钓客",))[0].credits.authors == ["江上 钓客"]


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("作者：网络整理 时间：2019-11-08", "网络整理"),
        ("作者:本站原创", "本站原创"),
        ("作者：佚名", None),
        ("作者：admin", None),
        ("作者：未知 来源：网络", "网络"),
        ("作者：网络工程师老周", None),
        ("作者：本站记者", None),
        ("作者：网络安全科", None),
    ],
)
def test_nobody_who_tells_where_it_is_from(line, outlet):
    """What stands for the writer and names the net or the site says where an article is from; nobody is no outlet."""
    people, zones, page = people_of([line])
    found = find_outlet(zones, -1, people, None, page)
    assert (None if found is None else found[0]) == outlet


@pytest.mark.parametrize(
    ("line", "outlet"),
    [
        ("2019年11月08日 17:21 网络整理 阅读(12)", "网络整理"),
        ("2019-11-08 本站原创", "本站原创"),
        ("2019-11-08 17:21 互联网", None),
        ("2019-11-08 17:21 网络整理师的一天", None),
        ("2019-11-08 17:21 综合报道", None),
    ],
)
def test_nobody_beside_the_day(line, outlet):
    """What stands for a source on the date line is kept where the page names none; a column there is none."""
    people, zones, page = people_of([line])
    found = find_outlet(zones, zones.texts.index(line), people, None, page)
    assert (None if found is None else found[0]) == outlet


@pytest.mark.parametrize(
    ("panel", "name"),
    [
        (["慢船渡河", "级别: 骑士", "发帖: 316", "威望: 402 点"], "慢船渡河"),
        (["慢船渡河", "中级会员", "UID", "33102", "帖子", "188"], "慢船渡河"),
        (["打印 | 收藏主题", "river77", "等级：书童", "注册时间：2007-06-02"], "river77"),
        (["级别: 骑士", "发帖: 316"], None),
        (["慢船渡河", "发帖: 316"], None),
        (["慢船 渡河", "级别: 骑士", "发帖: 316"], None),
        (["首页", "积分", "帖子"], None),
        (["admin", "级别: 骑士", "发帖: 316"], None),
        (["慢船渡河", "级别比赛", "积分榜"], None),
    ],
)
def test_the_member_above_the_post(panel, name):
    """A board prints what it knows of a member below the name; one such line alone says nothing."""
    people, _, _ = people_of([*panel, "发表于 2019-11-02 21:13"], date_at=len(panel) + 1)
    assert people.credits.authors == ([name] if name else [])
