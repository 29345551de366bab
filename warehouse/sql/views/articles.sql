-- articles: what was published, each article once.
-- Grain:   one row per surviving article: one per cluster of copies, newest version.
-- Reads:   core.articles, core.membership_told, core.retired_now, core.gone
-- Used by: people; search, export
create or replace view articles as
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
    a.loaded_at
from core.articles as a
left join core.membership_told as m on m.article_id = a.article_id
left join copies as c on c.cluster_id = coalesce(m.cluster_id, a.article_id)
anti join core.retired_now as r on r.article_id = a.article_id and r.revision = a.revision
where m.is_canonical is not false
