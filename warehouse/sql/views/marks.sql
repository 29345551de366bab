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
later as (
    -- few articles have more than one event: only theirs are put in order
    select article_id, max(event_no) as event_no
    from core.retired
    where event_no > 1
    group by all
),
cleanings as (
    select
        r.article_id,
        case r.reason when 'recleaned' then r.revision + 1 when 'restored' then r.revision else 0 end as revision
    from core.retired as r
    anti join later as l on l.article_id = r.article_id and r.event_no < l.event_no
),
copies as (
    select cluster_id, count(*) as copy_count
    from told
    anti join (select article_id from cleanings where revision = 0) as gone using (article_id)
    where not is_canonical
    group by all
),
unmoved as (
    -- clusters named after an article of which nothing is told: it stands for them
    select c.cluster_id, c.copy_count
    from copies as c
    anti join told as t on t.article_id = c.cluster_id
)
select
    coalesce(t.article_id, r.article_id, u.cluster_id) as article_id,
    t.cluster_id,
    t.is_canonical,
    t.duplicate_of,
    t.duplicate_kind,
    t.similarity,
    coalesce(c.copy_count, u.copy_count) as copy_count,
    r.revision
from told as t
full join cleanings as r on r.article_id = t.article_id
left join copies as c on c.cluster_id = t.cluster_id
full join unmoved as u on u.cluster_id = coalesce(t.article_id, r.article_id)
