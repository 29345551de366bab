-- search: articles whose title or simplified text holds the words; slow but needs no index.
-- Grain:   one row per hit.
-- Reads:   articles
-- Used by: any DuckDB; wencang sql puts the indexed search of the same shape in its place
create or replace macro search(q, k := 20) as table
select article_id, score
from (
    select
        article_id,
        (case when contains(coalesce(title, ''), q) then 10.0 else 0.0 end
            + (length(text_hans) - length(replace(text_hans, q, ''))) / length(q))::double as score
    from articles
    where contains(text_hans, q) or contains(text, q) or contains(coalesce(title, ''), q)
)
order by score desc, article_id
limit k
