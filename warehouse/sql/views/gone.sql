-- core.gone: articles without any current cleaning: superseded by a newer page,
-- rejected by newer rules, or forgotten.
-- Grain:   one row per article.
-- Reads:   core.retired
-- Used by: duplicates, all_articles (copies that no longer count)
create or replace view core.gone as
select article_id
from core.retired
group by all
having max_by(reason, event_no) in ('superseded', 'rejected', 'forgotten')
