-- article_has_document: a current article's bytes are stored.
-- Grain:   one row per fault; none when all is well.
-- Reads:   core.articles, core.retired_now, core.documents
-- Used by: wencang doctor
select a.article_id, a.revision
from core.articles as a
anti join core.retired_now as r on r.article_id = a.article_id and r.revision = a.revision
anti join core.documents as d on d.article_id = a.article_id
