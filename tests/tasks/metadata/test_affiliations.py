"""Authors with where they work, and the medium before 记者: brackets and bullets are no part of either."""

import pytest

from tasks.metadata.people import read_credits


@pytest.mark.parametrize(
    "text",
    [
        "作者：林小舟（河东大学教授）；何之远（河东大学副教授、渡口研究中心研究员）",
        "作者：林小舟（河东大学文学院）、何之远（渡口研究院）",
        "作者：林小舟(河东日报记者); 何之远(河东日报编辑)",
    ],
)
def test_each_author_with_an_affiliation_is_named(text: str) -> None:
    """The bracket behind a name says where its bearer works, and the next name goes on behind it."""
    assert read_credits(text).authors == ["林小舟", "何之远"]


@pytest.mark.parametrize(
    ("text", "authors"),
    [
        ("作者：林小舟（河东大学教授）", ["林小舟"]),
        ("作者：林小舟（河东大学教授）；渡口一带的水文", ["林小舟"]),
        ("作者：林小舟（笔名）；渡口（旧称）", ["林小舟"]),
        ("林小舟（河东大学教授）；何之远（河东大学副教授）", []),
        ("渡口（大学对面）；码头（医院旁边）", []),
        ("渡口（研究中心）、码头（医院）和车站", []),
    ],
)
def test_other_brackets_name_nobody(text: str, authors: list[str]) -> None:
    """Without a label, or without a name and a bracket behind the first, nobody is added."""
    assert read_credits(text).authors == authors


@pytest.mark.parametrize("bullet", ["N", "n"])
def test_a_bullet_is_no_part_of_the_paper(bullet: str) -> None:
    """What is left of a square of a font of symbols stands against the name of the paper."""
    assert read_credits(f"{bullet}江海记者 林小舟").outlets == ["江海"]


@pytest.mark.parametrize("paper", ["Now江海", "NB江海", "TVBS", "E江海"])
def test_letters_of_a_paper_stay(paper: str) -> None:
    """Letters that a medium is named with are its own."""
    assert read_credits(f"{paper}记者 林小舟").outlets == [paper]
