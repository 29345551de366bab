"""Promises of clusters in a warehouse: they follow what is forgotten, superseded, restored and recleaned."""

import shutil

import pyarrow as pa
import pytest

from flows.commands.explain_copies import explain_copies
from flows.dedup import Deduplicator, _take_in_tables
from flows.errors import UsageError
from tasks.dedupe import ArticleText, fingerprint, pack
from warehouse import doctor
from warehouse.backup import back_up_catalog
from warehouse.catalog import Warehouse
from warehouse.forget import forget
from warehouse.purge import purge
from warehouse.reclean import RevisionStage
from warehouse.restore import restore_catalog


class Lake:
    """A warehouse whose batches are decided."""

    def __init__(self, warehouse, batch_of, run, ask):
        self.warehouse, self.batch_of, self.run, self.ask = warehouse, batch_of, run, ask
        self.dedup = Deduplicator(warehouse)
        self.minute = 0

    def load(self, *pages):
        self.minute += 1
        batch = self.batch_of(pages, self.minute)
        prints = prints_of(batch)
        return self.warehouse.load_batch(
            batch,
            unit=f"u{self.minute}",
            run=self.run,
            decide=lambda context: self.dedup.decide(prints, context),
        )

    def clusters(self):
        """Return uri -> number of copies, and check that the index says the same."""
        rows = self.ask("select article_id, cluster_id, is_canonical from all_articles")
        with self.warehouse.connect() as con:
            index = self.dedup.catch_up(con)
        numbers = index.find([row[0] for row in rows])
        assert (numbers >= 0).all()
        assert index.article_ids(index.clusters(numbers)) == [row[1] for row in rows]
        return dict(self.ask("select uri, copy_count from articles"))

    def rebuild(self, from_tables):
        """Forget the index; it comes back from the commits, or from the tables as they are."""
        self.dedup.close()
        shutil.rmtree(self.warehouse.paths.index / "dedup")
        if from_tables:
            with self.warehouse.connect() as con:
                _take_in_tables(con, self.dedup._open(), self.warehouse.snapshot_id())


def prints_of(batch):
    """Fingerprints; the first line of a text is its title."""
    columns = zip(
        *(batch["articles"].column(name).to_pylist() for name in ("article_id", "text")), strict=True
    )
    return fingerprint([ArticleText(article_id, text, text.split("\n")[0]) for article_id, text in columns])


@pytest.fixture
def lake(warehouse, batch_of, run, ask):
    opened = Lake(warehouse, batch_of, run, ask)
    yield opened
    opened.dedup.close()
    assert [each for each in doctor.examine(warehouse) if not each.is_ok] == []


def halves(text):
    """Two pages with one title, which share nothing."""
    title = text.split("\n")[0]
    return text[: len(text) // 2], f"{title}\n{text[len(text) // 2 :]}"


SLOW = pytest.mark.slow
INDEXES = [
    pytest.param(None, id="index-kept"),
    pytest.param(False, id="index-replayed", marks=SLOW),
    pytest.param(True, id="index-built", marks=SLOW),
]
PAGES = {"http://a.cn/1": 0, "http://a.cn/2": 0}


def load_paged(lake, text):
    """A whole text, then two pages of it that share nothing: one cluster, named after the whole."""
    one, two = halves(text)
    lake.load(("http://w.cn/whole", text))
    lake.load(("http://a.cn/1", one), ("http://a.cn/2", two))
    assert lake.clusters() == {"http://w.cn/whole": 2}
    return one, two


@pytest.mark.parametrize("from_tables", INDEXES)
def test_forgetting_what_held_a_cluster_together_splits_it(lake, texts, run, id_of, from_tables):
    """Its parts are clusters of their own, with names of their own, and new copies find them."""
    one, two = load_paged(lake, texts[0])
    forget(lake.warehouse, "host", "w.cn", run, lake.dedup.forget)
    if from_tables is not None:
        lake.rebuild(from_tables)
    assert lake.clusters() == PAGES
    assert dict(lake.ask("select article_id, cluster_id from articles")) == {
        id_of(one): id_of(one),
        id_of(two): id_of(two),
    }
    lake.load(("http://b.cn/1", one + "（完）"), ("http://b.cn/2", two + "（完）"))
    assert sorted(lake.clusters().values()) == [1, 1]


def test_nothing_of_the_forgotten_is_left_in_the_index(lake, texts, run, id_of):
    """After the purge the folder of the index is gone, and what comes back does not know it.

    A run that is under way has the index open meanwhile.
    """
    load_paged(lake, texts[0])
    forget(lake.warehouse, "host", "w.cn", run, lake.dedup.forget)
    purge(lake.warehouse, keep_files_days=0)
    assert not list((lake.warehouse.paths.index / "dedup").glob("*.bin"))
    assert lake.clusters() == PAGES
    with lake.warehouse.connect() as con:
        index = lake.dedup.catch_up(con)
    assert index.count == 2


def test_what_comes_next_after_a_purge_may_be_forgotten_too(lake, texts, run):
    """The history that the index would follow is gone; it is built anew in the middle of the transaction."""
    load_paged(lake, texts[0])
    for kind, value in (("host", "w.cn"), ("uri", "http://a.cn/1")):
        forget(lake.warehouse, kind, value, run, lake.dedup.forget)
        purge(lake.warehouse, keep_files_days=0)
    assert lake.clusters() == {"http://a.cn/2": 0}


def test_an_index_notices_that_the_catalog_was_restored(empty_lake, texts, batch_of, run, tmp_path):
    """On a machine that did not see the restore, nor what another one loaded since, it is built anew."""
    root = tmp_path / "lake"
    shutil.copytree(empty_lake, root)

    def load(*batches):
        with Warehouse.open(root) as warehouse:
            lake = Lake(warehouse, batch_of, run, None)
            lake.minute = len(list(warehouse.paths.data.rglob("*.parquet")))
            for pages in batches:
                lake.load(*pages)
            with warehouse.connect() as con:
                lake.dedup.catch_up(con)
                found = dict(con.execute("select uri, copy_count from articles").fetchall())
            lake.dedup.close()
            return found

    with Warehouse.open(root) as warehouse:
        backup = back_up_catalog(warehouse)
    load([("http://a.cn/1", texts[0])])
    shutil.copytree(root / "index", tmp_path / "elsewhere")
    restore_catalog(root, backup)
    load([("http://b.cn/1", texts[1])], [("http://b.cn/2", "另一篇")])
    shutil.rmtree(root / "index")
    shutil.copytree(tmp_path / "elsewhere", root / "index")

    copies = load([("http://c.cn/1", texts[0]), ("http://c.cn/2", texts[1] + "（完）")])
    assert copies == {"http://b.cn/1": 1, "http://b.cn/2": 0, "http://c.cn/1": 0}


@pytest.mark.parametrize("from_tables", INDEXES)
def test_a_page_that_changes_leaves_its_cluster_and_may_come_back(lake, texts, from_tables):
    """Superseded by another text it holds nothing together; shown again, it does."""
    load_paged(lake, texts[0])
    lake.load(("http://w.cn/whole", texts[1]))
    if from_tables is not None:
        lake.rebuild(from_tables)
    assert lake.clusters() == PAGES | {"http://w.cn/whole": 0}
    lake.load(("http://w.cn/whole", texts[0]))
    if from_tables is not None:
        lake.rebuild(from_tables)
    assert lake.clusters() == {"http://w.cn/whole": 2}


@pytest.mark.slow
@pytest.mark.parametrize("from_tables", [None, True], ids=["index-kept", "index-built"])
def test_a_cluster_keeps_the_name_of_a_page_that_changed(lake, texts, id_of, from_tables):
    """The index knows the name, also when it is built from the tables, and newcomers get it."""
    text = texts[0]
    lake.load(("http://w.cn/1", text), ("http://a.cn/1", text + "（完）"), ("http://b.cn/1", "转载。" + text))
    lake.load(("http://w.cn/1", texts[1]))
    if from_tables is not None:
        lake.rebuild(from_tables)
    lake.load(("http://c.cn/1", text + "（全文完）"))
    assert sorted(lake.clusters().values()) == [0, 2]
    names = lake.ask("select distinct cluster_id from all_articles where uri <> 'http://w.cn/1'")
    assert names == [(id_of(text),)]


def reclean(lake, run, *pages):
    """Publish other texts of documents (content, text), as newer rules read them."""
    stage = RevisionStage(lake.warehouse, "rules-2")
    again = pa.array([2], pa.int64())
    for number, (content, text) in enumerate(pages):
        articles = lake.batch_of([("http://a.cn/1", content)])["articles"].append_column("revision", again)
        for name, value in (("text", text), ("title", text[:8]), ("text_hans", text), ("rules_version", "2")):
            articles = articles.set_column(articles.schema.get_field_index(name), name, pa.array([value]))
        article_id = articles.column("article_id")[0].as_py()
        signatures = pack(fingerprint([ArticleText(article_id, text, text.split("\n")[0])]))
        signatures = signatures.append_column("revision", again)
        stage.prepare(f"{number:04}", {"articles": articles, "signatures": signatures})
    stage.publish(run, lake.dedup.revise)


def test_a_recleaned_cluster_keeps_the_name_of_a_page_that_changed(lake, texts, run):
    """All that is left of it is read otherwise, and stays together; a new copy joins it."""
    text = texts[0]
    lake.load(("http://w.cn/1", text))
    lake.load(("http://a.cn/1", text + "（完）"), ("http://b.cn/1", text + "（全文完）"))
    lake.load(("http://w.cn/1", texts[1]))
    assert sorted(lake.clusters().values()) == [0, 1]
    reclean(lake, run, (text + "（完）", text + "（改）"), (text + "（全文完）", text + "（又改）"))
    assert sorted(lake.clusters().values()) == [0, 1]
    lake.load(("http://c.cn/1", text + "（终）"))
    assert sorted(lake.clusters().values()) == [0, 2]


@pytest.mark.parametrize(
    "changes", [pytest.param(True, id="other-text"), pytest.param(False, id="same-text", marks=SLOW)]
)
def test_a_reclean_decides_again_what_reads_otherwise(lake, texts, run, id_of, changes):
    """A copy that turns out to be another article leaves; one that reads the same gets no new row."""
    copy = "转载。" + texts[0]
    lake.load(("http://w.cn/1", texts[0]), ("http://a.cn/1", copy), ("http://b.cn/1", texts[0] + "（完）"))
    assert list(lake.clusters().values()) == [2]
    before = lake.ask("select count(*) from core.memberships")
    reclean(lake, run, (copy, texts[1] if changes else copy))
    if changes:
        assert lake.clusters() == {"http://w.cn/1": 1, "http://a.cn/1": 0}
        lake.load(("http://d.cn/1", texts[1] + "（完）"))
        assert lake.clusters()["http://a.cn/1"] == 1
    else:
        assert list(lake.clusters().values()) == [2]
        assert lake.ask("select count(*) from core.memberships") == before


def test_explain_says_what_was_decided_and_what_differs(lake, texts, capsys):
    """By address as well as by id: who is whose copy, how alike they are, and what only one has."""
    lake.load(("http://w.cn/1", texts[0]), ("http://a.cn/1", texts[0] + "（另有附记一则）"))
    lake.load(("http://c.cn/1", texts[1]))
    explain_copies(lake.warehouse.paths.root, "http://w.cn/1", "http://a.cn/1")
    said = capsys.readouterr().out
    assert "A  " in said
    assert "near copy of A (similarity 0.9" in said
    assert "stands for cluster" in said
    assert "另有附记一则" in said.split("only in B")[1]
    explain_copies(lake.warehouse.paths.root, "http://w.cn/1", "http://c.cn/1")
    assert "no copies, taken alone" in capsys.readouterr().out
    with pytest.raises(UsageError, match="No article of"):
        explain_copies(lake.warehouse.paths.root, "http://w.cn/1", "http://nowhere.cn")
