"""Search for people: hits with the place in the text where the words stand."""

from dataclasses import dataclass
from datetime import date

import duckdb

from warehouse.paths import WarehousePaths
from warehouse.search import Hit, SearchIndex
from warehouse.search_text import RUN, fold

WIDTH = 60
"""Characters of a passage."""

_NEWER = """
    select 1 from __ducklake_metadata_lake.ducklake_data_file f
    join __ducklake_metadata_lake.ducklake_table t using (table_id)
    where t.table_name = 'articles' and f.begin_snapshot > ? limit 1
"""
"""Was a file of articles written after a snapshot? Asked of the catalog, not of the tables."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A hit with its passage. marks: spans of the words in ``passage``, 0-based, end exclusive."""

    article_id: str
    score: float
    title: str | None
    source_name: str | None
    published_on: date | None
    uri: str
    passage: str
    marks: tuple[tuple[int, int], ...]


def search_passages(con: duckdb.DuckDBPyConnection, root: str, words: str, k: int = 20) -> list[Passage]:
    """Return the ``k`` best articles for ``words``, best first, each with its passage.

    con: connection to the lake. Without a search index (or on a read-only disk) the texts are read instead (slow, same answer
    in another order).
    """
    index = SearchIndex(WarehousePaths.of(root))
    if index.can_be_read() and not _has_index(con):
        return _with_passages(con, index.hits(words, k), words)
    rows = con.execute("select article_id, score from search(?, k := ?)", [fold(words), k]).fetchall()
    return _with_passages(con, [Hit(str(a), float(s)) for a, s in rows], words)


def unsearched(con: duckdb.DuckDBPyConnection) -> int:
    """Return the number of stored articles that the attached search index does not hold yet.

    An ingest that is at work, or was killed before its end, leaves some. Without an index texts are read, all of them.
    """
    held = con.execute("select snapshot_id from fts.watermark").fetchone() if _has_index(con) else None
    if held is None or con.execute(_NEWER, held).fetchone() is None:
        return 0
    row = con.execute(
        "select (select count(*) from core.articles) - (select count(*) from fts.entries)"
    ).fetchone()
    return max(0, int(row[0])) if row else 0


def _has_index(con: duckdb.DuckDBPyConnection) -> bool:
    """Has this connection the search index attached? Then it must not be opened by another SQLite."""
    query = "select 1 from duckdb_databases() where database_name = 'fts'"
    return con.execute(query).fetchone() is not None


def _with_passages(con: duckdb.DuckDBPyConnection, hits: list[Hit], words: str) -> list[Passage]:
    if not hits:
        return []
    rows = con.execute(
        "select article_id, title, source_name, published_on, uri, text from articles "
        "where article_id in (select unnest(?))",
        [[hit.article_id for hit in hits]],
    ).fetchall()
    found = {row[0]: row[1:] for row in rows}
    passages = []
    for hit in hits:
        if hit.article_id in found:
            title, source_name, published_on, uri, text = found[hit.article_id]
            passage, marks = passage_of(text, words)
            passages.append(
                Passage(hit.article_id, hit.score, title, source_name, published_on, uri, passage, marks)
            )
    return passages


def passage_of(text: str, words: str) -> tuple[str, tuple[tuple[int, int], ...]]:
    """Return the stretch of ``text``, ``WIDTH`` characters at most, that holds most of the words, and their spans in it.

    >>> passage_of("大家都来保護環境。", "保护")
    ('大家都来保護環境。', ((4, 6),))
    """
    wanted = [m.group() for m in RUN.finditer(fold(words))]
    folded = fold(text)
    places = sorted({(at, at + len(w)) for w in wanted for at in _places(folded, w)})
    if not places:
        return text[:WIDTH].replace("\n", " "), ()
    best = max(places, key=lambda p: (_count(folded, p[0], WIDTH, wanted), -p[0]))
    start = max(best[0] - WIDTH // 4, 0)
    end = min(start + WIDTH, len(text))
    marks = tuple((a - start, b - start) for a, b in places if a >= start and b <= end)
    return text[start:end].replace("\n", " "), marks


def _places(folded: str, word: str, most: int = 50) -> list[int]:
    found: list[int] = []
    at = folded.find(word)
    while at >= 0 and len(found) < most:
        found.append(at)
        at = folded.find(word, at + len(word))
    return found


def _count(folded: str, at: int, width: int, wanted: list[str]) -> int:
    window = folded[max(at - width // 4, 0) : at + width]
    return sum(word in window for word in wanted)
