-- articles: what was published, each article once.
-- Grain:   one row per surviving article: one per cluster of copies, newest version.
-- Reads:   all_articles; the same columns but those that tell copies apart
-- Used by: people; search, export
create or replace view articles as
select * exclude (is_canonical, duplicate_of, duplicate_kind, similarity)
from all_articles
where is_canonical
