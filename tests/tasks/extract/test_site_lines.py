"""Promises of site_lines: what a host repeats is learned, a formula of its articles is not eaten."""

from hypothesis import given
from hypothesis import strategies as st

from tasks.extract import SiteLines, label_page
from tasks.extract.site_lines import FEWEST_DOCUMENTS, LINES_PER_HOST, line_hash
from tasks.lines import Label, Page, PageLine

COMPANY = (
    "本社成立于一九五二年，现有员工二百余人，出版报纸三种，印刷厂设备先进，热忱欢迎各界朋友来函来电洽谈合作。"
)
NOTICE = "因设备检修，城东片区今晚十点至明早六点停气。"


def label(lines: list[str], site: SiteLines | None = None) -> list[Label]:
    """Return the labels of a text page."""
    page = Page([PageLine(number, line) for number, line in enumerate(lines, 1)])
    return [label for label, _ in label_page(page, lines, site=site).labels]


def test_a_sentence_in_the_foot_of_every_page_is_learned() -> None:
    """A company's sentence about itself outweighs a short notice, until it was seen under longer articles."""
    page = ["停气通知", "2019-01-02 08:00", NOTICE, "返回", COMPANY]
    site = SiteLines("news.example")
    for number in range(FEWEST_DOCUMENTS):
        article = [
            f"第{number}件事发生在早上，街上还没有人，只有扫地的老人看见了全部经过，他后来讲了很多遍。" * 3
        ]
        lines = [f"标题{number}", "2019-01-02 08:00", *article, "责任编辑：林", COMPANY]
        labels = label(lines)
        assert labels[-1] != "body"
        site.observe(lines, labels)

    labels = label(page, site)

    assert labels[2] == "body"
    assert labels[4] != "body"
    assert site.share(COMPANY) == 1.0


def test_a_formula_of_the_articles_stays() -> None:
    """A sentence that opens every article of a column is body in all of them, however often it was seen."""
    formula = "各位街坊早上好，这里是菜价早知道。"
    site = SiteLines("news.example")
    for number in range(30):
        lines = [
            f"标题{number}",
            "2019-01-02 08:00",
            formula,
            f"今天青菜每斤{number}元，比昨天便宜，买菜的人比平时多了一倍。",
            "编辑：林",
        ]
        labels = label(lines, site)
        assert labels[2] == "body"
        site.observe(lines, labels)

    assert site.share(formula) == 0.0


def test_a_repeated_line_between_paragraphs_stays() -> None:
    """A sub-heading that all articles of a host share is not taken out from between two paragraphs."""
    site = SiteLines("news.example", 40, {line_hash("街坊说法"): 40})
    lines = [
        "标题",
        "2019-01-02 08:00",
        "路口的灯坏了三天，来往车辆都要停下来看一看再走。",
        "街坊说法",
        "住在路边的老伯说，晚上根本不敢出门，希望快点修好。",
    ]

    assert label(lines, site)[3] == "body"


def test_too_few_documents_teach_nothing() -> None:
    """While few documents of a host are known, no line is its own."""
    site = SiteLines("news.example", FEWEST_DOCUMENTS - 1, {line_hash("欢迎光临"): FEWEST_DOCUMENTS - 1})

    assert site.share("欢迎光临") == 0.0


counted = st.lists(st.sampled_from(["首页", "版权所有", "栏目", "昨天，河水涨了。"]), max_size=4)


@given(st.lists(counted, max_size=8), st.integers(0, 8))
def test_memories_add_up(documents: list[list[str]], cut: int) -> None:
    """Observing in two loads and merging is observing in one; rows keep everything."""
    whole, first, second = SiteLines("h"), SiteLines("h"), SiteLines("h")
    for number, lines in enumerate(documents):
        labels: list[Label] = ["navigation"] * len(lines)
        whole.observe(lines, labels)
        (first if number < cut else second).observe(lines, labels)

    first.merge(second)
    read = SiteLines.from_rows("h", whole.rows())

    assert (first.documents, first.counts) == (whole.documents, whole.counts)
    assert (read.documents, read.counts) == (whole.documents, whole.counts)


def test_memory_is_bounded_and_keeps_what_repeats() -> None:
    """Titles seen once are forgotten before a line seen often."""
    site = SiteLines("h")
    for start in range(0, 3 * LINES_PER_HOST, 1000):
        lines = ["首页", *(f"标题{start + i}" for i in range(1000))]
        site.observe(lines, ["navigation"] * len(lines))

    assert len(site.counts) <= 2 * LINES_PER_HOST
    assert site.share("首页") == 1.0


def test_both_scripts_are_one_line() -> None:
    """The hash of a line is that of its traditional and full-width form."""
    assert line_hash("关于我们:电话 1") == line_hash("關於我們：電話　１")
