"""Datelines: the agency or paper that opens a report; what a text says of others names none."""

import pytest

from tasks.metadata.outlets import dateline_agency, is_outlet


@pytest.mark.parametrize(
    ("text", "agency"),
    [
        ("江海社河东11月8日电 入冬以后", "江海社"),
        ("江海社北京11月8日电（记者 孙玉）入冬以后", "江海社"),
        ("江海网11月8日讯（记者孙玉）", "江海网"),
        ("（江海社記者孫玉玲台南8日電）入冬以後", "江海社"),
        ("河东日报讯（记者 孙玉）", "河东日报"),
        ("本报讯（记者 孙玉）", None),
        ("本网讯 入冬以后", None),
        ("本社北京11月8日电", None),
        ("旅行社组织游客", None),
        ("合作社11月8日挂牌", None),
        ("入冬以后，河东镇的渡口", None),
        ("据河东网11月8日报道，", None),
        ("电台", None),
        ("社区记者看渡口", None),
        ("【河東日報專訊】渡口停航。", "河東日報"),
        ("【河東報訊】記者孫玉玲報道：", "河東報"),
        ("【本報訊】渡口停航。", None),
        ("【渡口專訊】渡口停航。", None),
        ("【本報專訊】渡口停航。", None),
        ("红网河东站3月27日讯 渡口停航。", "红网"),
        ("红网络3月27日讯 渡口停航。", None),
        ("渡口站3月27日讯 入冬以后", None),
        ("河东消息网6月4日报道 渡口停航。", "河东消息网"),
        ("河东网银川6月4日消息（记者 孙玉玲）渡口", "河东网"),
        ("据河东消息网6月4日报道，渡口停航。", None),
        ("河东消息网6月4日报道，渡口停航。", None),
        ("河东日报6月4日报道了渡口停航。", None),
        ("本网6月4日消息（记者 孙玉玲）", None),
    ],
)
def test_agency_of_a_dateline(text, agency):
    """The agency that begins a dispatch; 本报 and 本网 name nobody."""
    assert dateline_agency(text) == agency


@pytest.mark.parametrize(
    ("text", "site", "agency"),
    [
        ("【河東綜合報道】入冬以後，渡口改班。", "加國河東", "河東"),
        ("【河東訊】入冬以後，渡口改班。", "河東 Hedong", "河東"),
        ("【河東綜合報道】入冬以後，渡口改班。", "江海", None),
        ("【河東綜合報道】入冬以後，渡口改班。", None, None),
        ("【河東往事】入冬以後，渡口改班。", "加國河東", None),
        ("【本報訊】入冬以後，渡口改班。", "本報訊息站", None),
        ("河東綜合報道，入冬以後，渡口改班。", "加國河東", None),
    ],
)
def test_the_name_of_the_site_in_the_bracket_that_opens(text, site, agency):
    """A part of the name of the site is who reports, whatever it ends like; any other word is none."""
    assert dateline_agency(text, site) == agency


@pytest.mark.parametrize("column", ["其他新闻", "其它资讯", "更多新闻", "相关报道"])
def test_columns_are_no_media(column):
    """A heading of a list that ends like a medium is none."""
    assert not is_outlet(column)


@pytest.mark.parametrize("name", ["河东新闻", "江海资讯", "渡口新闻网", "他乡新闻", "其山周刊"])
def test_media_that_end_alike_are(name):
    """A name before the same ending makes it one."""
    assert is_outlet(name)
