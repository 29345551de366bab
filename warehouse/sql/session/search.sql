-- search: articles for words, best first, out of the search index.
-- Grain:   one row per hit.
-- Reads:   index/search.sqlite, attached as fts
-- Used by: wencang sql; replaces the slow search of any DuckDB
create or replace temp macro search(q, k := 20) as table
select article_id, score::double as score
from sqlite_query('fts', replace(replace('{hits}', '{{match}}', '''' || search_match(q) || ''''), '{{limit}}', k::varchar))
