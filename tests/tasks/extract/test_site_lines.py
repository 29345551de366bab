"""Promises of site_lines: what a host repeats is no text of its articles."""

from tasks.extract import SiteLines, label_page
from tasks.extract.site_lines import FEWEST_DOCUMENTS, line_hash
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
    """A company's sentence about itself reads like the text beside a short notice, until it is known of the host."""
    page = ["停气通知", "2019-01-02 08:00", NOTICE, "返回", COMPANY]
    assert label(page)[4] == "body"
    site = SiteLines("news.example", FEWEST_DOCUMENTS, {line_hash(COMPANY): FEWEST_DOCUMENTS})

    labels = label(page, site)

    assert labels[2] == "body"
    assert labels[4] != "body"
    assert site.share(COMPANY) == 1.0


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
    """While few documents of a host are known, no line is its own; nor is one that was never seen."""
    site = SiteLines("news.example", FEWEST_DOCUMENTS - 1, {line_hash("欢迎光临"): FEWEST_DOCUMENTS - 1})

    assert site.share("欢迎光临") == 0.0
    assert SiteLines("news.example", FEWEST_DOCUMENTS, {}).share("欢迎光临") == 0.0


def test_both_scripts_are_one_line() -> None:
    """The hash of a line is that of its traditional and full-width form."""
    assert line_hash("关于我们:电话 1") == line_hash("關於我們：電話　１")
