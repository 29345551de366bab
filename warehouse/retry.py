"""retry: documents that earlier rules stopped, to be read again by today's.

Their bytes are stored. A document has been tried with the rules of the run that wrote its newest
reject. What today's rules let through is loaded like anything new (``warehouse.load``); its
sightings are those there are.
"""

from collections.abc import Iterator, Sequence

import duckdb
import pyarrow as pa

_TRIED = """
select r.article_id, max_by(l.rules_version, r.rejected_at) as rules_version
from core.rejects as r
join (select run_id, max(rules_version) as rules_version from core.ledger group by all) as l using (run_id)
where r.article_id is not null
group by all
"""
"""By which rules each rejected document was tried last."""

STOPPED = f"""
select d.article_id from core.documents as d
join ({_TRIED}) as t on t.article_id = d.article_id
anti join core.articles as a on a.article_id = d.article_id
where t.rules_version is distinct from ?
"""

REJECTED_LATER = f"""
select a.article_id, a.revision from core.articles as a
join (
    select article_id, max(revision) as revision from core.retired
    group by all having max_by(reason, event_no) = 'rejected'
) as r on r.article_id = a.article_id and r.revision = a.revision
join ({_TRIED}) as t on t.article_id = a.article_id
where t.rules_version is distinct from ?
"""
"""Articles that newer rules than their first ones stopped: they come back by a cleaning of their own."""


def count_stopped(con: duckdb.DuckDBPyConnection, rules_version: str) -> int:
    """Number of stored documents that only other rules than today's have tried, in vain."""
    row = con.execute(f"select count(*) from ({STOPPED})", [rules_version]).fetchone()
    return int(row[0]) if row else 0


def stopped_documents(con: duckdb.DuckDBPyConnection, rules_version: str, rows: int) -> Iterator[pa.Table]:
    """Those documents, in parts, in a fixed order; columns of ``core.documents``."""
    reader = con.execute(
        f"select d.* from ({STOPPED}) as s join core.documents as d using (article_id) order by article_id",
        [rules_version],
    ).to_arrow_reader(rows)
    for part in reader:
        yield pa.Table.from_batches([part])


def sightings_of(con: duckdb.DuckDBPyConnection, article_ids: Sequence[str]) -> pa.Table:
    """Where these documents were seen last, and when: to be told again with their articles.

    A place shows articles only, so it took no notice of them while they were rejects.
    """
    return con.execute(
        "select article_id, uri, max(seen_at) as seen_at from core.sightings "
        "where list_contains(?, article_id) group by all order by seen_at, article_id, uri",
        [list(article_ids)],
    ).to_arrow_table()
