-- sighting_has_document: what was seen is stored.
-- Grain:   one row per fault; none when all is well.
-- Reads:   core.sightings, core.documents
-- Used by: wencang doctor
select distinct s.article_id, s.uri
from core.sightings as s
anti join core.documents as d on d.article_id = s.article_id
