-- one_cleaning_is_current: of a document's cleanings at most one is current.
-- Grain:   one row per fault; none when all is well.
-- Reads:   core.articles, core.retired_now
-- Used by: wencang doctor
select a.article_id, count(*) as current_revisions
from core.articles as a
anti join core.retired_now as r on r.article_id = a.article_id and r.revision = a.revision
group by all
having count(*) > 1
