"""The character model: its file, its licence, how it is built."""

from pathlib import Path

from tasks.clean.mirror import build_model
from tasks.clean.mirror.model import MODEL, load_forms, load_model
from tasks.clean.mirror.score import load_scorer

WORDS = [("中国", 90), ("中", 40), ("国", 10), ("中国人", 5), ("人", 60), ("很少", 2)]


def test_the_model_is_small_and_says_its_licence():
    """At most 8 MB, with a licence file that names each source."""
    licence = MODEL.with_name("MODEL_LICENCE.txt").read_text("utf-8")

    assert MODEL.stat().st_size <= 8e6
    assert all(name in licence for name in ("jieba", "pypinyin", "OpenCC", "MIT", "Apache"))


def test_the_model_knows_words_forms_and_readings():
    """A glance at what the shipped file holds."""
    model, forms = load_model(), load_forms()

    def word(text: str) -> int:
        return model.two[ord(text[0]) << 16 | ord(text[1])] >> 8 & 0xFF

    assert 0 < word("问题") < word("问道")
    assert ord("题") << 16 | ord("很") not in model.two
    assert forms.partner["關"] == "关"
    assert "么" not in forms.partner
    assert {"长", "为", "说"} <= forms.simplified_only
    assert not {"后", "于", "里", "云"} & forms.simplified_only
    assert "zhǎng" in forms.readings["長"]


def test_building_counts_words_and_characters():
    """Pairs inside words, words of two to four characters, rare ones left out."""
    tables = build_model.character_tables(WORDS)
    words = tables["words"].tobytes().decode().split("\n")

    assert words == ["中国", "中国人"]
    assert ord("中") << 16 | ord("国") in tables["pairs"].tolist()
    assert len(tables["pairs"]) == len(tables["pair"])


def test_a_word_list_is_read_without_what_is_not_chinese(tmp_path: Path):
    """Lines are ``word frequency tag``; words with letters are left out."""
    path = tmp_path / "words.txt"
    path.write_text("问题 100 n\nT恤 3 n\n人 7\n", encoding="utf-8")

    assert list(build_model.read_words(path)) == [("问题", 100), ("人", 7)]


def test_text_costs_less_than_the_same_characters_shuffled():
    """The scorer prefers words."""
    scorer = load_scorer()

    def cost(text: str) -> float:
        read = scorer.start(scorer.known("。"))
        for char in text:
            read = scorer.extend(read, scorer.known(char))
        return read.cost

    assert cost("这个问题很简单") < cost("题这单个问简很")
