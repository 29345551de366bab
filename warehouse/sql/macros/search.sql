-- search: articles whose title or text holds all of the words; slow but needs no index.
-- Grain:   one row per hit.
-- Reads:   articles
-- Used by: any DuckDB; wencang sql puts the indexed search of the same shape in its place
create or replace macro search(q, k := 20) as table
with asked as (
    select list_filter(regexp_split_to_array(lower(q), '[\s\p{P}]+'), lambda word: word <> '') as words
),
read as (
    select article_id, lower(coalesce(title, '')) as title, lower(text) as text, lower(text_hans) as text_hans
    from articles
)
select article_id, score
from (
    select
        article_id,
        list_sum(list_transform(words, lambda word:
            case when contains(title, word) then 10.0 else 0.0 end
            + greatest(length(text_hans) - length(replace(text_hans, word, '')),
                length(text) - length(replace(text, word, ''))) / length(word)))::double as score
    from read, asked
    where len(words) > 0 and len(list_filter(words, lambda word:
        not (contains(text_hans, word) or contains(text, word) or contains(title, word)))) = 0
)
order by score desc, article_id
limit k
