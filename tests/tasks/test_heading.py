"""Promises of title and labels together: a teaser's title does not draw the body to the teaser."""

from tasks.article import read_article

PAGE = """首页 新闻 社会 体育
山路塌方三小时抢通 两村学生照常上课
发布时间:2022-06-14 18:20
6月14日凌晨,一场暴雨冲垮了通往上坪和下坪两个村的山路,塌方处堆起近百立方米泥石。镇里调来两台挖掘机,村民也扛着锄头赶到现场,赶在七点校车经过之前清出了一条便道,四十多名学生照常走进了教室。
热点新闻
古井水质检测结果公布
发布时间:2022-06-13 09:00
检测人员取样三次。
菜价一周回落
"""


def test_the_title_is_looked_for_above_the_text() -> None:
    """With a one-paragraph article and teasers that have titles and dates, the article's own title is found."""
    article = read_article(PAGE.encode())

    assert article.title == "山路塌方三小时抢通 两村学生照常上课"
    assert article.text.startswith("6月14日凌晨")
    assert "取样三次" not in article.text
