"""Different articles stay apart, whatever they share: forms, quotations, a page that holds both."""

import random

import pytest

from tasks.dedupe import ArticleText


def test_different_articles_stay_apart(index, written, take_in):
    """Three hundred articles are three hundred clusters."""
    rows = take_in(index, written)
    assert len({row["cluster_id"] for row in rows.values()}) == len(written)
    assert all(row["is_canonical"] for row in rows.values())


def test_template_pages_stay_apart(index, take_in):
    """A hundred pages of one form, with other names and numbers, are a hundred articles."""
    rng = random.Random(5)
    pages = []
    for n in range(100):
        names = "".join(rng.sample("赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦尤许", 8))
        pages.append(
            ArticleText(
                f"{n:032x}",
                f"{names[:2]}镇供电所{rng.randint(1, 12)}月{rng.randint(10, 28)}日发布停电通知。因{names[2:4]}线路检修，"
                f"{rng.randint(10, 23)}时{rng.randint(10, 59)}分起对{names[4:6]}村等{rng.randint(100, 999)}户停电，"
                f"编号{rng.randint(10000, 99999)}。请广大用户提前做好准备，妥善安排生产和生活，由此带来的不便敬请谅解。"
                f"检修期间请勿靠近线路和设备，发现问题请及时拨打服务电话{rng.randint(1000000, 9999999)}，"
                f"我们将安排人员尽快到达现场处理，感谢您对我们工作的理解和支持。联系人{names[6:]}。",
                f"{names[:2]}镇停电通知",
            )
        )
    rows = take_in(index, pages)
    assert len({row["cluster_id"] for row in rows.values()}) >= 98


@pytest.mark.parametrize("titled", [True, False], ids=["titled", "untitled"])
@pytest.mark.parametrize("order", ["ABabc", "ABbac", "AabBc", "abABc", "aAbcB"])
def test_pages_with_two_articles_keep_two_apart(index, written, copy_of, order, titled, take_in):
    """However often both were in one page, and whichever came first: where each has copies they are two."""
    one, other, third = (
        copy_of(written[3], 0, f"{written[3].text}\n{written[6].text}"),
        written[4],
        written[5],
    )
    title = "{}新闻集锦 2023年5月{}日" if titled else ""
    arrivals = {
        "A": [ArticleText("a" * 32, f"{one.text}\n{other.text}", title.format("临江", 3) or None)],
        "B": [ArticleText("b" * 32, f"{third.text}\n{one.text}", title.format("东港", 9) or None)],
        "a": [one, copy_of(one, 1, "今日转载。" + one.text)],
        "b": [other, copy_of(other, 2, "今日转载。" + other.text)],
        "c": [third, copy_of(third, 3, "今日转载。" + third.text)],
    }
    rows = {}
    for snapshot, each in enumerate(order):
        rows |= take_in(index, arrivals[each], snapshot + 1)
    clusters = [{rows[each.article_id]["cluster_id"] for each in arrivals[name]} for name in "abc"]
    assert [len(each) for each in clusters] == [1, 1, 1]
    assert len(set.union(*clusters)) == 3


def test_two_pages_with_two_articles_do_not_outvote_titles(index, written, copy_of, take_in):
    """Both pages went with the article that was there first; the other one has a title of its own."""
    there, late = copy_of(written[9], 1), copy_of(written[11], 2)
    joined = copy_of(late, 3, f"{late.text}\n{there.title}\n{there.text}")
    digest = copy_of(late, 4, f"{late.text}\n{there.title}\n{there.text}", "临江新闻集锦 2012年6月19日")
    rows = {}
    for snapshot, each in enumerate((there, joined, digest, late)):
        rows |= take_in(index, [each], snapshot + 1)
    assert rows[joined.article_id]["cluster_id"] == rows[there.article_id]["cluster_id"]
    assert rows[late.article_id]["cluster_id"] == late.article_id


@pytest.mark.parametrize("count", [2, 3, 8])
def test_the_first_pages_of_a_form_stay_apart(index, count, take_in):
    """Before a form is common text its numbers tell one page from another; a reprint of one is its copy."""
    form = (
        "{0}供水公司{1}月{2}日发布通知：因{0}第{3}泵站检修，{1}月{2}日{4}时至{5}时{0}城区部分用户水压偏低，高层住户可能无水。"
        "请各单位和居民提前储水，检修期间关好龙头，恢复供水后先放掉管中浑水再饮用。施工车辆进出时请行人绕行，注意现场警示标志。"
        "如有疑问请拨打服务热线，值班人员全天接听。抢修队伍将尽快完成作业，由此带来的不便请用户谅解。"
    )
    values = [(10 + n * 3, 11 + n * 7, 20 + n, 10 + n, 17 + n) for n in range(count)]
    towns = "临江 云岭 东港 河西 青石 北坪 新川 南屿".split()
    pages = [
        ArticleText(f"{n:032x}", form.format(town, *each), f"{town}停水通知")
        for n, (town, each) in enumerate(zip(towns, values, strict=False))
    ]
    reprint = ArticleText("f" * 32, f"来源：海宁在线\n{pages[0].text}", pages[0].title)
    rows = take_in(index, [*pages, reprint])
    assert len({row["cluster_id"] for row in rows.values()}) == count
    assert rows[reprint.article_id]["cluster_id"] == rows[pages[0].article_id]["cluster_id"]


NOTICES = {
    "court": "{0}人民法院公告：{1}{2}，本院受理原告诉你合同纠纷一案，案号为（2019）民初{3}号，现依法向你公告送达起诉状副本、应诉通知书和"
    "开庭传票。自公告之日起经过六十日即视为送达。定于2019年{4}月{5}日{6}时30分在第{7}审判庭开庭审理，逾期将依法缺席判决。",
    "forecast": "{0}气象台2019年{4}月{5}日17时发布：今天夜间到明天白天{1}转{2}，最低气温{6}度，最高气温{7}度，相对湿度{8}%。未来"
    "三天天气平稳，请市民根据气温变化及时增减衣物，出行时关注道路交通情况，谨防感冒。",
}


@pytest.mark.parametrize("form", NOTICES)
def test_notices_of_a_few_lines_stay_apart(index, form, take_in):
    """A year, a day and an hour agree by chance; a reprint has all the numbers."""
    draw = random.Random(4)
    towns, words = "临江 云岭 东港 河西".split(), "晴好 多云 小雨 阴天 大风 有雾".split()
    pages = []
    for n in range(300):
        numbers = (
            draw.randrange(*span) for span in ((1000, 99999), (1, 12), (1, 28), (8, 17), (18, 36), (40, 95))
        )
        town = draw.choice(towns)
        text = NOTICES[form].format(town, *draw.choices(words, k=2), *numbers)
        pages.append(ArticleText(f"{n:032x}", text, f"{town}通告"))
    reprints = [
        ArticleText(f"f{n:031x}", f"来源：海宁在线\n{pages[n].text}", pages[n].title) for n in range(9)
    ]
    rows = take_in(index, [*pages, *reprints])
    assert len({rows[page.article_id]["cluster_id"] for page in pages}) >= 298
    for page, reprint in zip(pages, reprints, strict=False):
        assert rows[reprint.article_id]["cluster_id"] == rows[page.article_id]["cluster_id"]


@pytest.mark.parametrize("titled", [True, False], ids=["titled", "untitled"])
def test_articles_that_quote_one_saying_stay_apart(index, written, titled, take_in):
    """A page that is no more than a saying is no copy of those that quote it, and does not bring them together."""
    saying = "修桥先看河，开店先看人，凡事先问住在那里的人要什么，再问手里有多少钱、几双手、几个月，最后才画图样，这样的桥走得久，这样的店开得长。"
    quoting = [
        ArticleText(
            f"{n:032x}",
            article.text.replace("。", f"。老话说：{saying}", 1),
            article.title if titled else None,
        )
        for n, article in enumerate([each for each in written if len(each.text) > 460][:12])
    ]
    rows = take_in(index, [ArticleText("f" * 32, saying, "一句老话" if titled else None)])
    for snapshot, each in enumerate(quoting, 2):
        rows |= take_in(index, [each], snapshot)
    assert len({row["cluster_id"] for row in rows.values()}) == 13
