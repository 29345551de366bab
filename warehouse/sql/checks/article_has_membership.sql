-- article_has_membership: a current article belongs to a cluster.
-- Grain:   one row per fault; none when all is well.
-- Reads:   core.articles, core.retired_now, core.membership_now
-- Used by: wencang doctor
select a.article_id, a.revision
from core.articles as a
anti join core.retired_now as r on r.article_id = a.article_id and r.revision = a.revision
anti join core.membership_now as m on m.article_id = a.article_id
