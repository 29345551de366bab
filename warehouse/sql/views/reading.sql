-- reading: what people read: full-width marks where Chinese is written, whatever the page printed.
-- Grain:   one row per surviving article
-- Reads:   articles, full_width; articles.text keeps the marks of the page
-- Used by: people. Texts are widened as they are read: a filter on other columns spares the rest
create or replace view reading as
select
    article_id,
    uri,
    full_width(title) as title,
    full_width(subtitle) as subtitle,
    source_name,
    published_on,
    script,
    full_width(text) as text,
    full_width(text_hans) as text_hans
from articles
