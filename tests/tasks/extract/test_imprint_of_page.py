"""Promises of above_imprint: who made a page, with the year, is no last line of its text."""

import pytest

from tasks.article import read_article

TITLE = "石板下的井"
TEXT = [
    "井在厨房后面，盖着一块石板，每年只打开一次，打开的那天全村的人都去喝一口，喝完再把石板盖上。",
    "打开石板的人是村里最年长的一位，他先把绳子放下去量一量水，量好了用粉笔写在墙上。",
    "墙上的数字已经写了三排，最早的一排被烟熏黑了，要用手电筒才看得清楚。",
]


def label_of_last(lines: list[str], is_html: bool) -> str:
    if is_html:
        text = "".join(f"<p>{line}</p>" for line in lines)
        html = f"<html><head><title>{TITLE}</title></head><body><h1>{TITLE}</h1>{text}</body></html>"
        return read_article(html.encode(), None, "text/html").lines[-1].label
    return read_article("\n".join([TITLE, *lines]).encode()).lines[-1].label


@pytest.mark.parametrize("is_html", [False, True])
@pytest.mark.parametrize("foot", ["2014 石桥小学", "2014 石桥旧事 使用Inkpot.制作", "2014-2019 石橋國小"])
def test_a_year_and_a_name_at_the_foot_are_not_text(foot, is_html):
    """With the site, the program or a span of years, in plain text and in markup."""
    assert label_of_last([*TEXT, foot], is_html) != "body"


@pytest.mark.parametrize("is_html", [False, True])
@pytest.mark.parametrize(
    "foot",
    [
        ["2014年 石桥小学乡土班"],
        ["2014 石桥小学修好了井台，石板换成了新的。"],
        ["2012 井台重修", "2013 石板换新", "2014 石桥立碑"],
        ["1998 井台重修，石板换新。", "2014 石桥立碑"],
        ["石桥小学乡土班", "2014年5月3日"],
    ],
)
def test_chronicles_and_signatures_stay_text(foot, is_html):
    """Entries of years, a sentence with its year and the day that signs a notice belong to the text."""
    assert label_of_last([*TEXT, *foot], is_html) == "body"
