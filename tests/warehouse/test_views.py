"""Promises of the views: what they leave unread changes no answer."""

import random

from tasks.article import read_article

PLAINLY = """
with newest as (
    select * from core.memberships qualify row_number() over (partition by article_id order by decision desc) = 1
),
event as (
    select * from core.retired qualify row_number() over (partition by article_id order by event_no desc) = 1
),
current as (
    select newest.* from newest left join event using (article_id) where coalesce(event.reason, 'restored') = 'restored'
)
select c.article_id, c.cluster_id, c.is_canonical, c.duplicate_of,
    (select count(*) from current as o where o.cluster_id = c.cluster_id and not o.is_canonical) as copy_count
from current as c
"""
"""The newest decision about each article that is not gone, without any short way."""


def test_articles_and_copies_are_those_of_the_newest_decisions(warehouse):
    """However decisions follow each other, the views show the newest of each article, and count its copies."""
    chance = random.Random(7)
    ids = [f"{number:03}" for number in range(200)]
    memberships: list[str] = []
    retired: list[str] = []
    for own in ids:
        for decision in range(1, chance.choice((1, 1, 1, 2, 3)) + 1):
            cluster = own if chance.random() < 0.6 else chance.choice(ids)
            canonical = cluster == own or chance.random() < 0.3
            alone = chance.random() < 0.9 and decision == 1 and canonical and cluster == own
            of = "null" if canonical else f"'{cluster}'"
            memberships.append(f"('{own}', {decision}, '{cluster}', {canonical}, {of}, {alone})")
        for number, reason in enumerate(("superseded", "restored")[: chance.choice((0, 0, 0, 1, 2))], 1):
            retired.append(f"('{own}', {number}, '{reason}')")
    chance.shuffle(memberships)
    with warehouse.connect() as con:
        con.execute("begin")
        con.execute(
            "insert into core.articles (article_id, revision, uri, authors, photographers, editors, breadcrumb, script, "
            "text, char_count, rules_version, run_id, loaded_at) "
            "select unnest(?), 1, 'u', [], [], [], [], 'hans', '文', 1, '1', 'r', now()",
            [ids],
        )
        con.execute(
            "insert into core.memberships (article_id, decision, cluster_id, is_canonical, duplicate_of, stands_alone, "
            f"run_id, decided_at) select *, 'r', now() from (values {', '.join(memberships)})"
        )
        con.execute(
            "insert into core.retired (article_id, event_no, reason, revision, run_id, retired_at) "
            f"select *, 1, 'r', now() from (values {', '.join(retired)})"
        )

        names = "article_id, cluster_id, is_canonical, duplicate_of, copy_count"
        plainly = con.execute(f"{PLAINLY} order by all").fetchall()
        assert con.execute(f"select {names} from all_articles order by all").fetchall() == plainly
        shown = con.execute("select article_id from articles order by all").fetchall()
        assert shown == [row[:1] for row in plainly if row[2]]
        copies = con.execute("select article_id from duplicates order by all").fetchall()
        assert copies == [row[:1] for row in plainly if not row[2]]
        con.execute("rollback")


def test_most_articles_stand_alone(warehouse, batch_of, run, ask):
    """Articles that have no copies are marked as such when they are loaded; the survivor of two is not unread."""
    warehouse.load_batch(batch_of([("http://a/1", "一"), ("http://a/2", "二")]), unit="u1", run=run)

    assert ask("select stands_alone, count(*) from core.memberships group by all") == [(True, 2)]
    assert ask("select count(*) from core.membership_told") == [(0,)]
    assert ask("select count(*) from articles where cluster_id = article_id") == [(2,)]


def test_text_that_is_lost_is_told_in_sql(warehouse):
    """A line that nothing can bring back says so beside its rule; the dictionary says how."""
    page = "渡口的船夫换了三代人，河上的桥也修了三座。\n锟斤拷锟斤拷锟斤拷锟斤拷锟斤拷\n如今没有人再等船，渡口只剩下石阶。\n"
    lines = read_article(page.encode()).lines
    with warehouse.connect() as con:
        con.execute("begin")
        con.executemany(
            "insert into core.lines (article_id, revision, line_no, label, rule, text) values ('a', 1, ?, ?, ?, ?)",
            [(line.number, line.label, line.rule, line.text) for line in lines if line.text],
        )
        lost = con.execute("select line_no from lines where rule like '%unrecoverable%'").fetchall()
        told = con.execute(
            "select comment from dictionary where view_name = 'lines' and column_name = 'rule'"
        ).fetchone()
        con.execute("rollback")

    assert lost == [(2,)]
    assert told is not None
    assert "unrecoverable" in told[0]
