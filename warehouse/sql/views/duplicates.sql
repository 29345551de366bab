-- duplicates: which article is a copy of which.
-- Grain:   one row per copy.
-- Reads:   core.membership_told, core.articles
-- Used by: people; the run report
create or replace view duplicates as
select a.article_id, a.uri, m.duplicate_of, m.duplicate_kind, m.similarity, m.run_id
from core.membership_told as m
join core.articles as a on a.article_id = m.article_id
anti join core.retired_now as r on r.article_id = a.article_id and r.revision = a.revision
where not m.is_canonical
