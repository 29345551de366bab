-- alone_stands_alone: what views of copies leave unread says nothing of copies.
-- Grain:   one row per fault; none when all is well.
-- Reads:   core.memberships
-- Used by: wencang doctor
select article_id, decision, cluster_id
from core.memberships
where stands_alone and (decision > 1 or not is_canonical or cluster_id <> article_id)
