-- core.membership_told: the decision that holds about each article of which there is more to say than that it
-- has a cluster of its own: copies, articles that have or had copies, decisions that were changed.
-- Grain:   one row per article, gone ones included.
-- Reads:   core.memberships; not the rows that stand alone, which lie together in the files
-- Used by: articles, all_articles, duplicates
create or replace view core.membership_told as
with newest as (
    select article_id, max(decision) as decision
    from core.memberships
    where decision > 1
    group by all
)
select m.*
from core.memberships as m
anti join newest as n on n.article_id = m.article_id and m.decision < n.decision
where m.stands_alone is not true
