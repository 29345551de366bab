import random
import re

import numpy as np
import opencc
import pytest

from tasks.dedupe import ArticleText, assign, fingerprint


def take_in(index, articles, snapshot=1):
    """Assign and apply a batch; return article id -> row."""
    batch = fingerprint(articles)
    outcome = assign(batch, index)
    index.apply(batch, outcome.memberships, snapshot)
    return {row["article_id"]: row for row in outcome.memberships.to_pylist()}


def noisy(text, share, seed=1):
    """Change a share of the characters, as a bad scan does."""
    rng = random.Random(seed)
    return "".join(rng.choice("的一是在不了有和人这") if rng.random() < share else char for char in text)


def sentences(article):
    return [part for part in re.split("(?<=[。！？；])", article.text.replace("\n", "")) if part]


COPIES = {
    "exact": lambda a: a.text,
    "traditional": lambda a: opencc.OpenCC("s2twp").convert(a.text),
    "pinyin-notes": lambda a: a.text.replace("人", "人(rén)").replace("大", "大(dà)"),
    "punctuation": lambda a: a.text.replace("，", ",").replace("。", ". ").replace("\n", ""),
    "cut": lambda a: a.text[: len(a.text) // 2] + "……[详细]",
    "new-head": lambda a: "来源：临江在线 2019年3月5日 点击量：381\n编者按：请看今天的报道。\n" + a.text,
    "paragraphs-moved": lambda a: "".join(sentences(a)[5:] + sentences(a)[:5]),
    "four-percent-noise": lambda a: noisy(a.text, 0.04),
}


@pytest.mark.parametrize("name", COPIES)
@pytest.mark.parametrize("titled", [True, False], ids=["titled", "untitled"])
def test_a_copy_meets_its_original(index, written, copy_of, name, titled):
    """Whatever a site did to a text, in a later batch it joins the original's cluster."""
    take_in(index, written[:60])
    original = written[17]
    copy = copy_of(original, 1, COPIES[name](original), None if titled else "另一个题目")
    row = take_in(index, [copy], 2)[copy.article_id]
    assert row["cluster_id"] == original.article_id
    assert row["duplicate_kind"] in ("exact", "near", "contained")


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_meets_its_original_in_one_batch(index, written, copy_of, name):
    """The same when both arrive together, the copy first."""
    original = written[17]
    copy = copy_of(original, 1, COPIES[name](original))
    rows = take_in(index, [*written[:10], copy, original, *written[20:30]])
    assert rows[original.article_id]["cluster_id"] == copy.article_id


def test_different_articles_stay_apart(index, written):
    """Three hundred articles are three hundred clusters."""
    rows = take_in(index, written)
    assert len({row["cluster_id"] for row in rows.values()}) == len(written)
    assert all(row["is_canonical"] for row in rows.values())


def test_one_frame_around_two_articles_makes_no_copy(index, written):
    """The menus of a site may be longer than its articles."""
    head = "首页 新闻 要闻 时政 国内 国际 社会 财经 " + "".join(sentences(written[0])[:12])
    foot = "".join(sentences(written[1])[:14])
    pages = [
        ArticleText(f"{n:032x}", head + article.text[:400] + foot, article.title)
        for n, article in enumerate(written[10:16])
    ]
    rows = take_in(index, pages)
    assert len({row["cluster_id"] for row in rows.values()}) == len(pages)


def test_template_pages_stay_apart(index):
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


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (2, 0, 1), (2, 1, 0), (1, 2, 0)])
@pytest.mark.parametrize("apart", [True, False], ids=["three-batches", "one-batch"])
def test_a_page_with_two_articles_joins_one(index, written, copy_of, order, apart):
    """Two articles stay two, in whatever order the page that holds both arrives."""
    one, other = written[3], written[4]
    both = copy_of(one, 1, f"{one.text}\n{other.title}\n{other.text}")
    arrivals = [(one, other, both)[place] for place in order]
    rows = {}
    for snapshot, batch in enumerate([[each] for each in arrivals] if apart else [arrivals]):
        rows |= take_in(index, batch, snapshot + 1)
    assert rows[one.article_id]["cluster_id"] != rows[other.article_id]["cluster_id"]
    assert rows[both.article_id]["cluster_id"] in {
        rows[each.article_id]["cluster_id"] for each in (one, other)
    }


def test_pages_of_one_article_come_together(index, written, copy_of):
    """Pages share nothing with each other; when the whole arrives they are one cluster, the oldest."""
    whole = max(written[:50], key=lambda article: len(article.text))
    third = len(whole.text) // 3
    pages = [
        copy_of(whole, n, whole.text[n * third : (n + 1) * third], f"{whole.title}({n + 1})")
        for n in range(3)
    ]
    rows = take_in(index, pages)
    rows |= take_in(index, [whole], 2)
    assert {row["cluster_id"] for row in rows.values()} == {pages[0].article_id}
    assert rows[whole.article_id]["is_canonical"]
    assert {rows[page.article_id]["duplicate_kind"] for page in pages} == {"contained"}


@pytest.mark.parametrize(
    ("wholes", "clusters"), [pytest.param(1, 3, id="one-proves-nothing"), pytest.param(2, 1, id="two-do")]
)
def test_untitled_pages_come_together_when_two_hold_them_all(index, written, wholes, clusters):
    """Without titles one whole text may be three articles in a page; where copies of it follow it is one."""
    whole = max(written[:50], key=lambda article: len(article.text))
    third = len(whole.text) // 3
    texts = [whole.text[n * third : (n + 1) * third] for n in range(3)]
    texts += ["来源：临江在线 点击量：381\n" * n + whole.text for n in range(wholes)]
    rows = {}
    for n, text in enumerate(texts):
        rows |= take_in(index, [ArticleText(f"{n:032x}", text)], n + 1)
    assert len({row["cluster_id"] for row in rows.values()}) == clusters


@pytest.mark.parametrize("titled", [True, False], ids=["titled", "untitled"])
@pytest.mark.parametrize("order", ["ABabc", "ABbac", "AabBc", "abABc", "aAbcB"])
def test_pages_with_two_articles_keep_two_apart(index, written, copy_of, order, titled):
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


@pytest.mark.parametrize("count", [2, 3, 8])
def test_the_first_pages_of_a_form_stay_apart(index, count):
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
def test_notices_of_a_few_lines_stay_apart(index, form):
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


def test_pages_of_a_text_too_long_for_a_full_sketch_are_parts_of_it(index, written):
    """The shorter sketch is thinned like the longer one before they are compared."""
    whole = "\n".join(article.text for article in written[:12])
    quarter = len(whole) // 4
    texts = ["今日转载。" + whole, *(whole[n * quarter : (n + 1) * quarter] for n in range(4)), whole]
    rows = {}
    for n, text in enumerate(texts):
        rows |= take_in(index, [ArticleText(f"{n:032x}", text)], n + 1)
    assert len({row["cluster_id"] for row in rows.values()}) == 1


@pytest.mark.parametrize("titled", [True, False], ids=["titled", "untitled"])
def test_articles_that_quote_one_saying_stay_apart(index, written, titled):
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


def test_the_better_member_takes_over_with_new_rows(index, written, copy_of):
    """The full text replaces its cut copy as survivor; the cluster keeps its id; old rows get a successor."""
    whole = written[9]
    cut = copy_of(whole, 1, whole.text[: len(whole.text) // 2])
    first = take_in(index, [cut])
    rows = take_in(index, [whole], 2)
    assert first[cut.article_id]["is_canonical"]
    assert rows[whole.article_id] == {
        "article_id": whole.article_id,
        "decision": 1,
        "cluster_id": cut.article_id,
        "is_canonical": True,
        "duplicate_of": None,
        "duplicate_kind": None,
        "similarity": None,
    }
    assert rows[cut.article_id]["decision"] == 2
    assert rows[cut.article_id]["duplicate_of"] == whole.article_id
    assert rows[cut.article_id]["duplicate_kind"] == "contained"
    assert rows[cut.article_id]["similarity"] > 0.9


def test_the_better_member_stays_while_its_batch_goes_on(index, written, copy_of):
    """What a batch has decided is not forgotten when it meets other members of the cluster."""
    text, menu = written[9].text, written[10].text[:400]
    cut, framed, later = text[: len(text) * 7 // 10], f"{text[:900]}{menu}", f"{text[:800]}{menu}（完）"
    cut, framed, later, whole = (
        copy_of(written[9], n, each) for n, each in enumerate((cut, framed, later, text))
    )
    take_in(index, [cut, framed])
    rows = take_in(index, [whole, *written[20:60], later], 2)
    assert rows[whole.article_id]["is_canonical"]
    assert {rows[each.article_id]["duplicate_of"] for each in (cut, framed, later)} == {whole.article_id}


def test_a_story_with_many_copies_is_one_cluster(index, written, copy_of):
    """Copies do not turn the words of their story into common words."""
    story = written[5]
    copies = [copy_of(story, n, f"编号{n}号转载。{noisy(story.text, 0.05, n)}") for n in range(120)]
    rows = take_in(index, [*written[:40], *copies])
    assert {rows[copy.article_id]["cluster_id"] for copy in copies} == {story.article_id}


def test_a_story_with_many_copies_is_one_cluster_in_one_batch_too(index, written, copy_of):
    """A batch finds its own documents as it would have found them in the index."""
    story = written[5]
    copies = [copy_of(story, n, noisy(story.text, 0.06, n)) for n in range(1500)]
    rows = take_in(index, [*written[:40], *copies])
    alone = sum(rows[copy.article_id]["cluster_id"] != story.article_id for copy in copies)
    assert alone <= 15


@pytest.mark.parametrize(("share", "least"), [(0.08, 39), (0.1, 36)])
def test_a_bad_scan_meets_its_original(index, written, copy_of, share, least):
    """A tenth of the characters lost leaves half of the 6-grams, all over the text."""
    take_in(index, written[:60])
    scans = [copy_of(article, n, noisy(article.text, share, n)) for n, article in enumerate(written[:40])]
    rows = take_in(index, scans, 2)
    met = sum(
        rows[scan.article_id]["cluster_id"] == article.article_id
        for scan, article in zip(scans, written, strict=False)
    )
    assert met >= least


def test_batches_and_order_of_arrival_make_no_difference_to_exact_copies(tmp_path, written, copy_of):
    """One batch or many: the same sets of exact copies."""
    from warehouse.dedup import DedupIndex

    articles = written[:40] + [
        copy_of(article, n, COPIES["punctuation"](article)) for n, article in enumerate(written[:20])
    ]
    found = []
    for size in (60, 7):
        index = DedupIndex(tmp_path / str(size))
        clusters: dict[str, set[str]] = {}
        for start in range(0, len(articles), size):
            for article_id, row in take_in(index, articles[start : start + size], start + 1).items():
                clusters.setdefault(row["cluster_id"], set()).add(article_id)
        found.append(sorted(map(sorted, clusters.values())))
    assert found[0] == found[1]


def test_the_same_arrivals_give_the_same_rows(tmp_path, written, copy_of):
    """Two indexes that saw the same answer the same, to the last digit."""
    from warehouse.dedup import DedupIndex

    first = written[:80]
    later = [copy_of(article, n, noisy(article.text, 0.03, n)) for n, article in enumerate(first[:30])]
    outcomes = []
    for name in ("one", "two"):
        index = DedupIndex(tmp_path / name)
        take_in(index, first)
        outcome = assign(fingerprint(later), index)
        outcomes.append((outcome.memberships, outcome.relations))
    assert outcomes[0][0].equals(outcomes[1][0])
    assert outcomes[0][1].equals(outcomes[1][1])


def test_an_empty_batch_has_no_rows(index):
    """Nothing in, nothing out."""
    outcome = assign(fingerprint([]), index)
    assert len(outcome.memberships) == 0
    assert outcome.duplicates == 0


def test_assigning_changes_nothing(index, written):
    """Only ``apply`` writes."""
    take_in(index, written[:20])
    before = index.counters("grams").copy()
    assign(fingerprint(written[20:40]), index)
    assert index.count == 20
    assert np.array_equal(index.counters("grams"), before)
