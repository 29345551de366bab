-- all_articles: every current article, copies included.
-- Grain:   one row per article.
-- Reads:   core.articles, core.marks
-- Used by: people who weigh copies; reclean
create or replace view all_articles as
select
    a.article_id,
    a.external_id,
    a.uri,
    a.host,
    a.site,
    a.title,
    a.subtitle,
    a.source_name,
    a.published_at,
    a.published_on,
    a.authors,
    a.photographers,
    a.editors,
    a.breadcrumb,
    a.script,
    a.text,
    coalesce(a.text_hans, a.text) as text_hans,
    a.char_count,
    coalesce(m.cluster_id, a.article_id) as cluster_id,
    coalesce(m.copy_count, 0)::integer as copy_count,
    a.rules_version,
    a.run_id,
    a.loaded_at,
    coalesce(m.is_canonical, true) as is_canonical,
    m.duplicate_of,
    m.duplicate_kind,
    m.similarity
from core.articles as a
left join core.marks as m on m.article_id = a.article_id
where a.revision = coalesce(m.revision, a.revision)
