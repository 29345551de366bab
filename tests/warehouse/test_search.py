"""Promises of search: substrings of Chinese are found, in either script, from Python and from SQL."""

import shutil

import pytest

from warehouse.catalog import Warehouse
from warehouse.passages import passage_of, search_passages, unsearched
from warehouse.paths import WarehousePaths
from warehouse.readers import read_only_connection
from warehouse.search import SearchIndex
from warehouse.search_text import match_expression

PAGES = [
    ("http://a/1", "春耕开始\n各地春耕全面开始，农户忙着播种。"),
    ("http://a/2", "環境保護\n市民參與環境保護，GDP增長。"),
    ("http://a/3", "天气\n明天多云转晴，气温回升。"),
]


@pytest.fixture(scope="module")
def indexed(empty_lake, tmp_path_factory, make_batch, make_run):
    """Folder of, and a reader on, a warehouse with a search index, for many questions."""
    root = tmp_path_factory.mktemp("indexed") / "lake"
    shutil.copytree(empty_lake, root)
    with Warehouse.open(root) as warehouse, warehouse.connect() as con:
        warehouse.load_batch(make_batch(PAGES), unit="u1", run=make_run)
        SearchIndex(warehouse.paths).catch_up(con)
    with read_only_connection(root) as reader:
        yield root, reader


@pytest.fixture
def index(warehouse, batch_of, run):
    """A search index over three pages."""
    warehouse.load_batch(batch_of(PAGES), unit="u1", run=run)
    index = SearchIndex(warehouse.paths)
    with warehouse.connect() as con:
        assert index.catch_up(con) == 3
        assert index.catch_up(con) == 0
    return index


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("春耕", [0]),
        ("全面开始", [0]),
        ("环境保护", [1]),
        ("環境保護", [1]),
        ("gdp", [1]),
        ("ＧＤＰ", [1]),
        ("市民 增长", [1]),
        ("晴", [2]),
        ("种", [0]),
        ("气", [2]),
        ("耕春", []),
        ("保护市民", []),
        ("春耕 环境", []),
        ("", []),
        ("，。", []),
        ("' \" ) or 1=1 --", []),
    ],
)
def test_words_find_their_articles(indexed, id_of, words, found):
    """Every word must occur, as written, in either script and width; the same from SQL."""
    root, con = indexed
    wanted = {id_of(PAGES[i][1]) for i in found}

    assert {hit.article_id for hit in SearchIndex(WarehousePaths.of(root)).hits(words)} == wanted
    rows = con.execute("select article_id, score from search(?)", [words]).fetchall()
    assert {row[0] for row in rows} == wanted
    assert all(score > 0 for _, score in rows)
    query = "select a.article_id from search($q, k := 1) s join articles a using (article_id)"
    assert {row[0] for row in con.execute(query, {"q": words}).fetchall()} == wanted


def test_a_superseded_page_is_found_no_more(index, warehouse, batch_of, run, id_of):
    """The index follows new versions."""
    warehouse.load_batch(batch_of([("http://a/1", "秋收开始")], 1), unit="u2", run=run)
    with warehouse.connect() as con:
        assert index.catch_up(con) == 1

    assert index.hits("春耕") == []
    assert [hit.article_id for hit in index.hits("秋收")] == [id_of("秋收开始")]


def test_a_damaged_index_is_built_anew(index, warehouse):
    """A file that is no database any more costs time, not answers."""
    for name in ("search.sqlite-wal", "search.sqlite-shm"):
        (warehouse.paths.index / name).unlink(missing_ok=True)
    index.path.write_bytes(b"x" * 8192)
    with warehouse.connect() as con:
        assert index.catch_up(con) == 3
    assert len(index.hits("春耕")) == 1


def test_without_an_index_search_reads_the_texts(warehouse, batch_of, run):
    """The macro that any DuckDB has gives the same kind of answer."""
    warehouse.load_batch(batch_of(PAGES), unit="u1", run=run)

    with warehouse.connect() as con:
        for words, hits in (
            ("春耕", 1),
            ("春耕 播种", 1),
            ("春耕，播种", 1),
            ("春耕 天气", 0),
            ("gdp", 1),
            (" ", 0),
        ):
            assert len(con.execute("select * from search(?)", [words]).fetchall()) == hits
        assert search_passages(con, str(warehouse.paths.root), "春耕")[0].title == PAGES[0][1][:8]


def test_on_a_read_only_disk_search_reads_the_texts(index, warehouse, monkeypatch):
    """SQLite cannot open an index beside which it may write nothing; whoever asks is answered all the same."""
    monkeypatch.setattr("warehouse.search.os.access", lambda *_: False)
    with read_only_connection(warehouse.paths.root) as con:
        assert con.execute("select count(*) from search('春耕')").fetchone() == (1,)
        assert len(search_passages(con, str(warehouse.paths.root), "春耕")) == 1
        assert con.execute("from duckdb_databases() where database_name = 'fts'").fetchall() == []


def test_what_is_not_indexed_yet_is_counted(index, warehouse, batch_of, run):
    """After an ingest that was killed, a search knows how much it did not look at."""
    for expected, pages in ((0, []), (1, [("http://a/9", "新闻\n渡口今天停航。")])):
        if pages:
            warehouse.load_batch(batch_of(pages), unit="u9", run=run)
        with read_only_connection(warehouse.paths.root) as reader:
            assert unsearched(reader) == expected


@pytest.mark.parametrize("name", ["a#b", "a%20b", "a?b"])
def test_the_index_lies_in_the_folder_whatever_its_name(tmp_path, name, index):
    """Signs that mean something in an address are part of a name."""
    copy = WarehousePaths.of(tmp_path / name)
    shutil.copytree(index.path.parent, copy.index)

    assert SearchIndex(copy).count() == 3
    assert [path.name for path in tmp_path.iterdir() if path.name[0] == "a"] == [name]


def test_a_hit_shows_the_matching_passage(index, warehouse):
    """The passage holds the words, with their places, in the article's own script."""
    with warehouse.connect() as con, read_only_connection(warehouse.paths.root) as reader:
        for connection in (con, reader):
            (found,) = search_passages(connection, str(warehouse.paths.root), "环境保护")
            assert [found.passage[a:b] for a, b in found.marks] == ["環境保護", "環境保護"]


def test_the_passage_is_the_one_with_most_words():
    """Far apart, the stretch with more of the words is shown."""
    text = "春天。" + "无关的话，" * 40 + "春天的花园里开满了花。"

    passage, marks = passage_of(text, "春天 花园")

    assert "花园" in passage
    assert [passage[a:b] for a, b in marks] == ["春天", "花园"]


def test_a_phrase_is_a_row_of_pairs():
    """One character is a prefix, more are a phrase."""
    assert match_expression("环境保护 法") == '"环境 境保 保护" AND "法" *'
