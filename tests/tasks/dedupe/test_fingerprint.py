"""Promises of fingerprints: they depend on the text alone, and survive packing."""

import hashlib

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tasks.dedupe import ArticleText, fingerprint, pack, unpack
from tasks.dedupe.fingerprint import METHOD, PLACE_BITS

TEXT = st.text(st.sampled_from("春夏秋冬东西南北山水花草人大12 ，。a"), max_size=400)
ARTICLES = st.lists(st.tuples(TEXT, st.one_of(st.none(), TEXT)), max_size=6)


def articles_of(drawn):
    return [ArticleText(f"{n:032x}", text, title) for n, (text, title) in enumerate(drawn)]


def assert_same(one, other):
    assert one.article_ids == other.article_ids
    for name in ("digests", "lengths", "levels", "title_keys", "published", "flags"):
        assert np.array_equal(getattr(one, name), getattr(other, name)), name
    for name in ("sketches", "shingles", "numbers", "titles"):
        assert np.array_equal(getattr(one, name).values, getattr(other, name).values), name
        assert np.array_equal(getattr(one, name).offsets, getattr(other, name).offsets), name


@settings(deadline=None)
@given(ARTICLES)
def test_a_signature_holds_the_whole_fingerprint(drawn):
    """What goes into ``core.signatures`` comes out again."""
    batch = fingerprint(articles_of(drawn))
    rows = pack(batch)
    assert_same(unpack(rows["article_id"].to_pylist(), rows["signature"].to_pylist()), batch)


def test_a_method_gives_the_same_signatures_for_ever():
    """Signatures of years ago are compared with today's: others need another name of the method."""
    letters = [chr(0x4E00 + (number * 2654435761 >> 9) % 6000) for number in range(3000)]
    text = "".join(letters) + "2018年8月22日,共1,365人。"
    rows = pack(fingerprint([ArticleText("0" * 32, text, "清河渡口第12次停航")]))
    (signature,) = rows["signature"].to_pylist()

    assert (METHOD, hashlib.sha256(signature).hexdigest()[:16]) == ("folded-6-grams@1", "2b9c57bf854ae944")


@settings(deadline=None)
@given(ARTICLES)
def test_a_fingerprint_does_not_depend_on_its_batch(drawn):
    """An article alone and among others has the same fingerprint."""
    articles = articles_of(drawn)
    batch = fingerprint(articles)
    for row, article in enumerate(articles):
        assert_same(batch.take(np.array([row])), fingerprint([article]))


def test_size_is_bounded(written):
    """However long a text, its sketch stays near the limit up to the last level, its shingles always."""
    long = "".join(article.text for article in written)[:8000]
    batch = fingerprint([ArticleText("0" * 32, long), ArticleText("1" * 32, long[:600])])
    assert batch.sketches.counts.max() <= 320
    assert batch.shingles.counts.max() <= 56


def test_places_follow_the_text(written):
    """The place of a gram is the sixteenth of the text it stands in."""
    batch = fingerprint(written[:1])
    places = batch.sketches.values & ((1 << PLACE_BITS) - 1)
    assert set(places.tolist()) == set(range(1 << PLACE_BITS))


@pytest.mark.parametrize("text", ["", "，。！", "短", "只有五个字", "\ud800\U00020000"])
def test_any_text_has_a_fingerprint(text):
    """Empty, short and broken texts are documents like others."""
    batch = fingerprint([ArticleText("0" * 32, text, text)])
    assert len(batch) == 1
    assert len(batch.digests) == 1


def test_years_and_small_numbers_tell_little():
    """Only runs of three digits and more that are no year count as telling."""
    batch = fingerprint([ArticleText("0" * 32, "共12人，2024年，编号305，又1838件")])
    assert np.sort(batch.numbers.values >> 31).tolist() == [0, 0, 1, 1]
