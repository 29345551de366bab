-- cluster_has_one_survivor: each cluster has exactly one survivor.
-- Grain:   one row per fault; none when all is well.
-- Reads:   core.membership_now
-- Used by: wencang doctor
select cluster_id, count(*) filter (where is_canonical) as survivors
from core.membership_now
group by all
having count(*) filter (where is_canonical) <> 1
