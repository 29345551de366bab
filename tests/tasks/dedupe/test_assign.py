"""Promises of deciding: copies find their article, and nothing else does."""

import random
import re

import numpy as np
import opencc
import pytest

from tasks.dedupe import ArticleText, assign, fingerprint


def noisy(text, share, seed=1):
    """Change a share of the characters, as a bad scan does."""
    rng = random.Random(seed)
    return "".join(rng.choice("的一是在不了有和人这") if rng.random() < share else char for char in text)


def sentences(article):
    return [part for part in re.split("(?<=[。！？；])", article.text.replace("\n", "")) if part]


COPIES = {
    "exact": lambda a: a.text,
    "traditional": lambda a: opencc.OpenCC("s2twp").convert(a.text),
    "pinyin-notes": lambda a: a.text.replace("人", "人(rén)").replace("大", "大(dà)"),
    "punctuation": lambda a: a.text.replace("，", ",").replace("。", ". ").replace("\n", ""),
    "cut": lambda a: a.text[: len(a.text) // 2] + "……[详细]",
    "new-head": lambda a: "来源：临江在线 2019年3月5日 点击量：381\n编者按：请看今天的报道。\n" + a.text,
    "paragraphs-moved": lambda a: "".join(sentences(a)[5:] + sentences(a)[:5]),
    "four-percent-noise": lambda a: noisy(a.text, 0.04),
}


@pytest.mark.parametrize("name", COPIES)
@pytest.mark.parametrize("titled", [True, False], ids=["titled", "untitled"])
def test_a_copy_meets_its_original(index, written, copy_of, name, titled, take_in):
    """Whatever a site did to a text, in a later batch it joins the original's cluster."""
    take_in(index, written[:60])
    original = written[17]
    copy = copy_of(original, 1, COPIES[name](original), None if titled else "另一个题目")
    row = take_in(index, [copy], 2)[copy.article_id]
    assert row["cluster_id"] == original.article_id
    assert row["duplicate_kind"] in ("exact", "near", "contained")


@pytest.mark.parametrize("name", COPIES)
def test_a_copy_meets_its_original_in_one_batch(index, written, copy_of, name, take_in):
    """The same when both arrive together, the copy first."""
    original = written[17]
    copy = copy_of(original, 1, COPIES[name](original))
    rows = take_in(index, [*written[:10], copy, original, *written[20:30]])
    assert rows[original.article_id]["cluster_id"] == copy.article_id


def test_one_frame_around_two_articles_makes_no_copy(index, written, take_in):
    """The menus of a site may be longer than its articles."""
    head = "首页 新闻 要闻 时政 国内 国际 社会 财经 " + "".join(sentences(written[0])[:12])
    foot = "".join(sentences(written[1])[:14])
    pages = [
        ArticleText(f"{n:032x}", head + article.text[:400] + foot, article.title)
        for n, article in enumerate(written[10:16])
    ]
    rows = take_in(index, pages)
    assert len({row["cluster_id"] for row in rows.values()}) == len(pages)


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (2, 0, 1), (2, 1, 0), (1, 2, 0)])
@pytest.mark.parametrize("apart", [True, False], ids=["three-batches", "one-batch"])
def test_a_page_with_two_articles_joins_one(index, written, copy_of, order, apart, take_in):
    """Two articles stay two, in whatever order the page that holds both arrives."""
    one, other = written[3], written[4]
    both = copy_of(one, 1, f"{one.text}\n{other.title}\n{other.text}")
    arrivals = [(one, other, both)[place] for place in order]
    rows = {}
    for snapshot, batch in enumerate([[each] for each in arrivals] if apart else [arrivals]):
        rows |= take_in(index, batch, snapshot + 1)
    assert rows[one.article_id]["cluster_id"] != rows[other.article_id]["cluster_id"]
    assert rows[both.article_id]["cluster_id"] in {
        rows[each.article_id]["cluster_id"] for each in (one, other)
    }


def test_pages_of_one_article_come_together(index, written, copy_of, take_in):
    """Pages share nothing with each other; when the whole arrives they are one cluster, the oldest."""
    whole = max(written[:50], key=lambda article: len(article.text))
    third = len(whole.text) // 3
    pages = [
        copy_of(whole, n, whole.text[n * third : (n + 1) * third], f"{whole.title}({n + 1})")
        for n in range(3)
    ]
    rows = take_in(index, pages)
    rows |= take_in(index, [whole], 2)
    assert {row["cluster_id"] for row in rows.values()} == {pages[0].article_id}
    assert rows[whole.article_id]["is_canonical"]
    assert {rows[page.article_id]["duplicate_kind"] for page in pages} == {"contained"}


@pytest.mark.parametrize(
    ("wholes", "clusters"), [pytest.param(1, 3, id="one-proves-nothing"), pytest.param(2, 1, id="two-do")]
)
def test_untitled_pages_come_together_when_two_hold_them_all(index, written, wholes, clusters, take_in):
    """Without titles one whole text may be three articles in a page; where copies of it follow it is one."""
    whole = max(written[:50], key=lambda article: len(article.text))
    third = len(whole.text) // 3
    texts = [whole.text[n * third : (n + 1) * third] for n in range(3)]
    texts += ["来源：临江在线 点击量：381\n" * n + whole.text for n in range(wholes)]
    rows = {}
    for n, text in enumerate(texts):
        rows |= take_in(index, [ArticleText(f"{n:032x}", text)], n + 1)
    assert len({row["cluster_id"] for row in rows.values()}) == clusters


def test_pages_of_a_text_too_long_for_a_full_sketch_are_parts_of_it(index, written, take_in):
    """The shorter sketch is thinned like the longer one before they are compared."""
    whole = "\n".join(article.text for article in written[:12])
    quarter = len(whole) // 4
    texts = ["今日转载。" + whole, *(whole[n * quarter : (n + 1) * quarter] for n in range(4)), whole]
    rows = {}
    for n, text in enumerate(texts):
        rows |= take_in(index, [ArticleText(f"{n:032x}", text)], n + 1)
    assert len({row["cluster_id"] for row in rows.values()}) == 1


def test_the_better_member_takes_over_with_new_rows(index, written, copy_of, take_in):
    """The full text replaces its cut copy as survivor; the cluster keeps its id; old rows get a successor."""
    whole = written[9]
    cut = copy_of(whole, 1, whole.text[: len(whole.text) // 2])
    first = take_in(index, [cut])
    rows = take_in(index, [whole], 2)
    assert first[cut.article_id]["is_canonical"]
    assert rows[whole.article_id] == {
        "article_id": whole.article_id,
        "decision": 1,
        "cluster_id": cut.article_id,
        "is_canonical": True,
        "duplicate_of": None,
        "duplicate_kind": None,
        "similarity": None,
    }
    assert rows[cut.article_id]["decision"] == 2
    assert rows[cut.article_id]["duplicate_of"] == whole.article_id
    assert rows[cut.article_id]["duplicate_kind"] == "contained"
    assert rows[cut.article_id]["similarity"] > 0.9


def test_the_better_member_stays_while_its_batch_goes_on(index, written, copy_of, take_in):
    """What a batch has decided is not forgotten when it meets other members of the cluster."""
    text, menu = written[9].text, written[10].text[:400]
    cut, framed, later = text[: len(text) * 7 // 10], f"{text[:900]}{menu}", f"{text[:800]}{menu}（完）"
    cut, framed, later, whole = (
        copy_of(written[9], n, each) for n, each in enumerate((cut, framed, later, text))
    )
    take_in(index, [cut, framed])
    rows = take_in(index, [whole, *written[20:60], later], 2)
    assert rows[whole.article_id]["is_canonical"]
    assert {rows[each.article_id]["duplicate_of"] for each in (cut, framed, later)} == {whole.article_id}


def test_a_story_with_many_copies_is_one_cluster(index, written, copy_of, take_in):
    """Copies do not turn the words of their story into common words."""
    story = written[5]
    copies = [copy_of(story, n, f"编号{n}号转载。{noisy(story.text, 0.05, n)}") for n in range(120)]
    rows = take_in(index, [*written[:40], *copies])
    assert {rows[copy.article_id]["cluster_id"] for copy in copies} == {story.article_id}


def test_a_story_with_many_copies_is_one_cluster_in_one_batch_too(index, written, copy_of, take_in):
    """A batch finds its own documents as it would have found them in the index."""
    story = written[5]
    copies = [copy_of(story, n, noisy(story.text, 0.06, n)) for n in range(1500)]
    rows = take_in(index, [*written[:40], *copies])
    alone = sum(rows[copy.article_id]["cluster_id"] != story.article_id for copy in copies)
    assert alone <= 15


@pytest.mark.parametrize(("share", "least"), [(0.08, 39), (0.1, 36)])
def test_a_bad_scan_meets_its_original(index, written, copy_of, share, least, take_in):
    """A tenth of the characters lost leaves half of the 6-grams, all over the text."""
    take_in(index, written[:60])
    scans = [copy_of(article, n, noisy(article.text, share, n)) for n, article in enumerate(written[:40])]
    rows = take_in(index, scans, 2)
    met = sum(
        rows[scan.article_id]["cluster_id"] == article.article_id
        for scan, article in zip(scans, written, strict=False)
    )
    assert met >= least


def test_batches_and_order_of_arrival_make_no_difference_to_exact_copies(tmp_path, written, copy_of, take_in):
    """One batch or many: the same sets of exact copies."""
    from warehouse.dedup import DedupIndex

    articles = written[:40] + [
        copy_of(article, n, COPIES["punctuation"](article)) for n, article in enumerate(written[:20])
    ]
    found = []
    for size in (60, 7):
        index = DedupIndex(tmp_path / str(size))
        clusters: dict[str, set[str]] = {}
        for start in range(0, len(articles), size):
            for article_id, row in take_in(index, articles[start : start + size], start + 1).items():
                clusters.setdefault(row["cluster_id"], set()).add(article_id)
        index.close()
        found.append(sorted(map(sorted, clusters.values())))
    assert found[0] == found[1]


def test_the_same_arrivals_give_the_same_rows(tmp_path, written, copy_of, take_in):
    """Two indexes that saw the same answer the same, to the last digit."""
    from warehouse.dedup import DedupIndex

    first = written[:80]
    later = [copy_of(article, n, noisy(article.text, 0.03, n)) for n, article in enumerate(first[:30])]
    outcomes = []
    for name in ("one", "two"):
        index = DedupIndex(tmp_path / name)
        take_in(index, first)
        outcome = assign(fingerprint(later), index)
        index.close()
        outcomes.append((outcome.memberships, outcome.relations))
    assert outcomes[0][0].equals(outcomes[1][0])
    assert outcomes[0][1].equals(outcomes[1][1])


def test_an_empty_batch_has_no_rows(index):
    """Nothing in, nothing out."""
    outcome = assign(fingerprint([]), index)
    assert len(outcome.memberships) == 0
    assert outcome.duplicates == 0


def test_assigning_changes_nothing(index, written, take_in):
    """Only ``apply`` writes."""
    take_in(index, written[:20])
    before = index.counters("grams").copy()
    assign(fingerprint(written[20:40]), index)
    assert index.count == 20
    assert np.array_equal(index.counters("grams"), before)
