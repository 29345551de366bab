-- survivor_exists: a copy points to the survivor of its own cluster.
-- Grain:   one row per fault; none when all is well.
-- Reads:   core.membership_now
-- Used by: wencang doctor
select c.article_id, c.duplicate_of
from core.membership_now as c
left join core.membership_now as s on s.article_id = c.duplicate_of
where not c.is_canonical and (s.article_id is null or not s.is_canonical or s.cluster_id <> c.cluster_id)
