-- cleaning_is_unique: a document has one cleaning of each revision.
-- Grain:   one row per fault; none when all is well.
-- Reads:   core.articles
-- Used by: wencang doctor
select article_id, revision, count(*) as times
from core.articles
group by all
having count(*) > 1
