"""Imprints: the journal that a line names with its issue, the paper below an article."""

import pytest

from tasks.metadata.imprint import find_journal, find_paper_below
from tasks.metadata.zones import find_zones

PROSE = "入冬以后，河东镇的渡口改成了一天四班船。镇上的老人说，这条水路已经走了三代人。"


@pytest.mark.parametrize(
    ("line", "journal"),
    [
        ("河东学刊 2019年5期", "河东学刊"),
        ("河東學刊2019年第5期", "河東學刊"),
        ("2019年5期", None),
        ("河东渡口工程 2019年二期", None),
        ("河东学刊 2019年5期 目录", None),
        ("河东学刊, 2019年5期", None),
    ],
)
def test_journal_and_issue(line, journal):
    """Journal, year and number of the issue stand alone on their line."""
    texts = ["河东渡口恢复夜间班船", "2019-11-08", line, PROSE]
    found = find_journal(find_zones(texts, ["title", "metadata", "metadata", "body"], 0))
    assert found == (None if journal is None else (journal, 2))


@pytest.mark.parametrize(
    ("below", "paper"),
    [
        (["《河东早报》"], "河东早报"),
        (["责任编辑：石磊", "《河东周刊》"], "河东周刊"),
        (["《河东早报》数字报平台"], None),
        (["《渡口的冬天》"], None),
        (["河东早报"], None),
        (["责任编辑：石磊", "打印", "《河东早报》"], None),
    ],
)
def test_the_paper_right_below_an_article(below, paper):
    """A paper in its marks, alone on one of the first two lines below the article, is where it comes from."""
    texts = ["河东渡口恢复夜间班船", PROSE, *below]
    found = find_paper_below(find_zones(texts, ["title", "body", *["boilerplate"] * len(below)], 0))
    assert (None if found is None else found[0]) == paper
