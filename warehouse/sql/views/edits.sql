-- edits: every changed span of a received line.
-- Grain:   one row per span of a current cleaning.
-- Reads:   core.edits, core.retired_now
-- Used by: people; explain, reclean
create or replace view edits as
select e.article_id, e.line_no, e.start_char, e.end_char, e."before", e."after", e.rule
from core.edits as e
anti join core.retired_now as r on r.article_id = e.article_id and r.revision = e.revision
