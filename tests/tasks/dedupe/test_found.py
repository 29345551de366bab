"""Copies that little tells: a part in a frame, other facts, a few lines, a title in letters."""

import random
import re

import pytest

from tasks.dedupe import ArticleText, fingerprint
from tasks.dedupe.traits import title_grams

FRAME = (
    "首页 要闻 时政 国内 国际 社会 财经 股票 房产 汽车 科技 体育 娱乐 教育 健康 旅游 文化 军事 法治 图片 视频 专题 评论 论坛\n"
    "新闻热线：0571-8842619 地址：临江市人民路218号\n热点排行 老街改造二期开工 渔港码头夜市下月开放 山区公路通车三十周年\n"
    "滚动 排行 客户端 微博 微信 数字报 投稿 举报 会员 登录 注册 收藏 手机版 无障碍 搜索 理论 读书 美食 母婴 公益 彩票 游戏\n"
)


def test_part_of_a_text_in_a_frame_of_its_length_is_a_copy(index, written, copy_of, take_in):
    """Half the article, menus around it as long as that, other numbers in them, the same title."""
    article = written[0]
    half = article.text[: len(article.text) // 2]
    framed = copy_of(article, 1, FRAME + half + "\n" + FRAME[::-1][: len(half) // 2])
    take_in(index, written[:20])
    assert take_in(index, [framed], 2)[framed.article_id]["duplicate_of"] == article.article_id


def test_a_text_with_other_numbers_under_its_title_is_a_copy(index, written, copy_of, take_in):
    """Some 320 characters, each number another one of the same length; nine of ten are found."""
    short = [ArticleText(each.article_id, each.text[:320], each.title) for each in written]
    articles = [each for each in short if len(re.findall(r"\d{2,}", each.text)) >= 3][:20]
    digits = str.maketrans("0123456789", "7351984620")
    others = [copy_of(each, n, each.text.translate(digits)) for n, each in enumerate(articles)]
    take_in(index, articles)
    rows = take_in(index, others, 2)
    pairs = zip(others, articles, strict=True)
    assert sum(rows[other.article_id]["duplicate_of"] == each.article_id for other, each in pairs) >= 18


def test_a_few_lines_find_their_text_by_its_title(index, written, copy_of, take_in):
    """A page of eighty characters shares hardly a sampled shingle with its text."""
    article = next(each for each in written if 800 <= len(each.text) <= 1000)
    take_in(index, written)
    pages = [
        copy_of(article, n, article.text[n : n + 80], f"{article.title}({n})") for n in range(100, 700, 60)
    ]
    rows = take_in(index, pages, 2)
    assert [rows[page.article_id]["cluster_id"] for page in pages] == [article.article_id] * len(pages)


@pytest.mark.parametrize("number", [0, 1, 2])
def test_a_copy_meets_its_original_behind_poorer_copies(index, written, copy_of, number, take_in):
    """Where those that were found are no copies of a newcomer, the others of their cluster are asked."""
    article = [each for each in written if len(each.text) >= 900][number]
    most = len(article.text) * 6 // 10
    rng = random.Random(3)
    scan = "".join(rng.choice("的一是在") if rng.random() < 0.06 else char for char in article.text)
    arrivals = [
        copy_of(article, 1, article.text[:most] + FRAME * 2),
        copy_of(article, 2, FRAME * 2 + article.text[-most:]),
        article,
        ArticleText("f" * 32, scan),
    ]
    rows = {}
    for snapshot, each in enumerate(arrivals):
        rows |= take_in(index, [each], snapshot + 1)
    assert len({row["cluster_id"] for row in rows.values()}) == 1


def test_pages_come_together_under_a_title_in_letters(index, written, copy_of, take_in):
    """Words in letters are read like characters where a title has hardly any others."""
    article, title = written[2], "Perl DBI Connect Attributes"
    third = len(article.text) // 3
    for n in range(3):
        take_in(
            index,
            [copy_of(article, n, article.text[n * third : (n + 1) * third], f"{title} ({n + 1})")],
            n + 1,
        )
    rows = take_in(index, [copy_of(article, 9, article.text, title)], 4)
    assert len({row["cluster_id"] for row in rows.values()}) == 1
    assert len(rows) == 4


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("iPhone 17 Pro Max 评测", "IPHONE17 Pro Max 評測(2)"),
        ("net.ipv4.icmp_rate 参数", "net.ipv4.icmp_rate 參數"),
    ],
)
def test_titles_in_letters_agree_without_case_script_and_digits(one, other):
    """Letters fold as Han characters do; numbers of pages are left out."""
    grams, keys = title_grams([one, other])
    assert grams[0].tolist() == grams[1].tolist()
    assert len(grams[0]) >= 3
    assert keys[0] == keys[1]


@pytest.mark.parametrize("title", ["", "CCTV新闻", "Page 12", "简讯", "第12345期"])
def test_short_titles_are_no_shingles(title):
    """A title that many texts have leads to none of them."""
    text = "天色渐晚，渔船陆续回到港口，码头上的灯一盏一盏亮了起来，卸货的人排成一列。" * 3
    plain, titled = fingerprint(
        [ArticleText("a" * 32, text), ArticleText("b" * 32, text, title)]
    ).shingles.counts
    assert plain == titled


@pytest.mark.parametrize("place", [0, 1])
def test_an_exact_copy_is_found_however_short(index, take_in, place):
    """Also of the first article of all: it has number 0."""
    texts = ["渡口停航，改走大桥。", "村里修路，三天通车。"]
    loaded = [ArticleText(f"{number:032x}", text, "短讯") for number, text in enumerate(texts)]
    take_in(index, loaded)
    copy = ArticleText(f"{9:032x}", texts[place], "短讯")

    row = take_in(index, [copy], 2)[copy.article_id]

    assert (row["duplicate_of"], row["duplicate_kind"]) == (loaded[place].article_id, "exact")
