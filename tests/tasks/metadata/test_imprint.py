"""Imprints: the journal that a line names with its issue."""

import pytest

from tasks.metadata.imprint import find_journal
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
