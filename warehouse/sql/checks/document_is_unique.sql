-- document_is_unique: a content is stored once.
-- Grain:   one row per fault; none when all is well.
-- Reads:   core.documents
-- Used by: wencang doctor
select article_id, count(*) as times
from core.documents
group by all
having count(*) > 1
