"""forget_scope: what the name of an article, an address or a host stands for in the warehouse.

Reads   places of articles in the lake, as of the connection's transaction
Gives   article ids, or addresses that a shorter name may mean
"""

from typing import Literal
from urllib.parse import urlsplit

import duckdb

Kind = Literal["article", "uri", "host"]

PLACES = """
select article_id, uri from core.sightings
union all select article_id, uri from core.articles
union all select article_id, url from core.articles where url is not null
union all select article_id, url from core.documents where url is not null
"""
"""Where articles are: a record of a file was seen in the file, and names an address of its own."""

MOST_CALLED = 3
"""Files of one name that a question lists."""


def host_of(uri: str) -> str | None:
    """Host of an address, in lower case, without port."""
    try:
        return urlsplit(uri).hostname
    except ValueError:
        return None


def containers_of(uri: str) -> set[str]:
    """Return the addresses of the files that hold what is seen at an address.

    >>> sorted(containers_of("file:///in/a.zip!/rows.jsonl#id=7"))
    ['file:///in/a.zip', 'file:///in/a.zip!/rows.jsonl']
    """
    path = uri.partition("#")[0]
    found = {path} if path != uri else set()
    while "!/" in path:
        path = path.rpartition("!/")[0]
        found.add(path)
    return found


def articles_of(con: duckdb.DuckDBPyConnection, kind: Kind, value: str) -> list[str]:
    """Return the articles that a name stands for: of an address also what lies in the file there."""
    if kind == "article":
        return [value]
    if kind == "uri":
        query = f"select distinct article_id from ({PLACES}) where uri = $1 or starts_with(uri, $2) or starts_with(uri, $3)"
        return sorted(
            str(row[0]) for row in con.execute(query, [value, f"{value}#", f"{value}!/"]).fetchall()
        )
    query = f"select distinct article_id, uri from ({PLACES}) where contains(lower(uri), lower($1))"
    rows = con.execute(query, [value]).fetchall()
    return sorted({str(a) for a, uri in rows if host_of(uri) == value.lower()})


def files_called(con: duckdb.DuckDBPyConnection, name: str) -> list[str]:
    """Return the addresses of loaded files of a name, in order, ``MOST_CALLED`` at most."""
    query = (
        f"select distinct split_part(uri, '#', 1) as file from ({PLACES}) "
        "where starts_with(uri, 'file:') and ends_with(file, $1) "
        f"order by 1 limit {MOST_CALLED}"
    )
    return [str(row[0]) for row in con.execute(query, [f"/{name}"]).fetchall()]
