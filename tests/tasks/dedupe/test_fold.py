"""Promises of the folded key: printings of one text have one key, other texts have others."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.dedupe.fold import fold_codes, fold_key, fold_places, folded_digest


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("歡迎關注", "欢迎关注", id="script"),
        pytest.param("裏面裡面", "里面里面", id="variants"),
        pytest.param("１２期", "12期", id="width"),
        pytest.param("關(guān)注(zhù)我們(men)", "关注我们", id="pinyin"),
        pytest.param("春天，来了！\u3000“好”", "春天来了好", id="punctuation-and-blanks"),
        pytest.param("春\u200b天\ufeff来了", "春天来了", id="invisible"),
        pytest.param("共ABC三家", "共abc三家", id="case"),
    ],
)
def test_copies_fold_to_one_key(one, other):
    """Script, width, notes, marks and blanks make no difference."""
    assert fold_key(one) == fold_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param("第12期", "第13期", id="numbers"),
        pytest.param("赵先生", "钱先生", id="names"),
        pytest.param("未来", "末来", id="look-alikes"),
        pytest.param("上海北京", "北京上海", id="order"),
    ],
)
def test_facts_stay_apart(one, other):
    """Numbers, names and order are text."""
    assert fold_key(one) != fold_key(other)


@settings(deadline=None)
@given(st.lists(st.text(max_size=40), max_size=8))
def test_texts_fold_alone_as_in_a_batch(texts):
    """A text's codes do not depend on its neighbours, whatever characters it has."""
    codes, offsets = fold_codes(texts)
    for row, text in enumerate(texts):
        alone = codes[offsets[row] : offsets[row + 1]].tobytes().decode("utf-16-le")
        assert alone == fold_key(text)
        assert len(fold_places(text)) == len(alone)


@settings(deadline=None)
@given(st.text(max_size=60))
def test_folding_twice_changes_nothing(text):
    """A folded key is its own key."""
    assert fold_key(fold_key(text)) == fold_key(text)


def test_short_texts_are_told_apart_by_title_and_letters():
    """A caption under two pictures, or a text in English, is not one text."""
    none = np.zeros(0, np.uint16)
    assert folded_digest(none, "一", "图片") != folded_digest(none, "二", "图片")
    assert folded_digest(none, None, "Hello world") != folded_digest(none, None, "Hello there")
    assert folded_digest(none, None, "Hello  World") == folded_digest(none, None, "hello world")
