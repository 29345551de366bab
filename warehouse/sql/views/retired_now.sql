-- core.retired_now: cleanings that are not current.
-- Grain:   one row per article and revision.
-- Reads:   core.retired
-- Used by: the views below; small beside the articles, so that none of them orders texts
create or replace view core.retired_now as
select article_id, revision
from core.retired
group by all
having max_by(reason, event_no) <> 'restored'
