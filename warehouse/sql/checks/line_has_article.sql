-- line_has_article: a line belongs to a stored cleaning.
-- Grain:   one row per fault; none when all is well.
-- Reads:   core.lines, core.articles
-- Used by: wencang doctor
select distinct l.article_id, l.revision
from core.lines as l
anti join core.articles as a on a.article_id = l.article_id and a.revision = l.revision
