-- sightings: where a document was seen, and when first and last.
-- Grain:   one row per article and uri.
-- Reads:   core.sightings
-- Used by: people; superseding
create or replace view sightings as
select article_id, uri, min(seen_at) as first_seen_at, max(seen_at) as last_seen_at
from core.sightings
group by all
