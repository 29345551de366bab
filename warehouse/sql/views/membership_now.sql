-- core.membership_now: the decision that holds about the cluster of each article.
-- Grain:   one row per article that is not gone.
-- Reads:   core.memberships, core.gone
-- Used by: the checks of the doctor, the index of copies
create or replace view core.membership_now as
with newest as (
    select article_id, max(decision) as decision
    from core.memberships
    where decision > 1
    group by all
)
select memberships.*
from core.memberships
anti join newest
    on memberships.article_id = newest.article_id and memberships.decision < newest.decision
anti join core.gone
    on memberships.article_id = gone.article_id
