"""Promises of leaving: what a member held together comes apart, what holds without it stays."""

import opencc
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tasks.dedupe import assign, fingerprint
from warehouse.dedup import DedupIndex


class Clusters:
    """An index with the newest row of each article."""

    def __init__(self, folder):
        self.index = DedupIndex(folder)
        self.rows = {}
        self.held = {}
        self.snapshot = 0

    def take_in(self, articles=(), gone=(), **options):
        """Assign and apply one commit; return its rows by article."""
        batch = fingerprint(list(articles))
        rows = assign(batch, self.index, gone, **options).memberships
        self.snapshot += 1
        apart = [self.held[each] for each in self.index.coming_apart(rows)]
        again = fingerprint([*articles, *(each for each in apart if each not in articles)])
        new = {each.article_id for each in articles}
        self.index.remove([each for each in gone if each in new and each in self.held])
        left = [each for each in gone if each not in new or each not in self.held]
        self.index.apply(again, rows, self.snapshot, left)
        self.held |= {each.article_id: each for each in articles}
        found = {row["article_id"]: row for row in rows.to_pylist()}
        self.rows |= found
        for each in left:
            self.rows.pop(each, None)
        return found

    def parts(self):
        """Return the clusters as sets of article ids; each has one survivor, which all others name."""
        found = {}
        for article_id, row in self.rows.items():
            found.setdefault(row["cluster_id"], set()).add(article_id)
        for members in found.values():
            (survivor,) = [each for each in members if self.rows[each]["is_canonical"]]
            assert {self.rows[each]["duplicate_of"] for each in members - {survivor}} <= {survivor}
        return {frozenset(members) for members in found.values()}


@pytest.fixture
def clusters(tmp_path):
    clusters = Clusters(tmp_path / "index")
    yield clusters
    clusters.index.close()


@pytest.fixture
def paged(written, copy_of):
    """A whole article and two pages of it, which share nothing."""
    whole = max(written[:50], key=lambda article: len(article.text))
    half = len(whole.text) // 2
    return whole, [
        copy_of(whole, n, whole.text[n * half : (n + 1) * half], f"{whole.title}({n})") for n in (1, 0)
    ]


@pytest.mark.parametrize("whole_first", [True, False])
def test_what_only_one_held_together_comes_apart(clusters, paged, whole_first):
    """Two pages of an article are one cluster by the whole text; without it they are two, as if it had not been."""
    whole, pages = paged
    for each in [whole, *pages] if whole_first else [*pages, whole]:
        clusters.take_in([each])
    assert len(clusters.parts()) == 1
    clusters.take_in(gone=[whole.article_id])
    assert clusters.parts() == {frozenset([page.article_id]) for page in pages}
    rows = [clusters.rows[page.article_id] for page in pages]
    assert [row["is_canonical"] for row in rows] == [True, True]
    assert rows[0]["cluster_id"] == (whole if whole_first else pages[0]).article_id
    assert rows[1]["cluster_id"] == pages[1].article_id


def test_each_part_is_found_afterwards(clusters, written, paged, copy_of):
    """Copies that come later meet the part they are of."""
    whole, pages = paged
    clusters.take_in([*written[60:80], whole, *pages])
    clusters.take_in(gone=[whole.article_id])
    for n, page in enumerate(pages):
        later = copy_of(page, 10 + n, f"{page.text}（完）", "转载")
        row = clusters.take_in([later])[later.article_id]
        assert row["cluster_id"] == clusters.rows[page.article_id]["cluster_id"]
    assert len(clusters.parts()) == 22


def test_a_cluster_that_holds_without_it_gets_no_new_rows(clusters, written, copy_of):
    """Copies of the survivor stay where they are."""
    story = written[3]
    clusters.take_in([story, *(copy_of(story, n, f"今日转载。{story.text}") for n in range(3))])
    survivor = next(each for each, row in clusters.rows.items() if row["is_canonical"])
    other = next(each for each in clusters.rows if each not in (survivor, story.article_id))
    assert clusters.take_in(gone=[other]) == {}
    assert len(clusters.parts()) == 1


def test_the_next_best_stands_for_a_cluster_that_lost_its_survivor(clusters, written, copy_of):
    """By the same rule as ever, with kind and similarity; the id stays, but goes when it must not be named."""
    story = written[3]
    cut = copy_of(story, 1, story.text[: len(story.text) // 2])
    more = copy_of(story, 2, story.text[: len(story.text) * 4 // 5])
    clusters.take_in([story, cut, more])
    clusters.take_in(gone=[story.article_id])
    rows = clusters.rows
    assert rows[more.article_id]["is_canonical"]
    assert rows[cut.article_id]["duplicate_kind"] == "contained"
    assert rows[cut.article_id]["similarity"] > 0.9
    assert {row["cluster_id"] for row in rows.values()} == {story.article_id}
    clusters.take_in(gone=[story.article_id], keep_names=False)
    assert {row["cluster_id"] for row in rows.values()} == {cut.article_id}


def test_a_page_of_two_articles_does_not_come_to_stand_for_one_of_them(clusters, written, copy_of):
    """It could not while the survivor was there; when that one goes, or comes anew, the article's copy stands."""
    one, other = written[:2]
    joined = copy_of(one, 1, f"{one.text}\n{other.text}", f"今日两则：{one.title}")
    for each in [one, other, joined, copy_of(one, 2, one.text[: len(one.text) * 9 // 10])]:
        clusters.take_in([each])
    part = copy_of(one, 2).article_id
    clusters.take_in(gone=[one.article_id])
    assert clusters.rows[joined.article_id]["cluster_id"] == clusters.rows[part]["cluster_id"]
    assert clusters.rows[joined.article_id]["duplicate_of"] == part
    clusters.take_in(gone=[part])
    assert clusters.rows[joined.article_id]["is_canonical"]


def test_survivors_may_go_one_after_another(clusters, written, copy_of):
    """Also when the article that the cluster is named after has gone before; the last one is a copy of nobody."""
    story = written[3]
    copies = [
        copy_of(story, n, story.text[: len(story.text) * share // 10]) for n, share in enumerate((6, 8, 5))
    ]
    clusters.take_in([story, *copies])
    for _ in range(3):
        survivor = next(each for each, row in clusters.rows.items() if row["is_canonical"])
        clusters.take_in(gone=[survivor])
        assert len(clusters.parts()) == 1
    assert list(clusters.rows) == [copies[2].article_id]
    assert clusters.rows[copies[2].article_id]["is_canonical"]


def test_a_new_version_takes_the_place_of_the_old_one(clusters, written, copy_of):
    """It comes with the commit the old one goes with, and the cluster is the same."""
    story = written[3]
    clusters.take_in([story, copy_of(story, 1, f"今日转载。{story.text}")])
    version = copy_of(story, 2, story.text.replace("。", "。今天，", 1))
    row = clusters.take_in([version], gone=[story.article_id])[version.article_id]
    assert row["cluster_id"] == story.article_id
    assert len(clusters.parts()) == 1


@pytest.mark.parametrize("is_other", [True, False])
def test_a_new_text_of_an_article_is_decided_anew(clusters, written, copy_of, is_other):
    """Read again by other rules it may be another text: then it leaves its copies, who take another name."""
    story, copy = written[3], copy_of(written[3], 1)
    second = copy_of(written[3], 2, f"今日转载。{written[3].text}")
    clusters.take_in([story, copy, second])
    text = written[9].text if is_other else story.text[:-20]
    again = type(story)(story.article_id, text, written[9].title if is_other else story.title)
    clusters.take_in([again], gone=[story.article_id])
    rest = {copy.article_id, second.article_id}
    assert clusters.rows[story.article_id]["cluster_id"] == story.article_id
    assert clusters.parts() == ({frozenset([story.article_id]), frozenset(rest)} if is_other
                                else {frozenset({story.article_id, *rest})})  # fmt: skip
    later = copy_of(story, 3, story.text + "（完）")
    row = clusters.take_in([later])[later.article_id]
    assert row["cluster_id"] == clusters.rows[copy.article_id]["cluster_id"]


def test_articles_cleaned_again_stay_what_they_were(clusters, written):
    """Each of a few articles without copies, the first one of the warehouse too, is no copy of its old text."""
    few = written[:3]
    clusters.take_in(few)
    again = [type(each)(each.article_id, f"{each.text}（修订）", each.title) for each in few]
    clusters.take_in(again, gone=[each.article_id for each in few])
    assert clusters.parts() == {frozenset([each.article_id]) for each in few}
    assert all(row["is_canonical"] for row in clusters.rows.values())


def test_batches_that_come_and_go_leave_nothing(clusters, written, copy_of):
    """All members of a cluster may go at once, new ones among them."""
    copies = [copy_of(written[0], n, f"{n}号。{written[0].text}") for n in range(4)]
    clusters.take_in([written[0], *copies[:2]])
    clusters.take_in(copies[2:], gone=[written[0].article_id, *(copy.article_id for copy in copies)])
    assert clusters.parts() == set()
    row = clusters.take_in([copy_of(written[0], 9)])
    assert [each["is_canonical"] for each in row.values()] == [True]


TRADITIONAL = opencc.OpenCC("s2twp")
CHANGES = [
    lambda text: text,
    lambda text: TRADITIONAL.convert(text),
    lambda text: text[: len(text) // 2],
    lambda text: text[len(text) // 2 :],
    lambda text: f"来源：临江在线 2019年3月5日 点击量：381\n{text}",
    lambda text: text.replace("，", ","),
]


@st.composite
def removals(draw):
    """Return (article, change) of the arrivals, the sizes of batches, and places of those removed."""
    arrivals = draw(
        st.lists(st.tuples(st.integers(0, 2), st.integers(0, 5)), min_size=3, max_size=9, unique=True)
    )
    gone = draw(st.sets(st.integers(0, len(arrivals) - 1), min_size=1, max_size=3))
    return arrivals, draw(st.integers(1, 9)), sorted(gone)


def check_removal(folder, written, copy_of, drawn):
    arrivals, size, gone = drawn
    articles = [
        copy_of(written[base], n, CHANGES[change](written[base].text))
        for n, (base, change) in enumerate(arrivals)
    ]
    clusters, without = (Clusters(folder.mktemp("index")) for _ in range(2))
    for start in range(0, len(articles), size):
        part = range(start, min(start + size, len(articles)))
        clusters.take_in([articles[n] for n in part])
        without.take_in([articles[n] for n in part if n not in gone])
    before = clusters.parts()
    clusters.take_in(gone=[articles[n].article_id for n in gone])
    assert clusters.parts() == without.parts()
    for n in gone:
        clusters.take_in([articles[n]])
        without.take_in([articles[n]])
    assert clusters.parts() == without.parts()
    if len(before) == len({base for base, _ in arrivals}):
        assert clusters.parts() == before
    clusters.index.close()
    without.index.close()


FIXTURES = [HealthCheck.function_scoped_fixture, HealthCheck.too_slow]


@settings(max_examples=8, deadline=None, suppress_health_check=FIXTURES)
@given(removals())
def test_removal_gives_the_clusters_of_the_set_without_it(tmp_path_factory, written, copy_of, drawn):
    """And what is removed and added again is where it was."""
    check_removal(tmp_path_factory, written, copy_of, drawn)


@pytest.mark.slow
@settings(max_examples=300, deadline=None, suppress_health_check=FIXTURES)
@given(removals())
def test_removal_gives_the_clusters_of_the_set_without_it_at_length(
    tmp_path_factory, written, copy_of, drawn
):
    """The same with many more sets."""
    check_removal(tmp_path_factory, written, copy_of, drawn)
