"""Promises of explaining: what two articles share, what differs, and which rule decided."""

from tasks.dedupe import explain_pair
from tasks.dedupe.fingerprint import NGRAM
from tasks.dedupe.rules import MUCH_LONGER, PART
from warehouse.schema_copies import DUPLICATE_KINDS, SIMILARITY


def spans(text, found):
    return [text[start:end] for start, end in found]


def test_shared_and_differing_passages_are_named(written):
    """Passages are spans of the received texts; what is left is what differs."""
    text = written[0].text
    other = "编者按：请看。" + text[:300] + "另外还有一段完全不同的话语在这里。" + text[300:]
    found = explain_pair(text, other, written[0].title, written[0].title)
    assert found.kind == "near"
    assert found.similarity > 0.9
    assert any("另外还有一段完全不同的话语在这里" in part for part in spans(other, found.only_b))
    for passage in found.shared:
        assert text[slice(*passage.a)] == passage.text


def test_scripts_share_their_passages(written):
    """Passages are compared folded, and shown as received."""
    import opencc

    text = written[1].text
    found = explain_pair(text, opencc.OpenCC("s2t").convert(text))
    assert found.kind == "exact"
    assert found.similarity == 1.0
    assert spans(text, found.only_a) == []


def test_a_cut_copy_is_contained(written):
    """Direction and share of the shorter text."""
    text = written[2].text
    found = explain_pair(text, text[: len(text) // 3])
    assert found.kind == "contained"
    assert found.contained == 1.0
    assert found.similarity < 0.5


def test_different_texts_are_not_copies(written):
    """Nothing shared is an answer, too; so is nothing at all."""
    assert explain_pair(written[3].text, written[4].text).kind is None
    assert explain_pair("", written[4].text).shared == []


def test_the_dictionary_states_the_thresholds():
    """Who has SQL alone reads in ``dictionary`` what makes a copy contained, and what counts as shared."""
    assert f"{PART} or more" in DUPLICATE_KINDS
    assert f"{MUCH_LONGER} times" in DUPLICATE_KINDS
    assert f"{NGRAM}-character" in SIMILARITY


def test_the_shortest_passage_is_shown_wherever_it_stands():
    """Six characters, at the end of one text and at the beginning of the other; fewer say nothing."""
    pair = explain_pair("河口新闻：渡口今日停航", "渡口今日停航，改走大桥")
    assert [(each.text, each.a, each.b) for each in pair.shared] == [("渡口今日停航", (5, 11), (0, 6))]
    assert pair.only_a == [(0, 5)]
    assert explain_pair("渡口今日停", "渡口今日停").shared == []
