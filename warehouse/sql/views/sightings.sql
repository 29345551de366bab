-- sightings: where a document was seen, when first and last, and since when it is gone from there: because
-- the place is gone, or because the article was replaced at each of its places.
-- Grain:   one row per article and uri.
-- Reads:   core.sightings, core.absences, core.retired
-- Used by: people; superseding
create or replace view sightings as
with seen as (
    select article_id, uri, min(seen_at) as first_seen_at, max(seen_at) as last_seen_at
    from core.sightings
    group by all
),
gone as (
    select uri, max(noted_at) as noted_at
    from core.absences
    group by all
),
replaced as (
    select article_id, max(retired_at) as retired_at
    from core.retired
    group by all
    having max_by(reason, event_no) = 'superseded'
)
select
    s.article_id, s.uri, s.first_seen_at, s.last_seen_at,
    least(
        case when greatest(p.noted_at, f.noted_at) > s.last_seen_at then greatest(p.noted_at, f.noted_at) end,
        r.retired_at
    ) as gone_at
from seen as s
left join gone as p on p.uri = s.uri
-- a record goes with the file it is in: file.jsonl#id=1, file.zip!/member.txt
left join gone as f on f.uri = split_part(split_part(s.uri, '#', 1), '!/', 1)
left join replaced as r on r.article_id = s.article_id
