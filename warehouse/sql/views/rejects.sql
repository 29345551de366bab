-- rejects: what cannot be loaded, and why; one that was cured is history (core.rejects keeps it).
-- Grain:   one row per document or record that is stopped as things stand.
-- Reads:   core.rejects, core.closed_rejects
-- Used by: people; the run report
create or replace view rejects as
with closed as (
    select uri, article_id, max(closed_at) as closed_at
    from core.closed_rejects
    group by all
)
select
    r.uri, r.step, r.reason, r.detail, r.article_id, r.run_id, r.rejected_at,
    coalesce(r.attempts, 1)::integer as attempts
from core.rejects as r
anti join closed as c
    on c.uri = r.uri and c.article_id is not distinct from r.article_id and r.rejected_at <= c.closed_at
