-- details: what else is known of an article than articles and all_articles show.
-- Grain:   one row per article, copies included.
-- Reads:   core.articles, core.retired_now
-- Used by: people who ask for a record's own columns, or how exact a date is
create or replace view details as
select a.article_id, a.url, a.canonical_url, a.date_precision, a.script_region, a.attributes, a.evidence
from core.articles as a
anti join core.retired_now as r on r.article_id = a.article_id and r.revision = a.revision
