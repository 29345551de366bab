-- documents: content as received, each once.
-- Grain:   one row per distinct content.
-- Reads:   core.documents
-- Used by: people; explain, reclean
create or replace view documents as
select article_id, content_sha256, uri, fetched_at, media_type, charset, size_bytes, content, run_id
from core.documents
