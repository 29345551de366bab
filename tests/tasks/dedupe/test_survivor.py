"""Promises about who stands for a cluster: the fuller text, then one that is whole, at its origin, published first."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from tasks.dedupe import ArticleText, assign, fingerprint

EARLY, LATE = datetime(2019, 3, 5, tzinfo=UTC), datetime(2019, 3, 6, tzinfo=UTC)


@pytest.mark.parametrize(
    ("first", "second", "stands"),
    [
        pytest.param({}, {}, 0, id="loaded-first"),
        pytest.param({"published_at": LATE}, {"published_at": EARLY}, 1, id="published-first"),
        pytest.param({}, {"published_at": LATE}, 1, id="a-day-is-known"),
        pytest.param(
            {"published_at": EARLY}, {"is_original": True, "published_at": LATE}, 1, id="at-its-origin"
        ),
        pytest.param({"is_original": True}, {"published_at": EARLY}, 0, id="origin-before-day"),
        pytest.param({"is_damaged": True, "published_at": EARLY}, {"published_at": LATE}, 1, id="whole"),
        pytest.param({"is_damaged": True, "is_original": True}, {}, 1, id="whole-before-origin"),
        pytest.param({}, {"is_damaged": True, "is_original": True}, 0, id="damaged-one-does-not"),
        pytest.param({"is_damaged": True}, {"is_damaged": True, "is_original": True}, 1, id="both-damaged"),
    ],
)
def test_of_two_copies_the_better_one_stands(index, written, copy_of, take_in, first, second, stands):
    """In this order: no damaged mirror, names its own site as the outlet, published first, loaded first."""
    story = written[3]
    pair = [replace(story, **first), replace(copy_of(story, 1), **second)]

    rows = take_in(index, pair[:1]) | take_in(index, pair[1:], 2)

    assert [rows[each.article_id]["is_canonical"] for each in pair] == [stands == 0, stands == 1]


@pytest.mark.parametrize(("share", "stands"), [(0.8, 1), (0.95, 0)])
def test_a_fuller_text_stands_before_all_else(index, written, copy_of, take_in, share, stands):
    """One that is 1.15 times as long, be it damaged; less than that is no more than another frame."""
    story = max(written[:50], key=lambda article: len(article.text))
    cut = replace(story, text=story.text[: int(len(story.text) * share)], is_original=True)
    whole = replace(copy_of(story, 1), is_damaged=True)

    rows = take_in(index, [cut]) | take_in(index, [whole], 2)

    assert [rows[each.article_id]["is_canonical"] for each in (cut, whole)] == [stands == 0, stands == 1]


def test_the_copies_name_the_one_that_stands(index, written, copy_of, take_in):
    """Also those that were there before it."""
    story: ArticleText = written[3]
    copies = [replace(copy_of(story, n), is_damaged=True) for n in range(2)]
    take_in(index, copies)
    rows = take_in(index, [story], 2)

    assert {rows[each.article_id]["duplicate_of"] for each in copies} == {story.article_id}


def test_a_page_of_several_articles_is_related_to_those_that_stay(index, written, take_in):
    """It holds them and is no copy of all; what leaves with the same commit is not named."""
    articles = written[:4]
    take_in(index, articles)
    digest = ArticleText("f" * 32, "\n".join(each.text for each in articles), "本周要闻回顾")

    def held(gone: list[str]) -> set[str]:
        rows = assign(fingerprint([digest]), index, gone).relations.to_pylist()
        assert {(row["article_id"], row["kind"]) for row in rows} <= {(digest.article_id, "contains")}
        return {row["related_id"] for row in rows}

    related = held([])
    assert len(related) >= 2
    assert held([articles[0].article_id]) == related - {articles[0].article_id} != related
