-- all_articles: every current article, copies included.
-- Grain:   one row per article.
-- Reads:   core.articles, core.membership_told, core.retired_now, core.gone
-- Used by: people who weigh copies; reclean
create or replace view all_articles as
with copies as (
    select cluster_id, count(*) as copy_count
    from core.membership_told
    anti join core.gone using (article_id)
    where not is_canonical
    group by all
)
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
    coalesce(c.copy_count, 0)::integer as copy_count,
    a.rules_version,
    a.run_id,
    a.loaded_at,
    coalesce(m.is_canonical, true) as is_canonical,
    m.duplicate_of,
    m.duplicate_kind,
    m.similarity
from core.articles as a
left join core.membership_told as m on m.article_id = a.article_id
left join copies as c on c.cluster_id = coalesce(m.cluster_id, a.article_id)
anti join core.retired_now as r on r.article_id = a.article_id and r.revision = a.revision
