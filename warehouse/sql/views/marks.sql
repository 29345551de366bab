-- core.marks: articles about which there is more to say than what their own row says.
-- Grain:   one row per article that has or had copies, or of which some cleaning was retired. revision is the
--          current cleaning, 0 for none, null when none was retired; cluster_id and is_canonical are null where
--          the article stands for a cluster of its own.
-- Reads:   core.membership_told, core.retired
-- Used by: all_articles, articles: one look-up for each article, in a table that is small beside them
create or replace view core.marks as
with told as (
    select article_id, cluster_id, is_canonical, duplicate_of, duplicate_kind, similarity
    from core.membership_told
),
cleanings as (
    select
        article_id,
        max_by(case reason when 'recleaned' then revision + 1 when 'restored' then revision else 0 end, event_no)
            as revision
    from core.retired
    group by all
),
copies as (
    select cluster_id, count(*) as copy_count
    from told
    anti join (select article_id from cleanings where revision = 0) as gone using (article_id)
    where not is_canonical
    group by all
),
said as (
    select t.*, c.copy_count, null as revision
    from told as t
    left join copies as c on c.cluster_id = t.cluster_id
    union all by name
    select article_id, revision from cleanings
    union all by name
    select c.cluster_id as article_id, c.copy_count
    from copies as c
    anti join told as t on t.article_id = c.cluster_id
)
select
    article_id,
    any_value(cluster_id) as cluster_id,
    any_value(is_canonical) as is_canonical,
    any_value(duplicate_of) as duplicate_of,
    any_value(duplicate_kind) as duplicate_kind,
    any_value(similarity) as similarity,
    any_value(copy_count) as copy_count,
    any_value(revision) as revision
from said
group by article_id
