"""Promises of signed: essays and letters say at their foot who wrote them, and when."""

import pytest

from tasks.article import read_article

TITLE = "石板下的井"
TEXT = [
    "井在厨房后面，盖着一块石板，每年只打开一次，打开的那天全村的人都去喝一口，喝完再把石板盖上。",
    "打开石板的人是村里最年长的一位，他先把绳子放下去量一量水，量好了用粉笔写在墙上。",
    "墙上的数字已经写了三排，最早的一排被烟熏黑了，要用手电筒才看得清楚。",
]


def read(*foot: str):
    return read_article("\n".join([TITLE, *TEXT, *foot]).encode())


@pytest.mark.parametrize(
    ("foot", "author"),
    [
        (("孙玉玲", "2008年5月3日"), "孙玉玲"),
        (("孙玉玲 2008年5月3日",), "孙玉玲"),
        (("孫玉玲於江城", "2008.5.3"), "孫玉玲"),
        (("riverking", "2008.05.03 15:01"), "riverking"),
        (("RiverKing 2008.5.3",), "RiverKing"),
        (("阿磊", "二〇〇八年五月三日"), "阿磊"),
        (("孙玉玲谨识", "2008年5月3日"), "孙玉玲"),
        (("——孙玉玲 二〇〇八年五月三日于江城",), "孙玉玲"),
        (("2008年5月3日", "孙玉玲"), "孙玉玲"),
    ],
)
def test_a_name_beside_the_day_at_the_foot_is_the_author(foot, author):
    """Above, before or below the day, with 谨识 or a place; the day is that of the text."""
    found = read(*foot)
    assert found.authors == [author]
    assert found.published_at is not None
    assert f"{found.published_at:%Y-%m-%d}" == "2008-05-03"


@pytest.mark.parametrize(
    "foot",
    [
        ("二〇〇八年五月三日于江城",),
        ("写于2008年5月3日",),
        ("返回目录", "2008-05-03"),
        ("江城", "2008年5月3日"),
        ("石桥小学", "2008年5月3日"),
        ("Updated 2008-05-03",),
        ("2008年5月3日", "返回页"),
        ("riverking", "2008-05-03 15:01", "写得真好，明年我也去喝一口。"),
        ("riverking", "2008-05-03 15:01", "写得真好", "stone77", "2008-05-04 09:12", "我也去过那里"),
        ("高清 2008年5月3日",),
        ("于是 2008年5月3日",),
        ("老周",),
        ("点击 2008-05-03",),
        ("孙玉玲", "那口井一直在那里，2008年5月3日再打开的时候水位没有变。"),
        ("发布 2008-05-03",),
        ("TOP", "2008-05-03"),
        ("5月3日", "打印本页"),
        ("©2008 石桥小站",),
    ],
)
def test_what_is_no_name_signs_nothing(foot):
    """Places, schools, buttons, the heads of comments: nobody is the author."""
    assert read(*foot).authors == []


@pytest.mark.parametrize("foot", ["二〇〇八年五月三日于江城", "写于2008年5月3日", "2008.5.3夜"])
def test_a_day_with_its_place_ends_a_text(foot):
    """Where nothing else is dated, the day the text was written is its day."""
    found = read(foot)
    assert found.published_at is not None
    assert f"{found.published_at:%Y-%m-%d}" == "2008-05-03"
