-- decision_is_unique: decisions about an article are counted without gaps or repeats.
-- Grain:   one row per fault; none when all is well.
-- Reads:   core.memberships
-- Used by: wencang doctor
select article_id, count(*) as decisions, max(decision) as newest
from core.memberships
group by all
having count(*) <> max(decision)
