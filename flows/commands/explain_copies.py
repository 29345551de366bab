"""wencang explain --duplicate: why two articles are copies of each other, or are not."""

from pathlib import Path

import duckdb

from flows.errors import UsageError
from flows.stored import stored_article
from tasks.article import Article
from tasks.dedupe.explain import Explanation, explain_pair
from warehouse.catalog import Warehouse

MARKS = " \n　，。、；：！？"
"""Left out at the ends of what differs: folding does not see them."""

DECIDED = """
select cluster_id, is_canonical, duplicate_of, duplicate_kind, similarity, published_at
from all_articles where article_id = ?
"""
NAMED = "select article_id from all_articles where uri = $1 or external_id = $1 order by is_canonical desc limit 2"


def explain_copies(warehouse: Path, first: str, second: str) -> int:
    """Print how alike two articles are, what was decided about them, and which passages they share or do not.

    first, second: article ids, addresses, or ids of rows.
    """
    found: list[tuple[str, str, Article]] = []
    decided = []
    with Warehouse.open(warehouse, read_only=True) as opened, opened.connect() as con:
        for name in (first, second):
            article_id = _article_id(con, name, warehouse)
            stored = stored_article(opened, article_id)
            if stored is None:
                raise UsageError(
                    f"No article of {warehouse} is {name}. Nothing was done. "
                    "wencang search prints the ids of what it finds."
                )
            found.append((article_id, *stored))
            decided.append(con.execute(DECIDED, [article_id]).fetchone())
    (id_a, uri_a, a), (id_b, uri_b, b) = found
    pair = explain_pair(a.text, b.text, a.title, b.title)
    for mark, article_id, uri, article, row in (
        ("A", id_a, uri_a, a, decided[0]),
        ("B", id_b, uri_b, b, decided[1]),
    ):
        print(
            f"{mark}  {article_id}  {uri}\n   {article.title or '(no title)'}\n   {_decision(row, id_a, id_b)}"
        )
    print(f"\n{_likeness(pair)}\n")
    _print_passages(pair, a, b)
    return 0


def _article_id(con: duckdb.DuckDBPyConnection, name: str, warehouse: Path) -> str:
    """Return the id of an article that is named by id, address or external id."""
    rows = con.execute(NAMED, [name]).fetchall()
    if len(rows) > 1:
        raise UsageError(f"{name} is the address of several articles of {warehouse}: name one by its id.")
    return str(rows[0][0]) if rows else name


def _decision(row: tuple[object, ...] | None, id_a: str, id_b: str) -> str:
    """Say what the warehouse holds of an article."""
    if row is None:
        return "superseded or stopped: it is in no cluster"
    cluster, is_canonical, duplicate_of, kind, similarity, published = row
    when = f", published {published:%Y-%m-%d}" if published else ""
    if is_canonical:
        return f"stands for cluster {cluster}{when}"
    whose = "A" if duplicate_of == id_a else "B" if duplicate_of == id_b else duplicate_of
    like = "" if similarity is None else f" (similarity {similarity:.3f})"
    return f"{kind} copy of {whose}{like}, in cluster {cluster}{when}"


def _likeness(pair: Explanation) -> str:
    """Say how alike two texts are, taken alone."""
    kind = {"contained": "one contains the other"}.get(pair.kind or "", f"{pair.kind} copies")
    return (
        f"{kind if pair.kind else 'no copies'}, taken alone: {pair.similarity:.1%} of both texts is shared, "
        f"{pair.contained:.1%} of the shorter"
    )


def _print_passages(pair: Explanation, a: Article, b: Article) -> None:
    """Print the shared passages, then what only one of them has."""
    if pair.shared:
        print(f"in both ({sum(len(each.text) for each in pair.shared):,} characters)")
    for shared in pair.shared:
        print(f"  = {_short(shared.text)}")
    for mark, text, spans in (("A", a.text, pair.only_a), ("B", b.text, pair.only_b)):
        only = [text[start:end] for start, end in spans if text[start:end].strip()]
        if only:
            print(f"only in {mark} ({sum(map(len, only)):,} characters)")
        for each in only:
            print(f"  {mark} {_short(each.strip(MARKS))}")


def _short(text: str) -> str:
    text = text.strip().replace("\n", " ⏎ ")
    return text if len(text) <= 120 else f"{text[:80]} … {text[-30:]} ({len(text)} characters)"
